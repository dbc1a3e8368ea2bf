"""What is about to be shown is confirmed and in the log first: for commands and routes alike."""

from __future__ import annotations

from collections.abc import Collection

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.services.acting import About, leaf
from graph.services.audit_reads import ReadLog
from graph.services.tip_access import confirm_tips
from graph.store import Store

_TOGETHER = 500
"""Records that one leaf names; further ones are in further leaves."""


def note_shown(
    caller: Caller,
    store: Store,
    *,
    reads: ReadLog,
    deed: Deed,
    record: str | None,
    others: Collection[str],
    outcome: str,
    purpose: str | None = None,
) -> None:
    """Log that something was done, or is about to be shown: keys of the records.

    Raises:
        NotFoundError: the policies forbid one of them, which a query let through.
        StoreError: the log could not be written; nothing may be shown then.
    """
    listed = sorted(set(others))
    confirm_tips(caller, store, deed=deed, keys=listed if record is None else [record, *listed])
    leaves = [
        leaf(
            caller,
            deed,
            About(object=record, purpose=purpose),
            outcome=outcome,
            disclosed=tuple(listed[start : start + _TOGETHER]),
        )
        for start in range(0, max(len(listed), 1), _TOGETHER)
    ]
    reads.note(leaves, actor=caller.user)
