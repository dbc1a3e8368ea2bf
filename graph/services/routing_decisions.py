"""What whoever routes tips decides: to give a tip that nobody holds, and to move a wrong one.

A decision is one transaction: holders, queues, receipts on both sides and leaves in all logs. The
old holder's access ends with it; its notices, its receipts and its log stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import folded, optional_text
from graph.casework.vocabulary import AgencyKind
from graph.clock import iso
from graph.errors import ChangedError, RowError
from graph.queries.people import AgencyRow
from graph.queries.recording import LOCK_TIPS, TIP_HEADS, TipKeysParams
from graph.routing.pointers import Pointer
from graph.routing.recipients import Permit, Purpose
from graph.routing.site_files import RoutingFiles
from graph.services.acting import About, act, leaf, named, note
from graph.services.agencies import agency_there
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.holders import claimed_on, end_holding, hold, require_routing
from graph.services.pacing import paced
from graph.services.routing_proposals import Routes, routes_of
from graph.services.routing_receipts import Decided, tell_sides, write_receipts
from graph.services.sides import digest
from graph.services.triage_places import refresh
from graph.services.watch import watch_tips
from graph.store import Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """A decision that a person makes."""

    tip: str
    agency: str
    """Who is to hold it."""
    from_agency: str | None = None
    """Whose access ends: of a move."""
    why: str | None = None
    """Needed for a move, and where no proposal names the agency."""
    purpose: Purpose | None = None
    """What for; None: what is usual for that kind of agency."""
    acknowledged: str | None = None
    """Why it goes in spite of a warning of the table of permitted recipients."""
    seen: str | None = None
    """`seen` of the proposals that were looked at."""


@paced
def decide(caller: Caller, store: Store, *, files: RoutingFiles, wanted: Routing) -> Decided:
    """Let an agency hold a tip, and with `from_agency` end another one's holding it.

    Raises:
        RightsError: the caller does not route tips.
        NotFoundError: there is no such tip, or no such agency.
        ChangedError: it is held by others than was thought, or the proposals changed meanwhile.
        RowError: a reason or an acknowledgement is missing; nothing was changed.
    """
    about = About(object=named(wanted.tip))

    def work(unit: WriteUnit) -> Decided:
        unit.run(LOCK_TIPS, TipKeysParams(keys=[wanted.tip]))
        found = routes_of(unit, caller, wanted.tip, files=files, purpose=wanted.purpose)
        agency = _agency(unit, caller, wanted.agency)
        require_routing(caller, agency.key)
        _check(unit, found, wanted, agency.key)
        decided = _decided(caller, found, wanted, agency, files)
        _hold(unit, caller, decided)
        write_receipts(unit, decided)
        tell_sides(unit, decided)
        _note(unit, caller, decided)
        return decided

    return act(caller, store, deed=Deed.ROUTE_DECIDE, about=about, work=work)


def _agency(unit: WriteUnit, caller: Caller, key: str) -> AgencyRow:
    found = agency_there(unit, folded(key))
    if found.until_us is not None and found.until_us <= caller.as_of_us:
        raise RowError(f"{found.key} ended on {iso(found.until_us)}: it can hold no tip.")
    return found


def _check(unit: WriteUnit, found: Routes, wanted: Routing, agency: str) -> None:
    """Come back when the decision fits what is there now."""
    holders = found.holders or ()
    if wanted.seen is not None and wanted.seen != found.seen:
        raise ChangedError(
            "What is proposed has changed since it was looked at. Look again; nothing was changed."
        )
    if any(row.withdrawn_us for row in unit.read(TIP_HEADS, TipKeysParams(keys=[wanted.tip]))):
        raise RowError(f"The report of {wanted.tip} was withdrawn: it goes to nobody any more.")
    if wanted.from_agency is None:
        if agency in holders:
            raise ChangedError(f"{agency} holds {wanted.tip} already. Nothing was changed.")
        return
    leaving = folded(wanted.from_agency)
    if leaving == agency:
        raise RowError("A tip is moved from one agency to another. Nothing was changed.")
    if leaving not in holders:
        raise ChangedError(f"{leaving} does not hold {wanted.tip} now. Nothing was changed.")


def _decided(
    caller: Caller, found: Routes, wanted: Routing, agency: AgencyRow, files: RoutingFiles
) -> Decided:
    by_key = {each.proposed.candidate.key: each for each in found.proposals}
    proposal = by_key.get(agency.key)
    leaving = None if wanted.from_agency is None else folded(wanted.from_agency)
    why = optional_text(wanted.why, "A reason")
    if why is None and (leaving is not None or proposal is None):
        what = "A tip is moved" if leaving is not None else "No proposal names the agency: it goes"
        raise RowError(f"{what} for a reason, which both sides keep. Nothing was changed.")
    permit = files.recipients.permit(AgencyKind(agency.kind), wanted.purpose)
    acknowledged = optional_text(wanted.acknowledged, "An acknowledgement")
    if permit.is_warning and acknowledged is None:
        raise RowError(_warning(permit))
    return Decided(
        ref=digest(f"route|{wanted.tip}|{agency.key}|{leaving}|{caller.user}|{caller.as_of_us}"),
        tip=wanted.tip,
        agency=agency.key,
        from_agency=leaving,
        at_us=caller.as_of_us,
        decided_by=caller.user,
        why=why,
        confidence=None if proposal is None else proposal.proposed.confidence.value,
        reasons=() if proposal is None else tuple(map(said, proposal.proposed.reasons)),
        against=() if proposal is None else proposal.proposed.against,
        versions=found.versions,
        purpose=permit.purpose.value,
        permit=f"{permit.answer.value} ({permit.status})",
        paragraph=permit.paragraph,
        acknowledged=acknowledged if permit.is_warning else None,
    )


def said(pointer: Pointer) -> str:
    """Give a reason as a sentence: kind, place, time, and where it stands."""
    at = "" if pointer.at_us is None else f", {iso(pointer.at_us)}"
    by = "" if pointer.version is None else f", by {pointer.version}"
    kind = pointer.source.value[:1].upper() + pointer.source.value[1:]
    return f"{kind}: {pointer.points_to} ({pointer.confidence.value}{at}, at `{pointer.path}`{by})."


def _warning(permit: Permit) -> str:
    return (
        f"{permit.paragraph}, {permit.kind.value}, {permit.purpose.value}: "
        f"{permit.answer.value}. {permit.says} This table is for counsel to confirm. Acknowledge "
        "it with a reason, which is kept; nothing was changed."
    )


def _hold(unit: WriteUnit, caller: Caller, decided: Decided) -> None:
    """End the one holding, begin the other, and let queues and the watch follow."""
    tip, at_us = decided.tip, decided.at_us
    if decided.from_agency is not None:
        end_holding(unit, [tip], agency=decided.from_agency, at_us=at_us)
    fresh = {key for key, _ in hold(unit, [(tip, decided.agency)], at_us=at_us)}
    watch_tips(unit, sorted(fresh), claimed_on(unit, fresh), at_us=at_us)
    refresh(unit, [tip], actor=caller.user, at_us=at_us)


def _note(unit: WriteUnit, caller: Caller, decided: Decided) -> None:
    """Write the leaf of who decided, and of each side what became of the tip."""
    outcome = "given" if decided.from_agency is None else "moved"
    about = About(object=decided.tip, purpose=decided.purpose)
    done = leaf(
        caller, Deed.ROUTE_DECIDE, about, outcome=outcome, disclosed=(decided.ref, decided.tip)
    )
    note(unit, caller, [done])
    sides = [(decided.agency, "held")]
    if decided.from_agency is not None:
        sides.append((decided.from_agency, "held no longer"))
    leaves = [
        Leaf(action="tip.holder", object=decided.tip, outcome=became, agency=agency)
        for agency, became in sides
    ]
    add_leaves(unit, leaves, actor=caller.user, at_us=decided.at_us)
