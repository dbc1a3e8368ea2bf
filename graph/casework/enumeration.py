"""Patterns of look-ups by which somebody tries out identifiers instead of asking about one.

The rules are a table with numbers, `RULES`. A pattern raises an alert and refuses nothing: a
subject with forty addresses in one network is rare but real.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.identifiers.core import IdentifierKind

_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"(?:\+|national:)([0-9]{4,17})\Z")
_BLOCK = 1000
"""Numbers of one block: all that differ in their last three digits only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pattern: of which kind, how much of it is too much, and how much there is."""

    name: str
    kind: IdentifierKind
    least: int
    """So many in a day raise an alert."""
    meaning: str
    most: Callable[[Sequence[str]], int]
    """How many of some keys, all different, make the largest such pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A rule that looked-up identifiers fit, without any of them."""

    rule: str
    found: int
    meaning: str


def patterns(looked: Iterable[tuple[str, str]]) -> tuple[Pattern, ...]:
    """Give the patterns among (kind, key) of what one user looked up in a day."""
    keys: dict[str, set[str]] = {}
    for kind, key in looked:
        keys.setdefault(kind, set()).add(key)
    found: list[Pattern] = []
    for rule in RULES:
        most = rule.most(sorted(keys.get(rule.kind.value, ())))
        if most >= rule.least:
            found.append(Pattern(rule=rule.name, found=most, meaning=rule.meaning))
    return tuple(found)


def _numbers(keys: Sequence[str]) -> list[int]:
    return sorted(int(found[1]) for key in keys if (found := _NUMBER.match(key)) is not None)


def _addresses(keys: Sequence[str]) -> list[int]:
    found = [_address(key) for key in keys]
    return sorted(int(address) for address in found if address is not None)


def _address(key: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(key)
    except ValueError:
        return None


def _longest_run(values: Sequence[int]) -> int:
    """Give the length of the longest run of values that follow one another."""
    best = run = min(len(values), 1)
    for before, value in pairwise(values):
        run = run + 1 if value == before + 1 else 1
        best = max(best, run)
    return best


def _most_alike(shapes: Iterable[object]) -> int:
    return max(Counter(shapes).values(), default=0)


def _networks(keys: Sequence[str]) -> Iterable[object]:
    for key in keys:
        address = _address(key)
        if isinstance(address, ipaddress.IPv4Address):
            yield 4, int(address) >> 8
        elif address is not None:
            yield 6, int(address) >> 80


def _mail_shapes(keys: Sequence[str]) -> Iterable[str]:
    """Give the shapes of addresses whose local part has digits: the digits stand for any."""
    for key in keys:
        local, _, host = key.rpartition("@")
        shape = _DIGITS.sub("#", local)
        if "#" in shape:
            yield f"{shape}@{host}"


RULES: tuple[Rule, ...] = (
    Rule(
        name="phones in a row",
        kind=IdentifierKind.PHONE,
        least=5,
        meaning="telephone numbers that follow one another",
        most=lambda keys: _longest_run(_numbers(keys)),
    ),
    Rule(
        name="phones of one block",
        kind=IdentifierKind.PHONE,
        least=10,
        meaning="telephone numbers that differ in their last three digits only",
        most=lambda keys: _most_alike(number // _BLOCK for number in _numbers(keys)),
    ),
    Rule(
        name="addresses in a row",
        kind=IdentifierKind.IP_ADDRESS,
        least=5,
        meaning="IP addresses that follow one another",
        most=lambda keys: _longest_run(_addresses(keys)),
    ),
    Rule(
        name="addresses of one network",
        kind=IdentifierKind.IP_ADDRESS,
        least=10,
        meaning="IP addresses of one /24 (IPv4) or /48 (IPv6)",
        most=lambda keys: _most_alike(_networks(keys)),
    ),
    Rule(
        name="e-mails of one shape",
        kind=IdentifierKind.EMAIL,
        least=5,
        meaning="e-mail addresses that differ in their digits only",
        most=lambda keys: _most_alike(_mail_shapes(keys)),
    ),
)
"""What raises an alert. The numbers are a person's in a day, over all their typed look-ups."""
