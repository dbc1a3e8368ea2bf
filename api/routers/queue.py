"""The queue of the own agency: what waits, why it is urgent, and what is done about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, TipKey
from api.schemas.common import one, page, some
from api.schemas.queue import (
    MoveTip,
    QueuedTipAnswer,
    QueuePage,
    QueueTallyAnswer,
    TipMoved,
)
from api.schemas.wire import fields, wire
from graph.casework.terms import DAY_US
from graph.queries.queue import MOVES_OF, QUEUE, TALLY
from graph.queries.triage import MOVED
from graph.services.evidence import show_evidence
from graph.services.queue_reading import Filter, list_queue, queue_tally, show_queued
from graph.services.triage_steps import Moved, move, take
from graph.triage.deciding import Wanted
from graph.triage.moves import State
from graph.triage.priority import Priority

router = APIRouter(tags=["queue"], route_class=OnceRoute)


@router.get("/queue")
def queue(
    at: At,
    *,
    state: Annotated[
        State | None, Query(description="One state; a closed one can be asked for too.")
    ] = None,
    owner: Annotated[
        str | None, Query(max_length=64, description="Key of a user: their tips.")
    ] = None,
    unassigned: Annotated[bool, Query(description="Those that are nobody's.")] = False,
    priority: Annotated[Priority | None, Query(description="One class.")] = None,
    older_than_days: Annotated[
        int | None, Query(ge=0, le=3660, description="Held by the agency for longer than so.")
    ] = None,
    changed: Annotated[
        bool,
        Query(description="Those whose report says more since they were last moved; closed too."),
    ] = False,
    after: After = "",
    limit: PageLimit = 50,
) -> QueuePage:
    """The own agency's open tips: the most urgent class first, in it whoever waited longest."""
    wanted = Filter(
        state=state,
        owner=owner,
        unassigned=unassigned,
        priority=priority,
        before_us=None
        if older_than_days is None
        else at.caller.as_of_us - older_than_days * DAY_US,
        news=changed,
    )
    start = place(after, str)
    found = list_queue(
        at.caller,
        at.store,
        reads=at.reads,
        wanted=wanted,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(QueuePage, found.lines, at, query=QUEUE.name, next_after=following)


@router.get("/queue/tally")
def tally_queue(at: At) -> QueueTallyAnswer:
    """How many open tips stand where, and how many of them nobody looked at in time."""
    rows = queue_tally(at.caller, at.store, reads=at.reads)
    return some(QueueTallyAnswer, at, query=TALLY.name, items=wire(rows))


@router.get("/queue/{tip}")
def queued_tip(at: At, tip: TipKey) -> QueuedTipAnswer:
    """Where a tip stands, how urgent it is and why, and how it came there."""
    found = show_queued(at.caller, at.store, tip=tip, reads=at.reads)
    at.tag(found.line.version)
    evidence = show_evidence(at.caller, at.store, tip=tip, reads=at.reads)
    values = fields(found.line) | {"moves": wire(found.moves), "evidence": wire(evidence.files)}
    return some(QueuedTipAnswer, at, query=MOVES_OF.name, **values)


@router.post("/queue/{tip}/take")
def take_tip(at: AtOnce, tip: TipKey) -> TipMoved:
    """Take a tip that nobody has, for review; of two at once one gets it, and 409 names who."""
    return _moved(at, take(at.caller, at.store, tip=tip))


@router.post("/queue/{tip}/moves")
def move_tip(at: AtOnce, tip: TipKey, expected: Expected, wanted: MoveTip) -> TipMoved:
    """Make a move from the version that you looked at."""
    return _moved(at, move(at.caller, at.store, tip=tip, expected=expected, wanted=asked(wanted)))


def asked(wanted: MoveTip) -> Wanted:
    """Give a move as its body has it."""
    return Wanted(
        move=wanted.move,
        why=wanted.why,
        outcome=wanted.outcome,
        assignee=wanted.assignee,
        override=wanted.override,
        recipient=wanted.recipient,
        priority=wanted.priority,
    )


def _moved(at: At, done: Moved) -> TipMoved:
    at.tag(done.version)
    return one(TipMoved, done, at, query=MOVED.name)
