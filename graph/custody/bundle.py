"""The signed bundle of a tip's custody: members, manifest, signature, and the ZIP around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from graph.audit import standalone_custody as reader
from graph.audit import standalone_verifier
from graph.audit.heads import Kept
from graph.audit.notes import Signer, sign
from graph.clock import iso
from graph.custody.page import Custody, CustodyEntry
from graph.custody.readable import html_page, readme

VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedEntry:
    """An entry of the log, its canonical text, and the path to the head that a checkpoint signs."""

    entry: CustodyEntry
    record: str
    path: tuple[str, ...] | None
    """None where no checkpoint covers it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What goes into a bundle."""

    custody: Custody
    records: tuple[str, ...]
    """Keys under which the log was searched."""
    entries: tuple[ProvedEntry, ...]
    kept: Kept | None
    """The checkpoint that the proofs rest on."""
    originals: Mapping[str, bytes]
    """Screened bytes of documents by the SHA-256 of what was received; never media."""
    left_out: tuple[str, ...]
    made_by: str
    given_to: str | None
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyBundle:
    """A bundle as it leaves, and what names it."""

    data: bytes
    sha256: str
    manifest_sha256: str
    members: int
    entries: int
    proved: int
    originals: int
    left_out: tuple[str, ...]


def written(gathered: Gathered, signer: Signer) -> CustodyBundle:
    """Give the signed bundle. The same that was gathered gives the same bytes."""
    members = _members(gathered)
    manifest = _manifest(gathered, members, signer)
    text = reader.statement(gathered.custody.tip, manifest)
    members[reader.MANIFEST] = manifest
    members[reader.SIGNATURE] = sign(text, [signer]).encode()
    data = reader.archive(members)
    return CustodyBundle(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        members=len(members),
        entries=len(gathered.entries),
        proved=sum(each.path is not None for each in gathered.entries),
        originals=len(gathered.originals),
        left_out=gathered.left_out,
    )


def _members(gathered: Gathered) -> dict[str, bytes]:
    custody, kept = gathered.custody, gathered.kept
    found = {
        reader.PAGE: _json(_page(gathered)),
        "custody.html": html_page(gathered.custody, [each.entry for each in gathered.entries]),
        "README.txt": readme(custody.tip),
        reader.ENTRIES: b"".join(_line(each) for each in gathered.entries),
    }
    if kept is not None:
        found[reader.CHECKPOINT] = f"{kept.model_dump_json()}\n".encode()
    for handed in custody.handoffs:
        for receipt in handed.receipts:
            name = f"{reader.RECEIPTS}{handed.ref}-{receipt.number:03d}.json"
            found[name] = receipt.body.encode()
    for sha256, data in gathered.originals.items():
        found[f"{reader.ORIGINALS}{sha256}"] = data
    for module in (reader, standalone_verifier):
        path = Path(str(module.__file__))
        found[f"verify/{path.name}"] = path.read_bytes()
    return found


def _page(gathered: Gathered) -> dict[str, object]:
    said = asdict(gathered.custody)
    return {
        **said,
        "moves": [row.model_dump() for row in gathered.custody.moves],
        "verifications": [row.model_dump() for row in gathered.custody.verifications],
        "as_of": iso(gathered.custody.as_of_us),
        "records": list(gathered.records),
        "entries": len(gathered.entries),
        "left_out": list(gathered.left_out),
    }


def _line(each: ProvedEntry) -> bytes:
    said = {
        "entry": each.entry.entry,
        "kind": each.entry.kind,
        "capacity": each.entry.capacity,
        "number": each.entry.number,
        "record": each.record,
        "path": None if each.path is None else list(each.path),
    }
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _manifest(gathered: Gathered, members: Mapping[str, bytes], signer: Signer) -> bytes:
    custody = gathered.custody
    return _json(
        {
            "crosstip_custody_bundle": VERSION,
            "tip": custody.tip,
            "agency": custody.agency,
            "as_of": iso(custody.as_of_us),
            "made_by": gathered.made_by,
            "given_to": gathered.given_to,
            "synthetic": gathered.synthetic,
            "key": signer.public.text,
            "says": list(custody.says),
            "left_out": list(gathered.left_out),
            "members": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
                for name, data in members.items()
            },
        }
    )


def _json(said: Mapping[str, object] | Sequence[object]) -> bytes:
    return json.dumps(said, ensure_ascii=True, indent=1, sort_keys=True).encode("ascii") + b"\n"
