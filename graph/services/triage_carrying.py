"""What stood of a provisional tip passes to the tip that takes its place."""

from __future__ import annotations

from collections.abc import Mapping

from graph.queries.carried import CARRY, GIVE_MOVES, GIVE_UP, CarryItem, CarryParams
from graph.queries.evidence import PASS_ON as VERIFIED_PASS_ON
from graph.queries.evidence import PassOnParams
from graph.queries.recording import TipKeysParams
from graph.queries.triage import LOCK_PLACES, PLACES_OF, PlaceKeysParams, PlaceOfRow
from graph.queries.urgent import PASS_ON, PlaceMoveParams
from graph.rows import PropertyRow
from graph.store import WriteUnit
from graph.triage.places import triage_key


def carry(unit: WriteUnit, joined: Mapping[str, str]) -> list[tuple[str, str, PropertyRow]]:
    """Let the places of provisional tips be those of the tips that replace them.

    Where an agency has a place for both, that of the one that somebody moved stays. Gives edges
    from the tips to the places, to be written once the tips are there.
    """
    for provisional, tip in sorted(joined.items()):
        unit.run(VERIFIED_PASS_ON, PassOnParams(tip=provisional, new_tip=tip))
    tips = TipKeysParams(keys=sorted({*joined, *joined.values()}))
    rows = unit.read(PLACES_OF, tips)
    if not any(row.tip in joined for row in rows):
        return []
    unit.run(LOCK_PLACES, PlaceKeysParams(keys=[row.key for row in rows]))
    by_key = {row.key: row for row in unit.read(PLACES_OF, tips)}
    carried: dict[str, CarryItem] = {}
    # The one that somebody worked most comes first: of two that join one tip, it stays.
    for row in sorted(by_key.values(), key=lambda place: (-place.moves, place.key)):
        if row.tip not in joined:
            continue
        item = _item(row, joined[row.tip])
        rival = by_key.get(item.new_key)
        if item.new_key in carried or (rival is not None and rival.moves >= row.moves):
            _give_up(unit, item)
            continue
        if rival is not None:
            back = CarryItem(key=rival.key, new_key=row.key, new_tip=rival.tip)
            _give_up(unit, back)
        carried[item.new_key] = item
        unit.run(CARRY, CarryParams(rows=[item]))
        _pass_on(unit, item)
    return [(item.new_tip, item.new_key, {}) for item in carried.values()]


def _give_up(unit: WriteUnit, item: CarryItem) -> None:
    unit.run(GIVE_MOVES, CarryParams(rows=[item]))
    unit.run(GIVE_UP, PlaceKeysParams(keys=[item.key]))
    _pass_on(unit, item)


def _pass_on(unit: WriteUnit, item: CarryItem) -> None:
    passed = PlaceMoveParams(key=item.key, new_key=item.new_key, new_tip=item.new_tip)
    unit.run(PASS_ON, passed)


def _item(row: PlaceOfRow, tip: str) -> CarryItem:
    return CarryItem(key=row.key, new_key=triage_key(row.agency, tip), new_tip=tip)
