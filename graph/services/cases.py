"""An agency's investigations: opened, updated, handed over, closed, reopened, listed, shown.

Another agency's investigation and one that is not there give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import optional_text, text_of
from graph.casework.life import Step, after
from graph.casework.purposes import INVESTIGATION, purpose_of
from graph.casework.rights import agency_of, roles_for
from graph.casework.vocabulary import Status, UserRole
from graph.errors import ChangedError, NotFoundError, RowError
from graph.queries.casework import (
    OWN,
    CaseRow,
)
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.people import PAGE, UNITS, OfAgencyParams
from graph.services.acting import About, act, leaf, note
from graph.services.callers import why_out_of_service
from graph.services.case_access import locked_case, own_key, own_params
from graph.services.pacing import paced
from graph.services.triage_claims import refresh_case
from graph.services.user_rules import users_there
from graph.services.watch import watch_again
from graph.store import ReadUnit, Store, WriteUnit

_Changed: TypeAlias = Callable[[WriteUnit, CaseRow], CaseRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """An investigation as its agency opens it."""

    reference: str
    purpose: str
    title: str | None = None
    contact: str | None = None
    unit: str | None = None
    lead: str | None = None
    """None: whoever opens it."""
    deputies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    """What is to change; None leaves a field as it is."""

    title: str | None = None
    purpose: str | None = None
    contact: str | None = None
    unit: str | None = None
    deputies: tuple[str, ...] | None = None


def open_case(caller: Caller, store: Store, *, new: NewCase) -> CaseRow:
    """Open an investigation of the caller's agency.

    Raises:
        RightsError: the caller opens none.
        RowError: the reference is taken, or purpose, lead or deputies do not fit.
        NotFoundError: the agency has no such unit or user.
    """
    reference = new.reference.strip()
    key = own_key(caller, reference)
    about = About(object=key, investigation=key)

    def work(unit: WriteUnit) -> CaseRow:
        row = CaseRow(
            key=key,
            agency=agency_of(caller),
            reference=text_of(reference, "A reference", most=200),
            title=optional_text(new.title, "A title"),
            status=Status.OPEN.value,
            opened_us=caller.as_of_us,
            contact=optional_text(new.contact, "A contact"),
            purpose=purpose_of(new.purpose, used_for=INVESTIGATION),
            unit=new.unit,
            lead=caller.user if new.lead is None else new.lead,
            deputies=sorted(set(new.deputies)),
            opened_by=caller.user,
            closed_us=None,
            closed_by=None,
            closed_why=None,
            changed_us=caller.as_of_us,
            changed_by=caller.user,
            version=1,
        )
        unit.run(LOCK_AGENCIES, BareKeysParams(keys=[row.agency]))
        if len(unit.read(OWN, own_params(caller, key))) > 0:
            raise RowError(f"There is an investigation {reference} already. Nothing was opened.")
        _check_team(unit, caller, row)
        unit.insert_nodes("Investigation", [row.model_dump()])
        unit.insert_rels("RUNS", ("Agency", "Investigation"), [(row.agency, key, {})])
        note(unit, caller, [leaf(caller, Deed.INVESTIGATION_OPEN, about, outcome="opened")])
        return row

    return act(caller, store, deed=Deed.INVESTIGATION_OPEN, about=about, work=work)


def update_case(
    caller: Caller, store: Store, *, key: str, expected: int, change: CaseChange
) -> CaseRow:
    """Change title, purpose, contact, unit or deputies of an open investigation.

    Raises:
        RightsError: the caller neither works on it nor supervises.
        NotFoundError: there is none that the caller may see, or no such unit or user.
        ChangedError: somebody changed it meanwhile.
        RowError: it is closed, or something does not fit.
    """

    def changed(unit: WriteUnit, row: CaseRow) -> CaseRow:
        row = row.model_copy(
            update={
                "title": row.title if change.title is None else text_of(change.title, "A title"),
                "purpose": row.purpose
                if change.purpose is None
                else purpose_of(change.purpose, used_for=INVESTIGATION),
                "contact": row.contact
                if change.contact is None
                else text_of(change.contact, "A contact"),
                "unit": row.unit if change.unit is None else change.unit,
                "deputies": row.deputies
                if change.deputies is None
                else sorted(set(change.deputies)),
            }
        )
        _check_team(unit, caller, row)
        return row

    deed = Deed.INVESTIGATION_UPDATE
    return _step(caller, store, key, expected, step=Step.UPDATE, deed=deed, changed=changed)


def hand_over(
    caller: Caller, store: Store, *, key: str, expected: int, lead: str, why: str
) -> CaseRow:
    """Give an open investigation another lead of the same agency.

    Raises:
        RightsError, NotFoundError, ChangedError, RowError: as for `update_case`.
    """
    reason = why.strip()

    def changed(unit: WriteUnit, row: CaseRow) -> CaseRow:
        text_of(reason, "A reason")
        row = row.model_copy(update={"lead": lead})
        _check_team(unit, caller, row)
        return row

    deed = Deed.INVESTIGATION_HAND_OVER
    return _step(caller, store, key, expected, step=Step.HAND_OVER, deed=deed, changed=changed)


def close_case(caller: Caller, store: Store, *, key: str, expected: int, why: str) -> CaseRow:
    """Close an investigation: no new notices; its claims stay as pointers until they lapse.

    Raises:
        RightsError, NotFoundError, ChangedError, RowError: as for `update_case`.
    """

    def changed(_: WriteUnit, row: CaseRow) -> CaseRow:
        return row.model_copy(
            update={
                "closed_us": caller.as_of_us,
                "closed_by": caller.user,
                "closed_why": text_of(why, "A reason"),
            }
        )

    deed = Deed.INVESTIGATION_CLOSE
    return _step(caller, store, key, expected, step=Step.CLOSE, deed=deed, changed=changed)


@paced
def reopen_case(caller: Caller, store: Store, *, key: str, expected: int, why: str) -> CaseRow:
    """Open a closed investigation again; claims that lapsed meanwhile do not come back.

    Raises:
        RightsError, NotFoundError, ChangedError, RowError: as for `update_case`.
    """

    def changed(_: WriteUnit, row: CaseRow) -> CaseRow:
        text_of(why, "A reason")
        return row.model_copy(update={"closed_us": None, "closed_by": None, "closed_why": None})

    deed = Deed.INVESTIGATION_REOPEN
    return _step(caller, store, key, expected, step=Step.REOPEN, deed=deed, changed=changed)


def _step(
    caller: Caller,
    store: Store,
    key: str,
    expected: int,
    *,
    step: Step,
    deed: Deed,
    changed: _Changed,
) -> CaseRow:
    about = About(object=key, investigation=key)

    def work(unit: WriteUnit) -> CaseRow:
        found = locked_case(unit, caller, key, deed=deed)
        if (found.version or 0) != expected:
            raise ChangedError(
                f"{found.reference} has version {found.version or 0}, not {expected}: it was "
                "changed meanwhile. Look at it again; nothing was overwritten."
            )
        status = after(found.status, step, what=found.reference)
        plain = CaseRow.model_validate(found.model_dump(exclude={"claim_total"}))
        row = changed(unit, plain).model_copy(
            update={
                "status": status.value,
                "changed_us": caller.as_of_us,
                "changed_by": caller.user,
                "version": expected + 1,
            }
        )
        unit.update_nodes("Investigation", [row.model_dump()])
        if step is Step.CLOSE:
            refresh_case(unit, key, actor=caller.user, at_us=caller.as_of_us)
        if step is Step.REOPEN:
            watch_again(unit, key, actor=caller.user, at_us=caller.as_of_us)
        note(unit, caller, [leaf(caller, deed, about, outcome=step.value)])
        return row

    return act(caller, store, deed=deed, about=about, work=work)


def _check_team(unit: ReadUnit, caller: Caller, row: CaseRow) -> None:
    """Refuse a lead or deputy who is not in service here, and a unit that is not there."""
    wanted: Sequence[tuple[str, frozenset[UserRole]]] = [
        (row.lead or "", roles_for(Deed.INVESTIGATION_OPEN)),
        *((key, roles_for(Deed.INVESTIGATION_READ)) for key in row.deputies or ()),
    ]
    users = users_there(unit, [key for key, _ in wanted])
    for key, roles in wanted:
        user = users.get(key)
        if (
            user is None
            or user.agency != row.agency
            or why_out_of_service(user, caller.as_of_us) is not None
            or roles.isdisjoint(user.roles)
        ):
            raise NotFoundError(f"{row.agency} has nobody in service as {key} for that task.")
    if row.unit is not None:
        units = unit.read(UNITS, OfAgencyParams(agency=row.agency, after="", limit=PAGE))
        if row.unit not in {found.key for found in units}:
            raise NotFoundError(f"{row.agency} has no such unit.")
