"""Notes whom the bands of the snapshot may be told, as of now.

Everybody where agencies hold five tips or more together, and two of them any; else one agency, of
five tips or more of its own; else nobody. Tips that nobody holds are told in nobody's own count.
"""

from __future__ import annotations

from graph.clock import now_us
from graph.queries.core import NoParams
from graph.queries.crowds import (
    CROWD,
    CROWD_PAGE,
    CROWDS,
    SET_CROWDS,
    CrowdItem,
    CrowdItemsParams,
    CrowdRow,
    CrowdsParams,
)
from graph.queries.telling import (
    ANY_HOLDER,
    TELL,
    TELLING,
    TOLD_PAGE,
    TellingParams,
    TellingRow,
    ToldItem,
    ToldsParams,
)
from graph.scoring.bands import LEAST_COUNT, band_of
from graph.services.places_due import catch_up, place_or_note
from graph.services.triage_sights import naming
from graph.store import Store, WriteUnit

EVERYBODY = "*"
_LEAST_AGENCIES = 2


def tell_bands(store: Store) -> int:
    """Give of how many values it changed whom they may be told.

    Raises:
        StoreError: the store could not do it; what was not reached stays as it was.
    """
    if len(store.read(ANY_HOLDER, NoParams())) == 0:
        return 0
    for label in sorted(CROWDS):
        _tell_crowds(store, label)
    return sum(_tell(store, name) for name in sorted(TELLING, key=_together_last))


def _together_last(name: str) -> tuple[bool, str]:
    """After the addresses and names alone: what is counted together is told together."""
    return name in ("subnets", "aliases"), name


def _tell(store: Store, name: str) -> int:
    changed = 0
    after = ""
    while True:
        params = TellingParams(after=after, least=LEAST_COUNT, limit=TOLD_PAGE)
        rows = store.read(TELLING[name], params)
        items = [
            item
            for row, item in ((row, _told(row)) for row in rows)
            if (row.told_to, row.told_band) != (item.told_to, item.told_band)
        ]
        if len(items) > 0:
            told = ToldsParams(rows=items)
            store.writing(
                lambda unit, p=told: _note(unit, name, p),  # type: ignore[misc]
                name="noting whom bands may be told",
            )
            catch_up(store)
        changed += len(items)
        if len(rows) < TOLD_PAGE:
            return changed
        after = rows[-1].key


def _note(unit: WriteUnit, name: str, told: ToldsParams) -> None:
    """Write whom bands may be told; with them it is told which states were found by counting."""
    unit.run(TELL[name], told)
    tips = naming(unit, name, [item.key for item in told.rows])
    place_or_note(unit, tips, actor="snapshot", at_us=now_us())


def _tell_crowds(store: Store, label: str) -> None:
    after = ""
    while True:
        rows = store.read(CROWDS[label], CrowdsParams(after=after, least=CROWD))
        items = [
            item
            for row, item in ((row, _told_crowd(row)) for row in rows)
            if (row.crowd_told_to, row.crowd_band) != (item.crowd_told_to, item.crowd_band)
        ]
        if len(items) > 0:
            told = CrowdItemsParams(rows=items)
            store.writing(
                lambda unit, p=told: unit.run(SET_CROWDS[label], p),  # type: ignore[misc]
                name="noting whom crowds may be told",
            )
        if len(rows) < CROWD_PAGE:
            return
        after = rows[-1].key


def _told_crowd(row: CrowdRow) -> CrowdItem:
    if row.agencies >= _LEAST_AGENCIES and row.mention_count >= CROWD:
        band = band_of(row.mention_count)
        return CrowdItem(key=row.key, crowd_told_to=EVERYBODY, crowd_band=band)
    if row.agencies == 1 and row.tips >= CROWD:
        band = band_of(row.tips)
        return CrowdItem(key=row.key, crowd_told_to=row.agency, crowd_band=band)
    return CrowdItem(key=row.key, crowd_told_to=None, crowd_band=None)


def _told(row: TellingRow) -> ToldItem:
    if row.agencies >= _LEAST_AGENCIES and row.tip_count >= LEAST_COUNT:
        return ToldItem(key=row.key, told_to=EVERYBODY, told_band=band_of(row.tip_count))
    if row.agencies == 1 and row.tips >= LEAST_COUNT:
        return ToldItem(key=row.key, told_to=row.agency, told_band=band_of(row.tips))
    return ToldItem(key=row.key, told_to=None, told_band=None)
