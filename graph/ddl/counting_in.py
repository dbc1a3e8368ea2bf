"""The step by which places and moves of before say what the caseload figures count by."""

from __future__ import annotations

from graph.fold import fold
from graph.queries.caseload_filling import (
    BARE_MOVES,
    FILL_LACKS,
    FILL_MOVES,
    BareMoveRow,
    LackItem,
    LacksParams,
    MoveItem,
    MovesParams,
)
from graph.queries.core import NoParams
from graph.queries.filling import EVERY_TIP, AfterParams
from graph.queries.recording import TIP_VERSIONS, TipKeysParams
from graph.services.tip_change import version_of
from graph.store import Store, WriteUnit
from graph.tip_state import Version
from graph.triage.lacking import lacks_of
from graph.triage.places import move_place


def fill_what_figures_count(store: Store) -> None:
    """Fill in what tips lack and what moves are counted by; twice does no harm.

    Places follow when they are computed anew, which comes after it.
    """
    after = ""
    while len(rows := store.read(EVERY_TIP, AfterParams(after=after))) > 0:
        keys = [row.key for row in rows]
        store.writing(
            lambda unit, some=keys: _fill_lacks(unit, some),  # type: ignore[misc]
            name="noting what tips lack",
        )
        after = keys[-1]
    while len(moves := store.read(BARE_MOVES, NoParams())) > 0:
        params = MovesParams(rows=[_item(row) for row in moves])
        store.writing(
            lambda unit, p=params: unit.run(FILL_MOVES, p),  # type: ignore[misc]
            name="filling in moves",
        )


def _fill_lacks(unit: WriteUnit, tips: list[str]) -> None:
    versions: dict[str, list[Version]] = {}
    for row in unit.read(TIP_VERSIONS, TipKeysParams(keys=tips)):
        versions.setdefault(row.tip, []).append(version_of(row))
    items = [
        LackItem(key=tip, lacks=list(lacks_of(fold(found))))
        for tip, found in sorted(versions.items())
    ]
    unit.run(FILL_LACKS, LacksParams(rows=items))


def _item(row: BareMoveRow) -> MoveItem:
    """Give what a move is counted by; a place that was moved first had stood since it was held."""
    is_left = row.from_state != row.to_state
    before_us = row.since_us if row.before_us is None else row.before_us
    stage = move_place(row.agency, row.from_state, row.at_us, row.key)
    return MoveItem(
        key=row.key,
        agency=row.agency,
        stayed_us=max(0, row.at_us - before_us) if is_left else None,
        kind_place=move_place(row.agency, row.move, row.at_us, row.key),
        stage_place=stage if is_left else None,
    )
