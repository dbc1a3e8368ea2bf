"""Custody bundles: gathered under somebody's rights, proved, signed, and in the log as given out.

28 CFR 23.20(g) asks for a record of who was given information, why and when: the entry of a bundle
names its hash and, where it is said, whom it is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from graph.audit.errors import AuditError
from graph.audit.heads import Kept
from graph.audit.notes import Signer
from graph.audit.proofs import prove_inclusion
from graph.audit.records import canonical, log_of, number_of
from graph.audit.tiles import TiledTree
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.log_text import reason_for_log
from graph.casework.rights import agency_of
from graph.casework.tip_scope import scope_of
from graph.custody.bundle import CustodyBundle, Gathered, ProvedEntry, written
from graph.custody.page import Custody
from graph.queries.custody import PAGE
from graph.queries.leaves import EntryRow
from graph.services.acting import About, Seen, leaf, look, named
from graph.services.audit_heads import keep
from graph.services.audit_leaves import record_from
from graph.services.audit_reads import ReadLog
from graph.services.audit_trees import tree_in
from graph.services.custody import custody_of
from graph.services.custody_ledger import entries_of, entry_of, records_of, tip_in_custody
from graph.store import ReadUnit, Store

MOST_ENTRIES = 50_000
"""Entries of the log in one bundle."""
Originals = Callable[[str], bytes | None]
"""Gives the kept bytes of a document by the SHA-256 of what was received, None where not held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleOrder:
    """What goes into a bundle, and what it is made with."""

    tip: str
    signer: Signer
    synthetic: bool
    originals: Originals | None = None
    """None: without them."""
    given_to: str | None = None
    """Whom it is for, in words that the log may hold."""


def make_bundle(
    caller: Caller, store: Store, *, order: BundleOrder, reads: ReadLog
) -> CustodyBundle:
    """Give the signed bundle of a tip's custody, once the log says that it was given out.

    Raises:
        RightsError: the caller hands no bundles out.
        NotFoundError: the agency holds no such tip.
        RowError: whom it is for holds an identifier, which the log must not.
        AuditError: the log is damaged.
        StoreError: the store could not answer, or its log could not be written.
    """
    about = About(object=named(order.tip))

    def work(unit: ReadUnit) -> Seen[tuple[Custody, tuple[str, ...], str | None]]:
        given_to = None if order.given_to is None else reason_for_log(order.given_to)
        there = tip_in_custody(unit, caller, order.tip, deed=Deed.CUSTODY_GIVE)
        found = custody_of(unit, caller, order.tip)
        keys = records_of(unit, agency_of(caller), there).keys
        return Seen(answer=(found, keys, given_to), outcome="custody bundle begun")

    custody, keys, given_to = look(
        caller, store, deed=Deed.CUSTODY_GIVE, about=about, reads=reads, work=work
    )
    bundle = _made(caller, store, order, custody, keys, given_to)
    said = "" if given_to is None else f"; for: {given_to}"
    done = leaf(
        caller,
        Deed.CUSTODY_GIVE,
        about,
        outcome=f"custody bundle sha256:{bundle.sha256}; {bundle.entries} entries, "
        f"{bundle.originals} originals{said}",
    )
    reads.note([done], actor=caller.user)
    return bundle


def _made(
    caller: Caller,
    store: Store,
    order: BundleOrder,
    custody: Custody,
    keys: tuple[str, ...],
    given_to: str | None,
) -> CustodyBundle:
    agency = agency_of(caller)
    rows, left_out = _entries(store.seen_by(scope_of(caller)), agency, keys)
    kept = _newest(store, log_of(agency))
    originals, missing = _originals(custody, order.originals)
    if kept is None:
        left_out.append("No checkpoint covers the log yet: nothing in it is proved.")
    gathered = Gathered(
        custody=custody,
        records=keys,
        entries=_proved(store, rows, kept, tip=order.tip),
        kept=kept,
        originals=originals,
        left_out=(*left_out, *missing, *custody.cut_off),
        made_by=caller.user,
        given_to=given_to,
        synthetic=order.synthetic,
    )
    return written(gathered, order.signer)


def _entries(store: Store, agency: str, keys: tuple[str, ...]) -> tuple[list[EntryRow], list[str]]:
    """Give all entries, page by page, and what was left out.

    Without an end in time: a receipt that was read a moment ago has its entry among them.
    """
    found: list[EntryRow] = []
    after: str | None = ""
    while after is not None and len(found) < MOST_ENTRIES:
        start = after

        def page(unit: ReadUnit, start: str = start) -> tuple[list[EntryRow], str | None]:
            return entries_of(unit, agency, keys, after=start, until_us=None, limit=PAGE)

        rows, after = store.reading(page, name="gathering a custody bundle")
        found += rows
    left_out = []
    if after is not None:
        left_out.append(f"Only the first {MOST_ENTRIES:,} entries of the log are in it.")
    return found[:MOST_ENTRIES], left_out


def _newest(store: Store, log: str) -> Kept | None:
    try:
        return keep(store, log)
    except AuditError:
        return None


class _Known(TiledTree):
    """A tree that computes each root once: ten thousand proofs share most of their steps."""

    def __init__(self, tree: TiledTree) -> None:
        self._tree = tree
        self._spans: dict[tuple[int, int], bytes] = {}

    def span(self, first: int, end: int) -> bytes:
        """Give the root over leaves `first` to `end`, as the tree does."""
        if (first, end) not in self._spans:
            self._spans[first, end] = self._tree.span(first, end)
        return self._spans[first, end]


def _proved(
    store: Store, rows: list[EntryRow], kept: Kept | None, *, tip: str
) -> tuple[ProvedEntry, ...]:
    size = 0 if kept is None else kept.opening.size
    tree = None if kept is None else _Known(tree_in(store, kept.opening.log))
    found: list[ProvedEntry] = []
    for row in rows:
        number = number_of(row.place)
        path = None
        if tree is not None and number is not None and number < size:
            path = tuple(step.hex() for step in prove_inclusion(tree, number, size=size))
        found.append(
            ProvedEntry(
                entry=replace(entry_of(row, tip), number=number),
                record=canonical(record_from(row)).decode(),
                path=path,
            )
        )
    return tuple(found)


def _originals(
    custody: Custody, originals: Originals | None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    if originals is None:
        return {}, ("The originals were not asked for: their SHA-256 stand for them.",)
    found: dict[str, bytes] = {}
    missing: list[str] = []
    for document in custody.documents:
        data = originals(document.sha256)
        if data is None:
            missing.append(f"Original not held here: {document.sha256} ({document.held}).")
        else:
            found[document.sha256] = data
    return found, tuple(missing)
