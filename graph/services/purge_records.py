"""What a purge leaves: a record with counts and digests, a stub per agency and tip, a leaf.

None of it names what went. A stub is found by whoever has the tip's number again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence

from graph.casework.keys import part
from graph.clock import from_us, iso
from graph.queries.core import NoParams
from graph.queries.erasing import DROP_KEPT, GIVE_BACK
from graph.queries.purging_holdings import KeysParams
from graph.queries.retention import (
    RECORD,
    SALT,
    STUBS,
    KeyParams,
    PolicyRow,
    RecordRow,
    StubKeysParams,
    StubRow,
)
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.store import ReadUnit, WriteUnit

PURGED = "retention.purged"
RETURNED = "tip.returned"


def note_purged(
    unit: WriteUnit,
    policy: PolicyRow,
    keys: Sequence[str],
    *,
    removed: int,
    actor: str,
    at_us: int,
) -> None:
    """Write that records went under a policy: into the day's record, and into the agency's log."""
    key = record_key(policy, at_us)
    there = unit.read(RECORD, KeyParams(key=key))
    row = there[0] if len(there) > 0 else _new(policy, key, at_us)
    digest = row.digest or ""
    for each in keys:
        digest = hashlib.sha256(f"{digest}|{row.salt}|{each}".encode()).hexdigest()
    row = row.model_copy(
        update={
            "last_us": at_us,
            "total": row.total + len(keys),
            "removed": (row.removed or 0) + removed,
            "digest": digest,
        }
    )
    unit.insert_nodes("PurgeRecord", [row.model_dump()])
    unit.update_nodes("PurgeRecord", [row.model_dump()])
    said = f"{len(keys)} of {policy.kind} purged under version {policy.number}; commitment {digest}"
    add_leaves(
        unit,
        [Leaf(action=PURGED, object=None, outcome=said, agency=policy.agency)],
        actor=actor,
        at_us=at_us,
    )


def note_held(unit: WriteUnit, policy: PolicyRow, held: int, *, at_us: int) -> None:
    """Write how many records stayed because of legal holds, where something went that day."""
    for row in unit.read(RECORD, KeyParams(key=record_key(policy, at_us))):
        unit.update_nodes("PurgeRecord", [row.model_copy(update={"held": held}).model_dump()])


def leave_stub(unit: WriteUnit, policy: PolicyRow, tip: str, *, at_us: int) -> None:
    """Leave word for the agency that it had a tip and purged it."""
    salts = unit.read(SALT, NoParams())
    salt = salts[0].salt if len(salts) > 0 else secrets.token_hex(16)
    if len(salts) == 0:
        unit.insert_nodes("RetentionSalt", [{"key": "store", "salt": salt}])
    row: PropertyRow = {
        "key": stub_key(salt, policy.agency, tip),
        "agency": policy.agency,
        "at_us": at_us,
        "policy": policy.name,
        "number": policy.number,
        "dated": policy.dated,
    }
    unit.insert_nodes("PurgedTip", [row])
    unit.update_nodes("PurgedTip", [row])


def stubs_of(unit: ReadUnit, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], StubRow]:
    """Give of tips and agencies those that the agency had and purged."""
    salts = unit.read(SALT, NoParams()) if len(pairs) > 0 else []
    if len(salts) == 0:
        return {}
    wanted = {stub_key(salts[0].salt, agency, tip): (tip, agency) for tip, agency in pairs}
    rows = unit.read(STUBS, StubKeysParams(keys=sorted(wanted)))
    return {wanted[row.key]: row for row in rows}


def take_up_again(
    unit: WriteUnit, pairs: Collection[tuple[str, str]], *, actor: str, at_us: int
) -> None:
    """Write into the log of each agency that purged a tip that it has come in again.

    What an agency's legal hold kept of a tip that others purged is the tip's again.
    """
    if len(pairs) == 0 or len(unit.read(SALT, NoParams())) == 0:
        return
    kept = KeysParams(keys=sorted(f"{part(agency)}|{tip}" for tip, agency in pairs))
    unit.run(GIVE_BACK, kept)
    unit.run(DROP_KEPT, kept)
    leaves = [
        Leaf(action=RETURNED, object=tip, outcome=said_of(stub), agency=agency)
        for (tip, agency), stub in sorted(stubs_of(unit, pairs).items())
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)


def said_of(stub: StubRow) -> str:
    """Give the sentence that stands for a purged tip."""
    return f"an earlier receipt was purged on {iso(stub.at_us)[:10]}, policy version {stub.number}"


def record_key(policy: PolicyRow, at_us: int) -> str:
    """Give the key of a policy's record of one UTC day."""
    day = from_us(at_us).date().isoformat()
    return f"{part(policy.agency)}|{policy.kind}|{policy.number:06d}|{day}"


def stub_key(salt: str, agency: str, tip: str) -> str:
    """Give the name of what is left of an agency's tip."""
    return hashlib.sha256(f"purged|{salt}|{part(agency)}|{tip}".encode()).hexdigest()


def _new(policy: PolicyRow, key: str, at_us: int) -> RecordRow:
    return RecordRow(
        key=key,
        agency=policy.agency,
        kind=policy.kind,
        policy=policy.key,
        name=policy.name,
        began_us=at_us,
        last_us=at_us,
        total=0,
        removed=0,
        held=None,
        salt=secrets.token_hex(16),
        digest=None,
    )
