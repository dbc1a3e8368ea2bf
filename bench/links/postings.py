"""What tips state, as arrays: one posting for each value that a tip states in a linking role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.statements import Assertion
from graph.tip_state import TipState

Ints: TypeAlias = npt.NDArray[np.int64]

NETWORK = "Ipv6Network"
"""IPv6 addresses in one /64: one subscriber's line (RFC 6177, RFC 8981)."""
ALIAS = "Alias"
"""One screen name at whatever provider: no shared observation, but a lead that linkers may use."""
KINDS: tuple[str, ...] = (*(kind.value for kind in IdentifierKind), NETWORK, ALIAS)
EQUAL = frozenset(range(len(IdentifierKind)))
"""Codes of kinds that are equal values."""
OBSERVED = EQUAL | {KINDS.index(NETWORK)}
"""Codes of kinds that make a shared observation."""
_HINTS = {"ipv6-64": KINDS.index(NETWORK), "cross-platform-name": KINDS.index(ALIAS)}
_CODES = {kind: KINDS.index(kind.value) for kind in IdentifierKind}

TIMES = 3
"""So many times of a posting are kept: the first, the middle and the last one."""
NO_TIME = np.iinfo(np.int64).min
STANDINGS = ("reported", "file", "associated", "recipient", "mentioned", "compromised")
_STANDING = {
    Role.REPORTED: 0,
    Role.FILE: 1,
    Role.ASSOCIATED: 2,
    Role.INTENDED_RECIPIENT: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Postings in order of tips; tips and values are counted from 0."""

    starts: Ints
    """By tip: where its postings begin; one more entry ends the last."""
    tip: Ints
    value: Ints
    times: Ints
    """A row of `TIMES` microseconds for each posting, `NO_TIME` where there is none."""
    port: Ints
    """The client's port if exactly one is stated, else 0."""
    standing: Ints
    """Index into `STANDINGS`; the strongest one if a tip states a value several times."""
    kind: Ints
    """By value: index into `KINDS`."""
    names: tuple[str, ...]
    """By value: its key."""
    holders: Ints
    """By value: how many tips state it."""
    value_starts: Ints
    """By value: where its postings begin in `by_value`."""
    by_value: Ints
    """Indices of postings in order of values, then of tips."""


@dataclass(slots=True)
class _Stated:
    times: list[int]
    ports: set[int]
    standing: int


def postings_of(states: Iterable[TipState]) -> Postings:
    """Give the postings of tips, numbered in their order."""
    numbers: dict[tuple[int, str], int] = {}
    tips: list[int] = []
    values: list[int] = []
    stated: list[_Stated] = []
    count = 0
    for tip, state in enumerate(states):
        count += 1
        for (kind, key), said in _stated(state).items():
            tips.append(tip)
            values.append(numbers.setdefault((kind, key), len(numbers)))
            stated.append(said)
    return _arrays(count, numbers, tips, values, stated)


def _stated(state: TipState) -> Mapping[tuple[int, str], _Stated]:
    found: dict[tuple[int, str], _Stated] = {}
    for item in state.assertions:
        said = item.assertion
        if item.ended_us is not None or not said.linking:
            continue
        for name in _names(said):
            known = found.setdefault(name, _Stated([], set(), len(STANDINGS)))
            if said.at_us is not None:
                known.times.append(said.at_us)
            if said.port is not None:
                known.ports.add(said.port)
            known.standing = min(known.standing, _standing(said))
    return found


def _names(said: Assertion) -> Iterable[tuple[int, str]]:
    yield _CODES[said.kind], said.identifier
    for hint in said.hints:
        scheme, _, key = hint.partition("|")
        if scheme in _HINTS:
            yield _HINTS[scheme], key


def _standing(said: Assertion) -> int:
    if said.compromised == "yes":
        return STANDINGS.index("compromised")
    if said.mined:
        return STANDINGS.index("mentioned")
    return _STANDING.get(said.role, STANDINGS.index("mentioned"))


def _arrays(
    tip_count: int,
    numbers: Mapping[tuple[int, str], int],
    tips: list[int],
    values: list[int],
    stated: list[_Stated],
) -> Postings:
    tip = np.array(tips, dtype=np.int64)
    value = np.array(values, dtype=np.int64)
    by_value = np.lexsort((tip, value))
    holders = np.bincount(value, minlength=len(numbers))
    return Postings(
        starts=np.searchsorted(tip, np.arange(tip_count + 1)),
        tip=tip,
        value=value,
        times=np.array([_times(said.times) for said in stated], dtype=np.int64).reshape(-1, TIMES),
        port=np.array([next(iter(s.ports)) if len(s.ports) == 1 else 0 for s in stated], np.int64),
        standing=np.array([said.standing for said in stated], dtype=np.int64),
        kind=np.array([kind for kind, _ in numbers], dtype=np.int64),
        names=tuple(key for _, key in numbers),
        holders=holders,
        value_starts=np.concatenate(([0], np.cumsum(holders))),
        by_value=by_value,
    )


def _times(times: list[int]) -> tuple[int, int, int]:
    if len(times) == 0:
        return NO_TIME, NO_TIME, NO_TIME
    ordered = sorted(times)
    return ordered[0], ordered[len(ordered) // 2], ordered[-1]
