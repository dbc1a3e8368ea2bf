"""The rows behind a number: page by page along the ranges of one index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import confirms
from graph.errors import QuestionError
from graph.queries.caseload_expiry import BY_EXPIRY
from graph.queries.caseload_kept import BY_ALERT
from graph.queries.caseload_rows import (
    BY_COMING,
    BY_NEWS,
    BY_OWNER,
    BY_STATE,
    LEFT_ROWS,
    MADE_ROWS,
    PARTNER_ROWS,
    HeldRow,
    MovedTipRow,
    PartnerConflictRow,
    PartnerRowsParams,
    RowsParams,
)
from graph.queries.core import Query
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.retention.classes import RecordClass
from graph.services.caseload_asked import Asked, Index, Pick, Span
from graph.services.caseload_flow import NOT_STATED
from graph.services.caseload_purge import due_of
from graph.store import ReadUnit

PAGE = 200
_WINDOW = 500
_MOST_PASSED = 20_000
"""Rows that one page reads at most: where few of a range are meant, pages may be short."""
_HELD: dict[Index, Query[RowsParams, HeldRow]] = {
    Index.STATE: BY_STATE,
    Index.OWNER: BY_OWNER,
    Index.COMING: BY_COMING,
    Index.EXPIRY: BY_EXPIRY,
    Index.NEWS: BY_NEWS,
    Index.URGENT: BY_ALERT,
}
_MOVED: dict[Index, Query[RowsParams, MovedTipRow]] = {
    Index.MOVES: MADE_ROWS,
    Index.STAGES: LEFT_ROWS,
}
R = TypeVar("R", HeldRow, MovedTipRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRow:
    """One row behind a number: a tip where it stands, a move, or a conflict."""

    kind: str
    """`tip`, `move`, `conflict`, `investigation`, `check` or `notice`."""
    record: str | None
    """Tip or ref; None: a move of a tip that the agency holds no longer."""
    state: str
    """Where it stands; of a move the state that was left."""
    priority: str | None = None
    owner: str | None = None
    """Whose it is; of a move who made it."""
    since_us: int | None = None
    """Since when it is held, or open."""
    stood_us: int | None = None
    due_us: int | None = None
    move: str | None = None
    at_us: int | None = None
    outcome: str | None = None
    stayed_s: int | None = None
    """How long it had stood in the state that it left."""

    @property
    def is_named(self) -> bool:
        """Whether the log names the record: what is only about the agency itself is not."""
        return self.kind in ("tip", "move", "conflict")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """Rows, and where the next page begins."""

    rows: tuple[CaseloadRow, ...]
    next_after: str | None


def page_of(
    unit: ReadUnit, caller: Caller, asked: Asked, pick: Pick, *, after: str, limit: int
) -> RowPage:
    """Give a page of the rows that a pick means.

    Raises:
        QuestionError: `after` is no place that a page before ended with.
    """
    nth, place = _parsed(after, len(pick.spans))
    if pick.index is Index.CONFLICTS:
        return _conflicts(unit, asked, pick, after=place, limit=limit)
    if pick.index is Index.PURGE:
        return _purged(unit, asked, pick, after=place, limit=limit)
    if pick.index in _HELD:
        query, keeps = _HELD[pick.index], pick.keeps
        found, more = _walk(unit, query, pick.spans, start=(nth, place), limit=limit, keeps=keeps)
        return RowPage(rows=_tips(unit, caller, asked, found), next_after=more)
    outcome = pick.outcome
    moves, more = _walk(
        unit,
        _MOVED[pick.index],
        pick.spans,
        start=(nth, place),
        limit=limit,
        keeps=None if outcome is None else lambda row: (row.outcome or NOT_STATED) == outcome,
    )
    return RowPage(rows=tuple(_move(row) for row in moves), next_after=more)


def _walk(
    unit: ReadUnit,
    query: Query[RowsParams, R],
    spans: Sequence[Span],
    *,
    start: tuple[int, str],
    limit: int,
    keeps: Callable[[R], bool] | None,
) -> tuple[list[R], str | None]:
    """Give what is kept of the next rows, and where to go on."""
    found: list[R] = []
    passed, ended = 0, ""
    first, place = start
    for nth in range(first, len(spans)):
        span = spans[nth]
        at = span.after if nth > first or place == "" else span.head + place
        while at < span.end:
            window = limit + 1 - len(found) if keeps is None else _WINDOW
            rows = unit.read(query, RowsParams(after=at, end=span.end, limit=window))
            for row in rows:
                if keeps is not None and not keeps(row):
                    continue
                if len(found) == limit:
                    return found, ended
                found.append(row)
                ended = f"{nth}:{row.place.removeprefix(span.head)}"
            passed += len(rows)
            if len(rows) < window:
                break
            at = rows[-1].place
            if passed >= _MOST_PASSED:
                return found, f"{nth}:{at.removeprefix(span.head)}"
    return found, None


def _parsed(after: str, spans: int) -> tuple[int, str]:
    if after == "":
        return 0, ""
    nth, bar, place = after.partition(":")
    if bar == "" or not (nth.isascii() and nth.isdigit()) or int(nth) >= spans:
        raise QuestionError("There is no such place in these rows. Begin anew.")
    return int(nth), place


def _tips(
    unit: ReadUnit, caller: Caller, asked: Asked, rows: Sequence[HeldRow]
) -> tuple[CaseloadRow, ...]:
    names = sorted({row.tip for row in rows})
    whose = {row.tip: row.holders for row in unit.read(WHOSE, TipKeysParams(keys=names))}
    return tuple(
        CaseloadRow(
            kind="tip",
            record=row.tip,
            state=row.state,
            priority=row.priority,
            owner=row.owner,
            since_us=row.since_us,
            stood_us=row.stood_us,
            due_us=row.due_us,
        )
        for row in rows
        if confirms(
            caller,
            Deed.CASELOAD_READ,
            resource=Resource(owner=asked.agency, holders=frozenset(whose.get(row.tip, ()))),
        )
    )


def _move(row: MovedTipRow) -> CaseloadRow:
    return CaseloadRow(
        kind="move",
        record=row.tip,
        state=row.from_state,
        owner=row.made_by,
        move=row.move,
        at_us=row.at_us,
        outcome=row.outcome,
        stayed_s=None if row.stayed_us is None else row.stayed_us // 1_000_000,
    )


def _purged(unit: ReadUnit, asked: Asked, pick: Pick, *, after: str, limit: int) -> RowPage:
    """Give what goes with the next purge; the few of it are walked anew for each page."""
    kind = RecordClass(pick.spans[0].end)
    found = (each for each in due_of(unit, asked, kind) if each.place > after)
    due = list(islice(found, limit + 1))
    rows = tuple(
        CaseloadRow(
            kind=kind.value.removesuffix("s"), record=each.key, state="due", due_us=each.due_us
        )
        for each in due[:limit]
    )
    more = f"0:{due[limit - 1].place}" if len(due) > limit else None
    return RowPage(rows=rows, next_after=more)


def _conflicts(unit: ReadUnit, asked: Asked, pick: Pick, *, after: str, limit: int) -> RowPage:
    kept: list[PartnerConflictRow] = []
    oldest, newest = pick.since_us if pick.since_us is not None else (0, asked.now_us)
    for row in _partner_rows(unit, asked, pick.spans[0].end, after):
        if oldest <= row.since_us <= newest:
            kept.append(row)
        if len(kept) > limit:
            break
    rows = tuple(
        CaseloadRow(
            kind="conflict",
            record=row.place,
            state=row.status,
            priority=row.severity,
            since_us=row.since_us,
        )
        for row in kept[:limit]
    )
    return RowPage(
        rows=rows, next_after=f"0:{kept[limit - 1].place}" if len(kept) > limit else None
    )


def _partner_rows(
    unit: ReadUnit, asked: Asked, other: str, after: str
) -> Iterator[PartnerConflictRow]:
    while True:
        params = PartnerRowsParams(
            agency=asked.agency, user=asked.user, other=other, after=after, limit=_WINDOW
        )
        rows = unit.read(PARTNER_ROWS, params)
        yield from rows
        if len(rows) < _WINDOW:
            return
        after = rows[-1].place
