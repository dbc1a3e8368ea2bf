"""What follows for a hash from the lists that hold it, and its page, where it is a PDQ.

Intake and the import of a list may run side by side. Each writes its own (FileHash, ListedHash),
then takes one lock, then reads what the other wrote: so whichever comes second sees the first, and
any order of arrival gives the same graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from graph.clock import now_us
from graph.identifiers.core import (
    Identifier,
    IdentifierKind,
    IdentifierState,
    Policy,
    RawIdentifier,
)
from graph.identifiers.registry import clean
from graph.pdq import by_page, is_pdq, merged, without
from graph.queries.core import NoParams
from graph.queries.hash_lists import (
    LISTED,
    LISTED_NOW,
    LOCK,
    PAGE,
    SET_LISTED,
    HashesParams,
    ListedItem,
    ListedParams,
)
from graph.queries.near import MOST_PAGES, PAGES_BY_KEY, PagesParams
from graph.rows import PropertyRow
from graph.services.listing import Listing
from graph.services.state_order import KNOWN_SERIES, NORMAL, Base
from graph.services.state_writing import rebase
from graph.store import ReadUnit, WriteUnit

RULE = "rule"
"""Who set a state that follows from the value alone."""
BY_LIST = "hash list "
"""How the name of a hash list begins where it stands as who set a state."""


def settle(unit: WriteUnit, hashes: Collection[str]) -> None:
    """Page PDQs and give listed hashes their state, after their FileHash nodes were written."""
    if len(hashes) == 0:
        return
    lists = unit.run(LOCK, NoParams())[0].lists
    index(unit, hashes)
    if lists > 0:
        for part in _parts(hashes):
            listings = listings_of(unit, part)
            _write_states(unit, sorted(listings), listings)


def restate(unit: WriteUnit, hashes: Collection[str]) -> None:
    """Give hashes the state that they have now, after the entries of a list were changed.

    The caller has the lock of `hash_lists.lock`.
    """
    for part in _parts(hashes):
        _write_states(unit, part, listings_of(unit, part))


def index(unit: WriteUnit, hashes: Iterable[str]) -> None:
    """Put the PDQs among hashes on their pages.

    The caller has the lock of `hash_lists.lock`: a page is read and written back.
    """
    pages = by_page(key for key in hashes if is_pdq(key))
    names = list(pages)
    for start in range(0, len(names), MOST_PAGES):
        part = names[start : start + MOST_PAGES]
        read = unit.read(PAGES_BY_KEY, PagesParams(pages=part))
        there = {row.key: row.hashes for row in read}
        now = {name: merged(there.get(name, b""), pages[name]) for name in part}
        rows: list[PropertyRow] = [
            {"key": name, "hashes": hashes_now}
            for name, hashes_now in now.items()
            if hashes_now != there.get(name)
        ]
        unit.insert_nodes("PdqPage", [row for row in rows if row["key"] not in there])
        unit.update_nodes("PdqPage", [row for row in rows if row["key"] in there])


def forget(unit: WriteUnit, hashes: Collection[str]) -> None:
    """Take the PDQs among hashes off their pages where no FileHash of theirs is left."""
    pdqs = sorted(key for key in hashes if is_pdq(key))
    if len(pdqs) == 0:
        return
    unit.run(LOCK, NoParams())
    there = {row.key for row in unit.read(LISTED_NOW, HashesParams(hashes=pdqs))}
    pages = by_page(key for key in pdqs if key not in there)
    for name, gone in pages.items():
        for row in unit.read(PAGES_BY_KEY, PagesParams(pages=[name])):
            unit.update_nodes("PdqPage", [{"key": name, "hashes": without(row.hashes, gone)}])


def listings_of(unit: ReadUnit, hashes: Sequence[str]) -> dict[str, tuple[Listing, ...]]:
    """Give the lists in force that hold hashes, by date of issue; unlisted ones are left out."""
    found: dict[str, list[Listing]] = {}
    for row in unit.read(LISTED, HashesParams(hashes=list(hashes))):
        listing = Listing(
            key=row.list_key,
            name=row.name,
            source=row.source,
            dated=row.dated,
            dated_us=row.dated_us,
        )
        found.setdefault(row.hash, []).append(listing)
    return {key: tuple(listings) for key, listings in found.items()}


def _write_states(
    unit: WriteUnit, hashes: Sequence[str], listings: dict[str, tuple[Listing, ...]]
) -> None:
    if len(hashes) == 0:
        return
    rows = unit.read(LISTED_NOW, HashesParams(hashes=list(hashes)))
    if len(rows) == 0:
        return
    bases = {row.key: _base(row.key, listings.get(row.key, ())) for row in rows}
    rebase(unit, IdentifierKind.FILE_HASH, bases, now_us=now_us())
    items = [ListedItem(key=row.key, listed=_sentences(listings, row.key)) for row in rows]
    changed = [item for row, item in zip(rows, items, strict=True) if item.listed != row.listed]
    if len(changed) > 0:
        unit.run(SET_LISTED, ListedParams(rows=changed))


def _sentences(listings: dict[str, tuple[Listing, ...]], key: str) -> list[str] | None:
    found = listings.get(key, ())
    return [listing.sentence for listing in found] if len(found) > 0 else None


def _base(key: str, listings: tuple[Listing, ...]) -> Base:
    """Give what files and lists say of a hash; `listings` by date, the first one is named."""
    own = _own(key)
    if own.state != NORMAL or len(listings) == 0:
        return own
    first = listings[0]
    more = f", and {len(listings) - 1} more" if len(listings) > 1 else ""
    return Base(
        state=KNOWN_SERIES,
        why=f"{first.sentence}{more}.",
        decided_by=f"{BY_LIST}{first.name}",
        since_us=first.dated_us,
    )


@lru_cache(maxsize=10_000)
def _own(key: str) -> Base:
    """Give the state that follows from a hash alone, as intake gives it."""
    raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=key)
    found = clean(raw, Policy())
    if not isinstance(found, Identifier) or found.state is IdentifierState.NORMAL:
        return Base(state=NORMAL, why=None, decided_by=None)
    return Base(state=found.state.value, why=found.state_reason, decided_by=RULE)


def _parts(hashes: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(hashes)
    for start in range(0, len(ordered), PAGE):
        yield ordered[start : start + PAGE]
