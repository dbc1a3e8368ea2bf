"""Heads of logs, hidden under a salt in what every agency may see, and opened to one of them."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.audit.errors import AuditError
from graph.audit.merkle import leaf_hash
from graph.audit.proofs import is_included, prove_inclusion
from graph.audit.records import encode
from graph.audit.tiles import TiledTree, extended


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How long a log is and the root over it."""

    log: str
    size: int
    root: bytes

    def commitment(self, salt: bytes) -> bytes:
        """Give what a checkpoint holds of it; without the salt it tells nothing."""
        return leaf_hash(
            encode(
                {"log": self.log, "root": self.root.hex(), "salt": salt.hex(), "size": self.size}
            )
        )


def salt_of(secret: bytes, number: int) -> bytes:
    """Give a log's salt in one checkpoint; another one each time, so that rest does not show."""
    return hmac.new(secret, b"crosstip audit head %d" % number, sha256).digest()


class Opening(BaseModel):
    """Shows one log's head in one checkpoint, and nothing of the others."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    log: str
    size: int
    root: str
    salt: str
    position: int
    heads: int
    path: list[str]

    @property
    def head(self) -> Head:
        """The head that is opened."""
        return Head(log=self.log, size=self.size, root=bytes.fromhex(self.root))

    def is_in(self, root: bytes, *, heads: int) -> bool:
        """Say whether the checkpoint with this root over so many heads holds this one."""
        try:
            path = [bytes.fromhex(step) for step in self.path]
            leaf = self.head.commitment(bytes.fromhex(self.salt))
        except ValueError:
            return False
        return self.heads == heads and is_included(
            leaf, self.position, size=heads, path=path, root=root
        )


def tree_of(commitments: Sequence[bytes]) -> TiledTree:
    """Give the tree over the heads of one checkpoint, in the order of their commitments."""
    tiles = extended(0, {}, sorted(commitments))
    return TiledTree(lambda tile: tiles.get(tile, b""))


def opening_of(head: Head, *, salt: bytes, commitments: Sequence[bytes]) -> Opening:
    """Open one head in the checkpoint over these commitments.

    Raises:
        AuditError: the head is not among them.
    """
    ordered = sorted(commitments)
    own = head.commitment(salt)
    if own not in ordered:
        raise AuditError(
            f"The head of {head.log} at {head.size} records is not in that checkpoint. "
            "Run `crosstip audit verify`."
        )
    position = ordered.index(own)
    return Opening(
        log=head.log,
        size=head.size,
        root=head.root.hex(),
        salt=salt.hex(),
        position=position,
        heads=len(ordered),
        path=[
            step.hex() for step in prove_inclusion(tree_of(ordered), position, size=len(ordered))
        ],
    )


class Kept(BaseModel):
    """What an agency keeps: a checkpoint's note, and its own log's head in it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    crosstip_kept_checkpoint: int = 1
    note: str
    opening: Opening

    @classmethod
    def parse(cls, text: str) -> Kept:
        """Give what a file holds.

        Raises:
            AuditError: it is no kept checkpoint.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise AuditError(
                "That file is no kept checkpoint. `crosstip audit keep FILE` writes one."
            ) from error
