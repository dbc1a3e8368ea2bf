"""Writes a log as text that outlives Crosstip: `graph/audit/standalone_verifier.py` reads it.

crosstip audit export 1
log {"identity":…,"log":…,"size":…}
checkpoint {"note":…,"opening":…}      every checkpoint, with this log's head where it has one
hashes <index> <hex>                   the hashes of leaves, 256 on a line
record <number> <canonical text>       the records, in order
end <SHA-256 of everything before this line>
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from graph.audit.errors import AuditError
from graph.audit.heads import Opening
from graph.audit.merkle import HASH_BYTES
from graph.audit.records import canonical, number_of
from graph.audit.tiles import WIDTH
from graph.queries.audit import CheckpointRow, LogRow
from graph.services.audit_checkpoints import checkpoints_in
from graph.services.audit_heads import SignedHeads, heads_of, opening_in
from graph.services.audit_leaves import record_from
from graph.services.audit_trees import SITE, log_in, numbered_pages, tiles_of_level
from graph.store import Store


def export_log(store: Store, log: str, *, write: Callable[[str], object]) -> int:
    """Write one log with its hashes and checkpoints, piece by piece; give how many records.

    It writes what the store holds, also where that is wrong: judging it is the verifier's work.

    Raises:
        AuditError: there is no such log.
        StoreError: the store could not answer; what was written is not complete.
    """
    digest = sha256()
    checkpoints = list(checkpoints_in(store))
    heads = heads_of(store, log_in(store, log))
    # Last, so that no checkpoint above covers more than is written.
    row = log_in(store, log)
    for line in _lines(store, row, [(found, _opening(heads, found)) for found in checkpoints]):
        digest.update(line.encode())
        write(line)
    write(f"end {digest.hexdigest()}\n")
    return row.size


def _lines(
    store: Store, row: LogRow, checkpoints: Sequence[tuple[CheckpointRow, Opening | None]]
) -> Iterator[str]:
    yield "crosstip audit export 1\n"
    about = {"identity": _identity(store), "log": row.key, "size": row.size}
    yield f"log {json.dumps(about, sort_keys=True)}\n"
    for found, opening in checkpoints:
        shown = {
            "note": found.note,
            "opening": opening.model_dump() if opening is not None else None,
        }
        yield f"checkpoint {json.dumps(shown, sort_keys=True)}\n"
    for index, hashes in tiles_of_level(store, row.key, 0):
        if index * WIDTH < row.size:
            most = (row.size - index * WIDTH) * HASH_BYTES
            yield f"hashes {index} {hashes[:most].hex()}\n"
    for page in numbered_pages(store, row.key, row.size):
        for entry in page:
            text = canonical(record_from(entry)).decode()
            yield f"record {number_of(entry.place)} {text}\n"


def _opening(heads: SignedHeads, found: CheckpointRow) -> Opening | None:
    try:
        return opening_in(heads, found)
    except AuditError:
        return None


def _identity(store: Store) -> str:
    try:
        return log_in(store, SITE).identity
    except AuditError:
        return ""
