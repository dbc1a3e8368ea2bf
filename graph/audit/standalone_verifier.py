"""Checks an exported log, or a proof, without Crosstip: one file, Python and `cryptography`.

    python standalone_verifier.py export FILE --key KEY [--kept FILE ...]
    python standalone_verifier.py proof FILE --key KEY [--key KEY ...]

KEY is a public key as `crosstip audit key show` prints it, noted when the log began or later.
Exit code 0: everything holds; 1: something does not, and what; 2: a file cannot be read.
Written from the formats alone (RFC 6962, RFC 9162, C2SP signed notes), not from Crosstip's code.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class BadLogError(Exception):
    """What does not hold, and from which position on."""


def sha(data: bytes) -> bytes:
    """Give SHA-256."""
    return hashlib.sha256(data).digest()


class Tree:
    """RFC 6962's tree, kept as (height, root) of its full subtrees."""

    def __init__(self) -> None:
        """Start empty."""
        self.size, self.peaks = 0, list[tuple[int, bytes]]()

    def add(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        height, found = 0, leaf
        while self.peaks[-1:] and self.peaks[-1][0] == height:
            height, found = height + 1, sha(b"\x01" + self.peaks.pop()[1] + found)
        self.peaks.append((height, found))
        self.size += 1

    def root(self) -> bytes:
        """Give the root."""
        found = self.peaks[-1][1] if len(self.peaks) > 0 else sha(b"")
        for _, peak in self.peaks[-2::-1]:
            found = sha(b"\x01" + peak + found)
        return found


def climb(fn: int, sn: int, start: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """Give the roots of the shorter and the longer tree (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    before = after = start
    if not 0 <= fn <= sn:
        raise BadLogError("the proof does not fit the size")
    for step in path:
        if sn == 0:
            raise BadLogError("the proof is too long")
        if fn % 2 == 1 or fn == sn:
            before, after = sha(b"\x01" + step + before), sha(b"\x01" + step + after)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn // 2, sn // 2
        else:
            after = sha(b"\x01" + after + step)
        fn, sn = fn // 2, sn // 2
    if sn != 0:
        raise BadLogError("the proof is too short")
    return before, after


def roots_by_growth(old: int, new: int, path: list[bytes], first: bytes) -> tuple[bytes, bytes]:
    """Give both roots that a consistency proof leads to."""
    if not 0 < old < new or len(path) == 0:
        raise BadLogError("the proof does not fit the two sizes")
    start, *rest = [first, *path] if old & (old - 1) == 0 else path
    fn, sn = old - 1, new - 1
    while fn % 2 == 1:
        fn, sn = fn // 2, sn // 2
    return climb(fn, sn, start, rest)


def signed_text(note: str, keys: list[str]) -> str:
    """Give the text of a note that one of these keys signed."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for key in keys:
        name, mark, encoded = key.split("+", 2)
        public = base64.b64decode(encoded, validate=True)
        if public[:1] != b"\x01" or sha(name.encode() + b"\n" + public)[:4].hex() != mark:
            raise BadLogError(f"{name} is no Ed25519 key")
        for line in signatures.splitlines():
            signature = base64.b64decode(line.rpartition(" ")[2])
            if line.startswith(f"\u2014 {name} ") and signature[:4].hex() == mark:
                with suppress(InvalidSignature):
                    trusted = Ed25519PublicKey.from_public_bytes(public[1:])
                    trusted.verify(signature[4:], text.encode())
                    return text
    raise BadLogError(f"not signed by {' or '.join(keys)}")


class Statement:
    """What the text of a checkpoint says."""

    def __init__(self, text: str) -> None:
        """Read it."""
        lines = text.split("\n")
        if len(lines) != 8 or lines[7] != "":
            raise BadLogError("a checkpoint has another form")
        self.text = text
        self.origin, self.number = lines[0], int(lines[1])
        self.root = base64.b64decode(lines[2], validate=True)
        self.heads = int(lines[3].removeprefix("heads "))
        self.previous = lines[5].removeprefix("previous ")
        self.key = lines[6].removeprefix("key ")


def open_head(statement: Statement, opening: dict[str, Any]) -> tuple[str, int, bytes]:
    """Give log, size and root that a checkpoint holds under its salt."""
    hidden = {name: opening[name] for name in ("log", "root", "salt", "size")}
    text = json.dumps(hidden, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    leaf, path = sha(b"\x00" + text.encode()), [bytes.fromhex(step) for step in opening["path"]]
    if climb(opening["position"], statement.heads - 1, leaf, path)[1] != statement.root:
        raise BadLogError(f"checkpoint {statement.number} does not hold the head shown with it")
    return opening["log"], opening["size"], bytes.fromhex(opening["root"])


def chain(shown: list[dict[str, Any]], pinned: list[str]) -> list[Statement]:
    """Give the checkpoints, each signed, bound to the one before, under keys handed on."""
    found: list[Statement] = []
    for number, item in enumerate(shown):
        try:
            own = Statement(item["note"].rpartition("\n\n")[0] + "\n")
            signed_text(item["note"], [found[-1].key if number > 0 else own.key])
            signed_text(item["note"], [own.key])
        except (BadLogError, ValueError) as error:
            raise BadLogError(f"checkpoint {number}: {error}") from error
        before = sha(found[-1].text.encode()).hex() if number > 0 else "0" * 64
        found.append(own)
        if (own.number, own.previous, own.origin) != (number, before, found[0].origin):
            raise BadLogError(f"checkpoint {number} does not follow the one before")
    if len(found) > 0 and not {own.key for own in found}.intersection(pinned):
        raise BadLogError("checkpoint 0: the key given signed none of these checkpoints")
    return found


def lines_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the lines of an export as word and rest; the last line must be the digest of all."""
    digest = hashlib.sha256()
    ended = False
    with path.open("rb") as file:
        for line in file:
            word, _, rest = line.removesuffix(b"\n").partition(b" ")
            if ended or (word == b"end" and rest.decode("latin-1") != digest.hexdigest()):
                yield "broken", b""
            ended = word == b"end"
            digest.update(line)
            yield word.decode("latin-1"), rest
    if not ended:
        yield "broken", b""


class Export:
    """What an export holds, compared with itself as it is read."""

    def __init__(self, path: Path) -> None:
        """Read it."""
        self.about: dict[str, Any] = {"log": "?", "size": 0}
        self.shown: list[dict[str, Any]] = []
        self.hashes: list[bytes] = []
        self.bad_record = ""
        self.is_broken = False
        self.tree = Tree()
        self.roots: dict[int, bytes] = {}
        for word, rest in lines_of(path):
            if word == "record":
                self._record(rest)
            elif word == "hashes":
                data = bytes.fromhex(rest.partition(b" ")[2].decode())
                self.hashes += [data[at : at + 32] for at in range(0, len(data), 32)]
            elif word == "checkpoint":
                self.shown.append(json.loads(rest))
                opening = self.shown[-1]["opening"]
                self.roots[opening["size"] if opening is not None else 0] = b""
            elif word == "log":
                self.about = json.loads(rest)
            elif word not in ("end", "crosstip"):
                self.is_broken = True

    def _record(self, rest: bytes) -> None:
        at = self.tree.size
        number, _, text = rest.partition(b" ")
        leaf = sha(b"\x00" + text)
        if self.bad_record == "" and number != str(at).encode():
            there = number.decode("latin-1")
            self.bad_record = f"record {at} is missing; {there!a} stands in its place"
        elif self.bad_record == "" and self.hashes[at : at + 1] != [leaf]:
            self.bad_record = f"record {at} is not the one that was logged"
        self.tree.add(leaf)
        if self.tree.size in self.roots:
            self.roots[self.tree.size] = self.tree.root()

    def require_whole(self) -> None:
        """Refuse records that are not those of the hashes, and a file that was changed."""
        size = self.about["size"]
        if self.bad_record != "":
            raise BadLogError(self.bad_record)
        if self.tree.size != size or len(self.hashes) != size:
            at = min(self.tree.size, len(self.hashes), size)
            raise BadLogError(f"record {at} is missing or too many; {size} were exported")
        if self.is_broken:
            raise BadLogError("the file was changed or cut after it was written")


def check_export(path: Path, *, keys: list[str], kept: list[Path]) -> str:
    """Check an export; say in a sentence what holds, or raise what does not hold first."""
    export = Export(path)
    export.require_whole()
    statements = chain(export.shown, keys)
    covered = 0
    for statement, item in zip(statements, export.shown, strict=True):
        if item["opening"] is None:
            if covered > 0:
                raise BadLogError(f"checkpoint {statement.number} does not show this log's head")
            continue
        log, signed, root = open_head(statement, item["opening"])
        if log != export.about["log"] or export.roots.get(signed) != root:
            raise BadLogError(f"records {covered} to {signed - 1} are not those that were signed")
        covered = max(covered, signed)
    for file in kept:
        compare_kept(json.loads(file.read_text(encoding="utf-8")), statements, export)
    said = f"{export.about['log']}: {export.tree.size} records hold; {covered} are covered by "
    return f"{said}{len(statements)} checkpoints, {export.tree.size - covered} by none yet."


def compare_kept(item: dict[str, Any], statements: list[Statement], export: Export) -> None:
    """Compare a checkpoint kept outside with the exported ones."""
    own = Statement(item["note"].rpartition("\n\n")[0] + "\n")
    signed_text(item["note"], [own.key])
    open_head(own, item["opening"])
    if own.number >= len(statements):
        raise BadLogError(f"checkpoint {own.number}, kept outside, is missing: cut, or set back")
    if statements[own.number].text != own.text:
        raise BadLogError(f"checkpoint {own.number}, kept outside, is another one: two histories")
    if item["opening"] != export.shown[own.number]["opening"]:
        raise BadLogError(f"checkpoint {own.number}, kept outside, opens another head")


def check_proof(proof: dict[str, Any], *, keys: list[str]) -> str:
    """Check an inclusion or a consistency proof and say what it proves."""
    path = [bytes.fromhex(step) for step in proof["path"]]
    parts = [proof[name] for name in ("checkpoint", "old", "new") if name in proof]
    signed = [(Statement(signed_text(p["note"], keys)), p["opening"]) for p in parts]
    heads = [open_head(statement, opening) for statement, opening in signed]
    log, size, root = heads[-1]
    if "record" in proof:
        leaf = sha(b"\x00" + proof["record"].encode())
        if climb(proof["number"], size - 1, leaf, path)[1] != root:
            raise BadLogError(f"record {proof['number']} is not in {log}")
        return f"Record {proof['number']} of {log} is {proof['record']}"
    old_log, old, old_root = heads[0]
    grown = old != size and roots_by_growth(old, size, path, old_root) == (old_root, root)
    if old_log != log or not (grown or (old, old_root) == (size, root)):
        raise BadLogError(f"the first {old} records of {log} are not the same")
    return f"The first {old} records of {log} are unchanged; it has {size} now."


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(description="Check an exported log of Crosstip, or a proof.")
    parser.add_argument("what", choices=("export", "proof"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", required=True, action="append")
    parser.add_argument("--kept", type=Path, action="append", default=[])
    given = parser.parse_args(arguments)
    try:
        if given.what == "export":
            said = check_export(given.file, keys=given.key, kept=given.kept)
        else:
            said = check_proof(json.loads(given.file.read_bytes()), keys=given.key)
    except BadLogError as error:
        sys.stdout.write(f"DOES NOT HOLD: {error}\n")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stdout.write(f"CANNOT BE READ: {type(error).__name__}: {error}\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
