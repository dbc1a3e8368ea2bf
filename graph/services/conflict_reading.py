"""Conflicts as one side sees them: what the other side hides is not in them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of, confirms
from graph.casework.telling import Told
from graph.casework.vocabulary import UserRole
from graph.errors import NotFoundError
from graph.queries.conflict_views import (
    MATRIX,
    MINE,
    MatrixParams,
    MatrixRow,
    MineParams,
)
from graph.queries.conflicts import (
    CONFLICTS_BY_KEY,
    MESSAGES_OF,
    REASONS_OF,
    ConflictKeysParams,
    ConflictRow,
    MessageRow,
    ReasonRow,
)
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.conflict_access import as_record, conflict_key, own_side
from graph.services.conflict_rows import Name, other_of, side_of
from graph.services.sides import Facts, facts_about
from graph.store import ReadUnit, Store

PAGE = 1000
_RESOLVED = "resolved"
_RANKS = {"urgent": 0, "high": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """One thing in which the sides meet, as one side may know of it."""

    kind: str
    identifier_kind: str
    own_ref: str | None
    """Name of the own claim, check or tip."""
    own_role: str | None
    asked_by: str | None
    """User who asked or claimed; None where the other side is protected."""
    purpose: str | None
    first_us: int
    last_us: int | None
    times: int
    taken_back_us: int | None = None
    """Since when the tip that it rests on says it no longer; None: it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """A conflict as one side sees it."""

    ref: str
    status: str
    severity: str
    severity_why: tuple[str, ...]
    own_reference: str | None
    """None: tips that the own agency holds."""
    other_agency: str
    other_reference: str | None
    """None: protected, or tips that the other agency holds."""
    other_contact: str
    is_protected: bool
    """The other side gives no more than a contact of its supervisors."""
    is_other_told: bool
    opened_us: int
    since_us: int
    due_us: int | None
    seen_us: int | None
    seen_by: str | None
    late_us: int | None
    other_seen_us: int | None
    resolution: str | None
    resolved_us: int | None
    resolved_by: str | None
    resolved_why: str | None
    version: int
    reasons: tuple[ReasonView, ...] = ()
    messages: tuple[MessageRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPlace:
    """Where a conflict stood in the list when it was shown."""

    done: int
    rank: int
    since_us: int
    ref: str


def place_of(view: ConflictView) -> ConflictPlace:
    """Give where a conflict stands in the list."""
    return ConflictPlace(
        done=int(view.status == _RESOLVED),
        rank=_RANKS.get(view.severity, len(_RANKS)),
        since_us=view.since_us,
        ref=view.ref,
    )


def list_conflicts(
    caller: Caller,
    store: Store,
    *,
    reads: ReadLog,
    with_resolved: bool = False,
    after: ConflictPlace | None = None,
    limit: int = PAGE,
) -> tuple[ConflictView, ...]:
    """Give the conflicts that the caller's side is told of, the most urgent first.

    `after` is where the page before ended, whatever became of that conflict since.

    Raises:
        RightsError: the caller does no casework.
    """
    params = MineParams(
        agency=agency_of(caller),
        user=caller.user,
        is_supervisor=UserRole.SUPERVISOR in caller.roles,
        with_resolved=with_resolved,
        limit=min(limit, PAGE),
    )

    def work(unit: ReadUnit) -> Seen[tuple[ConflictView, ...]]:
        placed = params if after is None else _after(unit, caller, params, after)
        views = _views(unit, caller, [row.key for row in unit.read(MINE, placed)])
        refs = tuple(view.ref for view in views)
        return Seen(answer=views, outcome="listed", disclosed=refs)

    return look(caller, store, deed=Deed.CONFLICT_READ, about=About(), reads=reads, work=work)


def show_conflict(caller: Caller, store: Store, *, ref: str, reads: ReadLog) -> ConflictView:
    """Give a conflict with its reasons and messages.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: there is none that the caller may see.
    """

    def work(unit: ReadUnit) -> Seen[ConflictView]:
        key = conflict_key(unit, caller, ref)
        views = _views(unit, caller, [key], is_whole=True)
        if len(views) == 0:
            raise NotFoundError("There is no such conflict that you may see.")
        return Seen(answer=views[0], outcome="shown")

    about = About(object=named(ref))
    return look(caller, store, deed=Deed.CONFLICT_READ, about=about, reads=reads, work=work)


def matrix(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[MatrixRow, ...]:
    """Give how conflicts with each other agency stand, of those that the own agency is told of.

    Raises:
        RightsError: the caller neither supervises nor audits.
    """
    params = MatrixParams(agency=agency_of(caller), user=caller.user)

    def work(unit: ReadUnit) -> Seen[tuple[MatrixRow, ...]]:
        return Seen(answer=tuple(unit.read(MATRIX, params)), outcome="shown")

    return look(caller, store, deed=Deed.CONFLICT_MATRIX, about=About(), reads=reads, work=work)


def _after(unit: ReadUnit, caller: Caller, params: MineParams, place: ConflictPlace) -> MineParams:
    try:
        key = conflict_key(unit, caller, place.ref)
    except NotFoundError:
        # Not the caller's any more: what came up at the same instant is rather given twice.
        key = ""
    return params.model_copy(
        update={
            "after_done": place.done,
            "after_rank": place.rank,
            "after_us": place.since_us,
            "after_key": key,
        }
    )


def _views(
    unit: ReadUnit, caller: Caller, keys: list[str], *, is_whole: bool = False
) -> tuple[ConflictView, ...]:
    if len(keys) == 0:
        return ()
    params = ConflictKeysParams(keys=keys)
    rows = {
        row.key: row
        for row in unit.read(CONFLICTS_BY_KEY, params)
        if confirms(caller, Deed.CONFLICT_READ, resource=as_record(row, own_side(row, caller)))
    }
    cases = {c for row in rows.values() for c in (row.first_case, row.second_case) if c is not None}
    agencies = {a for row in rows.values() for a in (row.first_agency, row.second_agency)}
    facts = facts_about(unit, cases=cases, agencies=agencies, at_us=caller.as_of_us)
    reasons: list[ReasonRow] = unit.read(REASONS_OF, params) if is_whole else []
    messages: list[MessageRow] = unit.read(MESSAGES_OF, params) if is_whole else []
    return tuple(
        _view(rows[key], own_side(rows[key], caller), facts, reasons, messages)
        for key in keys
        if key in rows
    )


def _view(
    row: ConflictRow,
    mine: Name,
    facts: Facts,
    reasons: list[ReasonRow],
    messages: list[MessageRow],
) -> ConflictView:
    own, other = side_of(row, mine), side_of(row, other_of(mine))
    is_first = mine == "first"
    return ConflictView(
        ref=row.ref,
        status=row.status,
        severity=row.severity,
        severity_why=tuple(row.severity_why or ()),
        own_reference=facts.reference_of(own),
        other_agency=other.agency,
        other_reference=None if other.is_hidden else facts.reference_of(other),
        other_contact=facts.contact_of(other),
        is_protected=other.is_hidden,
        is_other_told=other.told is not Told.NONE,
        opened_us=row.opened_us,
        since_us=row.since_us,
        due_us=row.first_due_us if is_first else row.second_due_us,
        seen_us=row.first_seen_us if is_first else row.second_seen_us,
        seen_by=row.first_seen_by if is_first else row.second_seen_by,
        late_us=row.first_late_us if is_first else row.second_late_us,
        other_seen_us=row.second_seen_us if is_first else row.first_seen_us,
        resolution=row.resolution,
        resolved_us=row.resolved_us,
        resolved_by=row.resolved_by,
        resolved_why=row.resolved_why,
        version=row.version or 0,
        reasons=tuple(_reason(r, mine, is_protected=other.is_hidden) for r in reasons),
        messages=tuple(messages),
    )


def _reason(row: ReasonRow, mine: Name, *, is_protected: bool) -> ReasonView:
    is_first = mine == "first"
    hides = is_protected and row.asked_side != mine
    return ReasonView(
        kind=row.kind,
        identifier_kind=row.identifier_kind,
        own_ref=row.first_ref if is_first else row.second_ref,
        own_role=row.first_role if is_first else row.second_role,
        asked_by=None if hides else row.asked_by,
        purpose=None if hides else row.purpose,
        first_us=row.first_us,
        last_us=row.last_us,
        times=row.times or 1,
        taken_back_us=row.ended_us,
    )
