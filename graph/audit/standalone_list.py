"""Checks a list of a log's records without Crosstip; `standalone_verifier.py` lies beside it.

    python standalone_list.py LIST PROOF --key KEY [--key KEY ...]

LIST is the file of an export `audit` (CSV or NDJSON), PROOF the `proof` of its job's `export`. KEY
and exit codes are as for `standalone_verifier.py`: 0 all holds, 1 something does not, 2 unreadable.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
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


def records_of(path: Path) -> Iterator[tuple[int, str]]:
    """Give numbers and canonical texts of a list's records, in the file's order."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.read_bytes()[:1] == b"{":
            for line in file:
                row = json.loads(line)
                yield int(row["number"]), str(row["record"])
            return
        for row in csv.DictReader(file):
            yield int(row["number"]), row["record"]


def check_list(path: Path, proof: dict[str, Any], *, keys: list[str]) -> str:
    """Check a list; say in a sentence what holds, or raise what does not."""
    kept = proof["checkpoint"]
    log, size, root = verifier.open_head(
        verifier.Statement(verifier.signed_text(kept["note"], keys)), kept["opening"]
    )
    tree = verifier.Tree()
    first = int(proof["first"])
    heights = [bit for bit in range(first.bit_length() - 1, -1, -1) if first >> bit & 1]
    if len(heights) != len(proof["before"]):
        raise verifier.BadLogError("the proof does not fit its first record")
    before = [bytes.fromhex(one) for one in proof["before"]]
    tree.peaks = list(zip(heights, before, strict=True))
    tree.size = first
    found = tree.root() if size == first else None
    for number, text in records_of(path):
        if number != tree.size:
            raise verifier.BadLogError(
                f"record {tree.size} is missing; {number} stands in its place"
            )
        tree.add(verifier.sha(b"\x00" + text.encode()))
        found = tree.root() if tree.size == size else found
    if found is None:
        raise verifier.BadLogError(
            f"the checkpoint covers {size} records, the list ends at {tree.size}"
        )
    if found != root:
        raise verifier.BadLogError(f"records {first} to {size - 1} are not those that were signed")
    covered = f"{max(size - first, 0)} are covered by the checkpoint"
    return f"{log}: records {first} to {tree.size - 1} hold; {covered}, {tree.size - size} not yet."


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(description="Check a list of a log of Crosstip.")
    parser.add_argument("list", type=Path)
    parser.add_argument("proof", type=Path)
    parser.add_argument("--key", required=True, action="append")
    given = parser.parse_args(arguments)
    try:
        proof = json.loads(given.proof.read_text(encoding="utf-8"))
        said = check_list(given.list, proof, keys=given.key)
    except verifier.BadLogError as error:
        sys.stdout.write(f"DOES NOT HOLD: {error}\n")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stdout.write(f"CANNOT BE READ: {type(error).__name__}: {error}\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
