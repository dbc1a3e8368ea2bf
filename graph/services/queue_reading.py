"""The queue as its agency's people see it: the most urgent first, each tip with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.errors import NotFoundError, QuestionError
from graph.queries.core import Query
from graph.queries.queue import (
    BY_OWNER,
    BY_OWNER_AND_STATE,
    BY_STATE,
    MOST,
    MOVES_OF,
    QUEUE,
    TALLY,
    WITH_NEWS,
    MoveRow,
    OnePlaceParams,
    PlaceKeyRow,
    RangeParams,
    StateRangeParams,
    TallyParams,
    TallyRow,
)
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.queue_lines import QueueLine, lines_of
from graph.services.triage_steps import place_there
from graph.store import ReadUnit, Store
from graph.triage.moves import NOBODYS, OPEN, State
from graph.triage.places import NOBODY, order_in, place, ranges
from graph.triage.priority import Priority

PAGE = MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which tips of the queue; whatever is None filters nothing."""

    state: State | None = None
    """One that is closed or withdrawn can be asked for too."""
    owner: str | None = None
    """Key of a user."""
    unassigned: bool = False
    """Those that are nobody's."""
    priority: Priority | None = None
    before_us: int | None = None
    """Held since before then."""
    news: bool = False
    """Those whose report says more since they were last moved; closed ones too, each by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of the queue."""

    lines: tuple[QueueLine, ...]
    next_after: str | None
    """Where the next page begins; None on the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedTip:
    """A tip of the queue, and how it came to stand where it does."""

    line: QueueLine
    moves: tuple[MoveRow, ...]


def list_queue(
    caller: Caller,
    store: Store,
    *,
    reads: ReadLog,
    wanted: Filter | None = None,
    after: str = "",
    limit: int = 50,
) -> QueuePage:
    """Give a page of the own agency's queue: open tips, unless a closed state is asked for.

    `after` is `next_after` of the page before; a tip that was moved meanwhile is given where it
    stands now: one that became more urgent may stand before that place. Read the first page anew.

    Raises:
        RightsError: the caller sees no queue.
        QuestionError: filters contradict each other.
    """
    asked = Filter() if wanted is None else wanted
    size = max(1, min(limit, PAGE))

    def work(unit: ReadUnit) -> Seen[QueuePage]:
        keys = _keys(unit, agency_of(caller), asked, after=after, limit=size + 1)
        lines = lines_of(unit, caller, [row.key for row in keys[:size]])
        more = order_in(keys[size - 1].place) if len(keys) > size else None
        return Seen(
            answer=QueuePage(lines=lines, next_after=more),
            outcome="listed",
            disclosed=tuple(line.tip for line in lines),
        )

    return look(caller, store, deed=Deed.TRIAGE_READ, about=About(), reads=reads, work=work)


def show_queued(caller: Caller, store: Store, *, tip: str, reads: ReadLog) -> QueuedTip:
    """Give where a tip stands at the own agency, and how it came there.

    Raises:
        RightsError: the caller sees no queue.
        NotFoundError: the agency holds no such tip.
    """

    def work(unit: ReadUnit) -> Seen[QueuedTip]:
        row = place_there(unit, caller, tip)
        lines = lines_of(unit, caller, [row.key])
        if len(lines) == 0:
            raise NotFoundError(f"Your agency holds no tip {tip}. Check the number.")
        moves = unit.read(MOVES_OF, OnePlaceParams(agency=row.agency, key=row.key))
        return Seen(answer=QueuedTip(line=lines[0], moves=tuple(moves)), outcome="shown")

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.TRIAGE_READ, about=about, reads=reads, work=work)


def queue_tally(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[TallyRow, ...]:
    """Give how many open tips of the own agency stand where, and how many wait too long.

    Raises:
        RightsError: the caller sees no queue.
    """
    agency = agency_of(caller)
    spans = ranges(agency, priorities=list(Priority), before_us=None)
    params = TallyParams(agency=agency, after=spans[0][0], end=spans[-1][1], now_us=caller.as_of_us)

    def work(unit: ReadUnit) -> Seen[tuple[TallyRow, ...]]:
        return Seen(answer=tuple(unit.read(TALLY, params)), outcome="counted")

    return look(caller, store, deed=Deed.TRIAGE_READ, about=About(), reads=reads, work=work)


def _keys(
    unit: ReadUnit, agency: str, asked: Filter, *, after: str, limit: int
) -> list[PlaceKeyRow]:
    """Give places, range by range: each range is one piece of one index."""
    query, head = _index(agency, asked)
    priorities = list(Priority) if asked.priority is None else [asked.priority]
    last = "" if after == "" else place(*head, after)
    found: list[PlaceKeyRow] = []
    for begin, end in ranges(*head, priorities=priorities, before_us=asked.before_us):
        start = max(begin, last)
        if last >= end:
            continue
        span = RangeParams(after=start, end=end, limit=limit - len(found))
        found += _read(unit, query, span, asked.state)
        if len(found) >= limit:
            break
    return found


def _read(
    unit: ReadUnit,
    query: Query[RangeParams, PlaceKeyRow] | None,
    span: RangeParams,
    state: State | None,
) -> list[PlaceKeyRow]:
    if query is not None or state is None:
        return unit.read(BY_OWNER if query is None else query, span)
    params = StateRangeParams(**span.model_dump(), state=state.value)
    return unit.read(BY_OWNER_AND_STATE, params)


def _index(
    agency: str, asked: Filter
) -> tuple[Query[RangeParams, PlaceKeyRow] | None, tuple[str, ...]]:
    """Give the index that answers with the fewest places passed over; None: a person's."""
    if asked.unassigned and asked.owner is not None:
        raise QuestionError("A tip is somebody's or nobody's: give a person, or `unassigned`.")
    owner = NOBODY if asked.unassigned else asked.owner
    if asked.news and (owner is not None or asked.state is not None):
        raise QuestionError("What changed is asked for by class and age alone, whosever it is.")
    if asked.news:
        return WITH_NEWS, (agency,)
    if owner is not None and asked.state is not None and asked.state not in OPEN:
        raise QuestionError("Tips that are closed or withdrawn are nobody's to work on.")
    if asked.state is not None and (owner is None or (asked.unassigned and asked.state in NOBODYS)):
        return BY_STATE, (agency, asked.state.value)
    if owner is not None:
        return None, (agency, owner)
    return QUEUE, (agency,)
