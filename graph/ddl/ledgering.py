"""Gives old entries of the log their place in the ledger of the record that they are about."""

from __future__ import annotations

from graph.queries.audit import KeysParams
from graph.queries.core import Query, R
from graph.queries.custody import (
    BARE_ENTRIES,
    BARE_SHOWN,
    PLACE_ENTRIES,
    PLACE_SHOWN,
    AfterKeyParams,
    LedgerItem,
    LedgerItemsParams,
)
from graph.queries.leaves import ENTRIES_BY_KEY
from graph.services.audit_leaves import ledger_place
from graph.store import Store


def place_in_ledger(store: Store) -> None:
    """Give every entry, and whatever finds one, its place; does no harm when it runs twice."""
    after = ""
    while True:
        entries = store.read(BARE_ENTRIES, AfterKeyParams(after=after))
        _write(
            store,
            PLACE_ENTRIES,
            [
                LedgerItem(key=e.key, place=ledger_place(e.log, e.object, e.at_us, e.key))
                for e in entries
                if e.object is not None and e.place is None
            ],
        )
        if len(entries) < BARE_ENTRIES.max_rows:
            break
        after = entries[-1].key
    after = ""
    while True:
        shown = store.read(BARE_SHOWN, AfterKeyParams(after=after))
        bare = [row for row in shown if row.place is None]
        keys = KeysParams(keys=sorted({row.entry for row in bare}))
        logs = {e.key: e.log for e in store.read(ENTRIES_BY_KEY, keys)} if bare else {}
        _write(
            store,
            PLACE_SHOWN,
            [
                LedgerItem(key=row.key, place=f"{logs[row.entry]}|{row.key}")
                for row in bare
                if row.entry in logs
            ],
        )
        if len(shown) < BARE_SHOWN.max_rows:
            return
        after = shown[-1].key


def _write(store: Store, query: Query[LedgerItemsParams, R], rows: list[LedgerItem]) -> None:
    if len(rows) > 0:
        params = LedgerItemsParams(rows=rows)
        store.writing(lambda unit: unit.run(query, params), name="placing entries in the ledger")
