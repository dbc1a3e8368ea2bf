"""Counts how common every value is, as of now: the only corpus statistics that weights may use."""

from __future__ import annotations

from dataclasses import dataclass

from graph.clock import now_us
from graph.queries.bands import (
    COMMON,
    COMMON_ALIASES,
    COMMON_SUBNETS,
    PAGE,
    SET_ALIAS_BANDS,
    SET_BANDS,
    SET_SUBNET_BANDS,
    TAKEN,
    BandItem,
    BandRow,
    BandsParams,
    CommonParams,
    TakenParams,
)
from graph.queries.core import Query, Row
from graph.queries.links import SNAPSHOT
from graph.queries.scope import Seeing
from graph.scoring.bands import LEAST_COUNT, band_of
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.band_telling import tell_bands
from graph.store import Store, WriteUnit

GROWTH = 2
"""A corpus that has grown so many times since is counted anew."""
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What counting came to."""

    at_us: int
    tips: int
    changed: int
    """Identifiers whose band is another one now."""


def take_snapshot(store: Store, *, actor: str) -> Snapshot:
    """Count every value's band and note when. A run that is cut short is repeated by the next.

    Raises:
        StoreError: the store could not do it; the snapshot keeps its old date then.
    """
    changed = sum(_count(store, COMMON[label], SET_BANDS[label]) for label in sorted(COMMON))
    # After the addresses: those of one /64 are one subscriber's, and are as common as all of them.
    changed += _count(store, COMMON_SUBNETS, SET_SUBNET_BANDS)
    changed += _count(store, COMMON_ALIASES, SET_ALIAS_BANDS)
    tell_bands(store)
    at_us = now_us()

    def note(unit: WriteUnit) -> None:
        unit.run(TAKEN, TakenParams(at_us=at_us))
        leaf = Leaf(action="links.snapshot", object="store", outcome=f"{changed} bands changed")
        add_leaves(unit, [leaf], actor=actor, at_us=at_us)

    store.writing(note, name="noting the snapshot")
    found = store.read(SNAPSHOT, Seeing())[0]
    return Snapshot(at_us=at_us, tips=found.tip_total, changed=changed)


def snapshot_if_due(store: Store, *, actor: str) -> Snapshot | None:
    """Take a snapshot when there is none, it is a day old, or the corpus has doubled since.

    Raises:
        StoreError: the store could not do it.
    """
    found = store.read(SNAPSHOT, Seeing())[0]
    is_old = found.snapshot_us is None or now_us() - found.snapshot_us >= _DAY_US
    has_grown = found.tip_total >= GROWTH * max(found.snapshot_tips or 0, 1)
    return take_snapshot(store, actor=actor) if is_old or has_grown else None


def _count(store: Store, common: Query[CommonParams, BandRow], put: Query[BandsParams, Row]) -> int:
    changed = 0
    after = ""
    while True:
        rows = store.read(common, CommonParams(after=after, least=LEAST_COUNT))
        items = [
            BandItem(key=row.key, band=band_of(row.tip_count))
            for row in rows
            if row.band != band_of(row.tip_count)
        ]
        if len(items) > 0:
            params = BandsParams(rows=items)
            store.writing(
                lambda unit, p=params: unit.run(put, p),  # type: ignore[misc]
                name="noting how common values are",
            )
        changed += len(items)
        if len(rows) < PAGE:
            return changed
        after = rows[-1].key
