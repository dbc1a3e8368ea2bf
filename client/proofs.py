"""Proofs of the log, checked by whoever got them: RFC 9162, sections 2.1.3.2 and 2.1.4.2.

What the API answers is compared with what was kept elsewhere; nothing that it says of itself is
taken on trust but signatures, which `standalone_verifier.py` checks with a key that was noted.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

_EMPTY = sha256(b"").digest()


class ProofError(Exception):
    """What is said proves nothing; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A log's length and root, and the number of the checkpoint that holds them."""

    log: str
    size: int
    root: bytes
    checkpoint: int


def head_of(kept: Mapping[str, Any]) -> Head:
    """Read a kept checkpoint and check that the head shown with it is the one that it signs.

    Raises:
        ProofError: it is none, or its checkpoint holds another head.
    """
    try:
        opening, lines = kept["opening"], str(kept["note"]).split("\n")
        heads = int(lines[3].removeprefix("heads "))
        hidden = {name: opening[name] for name in ("log", "root", "salt", "size")}
        text = json.dumps(hidden, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path = [bytes.fromhex(step) for step in opening["path"]]
        head = Head(
            log=str(opening["log"]),
            size=int(opening["size"]),
            root=bytes.fromhex(opening["root"]),
            checkpoint=int(lines[1]),
        )
        signed = base64.b64decode(lines[2], validate=True)
        place = int(opening["position"])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ProofError("This is no file of a kept checkpoint.") from error
    leaf = sha256(b"\x00" + text.encode("utf-8", "surrogatepass")).digest()
    if opening.get("heads") != heads or not is_included(
        leaf, place, size=heads, path=path, root=signed
    ):
        raise ProofError("The head in this file is not the one that its checkpoint signs.")
    return head


def grown(kept: Mapping[str, Any], proof: Mapping[str, Any]) -> tuple[Head, Head]:
    """Check that a log only grew since a checkpoint; give its heads then and now.

    Raises:
        ProofError: the proof is of another checkpoint, or shows no such growth.
    """
    if proof.get("old") != dict(kept):
        raise ProofError("The proof is not about the checkpoint that you kept.")
    old, new = head_of(kept), head_of(_part(proof, "new"))
    if old.log != new.log or not is_consistent(
        old.size, new.size, path=_hashes(proof), old_root=old.root, new_root=new.root
    ):
        raise ProofError(f"The first {old.size} records of {old.log} are not what you kept.")
    return old, new


def proven_record(proof: Mapping[str, Any]) -> tuple[str, Head]:
    """Check that a record stands in the log of a checkpoint; give its text, and the head.

    Raises:
        ProofError: it does not.
    """
    head = head_of(_part(proof, "checkpoint"))
    record, number = proof.get("record"), proof.get("number")
    if not isinstance(record, str) or not isinstance(number, int):
        raise ProofError("This is no proof of a record.")
    leaf = sha256(b"\x00" + record.encode("utf-8", "surrogatepass")).digest()
    if not is_included(leaf, number, size=head.size, path=_hashes(proof), root=head.root):
        raise ProofError(f"It does not prove that record {number} is in {head.log}.")
    return record, head


def is_included(leaf: bytes, index: int, *, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether a path proves that a leaf's hash stands at `index` in the tree of a root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = _node(sibling, found)
            while at & 1 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            found = _node(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    old: int, new: int, *, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Say whether a proof shows that the tree of `old` leaves begins the one of `new` leaves."""
    if old == 0:
        return old_root == _EMPTY and len(path) == 0
    if old == new:
        return old_root == new_root and len(path) == 0
    if not 0 < old < new or len(path) == 0:
        return False
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    of_old = of_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            of_old, of_new = _node(sibling, of_old), _node(sibling, of_new)
            while at & 1 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            of_new = _node(of_new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and of_old == old_root and of_new == new_root


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _part(proof: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = proof.get(name)
    if not isinstance(found, Mapping):
        raise ProofError("This is no file of a proof.")
    return found


def _hashes(proof: Mapping[str, Any]) -> list[bytes]:
    try:
        return [bytes.fromhex(step) for step in proof["path"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ProofError("A step of the proof is no hash.") from error
