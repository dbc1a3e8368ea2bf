"""The Merkle tree of RFC 6962, section 2.1: SHA-256, leaves under 0x00, inner nodes under 0x01."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(record: bytes) -> bytes:
    """Give the hash of a leaf."""
    return sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that grows at its right end and keeps only the roots of its full subtrees."""

    def __init__(self) -> None:
        """Start with the empty tree."""
        self._size = 0
        self._peaks: list[bytes] = []

    @property
    def size(self) -> int:
        """How many leaves were added."""
        return self._size

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        carried = leaf
        full = self._size
        while full & 1:
            carried = sha256(b"\x01" + self._peaks.pop() + carried).digest()
            full >>= 1
        self._peaks.append(carried)
        self._size += 1

    def root(self) -> bytes:
        """Give the root of the tree as it is now."""
        if len(self._peaks) == 0:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the root over hashes of leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()
