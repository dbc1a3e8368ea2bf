"""Compares the checkpoints that the store holds with each other and with those kept outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.audit.checkpoints import ChainBreak, Checkpoint, follow_from_first, read_note
from graph.audit.errors import AuditError
from graph.audit.heads import Head, Kept
from graph.audit.notes import PublicKey
from graph.queries.audit import CheckpointRow
from graph.services.audit_checkpoints import checkpoints_in
from graph.services.audit_heads import SignedHeads, commitments_of, heads_of, is_over
from graph.services.audit_trees import SITE, log_in, logs_in
from graph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The checkpoints that hold, and what is wrong with others."""

    numbers: tuple[int, ...]
    """Numbers of those that are signed, bound to the one before, and over the heads kept."""
    broken: ChainBreak | None
    problems: tuple[str, ...]
    key: PublicKey | None
    """The key that signs from now on, as far as the chain holds."""
    heads: dict[str, SignedHeads]
    """Every log's heads, also those after the last of these checkpoints."""

    def signed(self, log: str) -> list[Head]:
        """Give a log's heads in the checkpoints that hold."""
        of = self.heads.get(log)
        if of is None:
            return []
        found = {head for number in self.numbers if (head := of.at(number)) is not None}
        return sorted(found, key=lambda head: head.size)


def check_chain(store: Store, *, pinned: PublicKey | None, kept: Sequence[Kept]) -> Chain:
    """Check all checkpoints of a store, in their order.

    What is read first is what may grow last: a checkpoint that is published meanwhile is left out.

    Raises:
        AuditError: a kept checkpoint is no valid one at all.
    """
    published = _published(store)
    rows = list(checkpoints_in(store))
    heads = {row.key: heads_of(store, row) for row in logs_in(store)}
    good, broken = follow_from_first([row.note for row in rows], pinned)
    fitting = [c.number for c, row in zip(good, rows, strict=False) if _fits(c, row, heads)]
    problems = [
        f"The heads kept for checkpoint {found.number} are not those that it signs."
        for found in good
        if found.number not in set(fitting)
    ]
    return Chain(
        numbers=tuple(fitting),
        broken=broken if broken is not None else _cut(published, len(rows)),
        problems=(*problems, *_compare(kept, good)),
        key=good[-1].key if len(good) > 0 else None,
        heads=heads,
    )


def _fits(checkpoint: Checkpoint, row: CheckpointRow, heads: dict[str, SignedHeads]) -> bool:
    """Say whether a checkpoint is over exactly the heads that are kept for it."""
    number = checkpoint.number
    made = [found for of in heads.values() if (found := of.commitment(number)) is not None]
    return is_over(checkpoint, made) and sorted(made) == commitments_of(row)


def _published(store: Store) -> int:
    try:
        return log_in(store, SITE).size
    except AuditError:
        return 0


def _cut(published: int, found: int) -> ChainBreak | None:
    """Say where checkpoints end too early."""
    if found >= published:
        return None
    return ChainBreak(number=found, why=f"{published} were published, {found} are there.")


def _compare(kept: Sequence[Kept], good: Sequence[Checkpoint]) -> list[str]:
    """Give what is wrong between checkpoints kept outside and those of the store that hold."""
    problems: list[str] = []
    for item in kept:
        # Its own key is enough: whoever kept it saw it then. Here its text must be the same.
        found = read_note(item.note, item.opening)
        if found.number >= len(good):
            problems.append(
                f"Checkpoint {found.number}, kept outside, is not among those here that hold: "
                "this store was set back, or shows another history."
            )
        elif good[found.number].text != found.text:
            problems.append(
                f"Checkpoint {found.number}, kept outside, is another one here: two histories."
            )
    return problems
