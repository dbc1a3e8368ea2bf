"""Proofs that a record is in a log, and that a shorter log begins a longer one.

RFC 6962, 2.1.1 and 2.1.2, for making them; RFC 9162, 2.1.3.2 and 2.1.4.2, for checking.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.audit.errors import AuditError
from graph.audit.merkle import EMPTY_ROOT, node_hash
from graph.audit.tiles import TiledTree


def prove_inclusion(tree: TiledTree, index: int, *, size: int) -> tuple[bytes, ...]:
    """Give the path from leaf `index` to the root over the first `size` leaves.

    Raises:
        AuditError: there is no such leaf among them, or a tile is damaged.
    """
    if not 0 <= index < size:
        raise AuditError(f"Record {index} is not among the first {size} of the log.")
    path: list[bytes] = []
    first, end = 0, size
    while end - first > 1:
        split = first + (1 << (end - first - 1).bit_length() - 1)
        if index < split:
            path.append(tree.span(split, end))
            end = split
        else:
            path.append(tree.span(first, split))
            first = split
    return tuple(reversed(path))


def prove_consistency(tree: TiledTree, old: int, *, new: int) -> tuple[bytes, ...]:
    """Give the proof that the first `old` leaves begin the first `new` ones.

    Raises:
        AuditError: `old` is more than `new`, or a tile is damaged.
    """
    if not 0 <= old <= new:
        raise AuditError(f"A log of {new} records does not continue one of {old}.")
    if old in (0, new):
        return ()
    proof: list[bytes] = []
    first, end, whole = 0, new, True
    while old != end:
        split = first + (1 << (end - first - 1).bit_length() - 1)
        if old <= split:
            proof.append(tree.span(split, end))
            end = split
        else:
            proof.append(tree.span(first, split))
            first, whole = split, False
    if not whole:
        proof.append(tree.span(first, end))
    return tuple(reversed(proof))


def is_included(leaf: bytes, index: int, *, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether a path proves that a leaf's hash stands at `index` in the tree of a root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while at & 1 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    old: int, new: int, *, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Say whether a proof shows that the tree of `old` leaves begins the one of `new` leaves."""
    if old == 0:
        return old_root == EMPTY_ROOT and len(proof) == 0
    if old == new:
        return old_root == new_root and len(proof) == 0
    if not 0 < old < new or len(proof) == 0:
        return False
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    of_old = of_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            of_old, of_new = node_hash(sibling, of_old), node_hash(sibling, of_new)
            while at & 1 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            of_new = node_hash(of_new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and of_old == old_root and of_new == new_root
