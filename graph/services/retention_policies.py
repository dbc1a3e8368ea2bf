"""How long an agency keeps its records: an administrator proposes, a supervisor confirms.

Two people, of two duties (CJIS AC-5); the worker that purges can do neither. Every version stays.
"""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.queries.core import NoParams
from graph.queries.evidence import AgencyParams
from graph.queries.people import LOCK_PEOPLE
from graph.queries.retention import MOST, POLICIES, PolicyRow
from graph.retention.classes import GRACE_US, NewPolicy, RecordClass, checked, policy_key
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit


def propose_policy(caller: Caller, store: Store, *, expected: int, new: NewPolicy) -> PolicyRow:
    """Enter a new version for a class; `expected` is the number of its newest one, 0 for none.

    It has no effect until somebody else confirms it.

    Raises:
        RightsError: the caller does not administer the agency.
        ChangedError: somebody entered another version meanwhile.
        RowError: the days, what they are counted from or a text do not fit.
    """

    def work(unit: WriteUnit) -> PolicyRow:
        unit.run(LOCK_PEOPLE, NoParams())
        agency, wanted = agency_of(caller), checked(new)
        there = unit.read(POLICIES, AgencyParams(agency=agency))
        newest = max((row.number for row in there if row.kind == wanted.kind), default=0)
        if newest != expected:
            raise ChangedError(
                f"The newest version for {wanted.kind} is {newest}, not {expected}. Look at it "
                "again; nothing was entered."
            )
        if len(there) >= MOST:
            raise RowError(f"There are {MOST} versions, the most that are kept apart.")
        row = PolicyRow(
            key=policy_key(agency, wanted.kind, newest + 1),
            agency=agency,
            kind=wanted.kind.value,
            number=newest + 1,
            days=wanted.days,
            counts_from=wanted.counts_from.value,
            name=wanted.name,
            dated=wanted.dated,
            why=wanted.why,
            proposed_by=caller.user,
            proposed_us=caller.as_of_us,
            confirmed_by=None,
            confirmed_us=None,
            from_us=None,
        )
        unit.insert_nodes("RetentionPolicy", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.RETENTION_PROPOSE, About(), outcome=said_of(row))])
        return row

    return act(caller, store, deed=Deed.RETENTION_PROPOSE, about=About(), work=work)


def confirm_policy(caller: Caller, store: Store, *, kind: RecordClass, number: int) -> PolicyRow:
    """Confirm the newest version for a class, so that it counts in seven days.

    Raises:
        RightsError: the caller is no supervisor, or proposed it.
        NotFoundError: there is no such version.
        ChangedError: there is a newer one, or it is confirmed already.
    """

    def work(unit: WriteUnit) -> PolicyRow:
        unit.run(LOCK_PEOPLE, NoParams())
        rows = [row for row in _of(unit, caller) if row.kind == kind]
        found = next((row for row in rows if row.number == number), None)
        if found is None:
            raise NotFoundError(f"There is no version {number} for {kind}. Nothing was changed.")
        if any(row.number > number for row in rows) or found.confirmed_by is not None:
            raise ChangedError(
                f"Version {number} for {kind} is confirmed already or is not the newest. Look at "
                "it again; nothing was changed."
            )
        if found.proposed_by == caller.user:
            raise RightsError(
                "Whoever proposed how long records are kept does not confirm it (CJIS AC-5). "
                "Nothing was changed."
            )
        row = found.model_copy(
            update={
                "confirmed_by": caller.user,
                "confirmed_us": caller.as_of_us,
                "from_us": caller.as_of_us + GRACE_US,
            }
        )
        unit.update_nodes("RetentionPolicy", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.RETENTION_CONFIRM, About(), outcome=said_of(row))])
        return row

    return act(caller, store, deed=Deed.RETENTION_CONFIRM, about=About(), work=work)


def list_policies(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[PolicyRow, ...]:
    """Give every version of how long the own agency keeps its records, the newest first.

    Raises:
        RightsError: the caller neither works on tips nor administers or audits the agency.
    """

    def work(unit: ReadUnit) -> Seen[tuple[PolicyRow, ...]]:
        return Seen(answer=tuple(_of(unit, caller)), outcome="policies listed")

    return look(caller, store, deed=Deed.RETENTION_READ, about=About(), reads=reads, work=work)


def in_force(rows: list[PolicyRow], *, at_us: int) -> dict[tuple[str, RecordClass], PolicyRow]:
    """Give of versions those that count at a time, by agency and class: the newest confirmed one.

    One that is confirmed and has not begun leaves the one before in force.
    """
    found: dict[tuple[str, RecordClass], PolicyRow] = {}
    for row in sorted(rows, key=lambda each: each.number):
        if row.from_us is not None and row.from_us <= at_us:
            found[row.agency, RecordClass(row.kind)] = row
    return found


def _of(unit: ReadUnit, caller: Caller) -> list[PolicyRow]:
    return unit.read(POLICIES, AgencyParams(agency=agency_of(caller)))


def said_of(row: PolicyRow) -> str:
    """Give what the log says of a version."""
    kept = "for good" if row.days is None else f"{row.days} days from {row.counts_from}"
    return f"{row.kind}, version {row.number}: {kept}"
