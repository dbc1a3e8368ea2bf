"""Investigations with their agencies: all, page by page, or by their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from graph.queries.investigations import (
    INVESTIGATIONS_BY_KEY,
    INVESTIGATIONS_PAGE,
    MOST_KEYS,
    BareKeysParams,
    InvestigationPageParams,
    InvestigationRow,
    KeysParams,
)
from graph.store import ReadUnit, Store


def list_investigations(store: Store) -> tuple[InvestigationRow, ...]:
    """Give all investigations with their agencies, in the order of their keys."""

    def work(unit: ReadUnit) -> tuple[InvestigationRow, ...]:
        found: list[InvestigationRow] = []
        page: list[InvestigationRow] | None = None
        while page is None or len(page) == MOST_KEYS:
            after = found[-1].key if len(found) > 0 else ""
            params = InvestigationPageParams(after=after, limit=MOST_KEYS)
            page = unit.read(INVESTIGATIONS_PAGE, params)
            found += page
        return tuple(found)

    return store.reading(work, name="listing investigations")


def page_investigations(
    store: Store, *, after: str = "", limit: int
) -> tuple[InvestigationRow, ...]:
    """Give at most `limit` investigations (5,000 at most) that follow the key `after`."""
    params = InvestigationPageParams(after=after, limit=min(limit, MOST_KEYS))
    return tuple(store.read(INVESTIGATIONS_PAGE, params))


def investigations_of(unit: ReadUnit, keys: Collection[str]) -> dict[str, InvestigationRow]:
    """Give the investigations with these keys; one that is not there is left out."""
    return {
        row.key: row
        for part in parts_of(keys)
        for row in unit.read(INVESTIGATIONS_BY_KEY, KeysParams(keys=part.keys))
    }


def parts_of(keys: Iterable[str]) -> Iterator[BareKeysParams]:
    """Give keys in their order, in as many questions as they need."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), MOST_KEYS):
        yield BareKeysParams(keys=ordered[start : start + MOST_KEYS])
