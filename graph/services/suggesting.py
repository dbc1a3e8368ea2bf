"""Suggestions while somebody types: own tips by number, and identifiers that own tips state.

What is suggested comes of the asker's own agency's tips alone, the first of its list; the list of
beginnings is kept for half a minute for each agency, in this process, and whatever is about to be
shown is asked for again as the store is now. So what others hold changes neither what is answered
nor how long it takes, and a tip that was given up a second ago suggests nothing.
"""

from __future__ import annotations

import bisect
import re
import threading
from dataclasses import dataclass, field
from typing import Final

from graph.clock import now_us
from graph.identifiers.beginnings import beginnings, typed_beginnings
from graph.identifiers.core import Identifier, Policy
from graph.identifiers.registry import interpret
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO
from graph.queries.suggesting import (
    FIRST_TIPS,
    LIVE,
    MOST_NUMBERS,
    MOST_STATED,
    MOST_TIPS,
    NUMBERED,
    STATED,
    LiveParams,
    RangeParams,
    StatedItem,
    StatedParams,
    StatedRow,
)
from graph.queries.tips import (
    TIP_PAGE,
    TIPS,
    TIPS_BY_PREFIX,
    PrefixParams,
    TipPageParams,
    TipsParams,
)
from graph.store import Store
from graph.triage.places import held_range, triage_key

MOST: Final = 8
"""Suggestions of each sort: more are not read while typing."""
FRESH_US: Final = 30_000_000
"""How long the beginnings of an agency are kept."""
_MOST_AGENCIES: Final = 64
_MOST_OF_ALL: Final = 1000
"""Tips that are read for whoever sees all of them."""
_AFTER: Final = "\U0010ffff"
_AFTER_DIGITS: Final = "~"
_NUMBER = re.compile(r"(?:(?P<source>[a-z]+):)?(?P<number>\d{3,20})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Something that the text may be the beginning of."""

    kind: str
    """`Tip`, or a kind of identifier."""
    key: str
    tip: str
    """The tip by which it is suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestResult:
    """What a text was taken for, and what it may become."""

    as_of_us: int
    taken_for: tuple[Identifier, ...]
    suggested: tuple[Suggested, ...]
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginnings:
    """What one agency's first tips state, by the beginnings of it, in order."""

    made_us: int
    lines: tuple[tuple[str, str, str, str], ...]
    """Beginning, kind, key, tip."""
    is_cut: bool

    def like(self, typed: tuple[str, ...]) -> list[StatedItem]:
        """Give the first identifiers of which one of the texts is a beginning."""
        found: dict[tuple[str, str], StatedItem] = {}
        for text in typed:
            at = bisect.bisect_left(self.lines, (text, "", "", ""))
            end = bisect.bisect_right(self.lines, (text + _AFTER, "", "", ""))
            for _, kind, key, tip in self.lines[at : min(end, at + 4 * MOST)]:
                found.setdefault((kind, key), StatedItem(kind=kind, key=key, tip=tip))
        return list(found.values())[:MOST]


def beginnings_of(rows: list[StatedRow], *, made_us: int, is_cut: bool) -> Beginnings:
    """Put what tips state in the order of its beginnings; of two tips the first one stays."""
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        place = (row.kind, row.key)
        first[place] = min(first.get(place, row.tip), row.tip)
    lines = [
        (text, kind, key, tip)
        for (kind, key), tip in first.items()
        for text in beginnings(kind, key)
    ]
    return Beginnings(made_us=made_us, lines=tuple(sorted(lines)), is_cut=is_cut)


@dataclass(slots=True)
class Suggestions:
    """Keeps the beginnings of each agency that asks, for one open store."""

    store: Store
    _kept: dict[str, Beginnings] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def like(self, store: Store, text: str) -> SuggestResult:
        """Give what a text may be the beginning of, in the store as the caller sees it.

        Raises:
            StoreError: the store could not answer; nothing is known then.
        """
        info = store.read(STORE_INFO, NoParams())[0]
        kept = self._beginnings(store)
        wanted = kept.like(typed_beginnings(text))
        rows = store.read(LIVE, LiveParams(rows=wanted)) if len(wanted) > 0 else []
        live = {(row.kind, row.key) for row in rows}
        said = "Identifiers are suggested from the first tips of your list only, not from all."
        return SuggestResult(
            as_of_us=now_us(),
            taken_for=interpret(text.strip(), Policy(synthetic=info.synthetic)),
            suggested=(
                *_numbered(store, text),
                *(
                    Suggested(kind=item.kind, key=item.key, tip=item.tip)
                    for item in wanted
                    if (item.kind, item.key) in live
                ),
            ),
            cut_off=(said,) if kept.is_cut else (),
        )

    def _beginnings(self, store: Store) -> Beginnings:
        holder = "*" if store.scope.everything else store.scope.holder
        at_us = now_us()
        with self._lock:
            kept = self._kept.get(holder)
        if kept is not None and 0 <= at_us - kept.made_us < FRESH_US:
            return kept
        tips, most = _first_tips(store)
        rows = store.read(STATED, StatedParams(tips=tips)) if len(tips) > 0 else []
        is_cut = len(tips) == most or len(rows) == MOST_STATED
        made = beginnings_of(rows, made_us=at_us, is_cut=is_cut)
        with self._lock:
            if len(self._kept) >= _MOST_AGENCIES:
                self._kept.clear()
            self._kept[holder] = made
        return made


def _first_tips(store: Store) -> tuple[list[str], int]:
    """Give the tips, and how many there are at most."""
    if store.scope.everything:
        page = store.read(TIP_PAGE, TipPageParams(after="", limit=_MOST_OF_ALL))
        return [row.key for row in page], _MOST_OF_ALL
    if store.scope.holder == "":
        return [], MOST_TIPS
    after, end = held_range(store.scope.holder, "")
    params = RangeParams(after=after, end=end, limit=MOST_TIPS)
    return [row.tip for row in store.read(FIRST_TIPS, params)], MOST_TIPS


def _numbered(store: Store, text: str) -> tuple[Suggested, ...]:
    """Give tips by the beginning of their number, along the agency's own places."""
    number = _NUMBER.match(text.strip().lower())
    if number is None:
        return ()
    source = number["source"] if number["source"] is not None else "ncmec"
    prefix = f"{source}:{number['number']}"
    if store.scope.everything:
        lines = store.read(TIPS_BY_PREFIX, PrefixParams(prefix=prefix, limit=MOST))
    elif store.scope.holder == "":
        return ()
    else:
        start = triage_key(store.scope.holder, prefix)
        params = RangeParams(after=start, end=start + _AFTER_DIGITS, limit=MOST_NUMBERS)
        tips = [row.tip for row in store.read(NUMBERED, params)]
        lines = store.read(TIPS, TipsParams(tips=tips)) if len(tips) > 0 else []
    keys = sorted(line.key for line in lines if not line.stub)[:MOST]
    return tuple(Suggested(kind="Tip", key=key, tip=key) for key in keys)
