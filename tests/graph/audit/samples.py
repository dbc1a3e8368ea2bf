"""Made-up logs, checkpoints and keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.audit.checkpoints import NO_PREVIOUS, Checkpoint
from graph.audit.heads import Head, Kept, opening_of, salt_of, tree_of
from graph.audit.merkle import leaf_hash, root_of
from graph.audit.notes import Signer, sign
from graph.audit.records import AuditRecord, canonical

IDENTITY = "ab" * 16
MONDAY_US = 1_763_942_400_000_000


def signer(number: int = 1) -> Signer:
    """Give a signing key, always the same one for a number."""
    return Signer(name=f"crosstip-test{number}", secret=bytes([number]) * 32)


def records(size: int, *, log: str = "operator") -> list[bytes]:
    """Give the bytes of a log's records."""
    return [
        canonical(
            AuditRecord(
                id=f"{n:032x}",
                log=log,
                at_us=MONDAY_US + n,
                actor="officer@agency.example",
                action="tip.shown",
                object=f"ncmec:{n % 50}",
                outcome="shown",
                purpose="lead" if n % 3 == 0 else None,
                policies=("own-tips",) if n % 2 == 0 else (),
            )
        )
        for n in range(size)
    ]


def head_of(log: str, entries: Sequence[bytes]) -> Head:
    """Give the head of a log."""
    return Head(log=log, size=len(entries), root=root_of(leaf_hash(entry) for entry in entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A made-up checkpoint with what opens each log's head in it."""

    checkpoint: Checkpoint
    note: str
    kept: dict[str, Kept]


def publish(
    heads: Sequence[Head],
    *,
    before: Checkpoint | None = None,
    signers: Sequence[Signer] | None = None,
    at_us: int = MONDAY_US,
) -> Publication:
    """Publish a checkpoint after another one."""
    number = 0 if before is None else before.number + 1
    salts = {head.log: salt_of(head.log.encode(), number) for head in heads}
    commitments = [head.commitment(salts[head.log]) for head in heads]
    signing = signers if signers is not None else [signer()]
    checkpoint = Checkpoint(
        identity=IDENTITY,
        number=number,
        root=tree_of(commitments).root(len(commitments)),
        heads=len(heads),
        at_us=at_us,
        previous=NO_PREVIOUS if before is None else before.digest,
        key=signing[-1].public,
    )
    note = sign(checkpoint.text, signing)
    kept = {
        head.log: Kept(
            note=note,
            opening=opening_of(head, salt=salts[head.log], commitments=commitments),
        )
        for head in heads
    }
    return Publication(checkpoint=checkpoint, note=note, kept=kept)
