"""Reads what states are counted from: common identifiers, their holders, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.clock import now_us
from graph.identifiers.core import IdentifierKind
from graph.queries.decisions import DECIDED_ALL, DecidedParams, DecisionRow
from graph.queries.states import (
    CANDIDATES,
    HOLDERS,
    MOST_HOLDERS,
    NEWEST,
    NOW,
    PAGE,
    CandidatesParams,
    KeysParams,
    NewestParams,
    StateHoldersParams,
)
from graph.scoring.hub_states import Holder
from graph.services.state_order import Source, base_of, standing_of
from graph.store import Store
from graph.tip_rows import order_key

_ROWS_AT_ONCE = 50_000
_URGENCIES = (0, 1, 2)


def candidates_of(store: Store, kind: IdentifierKind, *, least_band: int) -> dict[str, int]:
    """Give the bands of the identifiers of a kind that are common enough to be counted."""
    bands: dict[str, int] = {}
    after = ""
    while True:
        params = CandidatesParams(after=after, least=least_band)
        rows = store.read(CANDIDATES[kind.value], params)
        bands.update((row.key, row.band) for row in rows)
        if len(rows) < PAGE:
            return bands
        after = rows[-1].key


def commonest_first(bands: Mapping[str, int]) -> list[str]:
    """Give keys by band, the highest first, then by themselves."""
    return sorted(bands, key=lambda key: (-bands[key], key))


def holders_of(store: Store, kind: IdentifierKind, keys: Sequence[str]) -> dict[str, list[Holder]]:
    """Give the tips that hold identifiers of a kind, each at most the first of very many."""
    held: dict[str, list[Holder]] = {key: [] for key in keys}
    params = StateHoldersParams(keys=list(keys), limit=MOST_HOLDERS)
    for row in store.read(HOLDERS[kind.value], params):
        held[row.identifier].append(Holder(tip=row.tip, provider=row.provider, at_us=row.at_us))
    return held


def without_counting(
    store: Store, decided: Mapping[tuple[IdentifierKind, str], Sequence[DecisionRow]]
) -> dict[tuple[IdentifierKind, str], str]:
    """Give the states that identifiers would have if nothing had ever been counted."""
    at_us = now_us()
    states: dict[tuple[IdentifierKind, str], str] = {}
    for kind in IdentifierKind:
        keys = sorted(key for of_kind, key in decided if of_kind is kind)
        for start in range(0, len(keys), PAGE):
            params = KeysParams(keys=keys[start : start + PAGE])
            for row in store.read(NOW[kind.value], params):
                said = [d for d in decided[kind, row.key] if d.source != Source.COUNTING]
                states[kind, row.key] = standing_of(base_of(row), said, at_us=at_us).state
    return states


def decided_by_identifier(store: Store) -> dict[tuple[IdentifierKind, str], list[DecisionRow]]:
    """Give every decision about states, by identifier."""
    decided: dict[tuple[IdentifierKind, str], list[DecisionRow]] = {}
    after = ""
    while True:
        rows = store.read(DECIDED_ALL, DecidedParams(after=after))
        for row in rows:
            decided.setdefault((IdentifierKind(row.kind), row.identifier), []).append(row)
        if len(rows) < PAGE:
            return decided
        after = rows[-1].key


def newest_tip_us(store: Store, *, until_us: int) -> int:
    """Give when the newest tip was received, none later than the snapshot; 0 without any."""
    found = [0]
    for urgency in _URGENCIES:
        params = NewestParams(start=order_key(urgency, until_us, ""), end=f"{urgency + 1}|")
        found += [row.at_us for row in store.read(NEWEST, params) if row.at_us is not None]
    return max(found)


def batches_of(bands: Mapping[str, int]) -> Iterator[list[str]]:
    """Give keys in parts that have few enough holders to be read at once."""
    part: list[str] = []
    rows = 0
    for key in commonest_first(bands):
        held = min(2 << bands[key], MOST_HOLDERS)
        if len(part) > 0 and rows + held > _ROWS_AT_ONCE:
            yield part
            part, rows = [], 0
        part.append(key)
        rows += held
    if len(part) > 0:
        yield part
