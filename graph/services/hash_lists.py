"""Hash lists: imported in batches, replaced by a newer issue, withdrawn.

Every entry is a node, whether a tip mentions its hash or not, so a tip that comes later finds it.
A run that was cut short leaves the list marked as unfinished; the same command finishes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import HashListError
from graph.pdq import by_page, is_pdq
from graph.queries.core import NoParams
from graph.queries.hash_lists import (
    CONFIRM,
    COUNT_IN_FORCE,
    LIST,
    LISTS,
    LOCK,
    PAGE,
    ConfirmParams,
    HashListRow,
    ListParams,
)
from graph.queries.near import MOST_PAGES
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.hash_list_entries import NO_ISSUE, list_key, lock_list, one_list, sweep
from graph.services.hash_states import index, restate
from graph.store import Store, WriteUnit

_IMPORT, _WITHDRAWAL = "import", "withdrawal"
_MOST_PDQS = 250_000
"""PDQs of a list that are held in memory until their pages are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of a hash list."""

    name: str
    source: str
    dated: str
    """Day of issue, `YYYY-MM-DD`."""
    dated_us: int
    file_sha256: str
    reading: str
    """How the file's columns are read; another reading of one file is another issue."""

    @property
    def list_key(self) -> str:
        """Key of the list."""
        return list_key(self.name)

    @property
    def token(self) -> str:
        """What tells it from every other issue."""
        return f"{self.dated}|{self.file_sha256}|{self.reading}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to."""

    list_key: str
    entries: int
    """Hashes that the list has now."""
    added: int
    dropped: int
    """Hashes of the issue before that this one has no longer."""


def import_list(
    store: Store, issue: Issue, batches: Iterable[tuple[list[str], int]], *, actor: str
) -> Imported:
    """Make a list what an issue says; `batches` gives hash keys, and lines that were no good.

    Doing it again with the same issue changes nothing more.

    Raises:
        HashListError: a newer issue is in, or another import of the list began meanwhile.
        StoreError: the store could not do it; what went in stays, and the list is unfinished.
    """
    at_us = now_us()
    before = store.writing(
        lambda unit: _begin(unit, issue, actor=actor, at_us=at_us), name="beginning a hash list"
    )
    problems = 0
    pdqs: set[str] = set()
    for hashes, bad in batches:
        problems += bad
        for start in range(0, len(hashes), PAGE):
            _put(store, issue, hashes[start : start + PAGE])
        pdqs.update(key for key in hashes if is_pdq(key))
        if len(pdqs) >= _MOST_PDQS:
            _page(store, issue, pdqs)
            pdqs.clear()
    _page(store, issue, pdqs)
    entries, dropped = sweep(store, issue.list_key, keep=issue.token)
    done = Imported(
        list_key=issue.list_key,
        entries=entries,
        added=entries + dropped - before,
        dropped=dropped,
    )

    def finish(unit: WriteUnit) -> None:
        row = lock_list(unit, issue.list_key, issue.token)
        changed = {"entry_count": entries, "problem_count": problems, "unfinished": None}
        unit.update_nodes("HashList", [row.model_dump() | changed])
        outcome = f"{entries} hashes, {done.added} new, {dropped} gone, {problems} bad lines"
        leaf = Leaf(action="hash_list.imported", object=issue.list_key, outcome=outcome)
        add_leaves(unit, [leaf], actor=actor, at_us=now_us())

    store.writing(finish, name="finishing a hash list")
    return done


def withdraw_list(store: Store, name: str, *, why: str, actor: str) -> int:
    """Take a list out of force and give how many hashes it had.

    Raises:
        NotFoundError: there is no such list.
        HashListError: there is no reason, or the list was withdrawn before.
        StoreError: the store could not do it; the same call finishes it.
    """
    if why.strip() == "":
        raise HashListError("A withdrawal needs a reason. Say why in a few words.")
    key = list_key(name)
    at_us = now_us()

    def begin(unit: WriteUnit) -> None:
        unit.run(LOCK, NoParams())
        row = one_list(unit, key)
        if row.withdrawn_us is not None:
            if row.unfinished is None:
                raise HashListError(f"Hash list {row.name} was withdrawn before.")
            return
        changed: PropertyRow = {
            "issue": NO_ISSUE,
            "unfinished": _WITHDRAWAL,
            "withdrawn_us": at_us,
            "withdrawn_why": f"{actor}: {why.strip()}",
        }
        unit.update_nodes("HashList", [row.model_dump() | changed])
        unit.run(COUNT_IN_FORCE, NoParams())
        leaf = Leaf(action="hash_list.withdrawn", object=key, outcome="out of force")
        add_leaves(unit, [leaf], actor=actor, at_us=at_us)

    store.writing(begin, name="withdrawing a hash list")
    _, dropped = sweep(store, key, keep=None)

    def finish(unit: WriteUnit) -> None:
        row = lock_list(unit, key, NO_ISSUE)
        changed: PropertyRow = {"entry_count": 0, "unfinished": None}
        unit.update_nodes("HashList", [row.model_dump() | changed])
        leaf = Leaf(action="hash_list.emptied", object=key, outcome=f"{dropped} hashes gone")
        add_leaves(unit, [leaf], actor=actor, at_us=now_us())

    store.writing(finish, name="finishing the withdrawal of a hash list")
    return dropped


def hash_lists(store: Store) -> tuple[HashListRow, ...]:
    """Give all lists, withdrawn ones included."""
    return tuple(store.read(LISTS, NoParams()))


def hash_list(store: Store, name: str) -> HashListRow:
    """Give one list.

    Raises:
        NotFoundError: there is no such list.
    """
    return store.reading(lambda unit: one_list(unit, list_key(name)), name="showing a hash list")


def _begin(unit: WriteUnit, issue: Issue, *, actor: str, at_us: int) -> int:
    """Note what is imported, and give how many hashes the list had."""
    unit.run(LOCK, NoParams())
    found = unit.read(LIST, ListParams(list_key=issue.list_key))
    known = found[0] if len(found) > 0 else None
    if known is not None and known.withdrawn_us is None and known.dated_us > issue.dated_us:
        raise HashListError(
            f"Hash list {known.name} is in as of {known.dated}, newer than {issue.dated}. "
            "Nothing was changed."
        )
    if known is not None and known.unfinished == _WITHDRAWAL:
        raise HashListError(
            f"The withdrawal of hash list {known.name} was cut short. Withdraw it again first."
        )
    row: PropertyRow = {
        "key": issue.list_key,
        "name": " ".join(issue.name.split()),
        "source": " ".join(issue.source.split()),
        "dated": issue.dated,
        "dated_us": issue.dated_us,
        "issue": issue.token,
        "file_sha256": issue.file_sha256,
        "imported_us": at_us,
        "imported_by": actor,
        "entry_count": known.entry_count if known is not None else 0,
        "problem_count": known.problem_count if known is not None else None,
        "unfinished": _IMPORT,
    }
    unit.insert_nodes("HashList", [row])
    unit.update_nodes("HashList", [row])
    unit.run(COUNT_IN_FORCE, NoParams())
    leaf = Leaf(action="hash_list.import", object=issue.list_key, outcome=f"begun: {issue.dated}")
    add_leaves(unit, [leaf], actor=actor, at_us=at_us)
    return known.entry_count or 0 if known is not None else 0


def _put(store: Store, issue: Issue, hashes: list[str]) -> None:
    rows: list[PropertyRow] = [
        {
            "key": f"{issue.list_key}|{key}",
            "hash": key,
            "list": issue.list_key,
            "issue": issue.token,
        }
        for key in sorted(set(hashes))
    ]

    def work(unit: WriteUnit) -> None:
        unit.run(LOCK, NoParams())
        lock_list(unit, issue.list_key, issue.token)
        unit.insert_nodes("ListedHash", rows)
        unit.run(CONFIRM, ConfirmParams(keys=[str(row["key"]) for row in rows], issue=issue.token))
        restate(unit, set(hashes))

    store.writing(work, name="putting hashes on a list")


def _page(store: Store, issue: Issue, pdqs: set[str]) -> None:
    """Put many PDQs on their pages: each page is written once, not once for every batch."""
    pages = list(by_page(pdqs).values())
    for start in range(0, len(pages), MOST_PAGES):
        keys = [key for page in pages[start : start + MOST_PAGES] for key in page]

        def work(unit: WriteUnit, keys: list[str] = keys) -> None:
            unit.run(LOCK, NoParams())
            lock_list(unit, issue.list_key, issue.token)
            index(unit, keys)

        store.writing(work, name="paging the PDQs of a list")
