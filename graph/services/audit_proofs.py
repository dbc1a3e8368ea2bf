"""Proofs about the log as the store holds it, against published checkpoints."""

from __future__ import annotations

from graph.audit.errors import AuditError
from graph.audit.heads import Kept
from graph.audit.proof_files import ConsistencyProof, InclusionProof
from graph.audit.proofs import prove_consistency, prove_inclusion
from graph.audit.records import canonical, number_of
from graph.queries.audit import KeysParams
from graph.queries.leaves import ENTRIES_BY_KEY
from graph.services.audit_heads import keep
from graph.services.audit_leaves import record_from
from graph.services.audit_trees import tree_in
from graph.store import Store


def prove_entry(store: Store, key: str, *, only: str | None = None) -> InclusionProof:
    """Prove by the newest checkpoint that an entry is in its log.

    Raises:
        AuditError: there is no such entry, no checkpoint covers it yet, or the log is damaged.
        StoreError: the store could not answer.
    """
    rows = store.read(ENTRIES_BY_KEY, KeysParams(keys=[key]))
    # Another log's entry is as one that is not there: a sentence about it would say how long it is.
    if len(rows) == 0 or only not in (None, rows[0].log):
        raise AuditError(f"There is no entry {key} in the log. `crosstip audit ledger` shows keys.")
    row = rows[0]
    number = number_of(row.place)
    if number is None:
        raise AuditError(
            f"Entry {key} waits for its number. `crosstip audit checkpoint --now` gives it one."
        )
    kept = keep(store, row.log)
    if number >= kept.opening.size:
        raise AuditError(
            f"Entry {key} is record {number} of {row.log}; the newest checkpoint covers "
            f"{kept.opening.size}. `crosstip audit checkpoint --now` publishes another one."
        )
    path = prove_inclusion(tree_in(store, row.log), number, size=kept.opening.size)
    proof = InclusionProof(
        number=number,
        record=canonical(record_from(row)).decode(),
        path=[step.hex() for step in path],
        checkpoint=kept,
    )
    proof.check()
    return proof


def prove_growth(store: Store, old: Kept) -> ConsistencyProof:
    """Prove by the newest checkpoint that a log only grew since one that was kept.

    Raises:
        AuditError: it did not, there is no newer checkpoint, or the log is damaged.
        StoreError: the store could not answer.
    """
    new = keep(store, old.opening.log)
    path = prove_consistency(
        tree_in(store, old.opening.log), old.opening.size, new=new.opening.size
    )
    proof = ConsistencyProof(old=old, new=new, path=[step.hex() for step in path])
    proof.check()
    return proof
