"""What retention shows: the dry run with a reason for each record, its counts, and what went."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.rights import agency_of
from graph.errors import NotFoundError
from graph.queries.evidence import AgencyParams
from graph.queries.retention import POLICIES, RECORDS, PolicyRow, RangeParams, RecordRow, StubRow
from graph.retention.classes import FIXED, MEANING, RecordClass
from graph.retention.due import SAYS, Fate
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.purge_records import stubs_of
from graph.services.retention_due import Candidate, candidates, counted, pages
from graph.services.retention_policies import in_force
from graph.services.retention_purge import asked_of
from graph.store import ReadUnit, Store

MOST_COUNTED = 20_000
"""Records that are looked at to be counted; beyond that the count says that it is cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DryLine:
    """A record that is old enough to be asked about, and what becomes of it."""

    key: str
    fate: str
    why: str
    due_us: int | None
    """When its age alone makes it due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DryPage:
    """A page of what a policy would take away."""

    kind: str
    version: int | None
    """Of the policy that was asked; None: nobody has set one, so everything is kept."""
    lines: tuple[DryLine, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """A class of records: its policy or the rule that binds it, and the counts."""

    kind: str
    meaning: str
    is_fixed: bool
    version: int | None
    days: int | None
    due: int
    held: int
    open: int
    is_cut_off: bool


def dry_run(
    caller: Caller,
    store: Store,
    *,
    kind: RecordClass,
    reads: ReadLog,
    version: int | None = None,
    after: str = "",
    limit: int = 50,
) -> DryPage:
    """Give what would go now under the policy in force, or under one that is only proposed.

    Raises:
        RightsError: the caller neither works on tips nor administers or audits the agency.
        NotFoundError: there is no such version.
    """

    def work(unit: ReadUnit) -> Seen[DryPage]:
        policy = _policy(unit, caller, kind, version)
        if policy is None or policy.days is None:
            number = None if policy is None else policy.number
            page = DryPage(kind=kind.value, version=number, lines=(), next_after=None)
            return Seen(answer=page, outcome="kept for good")
        asked = asked_of(unit, policy, at_us=caller.as_of_us)
        found = candidates(unit, asked, after=after, limit=limit)
        page = DryPage(
            kind=kind.value,
            version=policy.number,
            lines=tuple(_line(each) for each in found),
            next_after=found[-1].place if len(found) == limit else None,
        )
        shown = tuple(each.key for each in found) if kind is RecordClass.TIPS else ()
        return Seen(answer=page, outcome="dry run", disclosed=shown)

    return look(caller, store, deed=Deed.RETENTION_READ, about=About(), reads=reads, work=work)


def tally(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[ClassLine, ...]:
    """Give every class with its policy or rule, and how much is due, on hold and open.

    Raises:
        RightsError: as for `dry_run`.
    """

    def work(unit: ReadUnit) -> Seen[tuple[ClassLine, ...]]:
        lines = [_counted(unit, caller, kind) for kind in RecordClass]
        lines += [
            ClassLine(
                kind=name,
                meaning=rule,
                is_fixed=True,
                version=None,
                days=None,
                due=0,
                held=0,
                open=0,
                is_cut_off=False,
            )
            for name, rule in FIXED.items()
        ]
        return Seen(answer=tuple(lines), outcome="counted")

    return look(caller, store, deed=Deed.RETENTION_READ, about=About(), reads=reads, work=work)


def list_records(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = 50
) -> tuple[RecordRow, ...]:
    """Give the records of the own agency's purges, by class, version and day.

    Raises:
        RightsError: as for `dry_run`.
    """
    head = f"{part(agency_of(caller))}|"
    params = RangeParams(after=max(head, after), end=f"{head[:-1]}}}", limit=limit)

    def work(unit: ReadUnit) -> Seen[tuple[RecordRow, ...]]:
        rows = tuple(unit.read(RECORDS, params))
        return Seen(answer=rows, outcome="records listed")

    return look(caller, store, deed=Deed.RETENTION_READ, about=About(), reads=reads, work=work)


def purged_tip(caller: Caller, store: Store, *, tip: str, reads: ReadLog) -> StubRow:
    """Give when, and under which policy, the own agency purged a tip whose number one has again.

    Raises:
        RightsError: as for `dry_run`.
        NotFoundError: it purged no such tip.
    """

    def work(unit: ReadUnit) -> Seen[StubRow]:
        pair = (tip, agency_of(caller))
        found = stubs_of(unit, [pair])
        if pair not in found:
            raise NotFoundError("Your agency purged no tip of that number.")
        return Seen(answer=found[pair], outcome="shown")

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.RETENTION_READ, about=about, reads=reads, work=work)


def _policy(
    unit: ReadUnit, caller: Caller, kind: RecordClass, version: int | None
) -> PolicyRow | None:
    agency = agency_of(caller)
    rows = [row for row in unit.read(POLICIES, AgencyParams(agency=agency)) if row.kind == kind]
    if version is None:
        return in_force(rows, at_us=caller.as_of_us).get((agency, kind))
    found = next((row for row in rows if row.number == version), None)
    if found is None:
        raise NotFoundError(f"There is no version {version} for {kind}.")
    return found


def _counted(unit: ReadUnit, caller: Caller, kind: RecordClass) -> ClassLine:
    policy = _policy(unit, caller, kind, None)
    fates: list[Fate] = []
    cut_off = False
    if policy is not None and policy.days is not None:
        for page in pages(unit, asked_of(unit, policy, at_us=caller.as_of_us)):
            fates += [each.fate for each in page]
            if len(fates) >= MOST_COUNTED:
                cut_off = True
                break
    many = counted(fates)
    return ClassLine(
        kind=kind.value,
        meaning=MEANING[kind],
        is_fixed=False,
        version=None if policy is None else policy.number,
        days=None if policy is None else policy.days,
        due=many[Fate.DUE],
        held=many[Fate.ON_HOLD],
        open=many[Fate.OPEN],
        is_cut_off=cut_off,
    )


def _line(found: Candidate) -> DryLine:
    return DryLine(key=found.key, fate=found.fate.value, why=SAYS[found.fate], due_us=found.due_us)
