"""What importing and withdrawing a hash list have in common: its lock, and taking entries off."""

from __future__ import annotations

from graph.errors import HashListError, NotFoundError
from graph.queries.core import NoParams
from graph.queries.hash_lists import (
    DROP_ENTRIES,
    ENTRIES,
    LIST,
    LOCK,
    LOCK_LIST,
    PAGE,
    EntriesParams,
    EntryPageParams,
    EntryRow,
    HashListRow,
    ListParams,
)
from graph.services.hash_states import restate
from graph.store import ReadUnit, Store, WriteUnit

NO_ISSUE = ""
"""The issue of a list that is withdrawn."""


def list_key(name: str) -> str:
    """Give the key of a list by its name: case and blanks do not matter."""
    folded = " ".join(name.casefold().split())
    return folded.replace("%", "%25").replace("|", "%7c")


def one_list(unit: ReadUnit, key: str) -> HashListRow:
    """Give a list by its key.

    Raises:
        NotFoundError: there is none.
    """
    rows = unit.read(LIST, ListParams(list_key=key))
    if len(rows) == 0:
        raise NotFoundError("There is no hash list of this name. See `crosstip hashlist list`.")
    return rows[0]


def lock_list(unit: WriteUnit, key: str, token: str) -> HashListRow:
    """Take a list's lock, and give the list if it is still this issue that is being worked on.

    Raises:
        HashListError: it is another one by now.
    """
    rows = unit.run(LOCK_LIST, ListParams(list_key=key))
    if [row.issue for row in rows] != [token]:
        raise HashListError(
            "Somebody else began to import or withdraw this hash list meanwhile; this run ends "
            "here. See `crosstip hashlist list`, and repeat what should stand."
        )
    return one_list(unit, key)


def sweep(store: Store, key: str, *, keep: str | None) -> tuple[int, int]:
    """Take off the entries that no issue `keep` confirmed; give how many stay and how many went."""
    kept = dropped = 0
    after, until = f"{key}|", f"{key}}}"
    while True:
        page = store.read(ENTRIES, EntryPageParams(after=after, until=until))
        gone = [row for row in page if row.issue != keep]
        if len(gone) > 0:
            _drop(store, key, gone, token=keep if keep is not None else NO_ISSUE)
        dropped += len(gone)
        kept += len(page) - len(gone)
        if len(page) < PAGE:
            return kept, dropped
        after = page[-1].key


def _drop(store: Store, key: str, gone: list[EntryRow], *, token: str) -> None:
    def work(unit: WriteUnit) -> None:
        unit.run(LOCK, NoParams())
        lock_list(unit, key, token)
        unit.run(DROP_ENTRIES, EntriesParams(keys=[row.key for row in gone]))
        restate(unit, {row.hash for row in gone})

    store.writing(work, name="taking hashes off a list")
