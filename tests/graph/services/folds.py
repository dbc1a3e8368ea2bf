"""Records of one incident for tests of the queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.casework.caller import Caller
from graph.identifiers.core import IdentifierKind
from graph.services.audit_reads import ReadLog
from graph.services.queue_lines import QueueLine
from graph.services.queue_reading import Filter, list_queue, show_queued
from graph.services.recording import record
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, file_hash, says

WHY = "Because of the test."


def take_in(
    store: Store,
    number: int,
    *,
    accounts: Sequence[str] = ("u-1",),
    hashes: Sequence[str] = ("a",),
    holder: str | None = "north",
    incident_us: int | None = MONDAY_US,
    body: str = "",
    at_us: int | None = None,
    **facts: Any,
) -> str:
    """Record a tip of an incident, and give its key."""
    said = [says(IdentifierKind.ACCOUNT, f"chatterbox||{name}") for name in accounts]
    said += [file_hash(f"sha1:{name * 40}") for name in hashes]
    one = delivery(
        str(number),
        said,
        body=f"{number}{body}",
        holder=holder,
        incident_us=incident_us,
        issued_us=MONDAY_US + len(body),
        **facts,
    )
    record(store, [one], actor="test", at_us=at_us)
    return f"ncmec:{number}"


def page(caller: Caller, store: Store, **wanted: object) -> tuple[QueueLine, ...]:
    """Give the first page of the queue."""
    asked = Filter(**wanted)  # type: ignore[arg-type]
    return list_queue(caller, store, reads=ReadLog(store), wanted=asked).lines


def rows(caller: Caller, store: Store, **wanted: object) -> list[tuple[str, ...]]:
    """Give each row of the queue: its tip, and the further records in it."""
    return [(line.tip, *(one.tip for one in line.more)) for line in page(caller, store, **wanted)]


def together(caller: Caller, store: Store) -> set[tuple[str, ...]]:
    """Give the tips of each row, whichever is shown and wherever the row stands."""
    return {tuple(sorted(row)) for row in rows(caller, store)}


def shown(caller: Caller, store: Store, tip: str) -> QueueLine:
    """Give where a tip stands."""
    return show_queued(caller, store, tip=tip, reads=ReadLog(store)).line
