"""PDQs near one: pictures that may look alike. Hints for people, never evidence of a link.

Quality is not in what providers send (NCMEC reporting API), so no near hash is more than a hint;
near is not transitive, so nothing is joined through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph import pdq
from graph.clock import now_us
from graph.errors import QuestionError
from graph.identifiers.core import (
    IdentifierKind,
    IdentifierState,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.registry import clean
from graph.queries.hash_lists import LISTED
from graph.queries.near import (
    HASHES,
    HOLDERS,
    MOST_HITS,
    MOST_PAGES,
    PAGES,
    AfterParams,
    HashesParams,
    HolderRow,
    KeyParams,
    NearRow,
)
from graph.services.hash_states import listings_of
from graph.services.listing import Listing
from graph.store import ReadUnit, Store

MAX_HITS = 100
MOST_COMPARED = 5_000_000
"""Hashes that are compared with one; a million take a third of a second."""
HINT = (
    "A hint: similar picture, not the same file. The quality of the hashes was not reported, so a "
    "flat picture can be near many. Not evidence of a link."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearHash:
    """A hash within the distance, with the tips that have it now."""

    key: str
    distance: int
    """Bits that differ, of 256."""
    same: str
    """What the distance says, in a sentence."""
    state: str | None
    """State of the hash; None where only a hash list has it."""
    lists: tuple[str, ...]
    """Hash lists in force that hold it."""
    tip_total: int
    """Tips that mention it now; `tips` has the first of them."""
    claim_total: int
    tips: tuple[HolderRow, ...]
    warning: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What is near a PDQ, nearest first."""

    asked: str
    max_distance: int
    as_of_us: int
    hint: str
    warning: str | None
    hits: tuple[NearHash, ...]
    cut_off: tuple[str, ...]
    queries: tuple[str, ...] = (PAGES.name, HASHES.name, HOLDERS.name, LISTED.name)


def near(store: Store, text: str, *, limit: int = MAX_HITS) -> Near:
    """Give the PDQs within 31 bits of one, and who has them.

    Raises:
        QuestionError: it is no PDQ, or one of a flat picture.
        StoreError: the store could not answer; nothing is known then.
    """
    key = _asked(text)
    return store.reading(lambda unit: _near(unit, key, min(limit, MAX_HITS)), name="near hashes")


def _asked(text: str) -> str:
    raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=text, subtype="pdq")
    found = clean(raw, Policy())
    if isinstance(found, Rejected) or not found.key.startswith(pdq.PREFIX):
        raise QuestionError(
            "This is no PDQ hash: 64 hexadecimal digits are needed. Other kinds of hash are "
            "compared for equality only: search for them."
        )
    refusal = pdq.refusal(found.key)
    if refusal is not None:
        raise QuestionError(refusal)
    if found.state is IdentifierState.STOPPED:
        raise QuestionError(f"This hash is not compared. {found.state_reason}")
    return found.key


def _near(unit: ReadUnit, key: str, limit: int) -> Near:
    close, compared = _close(unit, key)
    cut_off: list[str] = []
    if compared >= MOST_COMPARED:
        cut_off.append(f"Only {MOST_COMPARED:,} hashes were compared; near ones may be missing.")
    if unit.scope.everything and len(close) > MOST_HITS:
        cut_off.append(f"Only the nearest {MOST_HITS} of {len(close)} hashes were looked at.")
    hits = _hits(unit, close[:MOST_HITS]) if unit.scope.everything else _seen_hits(unit, close)
    if len(hits) > limit:
        cut_off.append(f"Only the nearest {limit} of {len(hits)} hashes are shown.")
    shown = _with_tips(unit, hits[:limit])
    cut_off += _unshown(shown)
    return Near(
        asked=key,
        max_distance=pdq.MAX_DISTANCE,
        as_of_us=now_us(),
        hint=HINT,
        warning=pdq.warning(key),
        hits=tuple(hit for hit, _ in shown),
        cut_off=tuple(cut_off),
    )


def _close(unit: ReadUnit, key: str) -> tuple[list[tuple[int, str]], int]:
    """Give distance and key of every PDQ within the distance, and how many were compared.

    All are compared, page by page: exact, and in memory for some pages at a time.
    """
    close: list[tuple[int, str]] = []
    compared = read = 0
    after = ""
    while compared < MOST_COMPARED and read < pdq.PAGES:
        rows = unit.read(PAGES, AfterParams(after=after))
        read += len(rows)
        page = b"".join(row.hashes for row in rows)
        compared += pdq.count_in(page)
        close += pdq.near_in(page, key)
        if len(rows) < MOST_PAGES:
            break
        after = rows[-1].key
    return sorted(close), compared


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    key: str
    distance: int
    row: NearRow | None
    listings: tuple[Listing, ...]


def _hits(unit: ReadUnit, close: Sequence[tuple[int, str]]) -> list[_Hit]:
    """Give the hashes that anything speaks of; those of withdrawn tips alone are left out."""
    keys = [key for _, key in close]
    rows = {row.key: row for row in unit.read(HASHES, HashesParams(keys=keys))}
    listings = listings_of(unit, keys)
    hits = [
        _Hit(key=key, distance=distance, row=rows.get(key), listings=listings.get(key, ()))
        for distance, key in close
    ]
    shown = [hit for hit in hits if len(hit.listings) > 0 or _is_held(hit.row)]
    if unit.scope.everything:
        return shown
    # That a hash has a state while nobody whom the caller may see has it is not theirs to know.
    return [hit if _is_held(hit.row) else replace(hit, row=None) for hit in shown]


def _seen_hits(unit: ReadUnit, close: Sequence[tuple[int, str]]) -> list[_Hit]:
    """Look at all of them: a bound would tell how many there are that the caller may not see."""
    return [
        hit
        for start in range(0, len(close), MOST_HITS)
        for hit in _hits(unit, close[start : start + MOST_HITS])
    ]


def _is_held(row: NearRow | None) -> bool:
    return row is not None and row.mention_count + row.claim_count > 0


def _with_tips(unit: ReadUnit, hits: Sequence[_Hit]) -> list[tuple[NearHash, int]]:
    """Give each hit with its tips, and how many of its tips are shown."""
    tips: dict[str, list[HolderRow]] = {}
    for row in unit.read(HOLDERS, KeyParams(keys=[hit.key for hit in hits])):
        tips.setdefault(row.hash, []).append(row)
    return [
        (_near_hash(hit, tips.get(hit.key, [])), len({row.tip for row in tips.get(hit.key, [])}))
        for hit in hits
    ]


def _near_hash(hit: _Hit, tips: Sequence[HolderRow]) -> NearHash:
    return NearHash(
        key=hit.key,
        distance=hit.distance,
        same=(
            "The same PDQ: pictures that look the same."
            if hit.distance == 0
            else f"Similar picture: {hit.distance} of 256 bits differ."
        ),
        state=hit.row.state if hit.row is not None else None,
        lists=tuple(listing.sentence for listing in hit.listings),
        tip_total=hit.row.mention_count if hit.row is not None else 0,
        claim_total=hit.row.claim_count if hit.row is not None else 0,
        tips=tuple(tips),
        warning=pdq.refusal(hit.key) or pdq.warning(hit.key),
    )


def _unshown(shown: Sequence[tuple[NearHash, int]]) -> list[str]:
    return [
        f"{count} of {hit.tip_total} tips that have {hit.key} are shown; its history has more."
        for hit, count in shown
        if count < hit.tip_total
    ]
