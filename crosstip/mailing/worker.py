"""The delivery worker: takes notices from the outbox, sends them, says what became of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from graph.clock import now_us
from graph.queries.outbox import LeasedRow
from graph.services.outbox import Sending, Tried

R = TypeVar("R", bound=LeasedRow)

_BATCH = 50


class Carrier(Protocol[R]):
    """What notices leave by: a mail server, receivers of webhooks."""

    def send(self, mails: list[R], begin: Callable[[R], R | None]) -> Iterable[Tried]:
        """Try to send them, and give what became of each as soon as it is known.

        `begin` is called right before each try and gives what is tried, or None where it is not.
        """
        ...


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
        if len(mails) > 0:
            _round(outbox, mailer, mails, done)
            continue
        if not watch:
            break
        stopped.wait(pause_s)
    return done


def _round(outbox: Sending[R], mailer: Carrier[R], mails: list[R], done: Delivered) -> None:
    """Try what was taken, note each at once, and let go of what was not tried."""
    left = {mail.key: mail for mail in mails}
    try:
        for one in mailer.send(mails, lambda mail: outbox.begin(mail, at_us=now_us())):
            outbox.settle([one], at_us=now_us())
            left.pop(one.mail.key, None)
            done.failed += one.failure is not None
            done.sent += one.failure is None
    finally:
        outbox.free(list(left.values()), at_us=now_us())
