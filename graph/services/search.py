"""Search: anything that a person may type, taken for every identifier or tip number it can be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.clock import now_us
from graph.identifiers.core import Identifier, IdentifierKind, Policy
from graph.identifiers.providers import PROVIDERS, UNKNOWN_KEY
from graph.identifiers.registry import interpret
from graph.queries.core import NoParams
from graph.queries.identifiers import (
    CLAIMED_BY,
    IDENTIFIERS,
    MOST_KEYS,
    MOST_PROVIDERS,
    REPORTING_PROVIDERS,
    TIPS_OF,
    ClaimantRow,
    ClaimantsParams,
    HoldersParams,
    IdentifierKeysParams,
    IdentifierRow,
)
from graph.queries.meta import STORE_INFO
from graph.queries.tips import TIPS_BY_PREFIX, PrefixParams, TipLine
from graph.store import ReadUnit, Store

MAX_TIPS = 50
_NUMBER = re.compile(r"(?:(?P<source>[a-z]+):)?(?P<number>\d{3,20})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An identifier that is in the graph, with the tips and investigations that have it."""

    identifier: IdentifierRow
    tips: tuple[TipLine, ...]
    """The first of them; `identifier.mention_count` says how many there are."""
    claims: tuple[ClaimantRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What was searched for, as it was understood, and what is there."""

    as_of_us: int
    taken_for: tuple[Identifier, ...]
    tips: tuple[TipLine, ...]
    """Tips whose number is, or begins with, the text."""
    found: tuple[Found, ...]
    cut_off: tuple[str, ...] = ()
    """What was not looked at, in sentences."""


def search(store: Store, text: str) -> SearchResult:
    """Give what is in the graph under a text, normalised as intake does it.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(lambda unit: _search(unit, text.strip()), name="search")


def _search(unit: ReadUnit, text: str) -> SearchResult:
    info = unit.read(STORE_INFO, NoParams())[0]
    taken_for = interpret(text, Policy(synthetic=info.synthetic))
    elsewhere, cut_off = _anywhere(unit, taken_for)
    wanted = {(item.kind.value, item.key) for item in taken_for} | elsewhere
    keys = sorted({key for _, key in wanted})
    rows = [
        row
        for start in range(0, len(keys), MOST_KEYS)
        for row in unit.read(IDENTIFIERS, IdentifierKeysParams(keys=keys[start:][:MOST_KEYS]))
        if (row.kind, row.key) in wanted
    ]
    rows.sort(key=lambda row: (row.kind, row.key))
    return SearchResult(
        as_of_us=now_us(),
        taken_for=taken_for,
        tips=_tips(unit, text),
        found=tuple(_found(unit, row) for row in rows),
        cut_off=cut_off,
    )


def _anywhere(
    unit: ReadUnit, taken_for: tuple[Identifier, ...]
) -> tuple[set[tuple[str, str]], tuple[str, ...]]:
    """Give names and account ids that were typed without a platform on every platform known."""
    named = (IdentifierKind.SCREEN_NAME, IdentifierKind.ACCOUNT)
    prefix = f"{UNKNOWN_KEY}|"
    bare = [i for i in taken_for if i.kind in named and i.key.startswith(prefix)]
    if len(bare) == 0:
        return set(), ()
    reporting = [row.key for row in unit.read(REPORTING_PROVIDERS, NoParams())]
    cut_off = (
        f"The name was looked up on the first {MOST_PROVIDERS} providers only. State its provider.",
    )
    found = {
        (item.kind.value, f"{platform}|{item.key.removeprefix(prefix)}")
        for item in bare
        for platform in {*PROVIDERS, *reporting[:MOST_PROVIDERS]}
    }
    return found, cut_off if len(reporting) > MOST_PROVIDERS else ()


def _tips(unit: ReadUnit, text: str) -> tuple[TipLine, ...]:
    number = _NUMBER.match(text.lower())
    if number is None:
        return ()
    source = number["source"] if number["source"] is not None else "ncmec"
    params = PrefixParams(prefix=f"{source}:{number['number']}", limit=MAX_TIPS)
    return tuple(unit.read(TIPS_BY_PREFIX, params))


def _found(unit: ReadUnit, row: IdentifierRow) -> Found:
    params = HoldersParams(kind=row.kind, key=row.key, limit=MAX_TIPS)
    claimants = ClaimantsParams(kind=row.kind, key=row.key, limit=MAX_TIPS)
    return Found(
        identifier=row,
        tips=tuple(unit.read(TIPS_OF, params)),
        claims=tuple(unit.read(CLAIMED_BY, claimants)),
    )
