"""Checks a custody bundle without Crosstip; `standalone_verifier.py` lies beside it.

    python standalone_custody.py BUNDLE --key KEY [--key KEY ...]

KEY is a public key as `crosstip audit key show` prints it, had from elsewhere than the bundle: a
bundle that names its own key proves nothing. Needs Python 3.11 and `cryptography`. Exit codes: 0
all holds; 1 something does not, and which; 2 unreadable.

A bundle is a ZIP of stored members in which nothing is free: names in order, one time, no comments.
So a changed byte anywhere is a changed member or a changed archive, and either is named.
"""

from __future__ import annotations

import argparse
import base64
import json
import struct
import sys
import zlib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.audit import standalone_verifier as verifier
else:
    # The file beside this one, whether or not there is a Crosstip around it.
    _SPEC = spec_from_file_location(
        "standalone_verifier", Path(__file__).with_name("standalone_verifier.py")
    )
    verifier = module_from_spec(_SPEC)
    _SPEC.loader.exec_module(verifier)

BadLogError = verifier.BadLogError
FORMAT = "crosstip custody bundle 1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
PAGE, ENTRIES, CHECKPOINT = "custody.json", "log/entries.ndjson", "log/checkpoint.json"
ORIGINALS, RECEIPTS = "originals/", "receipts/"
ALWAYS = (PAGE, "custody.html", "README.txt", ENTRIES)
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_HEAD = struct.Struct("<4s5H3L2H")
_DATE = (2020 - 1980) << 9 | 1 << 5 | 1
_UTF8 = 0x0800
_LINES = 5
"""Of a signature: three that are signed, an empty one, and the signature's own."""


def archive(members: dict[str, bytes]) -> bytes:
    """Give the one ZIP of members: stored, in the order of their names, all of one time."""
    local, central = bytearray(), bytearray()
    for name in sorted(members):
        data, coded = members[name], name.encode()
        shared = (20, _UTF8, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(coded), 0)
        entry = _CENTRAL + struct.pack("<H5H3L5H2L", 20, *shared, 0, 0, 0, 0, len(local))
        central += entry + coded
        local += _HEAD.pack(_LOCAL, *shared) + coded + data
    count = len(members)
    end = struct.pack("<4s4H2LH", _END, 0, 0, count, count, len(central), len(local), 0)
    return bytes(local + central + end)


def members_of(data: bytes) -> dict[str, bytes]:
    """Give a bundle's members, or raise which one, or which part of the archive, was changed."""
    found: dict[str, bytes] = {}
    at, where = 0, "at its beginning"
    while data[at : at + 4] == _LOCAL:
        try:
            head = _HEAD.unpack_from(data, at)
            begin = at + _HEAD.size
            name = data[begin : begin + head[9]].decode()
        except (struct.error, UnicodeDecodeError) as error:
            raise BadLogError(f"the archive was changed {where}") from error
        body = data[begin + head[9] : begin + head[9] + head[8]]
        if len(body) != head[8] or name in found:
            raise BadLogError(f"the archive was changed or cut {where}")
        if zlib.crc32(body) != head[6]:
            raise BadLogError(f"{name} was changed, or the archive {where}")
        found[name] = body
        at = begin + head[9] + head[8]
        where = f"after its member {name}"
    if archive(found) != data:
        raise BadLogError(f"the archive was changed beside its members, or {where}")
    return found


class Bundle:
    """A bundle's members, of which nothing is believed before it is checked."""

    def __init__(self, data: bytes, keys: list[str]) -> None:
        """Read it, and check that what it holds is what was signed, no more and no less."""
        self.members = members_of(data)
        for name in (MANIFEST, SIGNATURE):
            if name not in self.members:
                raise BadLogError(f"{name} is missing")
        self.manifest = self._signed_manifest(keys)
        named: dict[str, Any] = self.manifest["members"]
        for name in sorted({*named, *ALWAYS}):
            if name not in self.members:
                raise BadLogError(f"{name} is missing")
            if name not in named or _hex(self.members[name]) != named[name]["sha256"]:
                raise BadLogError(f"{name} is not what was signed")
        for name in sorted(self.members.keys() - named.keys() - {MANIFEST, SIGNATURE}):
            raise BadLogError(f"{name} is not in the manifest: it was added")
        self.page: dict[str, Any] = json.loads(self.members[PAGE])
        self.keys = keys

    def _signed_manifest(self, keys: list[str]) -> dict[str, Any]:
        data, signature = self.members[MANIFEST], self.members[SIGNATURE]
        try:
            note = signature.decode()
            text = verifier.signed_text(note, keys)
            signed = note.rstrip("\n").rpartition(" ")[2]
            one_way = base64.b64encode(base64.b64decode(signed)).decode() == signed
        except (BadLogError, ValueError, IndexError) as error:
            raise BadLogError(f"{SIGNATURE}: {error}") from error
        if not one_way or note.count("\n") != _LINES:
            raise BadLogError(f"{SIGNATURE} has another form")
        if not text.startswith(f"{FORMAT}\n") or not text.endswith(f"\nsha256 {_hex(data)}\n"):
            raise BadLogError(f"{MANIFEST} is not what {SIGNATURE} signed")
        manifest: dict[str, Any] = json.loads(data)
        if text != statement(manifest["tip"], data):
            raise BadLogError(f"{SIGNATURE} is about another tip than {MANIFEST}")
        return manifest


def statement(tip: str, manifest: bytes) -> str:
    """Give the text that is signed."""
    return f"{FORMAT}\n{tip}\nsha256 {_hex(manifest)}\n"


def check_entries(bundle: Bundle) -> tuple[dict[str, dict[str, Any]], int, str]:
    """Give the log's records by key, how many are proved, and by what."""
    log, size, root, said = "", 0, b"", "no checkpoint"
    if CHECKPOINT in bundle.members:
        kept = json.loads(bundle.members[CHECKPOINT])
        signed = verifier.Statement(verifier.signed_text(kept["note"], bundle.keys))
        log, size, root = verifier.open_head(signed, kept["opening"])
        said = f"checkpoint {signed.number}"
    found: dict[str, dict[str, Any]] = {}
    proved = 0
    for line in bundle.members[ENTRIES].splitlines():
        row = json.loads(line)
        record = json.loads(row["record"])
        if record["id"] != row["entry"] or record["id"] in found:
            raise BadLogError(f"entry {row['entry']} is another one's record, or doubled")
        about = {record.get("object"), *record.get("disclosed", ())}
        if about.isdisjoint(bundle.page["records"]):
            raise BadLogError(f"entry {row['entry']} is about something else")
        found[record["id"]] = record
        if row["path"] is None:
            if row["number"] is not None and row["number"] < size:
                raise BadLogError(f"entry {row['entry']} lacks its proof")
            continue
        path = [bytes.fromhex(step) for step in row["path"]]
        leaf = verifier.sha(b"\x00" + row["record"].encode())
        if record["log"] != log or verifier.climb(row["number"], size - 1, leaf, path)[1] != root:
            raise BadLogError(f"entry {row['entry']} is not in the log that was signed")
        proved += 1
    if len(found) != bundle.page["entries"]:
        raise BadLogError(f"{ENTRIES} has other entries than {PAGE} counts")
    return found, proved, said


def check_receipts(bundle: Bundle, records: dict[str, dict[str, Any]]) -> int:
    """Compare receipts of hand-offs with the entries that vouch for them; give how many."""
    wanted: dict[str, dict[str, Any]] = {
        f"{RECEIPTS}{handed['ref']}-{receipt['number']:03d}.json": receipt
        for handed in bundle.page["handoffs"]
        for receipt in handed["receipts"]
    }
    there = {name for name in bundle.members if name.startswith(RECEIPTS)}
    for name in sorted(there ^ wanted.keys()):
        raise BadLogError(f"{name} and {PAGE} do not belong together")
    for name, receipt in wanted.items():
        digest = _hex(bundle.members[name])
        vouched = records.get(receipt["leaf"], {}).get("outcome", "")
        if digest != receipt["sha256"] or not vouched.endswith(f"receipt sha256:{digest}"):
            raise BadLogError(f"{name}: no entry of the log vouches for it")
    return len(wanted)


def check_originals(bundle: Bundle) -> tuple[int, int]:
    """Compare originals with the hashes of documents; give how many there are, of how many."""
    documents = {each["sha256"]: each for each in bundle.page["documents"]}
    there = [name for name in bundle.members if name.startswith(ORIGINALS)]
    for name in there:
        document = documents.get(name.removeprefix(ORIGINALS))
        if document is None:
            raise BadLogError(f"{name} is no document of this tip")
        if _hex(bundle.members[name]) not in {document["sha256"], document["stored_sha256"]}:
            raise BadLogError(f"{name} is not what was received")
    return len(there), len(documents)


def check_bundle(data: bytes, *, keys: list[str]) -> str:
    """Check a bundle; say in sentences what holds, or raise what does not hold first."""
    bundle = Bundle(data, keys)
    if bundle.page["tip"] != bundle.manifest["tip"]:
        raise BadLogError(f"{PAGE} is about another tip than {MANIFEST}")
    records, proved, by = check_entries(bundle)
    receipts = check_receipts(bundle, records)
    originals, documents = check_originals(bundle)
    about = bundle.manifest
    made_up = "SYNTHETIC: made up, about no real person.\n" if about["synthetic"] else ""
    return (
        f"{made_up}{about['tip']} as of {about['as_of']}, by {about['agency']}: the signature and "
        f"all {len(bundle.members)} members hold.\n"
        f"Of {len(records)} entries of its log {proved} are proved by {by}; the others are not "
        f"proved yet.\n{receipts} receipts of hand-offs hold; {originals} of {documents} "
        "originals are in it, each with its hash."
    )


def _hex(data: bytes) -> str:
    return verifier.sha(data).hex()


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(description="Check a custody bundle of Crosstip.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", required=True, action="append")
    given = parser.parse_args(arguments)
    try:
        said = check_bundle(given.bundle.read_bytes(), keys=given.key)
    except BadLogError as error:
        sys.stdout.write(f"DOES NOT HOLD: {error}\n")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stdout.write(f"CANNOT BE READ: {type(error).__name__}: {error}\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
