"""Tips in queues for tests."""

from __future__ import annotations

from typing import Any

from graph.services.recording import record
from graph.store import Store
from tests.deliveries import delivery, email

ANYBODY = "somebody@example.com"


def take_in(store: Store, number: int, *, holder: str | None = "north", **facts: Any) -> str:
    """Record a tip with facts, and give its key."""
    one = delivery(str(number), [email(ANYBODY)], holder=holder, **facts)
    record(store, [one], actor="test", at_us=facts.pop("at_us", None))
    return f"ncmec:{number}"
