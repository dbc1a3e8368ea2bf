"""Keeps every held tip's place up to date, in the transaction of whatever changes it.

Whoever calls has the locks of the tips, or of what claims them; places are locked last, in key
order, and only then is it read what they follow from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from graph.queries.caseload_filling import BREAK_MOVES
from graph.queries.queued import CLAIMED, ClaimedParams
from graph.queries.recording import TipKeysParams
from graph.queries.triage import (
    HELD_TIPS,
    LOCK_PLACES,
    MOST_TOGETHER,
    PLACES,
    STANDING,
    AfterTipParams,
    PlaceKeysParams,
    PlaceRow,
)
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.priority_tables import tables_of
from graph.services.sides import digest
from graph.services.triage_folds import company_of, settle
from graph.services.triage_news import tell_news
from graph.services.triage_sights import fellows_of, sights_of
from graph.services.urgent_alerts import follow
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.moves import MOVES, Move, State
from graph.triage.news import is_told, with_news
from graph.triage.places import move_place, triage_key
from graph.triage.priority import OWN_CASE
from graph.triage.standing import Basis, derived, new_place, placed, restated, stored
from graph.triage.urgent import Change

News: TypeAlias = Mapping[str, tuple[str, ...]]
"""By tip: what its newer versions say that the older ones did not."""
WALK_LIMIT = 5000
"""Tips. What more of them mention says nothing of whose work a tip is; as for the watch."""


def refresh(
    unit: WriteUnit, tips: Collection[str], *, actor: str, at_us: int, news: News | None = None
) -> None:
    """Let tips that were written, held or given up have their effect on the queues.

    Also on the places of other tips that have a value in common with them at the same agency.
    `news` is what tips say more than before, of those whose versions changed.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    whole = {*tips, *fellows_of(unit, tips)}
    refresh_places(unit, whole, actor=actor, at_us=at_us, news=news)


def refresh_places(
    unit: WriteUnit, tips: Collection[str], *, actor: str, at_us: int, news: News | None = None
) -> None:
    """Give tips a place at each agency that holds them, and write what changed of their places.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    company = company_of(unit, tips)
    ordered = sorted({*tips, *company.tips})
    places: list[PlaceRow] = []
    for start in range(0, len(ordered), MOST_TOGETHER):
        some = ordered[start : start + MOST_TOGETHER]
        places += _refresh(unit, some, actor=actor, at_us=at_us, news=news or {})
    settle(unit, places, crowds=company.crowds)


def _refresh(
    unit: WriteUnit, tips: Sequence[str], *, actor: str, at_us: int, news: News
) -> list[PlaceRow]:
    """Write the places of some tips, and give them as they are then."""
    held = unit.read(STANDING, TipKeysParams(keys=list(tips)))
    if len(held) == 0:
        return []
    keys = PlaceKeysParams(keys=sorted(triage_key(row.agency, row.tip) for row in held))
    unit.run(LOCK_PLACES, keys)
    there = {row.key: row for row in unit.read(PLACES, keys)}
    bases = bases_of(unit, tips, at_us=at_us)
    wanted = {
        key: _again(there[key], basis, news, at_us=at_us) if key in there else new_place(basis)
        for key, basis in bases.items()
    }
    gone = {
        key: wanted[key]
        for key, basis in bases.items()
        if basis.found.withdrawn_us is not None
        and (State(wanted[key].state), Move.WITHDRAW) in MOVES
    }
    wanted |= {key: placed(_withdrawn(row, at_us), bases[key].table) for key, row in gone.items()}
    _write(unit, there, wanted)
    _break(unit, there, wanted)
    for key, row in gone.items():
        _note_withdrawal(unit, row, wanted[key], actor=actor, at_us=at_us)
    changes = [Change(before=there.get(key), after=row) for key, row in wanted.items()]
    follow(unit, changes, actor=actor, at_us=at_us)
    told = [row for key, row in wanted.items() if is_told(there.get(key), row)]
    tell_news(unit, told, actor=actor, at_us=at_us)
    return list(wanted.values())


def _again(before: PlaceRow, basis: Basis, news: News, *, at_us: int) -> PlaceRow:
    """Give a place after what it follows from changed, with what its tip says more."""
    row = restated(before, derived(before, basis), basis, at_us=at_us)
    said = with_news(before, row, news.get(row.tip), at_us=at_us)
    return row if said is row else placed(said, basis.table)


def bases_of(unit: ReadUnit, tips: Sequence[str], *, at_us: int) -> dict[str, Basis]:
    """Give what each place of tips follows from at a time, by its key."""
    claimed = ClaimedParams(keys=list(tips), walk=WALK_LIMIT, now_us=at_us)
    own = {(row.tip, row.agency) for row in unit.read(CLAIMED, claimed)}
    sights = sights_of(unit, tips)
    standing = unit.read(STANDING, TipKeysParams(keys=list(tips)))
    tables = tables_of(unit, {row.agency for row in standing})
    return {
        triage_key(row.agency, row.tip): Basis(
            found=row,
            table=tables[row.agency],
            own=sights.get((row.tip, row.agency), frozenset())
            | ({OWN_CASE} if (row.tip, row.agency) in own else frozenset()),
        )
        for row in standing
    }


def recount(store: Store, *, actor: str, at_us: int) -> int:
    """Compute every place anew, some at a time, and give how many tips were looked at.

    Kept places equal this; it mends what the calendar alone changes.

    Raises:
        StoreError: the store could not do it; what was done stays.
    """
    done = 0
    for tips in held_tips(store):
        refresh_some(store, tips, actor=actor, at_us=at_us)
        done += len(tips)
    return done


def refresh_some(store: Store, tips: list[str], *, actor: str, at_us: int) -> None:
    """Compute the places of some tips anew, in a transaction of its own.

    Raises:
        StoreError: the store could not do it; nothing was changed.
    """
    store.writing(
        lambda unit: refresh_places(unit, tips, actor=actor, at_us=at_us),
        name="counting the queue anew",
    )


def held_tips(store: Store) -> Iterator[list[str]]:
    """Give the tips that somebody holds or held, some at a time."""
    after = ""
    while len(rows := store.read(HELD_TIPS, AfterTipParams(after=after))) > 0:
        yield [row.tip for row in rows]
        after = rows[-1].tip


def _write(unit: WriteUnit, there: dict[str, PlaceRow], wanted: dict[str, PlaceRow]) -> None:
    fresh = [row for key, row in wanted.items() if key not in there]
    unit.insert_nodes("Triage", [stored(row) for row in fresh])
    edges: list[tuple[str, str, PropertyRow]] = [(row.tip, row.key, {}) for row in fresh]
    unit.insert_rels("STANDS", ("Tip", "Triage"), edges)
    changed = [row for key, row in wanted.items() if key in there and row != there[key]]
    unit.update_nodes("Triage", [stored(row) for row in changed])


def _break(unit: WriteUnit, there: dict[str, PlaceRow], wanted: dict[str, PlaceRow]) -> None:
    """Mark moves of tips that are given away, or that came back, as made before that."""
    keys = [
        key
        for key, row in there.items()
        if row.moves > 0 and (row.held, row.since_us) != (wanted[key].held, wanted[key].since_us)
    ]
    if len(keys) > 0:
        unit.run(BREAK_MOVES, PlaceKeysParams(keys=sorted(keys)))


def _withdrawn(row: PlaceRow, at_us: int) -> PlaceRow:
    return row.model_copy(
        update={
            "state": State.WITHDRAWN.value,
            "stood_us": at_us,
            "moves": row.moves + 1,
            "changed_us": at_us,
            "version": (row.version or 0) + 1,
        }
    )


def _note_withdrawal(
    unit: WriteUnit, before: PlaceRow, after: PlaceRow, *, actor: str, at_us: int
) -> None:
    """Write the move that follows from a tip's withdrawal, and a leaf to the holder's log."""
    note_move(unit, before, after, Move.WITHDRAW, made_by=actor, at_us=at_us, why=None)
    said = Leaf(
        action="triage.withdrawn",
        object=after.tip,
        outcome=Move.WITHDRAW.value,
        agency=after.agency,
    )
    add_leaves(unit, [said], actor=actor, at_us=at_us)


def note_move(
    unit: WriteUnit,
    before: PlaceRow,
    after: PlaceRow,
    move: Move,
    *,
    made_by: str,
    at_us: int,
    why: str | None,
) -> None:
    """Write the record of one move."""
    key = digest(f"triage|{after.key}|{after.moves}")
    row: PropertyRow = {
        "key": key,
        "number": after.moves,
        "move": move.value,
        "from_state": before.state,
        "to_state": after.state,
        "made_by": made_by,
        "at_us": at_us,
        "why": why,
        "outcome": after.outcome if move is Move.CLOSE else None,
        "owner": after.owner,
        "recipient": after.recipient if move is Move.REFER else None,
        "priority": after.set_priority if move is Move.PRIORITISE else None,
        **counted(before, after, key, move=move, at_us=at_us),
    }
    unit.insert_nodes("TriageMove", [row])
    unit.insert_rels("HAS_MOVE", ("Triage", "TriageMove"), [(after.key, key, {})])


def counted(before: PlaceRow, after: PlaceRow, key: str, *, move: Move, at_us: int) -> PropertyRow:
    """Give what a move's record says to the caseload figures."""
    is_left = after.state != before.state
    return {
        "agency": after.agency,
        "stayed_us": max(0, at_us - before.stood_us) if is_left else None,
        "kind_place": move_place(after.agency, move.value, at_us, key),
        "stage_place": move_place(after.agency, before.state, at_us, key) if is_left else None,
        "broken": None if after.held else True,
    }
