"""The delivery worker: takes notices from the outbox, sends them, says what became of them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from graph.clock import now_us
from graph.queries.outbox import LeasedRow
from graph.services.outbox import Sending, Tried

R = TypeVar("R", bound=LeasedRow)

_BATCH = 50
"""Fewer than a lease has time for, though each one ran into the server's time limit."""


class Carrier(Protocol[R]):
    """What notices leave by: a mail server, receivers of webhooks."""

    def send(self, mails: list[R]) -> Iterable[Tried]:
        """Try to send them, and give of each what became of it."""


@dataclass(slots=True, kw_only=True)
class Delivered:
    """What a worker did."""

    sent: int = 0
    failed: int = 0
    """Tries that failed; a letter can fail several times."""


def deliver(
    outbox: Sending[R],
    mailer: Carrier[R],
    *,
    watch: bool = False,
    pause_s: float = 2.0,
    stop: threading.Event | None = None,
    until_us: int | None = None,
) -> Delivered:
    """Send what is due until nothing is; with `watch` look again after each pause, until stopped.

    `until_us` is when the account under which it works is out of service.

    Raises:
        StoreError: the store failed; what was taken is due again after its lease.
    """
    stopped = stop if stop is not None else threading.Event()
    done = Delivered()
    while not stopped.is_set() and (until_us is None or now_us() < until_us):
        mails = outbox.take(at_us=now_us(), limit=_BATCH)
        tried = list(mailer.send(mails)) if len(mails) > 0 else []
        outbox.settle(tried, at_us=now_us())
        failed = sum(one.failure is not None for one in tried)
        done.failed += failed
        done.sent += len(tried) - failed
        if len(mails) > 0:
            continue
        if not watch:
            break
        stopped.wait(pause_s)
    return done
