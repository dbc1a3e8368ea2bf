"""Tips in queues for tests."""

from __future__ import annotations

from typing import Any

from graph.casework.caller import Caller
from graph.services.audit_reads import ReadLog
from graph.services.queue_reading import Filter, list_queue
from graph.services.recording import record
from graph.store import Store
from tests.deliveries import delivery, email
from tests.stores import RunningStore

ANYBODY = "somebody@example.com"


def take_in(
    store: Store, number: int, *, holder: str | None = "north", said: str = ANYBODY, **facts: Any
) -> str:
    """Record a tip with facts, and give its key."""
    one = delivery(str(number), [email(said)], holder=holder, **facts)
    record(store, [one], actor="test")
    return f"ncmec:{number}"


def listed(caller: Caller, store: Store, **wanted: object) -> list[str]:
    """Give the tips of the queue, page by page of two."""
    asked, after, found = Filter(**wanted), "", list[str]()  # type: ignore[arg-type]
    while True:
        page = list_queue(caller, store, reads=ReadLog(store), wanted=asked, after=after, limit=2)
        found += [line.tip for line in page.lines]
        if page.next_after is None:
            return found
        assert caller.user not in page.next_after
        after = page.next_after


def kept(running: RunningStore) -> list[tuple[object, ...]]:
    """Give every place as it is stored."""
    return running.rows(
        "MATCH (q:Triage) OPTIONAL MATCH (t:Tip)-[:STANDS]->(q) "
        "RETURN q.key, q.tip, t.key, q.state, q.owner, q.held, q.since_us, q.due_us, q.priority, "
        "q.reasons, q.unknown, q.rules, q.set_priority, q.queue_place, q.owner_place, "
        "q.state_place, q.since_place, q.provider, q.lacks, q.incident, q.fold, q.under, "
        "q.row_since_us, q.queue_row, q.owner_row, q.state_row, q.news, q.news_place, "
        "q.moves, q.version ORDER BY q.key"
    )
