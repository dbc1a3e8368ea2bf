"""What people do about a tip in their queue: take it, refer it, assign it, close it.

Each move is one transaction: the place is locked, read, and written only where it still has the
version that the move starts from, with the move's record and a leaf in the agency's log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.errors import ChangedError, NotFoundError, RowError
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.queries.triage import (
    LOCK_PLACES,
    MOVED,
    PLACES,
    STANDING,
    MovedParams,
    PlaceKeysParams,
    PlaceRow,
)
from graph.services.acting import About, act, leaf, named, note
from graph.services.assignment_checks import require_assignee, require_no_conflict
from graph.services.priority_tables import tables_of
from graph.services.triage_folds import Fellows, arrange, fellows_of_place, fold_of, places_of
from graph.services.triage_places import note_move
from graph.services.urgent_alerts import follow
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.deciding import Wanted, decided, said_moved
from graph.triage.moves import Move, State, deed_of
from graph.triage.places import triage_key
from graph.triage.urgent import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a tip stands after a move."""

    tip: str
    state: str
    owner: str | None
    version: int
    also: tuple[str, ...] = ()
    """Further records of the same incident that were taken with it."""


def take(caller: Caller, store: Store, *, tip: str) -> Moved:
    """Take a tip that nobody has for review. Of two people at once one gets it.

    Records of the same incident that stand alike, in one row with it, are taken with it.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency holds no such tip.
        ChangedError: somebody has it; the sentence says who.
        RowError: it stands where nothing is taken.
    """
    return _move(caller, store, tip, None, Wanted(move=Move.TAKE))


def move(caller: Caller, store: Store, *, tip: str, expected: int, wanted: Wanted) -> Moved:
    """Make a move from the version of a tip's place that the caller looked at.

    Raises:
        RightsError: the caller may not make this move, or the tip is somebody else's.
        NotFoundError: the agency holds no such tip, or has nobody in service as that assignee.
        ChangedError: somebody moved it meanwhile; the sentence says who.
        RowError: it is no move from there, or something that it needs is not given.
    """
    return _move(caller, store, tip, expected, wanted)


def _move(caller: Caller, store: Store, tip: str, expected: int | None, wanted: Wanted) -> Moved:
    deed = deed_of(wanted.move)
    about = About(object=named(tip))

    def work(unit: WriteUnit) -> Moved:
        done = move_in(unit, caller, tip, expected, wanted)
        if wanted.move is not Move.TAKE:
            return done
        also = new_fellows(unit, caller, tip)
        for other in also:
            move_in(unit, caller, other, None, wanted)
        return replace(done, also=tuple(also))

    return act(caller, store, deed=deed, about=about, work=work)


def move_in(
    unit: WriteUnit, caller: Caller, tip: str, expected: int | None, wanted: Wanted
) -> Moved:
    """Make a move within a transaction; errors as for `move`."""
    fellows = lock_fellows(unit, caller, tip, anew=wanted.move in {Move.APART, Move.FOLD})
    before = place_there(unit, caller, tip)
    table = tables_of(unit, [before.agency])[before.agency]
    if wanted.move is Move.REOPEN:
        _check_not_withdrawn(unit, tip)
    after = decided(before, caller, wanted, expected=expected, table=table)
    require_assignee(unit, caller, wanted.assignee)
    if after.owner not in {None, before.owner}:
        require_no_conflict(unit, caller, after.owner or "", tip=tip, override=wanted.override)
    rows = unit.run(MOVED, _params(before, after, caller))
    if len(rows) == 0:
        raise ChangedError(said_moved(before))
    arrange(unit, fellows, moved=after)
    at_us = caller.as_of_us
    why = None if wanted.why is None else wanted.why.strip()
    note_move(unit, before, after, wanted.move, made_by=caller.user, at_us=at_us, why=why)
    change = Change(before=before, after=after, made=wanted.move)
    follow(unit, [change], actor=caller.user, at_us=at_us)
    about = About(object=named(tip))
    done = leaf(caller, deed_of(wanted.move), about, outcome=wanted.move.value)
    note(unit, caller, [done])
    return Moved(tip=tip, state=after.state, owner=after.owner, version=rows[0].version)


def locked_place(unit: WriteUnit, caller: Caller, tip: str) -> PlaceRow:
    """Give a tip's place at the caller's agency, after taking its lock.

    Raises:
        NotFoundError: the agency does not hold it; the same answer as where it is not there.
    """
    keys = PlaceKeysParams(keys=[triage_key(agency_of(caller), tip)])
    unit.run(LOCK_PLACES, keys)
    return place_there(unit, caller, tip)


def place_there(unit: ReadUnit, caller: Caller, tip: str) -> PlaceRow:
    """Give a tip's place at the caller's agency; holders and policies both see to that.

    Raises:
        NotFoundError: as for `locked_place`.
    """
    rows = unit.read(PLACES, PlaceKeysParams(keys=[triage_key(agency_of(caller), tip)]))
    whose = unit.read(WHOSE, TipKeysParams(keys=[tip]))
    holders = frozenset(whose[0].holders) if len(whose) > 0 else frozenset()
    if (
        len(rows) == 0
        or not rows[0].held
        or not confirms(
            caller,
            Deed.TRIAGE_READ,
            resource=Resource(owner=rows[0].agency, holders=holders),
        )
    ):
        raise NotFoundError(f"Your agency holds no tip {tip}. Check the number.")
    return rows[0]


def lock_fellows(unit: WriteUnit, caller: Caller, tip: str, *, anew: bool) -> Fellows:
    """Take the locks of a tip's place and of those that share a row with it, or are to."""
    agency = agency_of(caller)
    key = triage_key(agency, tip)
    found, locked = fellows_of_place(unit, key, tip=tip, agency=agency, anew=anew), set[str]()
    while not locked.issuperset(found.keys):
        unit.run(LOCK_PLACES, PlaceKeysParams(keys=sorted({*found.keys, *locked})))
        locked |= found.keys
        # Somebody may have joined them before the locks were taken.
        found = fellows_of_place(unit, key, tip=tip, agency=agency, anew=anew)
    return found


def new_fellows(unit: ReadUnit, caller: Caller, tip: str) -> list[str]:
    """Give the new tips that are records of the same incident and nobody's."""
    key = triage_key(agency_of(caller), tip)
    rows = places_of(unit, fold_of(unit, key))
    return [row.tip for row in rows if row.state == State.NEW and row.key != key]


def _check_not_withdrawn(unit: ReadUnit, tip: str) -> None:
    """Come back unless the report was withdrawn: its place would be withdrawn at the next look."""
    rows = unit.read(STANDING, TipKeysParams(keys=[tip]))
    if any(row.withdrawn_us is not None for row in rows):
        raise RowError(f"The report of {tip} was withdrawn: it stays closed.")


def _params(before: PlaceRow, after: PlaceRow, caller: Caller) -> MovedParams:
    names = set(MovedParams.model_fields) - {"expected", "at_us", "user"}
    return MovedParams(
        **after.model_dump(include=names),
        expected=before.version or 0,
        at_us=caller.as_of_us,
        user=caller.user,
    )
