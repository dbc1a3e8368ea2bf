"""Proofs as files: each holds all that its check needs but the public key."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from graph.audit.checkpoints import read_note
from graph.audit.errors import AuditError
from graph.audit.heads import Kept
from graph.audit.merkle import leaf_hash
from graph.audit.notes import PublicKey
from graph.audit.proofs import is_consistent, is_included


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class InclusionProof(_File):
    """That a record stands in a log that a checkpoint signs."""

    crosstip_inclusion_proof: Literal[1] = 1
    number: int
    record: str
    """The record's canonical text."""
    path: list[str]
    checkpoint: Kept

    def check(self, key: PublicKey | None = None) -> None:
        """Check it.

        Raises:
            AuditError: it proves nothing.
        """
        read_note(self.checkpoint.note, self.checkpoint.opening, key=key)
        head = self.checkpoint.opening.head
        path = _hashes(self.path)
        leaf = leaf_hash(self.record.encode())
        if not is_included(leaf, self.number, size=head.size, path=path, root=head.root):
            raise AuditError(f"It does not prove that record {self.number} is in {head.log}.")


class ConsistencyProof(_File):
    """That a log only grew between two checkpoints."""

    crosstip_consistency_proof: Literal[1] = 1
    old: Kept
    new: Kept
    path: list[str]

    def check(self, key: PublicKey | None = None) -> None:
        """Check it.

        Raises:
            AuditError: it proves nothing.
        """
        for kept in (self.old, self.new):
            read_note(kept.note, kept.opening, key=key)
        old, new = self.old.opening.head, self.new.opening.head
        if old.log != new.log or not is_consistent(
            old.size, new.size, proof=_hashes(self.path), old_root=old.root, new_root=new.root
        ):
            raise AuditError(
                f"It does not prove that the first {old.size} records of {old.log} are unchanged."
            )


def _hashes(texts: list[str]) -> list[bytes]:
    try:
        return [bytes.fromhex(text) for text in texts]
    except ValueError as error:
        raise AuditError("A step of the proof is no hash.") from error
