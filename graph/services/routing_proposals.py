"""Who may hold a tip, with every reason: proposed to people, never done by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import permits
from graph.casework.vocabulary import AgencyKind
from graph.queries.holders import WHOSE
from graph.queries.people import AGENCIES, PAGE, AgencyRow, PageParams
from graph.queries.recording import TIP_HEADS, TipHeadRow, TipKeysParams
from graph.queries.routing import (
    ADDRESSES,
    MOST_PARTS,
    STATEMENTS,
    AddressesParams,
    AddressRow,
    OneTipParams,
)
from graph.routing.addresses import Lookup
from graph.routing.areas import version_of
from graph.routing.evidence import Stated, find_pointers, ip_keys
from graph.routing.pointers import LeftOut
from graph.routing.proposing import Candidate, Proposed, propose, uncovered
from graph.routing.recipients import Permit, Purpose
from graph.routing.site_files import RoutingFiles
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.routing_areas import areas_at
from graph.services.sides import digest
from graph.services.tip_names import no_such_tip
from graph.statements import decode
from graph.store import ReadUnit, Store

CAVEAT = "A proposal, not a decision: a person decides. A location is a lead, not a residence."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An agency that may hold the tip, and what the table says of passing it on."""

    proposed: Proposed
    permit: Permit
    holds: bool | None
    """Whether it holds the tip now; None: that is not for the caller to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Where a tip may belong; several, or none, is a normal answer."""

    tip: str
    as_of_us: int
    outcome: str
    """`one`, `several` or `unknown`."""
    proposals: tuple[Proposal, ...]
    holders: tuple[str, ...] | None
    """Who holds it, for whoever routes tips; None for an agency, which holds it itself."""
    left_out: tuple[LeftOut, ...]
    helps: tuple[str, ...]
    versions: tuple[str, ...]
    """Of the tables and files that it was made with."""
    cut_off: tuple[str, ...]
    seen: str
    """A name of exactly this answer: a decision that gives it fails where it has changed."""
    caveat: str = CAVEAT


def routes(
    caller: Caller,
    store: Store,
    *,
    tip: str,
    files: RoutingFiles,
    reads: ReadLog,
    purpose: Purpose | None = None,
) -> Routes:
    """Give who may hold a tip, and why.

    Raises:
        RightsError: the caller neither works on tips nor routes them.
        NotFoundError: there is no such tip for them.
        SettingsError: a file that the site supplies cannot be read.
        StoreError: the store could not answer, or its log could not be written.
    """

    def work(unit: ReadUnit) -> Seen[Routes]:
        found = routes_of(unit, caller, tip, files=files, purpose=purpose)
        return Seen(answer=found, outcome=f"routes: {found.outcome}")

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.ROUTE_READ, about=about, reads=reads, work=work)


def routes_of(
    unit: ReadUnit,
    caller: Caller,
    tip: str,
    *,
    files: RoutingFiles,
    purpose: Purpose | None = None,
) -> Routes:
    """Give who may hold a tip, as a part of a larger question.

    Raises:
        NotFoundError, SettingsError: as for `routes`.
    """
    head, holders = _there(unit, caller, tip)
    stated, cut_off = _stated(unit, tip)
    lookup = Lookup(
        geolocation=files.geolocation,
        networks=files.networks,
        received_us=_received(stated, head),
    )
    found = find_pointers(stated, lookup=lookup, states=_states(unit, caller, stated))
    areas = areas_at(unit, caller.as_of_us)
    proposed = propose(found.pointers, areas=areas, candidates=_candidates(unit, caller.as_of_us))
    used = sorted({p.version for p in found.pointers if p.version is not None})
    versions = (version_of(areas), files.recipients.version, *used)
    is_router = caller.agency is None
    proposals = tuple(
        Proposal(
            proposed=each,
            permit=files.recipients.permit(each.candidate.kind, purpose),
            holds=_holds(each.candidate.key, caller, holders),
        )
        for each in proposed
    )
    return Routes(
        tip=tip,
        as_of_us=caller.as_of_us,
        outcome={0: "unknown", 1: "one"}.get(len(proposals), "several"),
        proposals=proposals,
        holders=holders if is_router else None,
        left_out=found.left_out,
        helps=(*uncovered(found.pointers, proposed), *found.helps),
        versions=versions,
        cut_off=(*found.cut_off, *cut_off),
        seen=digest(repr((tip, proposals, holders if is_router else None, versions))),
    )


def _there(unit: ReadUnit, caller: Caller, tip: str) -> tuple[TipHeadRow, tuple[str, ...]]:
    """Give a tip and its holders, where the caller may know of it.

    Raises:
        NotFoundError: it is not there, only named by another one, or not the caller's agency's.
    """
    keys = TipKeysParams(keys=[tip])
    heads = [row for row in unit.read(TIP_HEADS, keys) if not row.stub]
    holders = tuple(sorted(h for row in unit.read(WHOSE, keys) for h in row.holders))
    resource = Resource(owner=caller.agency, holders=frozenset(holders))
    if len(heads) == 0 or not permits(caller, Deed.ROUTE_READ, resource=resource):
        raise no_such_tip(tip)
    return heads[0], holders


def _holds(agency: str, caller: Caller, holders: Sequence[str]) -> bool | None:
    if caller.agency is None or agency == caller.agency:
        return agency in holders
    return None


def _stated(unit: ReadUnit, tip: str) -> tuple[Stated, tuple[str, ...]]:
    rows = unit.read(STATEMENTS, OneTipParams(tip=tip))
    statements = [decode(row.statement) for row in rows]
    stated = Stated(
        facts=tuple(each.facts for each in statements if each.facts is not None),
        assertions=tuple(a for each in statements for a in each.assertions),
    )
    said = f"Only {MOST_PARTS} of the tip's parts were read."
    return stated, (said,) if len(rows) == MOST_PARTS else ()


def _received(stated: Stated, head: TipHeadRow) -> int:
    times = [each.received_us for each in stated.facts if each.received_us is not None]
    return max(times, default=head.first_recorded_us or 0)


def _states(unit: ReadUnit, caller: Caller, stated: Stated) -> Mapping[str, str | None]:
    """Give why addresses are no single subscriber's, as far as the caller is told."""
    params = AddressesParams(
        keys=ip_keys(stated), whole=caller.agency is None, agency=caller.agency or ""
    )
    return {row.key: _why(row) for row in unit.read(ADDRESSES, params)}


def _why(row: AddressRow) -> str | None:
    state, why = (row.state, row.why) if row.is_told else (row.base_state, row.base_why)
    if state == "normal":
        return None
    return why or f"It is {state}: strangers have it in common."


def _candidates(unit: ReadUnit, at_us: int) -> list[Candidate]:
    rows: list[AgencyRow] = []
    while True:
        after = rows[-1].key if len(rows) > 0 else ""
        page = unit.read(AGENCIES, PageParams(after=after, limit=PAGE))
        rows += page
        if len(page) < PAGE:
            break
    return [
        Candidate(
            key=row.key,
            name=row.name,
            kind=AgencyKind(row.kind),
            contact=row.contact,
            task_force=_task_force(row, at_us),
        )
        for row in rows
        if row.until_us is None or at_us < row.until_us
    ]


def _task_force(row: AgencyRow, at_us: int) -> str | None:
    is_member = (row.affiliated_us or 0) <= at_us and (row.left_us is None or at_us < row.left_us)
    return row.task_force if is_member else None
