"""Conflicts with other agencies' investigations, as the own side sees them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.schemas.cases import Reason
from api.schemas.common import one, page, some
from api.schemas.conflicts import (
    ConflictAnswer,
    ConflictPage,
    ConflictStepped,
    MatrixAnswer,
    ResolveConflict,
    WriteMessage,
)
from api.schemas.wire import Plain
from graph.clock import iso
from graph.queries.conflict_views import MATRIX, MINE, SEEN_BY, MatrixRow
from graph.services.conflict_reading import (
    ConflictPlace,
    list_conflicts,
    matrix,
    place_of,
    show_conflict,
)
from graph.services.conflict_steps import (
    Stepped,
    acknowledge,
    coordinate,
    reopen,
    resolve,
    write_message,
)

router = APIRouter(tags=["conflicts"], route_class=OnceRoute)


@router.get("/conflicts")
def conflicts(
    at: At,
    *,
    with_resolved: Annotated[bool, Query(description="Resolved ones as well.")] = False,
    after: After = "",
    limit: PageLimit = 50,
) -> ConflictPage:
    """Conflicts that your side is told of: what is not resolved first, urgent first."""
    found = place(after, int, int, int, str)
    start = None
    if found is not None:
        done, rank, since_us, ref = found
        start = ConflictPlace(done=int(done), rank=int(rank), since_us=int(since_us), ref=str(ref))
    rows = list_conflicts(
        at.caller,
        at.store,
        reads=at.reads,
        with_resolved=with_resolved,
        after=start,
        limit=limit,
    )
    following = None
    if len(rows) == limit:
        last = place_of(rows[-1])
        following = cursor(last.done, last.rank, last.since_us, last.ref)
    return page(ConflictPage, rows, at, query=MINE.name, next_after=following)


@router.get("/conflicts/matrix")
def conflict_matrix(at: At) -> MatrixAnswer:
    """How conflicts with each other agency stand, and how long resolving takes."""
    rows = matrix(at.caller, at.store, reads=at.reads)
    return some(MatrixAnswer, at, query=MATRIX.name, items=[_line(row) for row in rows])


@router.get("/conflicts/{conflict}")
def conflict(at: At, conflict: Ref) -> ConflictAnswer:
    """One conflict: through what you meet, how it stands, and what was written."""
    row = show_conflict(at.caller, at.store, ref=conflict, reads=at.reads)
    at.tag(row.version)
    return one(ConflictAnswer, row, at, query=SEEN_BY.name)


@router.post("/conflicts/{conflict}/acknowledge")
def acknowledge_conflict(at: AtOnce, conflict: Ref) -> ConflictStepped:
    """Say that your side knows: its clock ends."""
    return _stepped(at, acknowledge(at.caller, at.store, ref=conflict))


@router.post("/conflicts/{conflict}/coordinate")
def coordinate_conflict(at: AtOnce, conflict: Ref, expected: Expected) -> ConflictStepped:
    """Say that the sides talk."""
    return _stepped(at, coordinate(at.caller, at.store, ref=conflict, expected=expected))


@router.post("/conflicts/{conflict}/resolve")
def resolve_conflict(
    at: AtOnce, conflict: Ref, expected: Expected, wanted: ResolveConflict
) -> ConflictStepped:
    """End a conflict; the other side is told and may open it again."""
    done = resolve(
        at.caller,
        at.store,
        ref=conflict,
        expected=expected,
        resolution=wanted.resolution,
        why=wanted.why,
    )
    return _stepped(at, done)


@router.post("/conflicts/{conflict}/reopen")
def reopen_conflict(
    at: AtOnce, conflict: Ref, expected: Expected, wanted: Reason
) -> ConflictStepped:
    """Open a conflict again that was resolved too soon."""
    done = reopen(at.caller, at.store, ref=conflict, expected=expected, why=wanted.why)
    return _stepped(at, done)


@router.post("/conflicts/{conflict}/messages")
def write_conflict_message(at: AtOnce, conflict: Ref, wanted: WriteMessage) -> ConflictStepped:
    """Write to the other side; it stays with the conflict."""
    return _stepped(at, write_message(at.caller, at.store, ref=conflict, text=wanted.text))


def _stepped(at: At, done: Stepped) -> ConflictStepped:
    at.tag(done.version)
    return one(ConflictStepped, done, at, query=SEEN_BY.name)


def _line(row: MatrixRow) -> Plain:
    return {
        "other": row.other,
        "total": row.total,
        "unresolved": row.unresolved,
        "urgent": row.urgent,
        "oldest_at": None if row.oldest_us is None else iso(row.oldest_us),
        "resolving_s": row.resolving_us / 1_000_000,
    }
