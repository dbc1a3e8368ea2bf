"""The outbox: notices leave by mail at least once, in order within their stream.

A worker takes due notices under a lease, begins each try, which counts it and renews the lease of
that one, and says afterwards what became of it. A worker that was killed loses nothing: its lease
runs out and the notice is due again, with the same key, which the mail carries, so that whoever
receives it twice can tell; one that is slow finds that it may begin nothing any more. Rule:
transactional outbox with at-least-once delivery (`trust.md` T12).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph.queries.core import Query, Row
from graph.queries.outbox import (
    ANY_DUE,
    BEGIN,
    DEAD,
    DUE,
    FREE,
    LEASE,
    LOCK_NOTICES,
    RETRY,
    SETTLE,
    AnyDueParams,
    DeadParams,
    DeadRow,
    DueParams,
    FreeParams,
    LeasedRow,
    LeaseParams,
    MailRow,
    NoticeKeyRow,
    NoticeKeysParams,
    RetryParams,
    SettledItem,
    SettledParams,
)
from graph.services.notice_writing import DEAD as DEAD_MAIL
from graph.services.notice_writing import SENT, WAITING
from graph.store import ReadUnit, Store, WriteUnit

R = TypeVar("R", bound=LeasedRow)
SECOND_US = 1_000_000
MOST_AT_ONCE = 100
_MOST_FAILURE = 200
"""Characters of a reason: of a class and a code, never of what was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a worker has a notice for itself, and how failed tries are spaced."""

    lease_us: int = 600 * SECOND_US
    first_us: int = 30 * SECOND_US
    """Before the second try; doubled for each one after it."""
    longest_us: int = 3600 * SECOND_US
    attempts: int = 12
    """Then the letter is dead, until a person has it tried again: about seven hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of a notice that a worker tried to send."""

    mail: LeasedRow
    failure: str | None = None
    """Why it failed; None: the mail server took it."""
    is_final: bool = False
    """The receiver will never take it: dead at once."""
    waits_like: int | None = None
    """It was not tried, as another one failed that was tried so often: it waits as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Generic[R]):
    """The queries of one way by which notices leave; what is done with them is the same."""

    any_due: Query[AnyDueParams, NoticeKeyRow]
    due: Query[DueParams, NoticeKeyRow]
    lock: Query[NoticeKeysParams, Row]
    lease: Query[LeaseParams, R]
    begin: Query[LeaseParams, LeasedRow]
    free: Query[FreeParams, Row]
    settle: Query[SettledParams, Row]


MAIL = Channel(
    any_due=ANY_DUE,
    due=DUE,
    lock=LOCK_NOTICES,
    lease=LEASE,
    begin=BEGIN,
    free=FREE,
    settle=SETTLE,
)


@dataclass(slots=True, kw_only=True)
class Sending(Generic[R]):
    """One worker's way to what leaves by one channel."""

    channel: Channel[R]
    store: Store
    worker: str
    """A name of its own, else two workers would settle each other's notices."""
    patience: Patience = field(default_factory=Patience)
    jitter: random.Random = field(default_factory=random.Random)

    def take(self, *, at_us: int, limit: int = 50) -> list[R]:
        """Give notices that are due, of each stream the first, for as long as the lease lasts.

        Raises:
            StoreError: the store could not.
        """
        if len(self.store.read(self.channel.any_due, AnyDueParams(at_us=at_us))) == 0:
            return []
        return self.store.writing(
            lambda unit: self._take(unit, at_us, min(limit, MOST_AT_ONCE)), name="taking notices"
        )

    def begin(self, mail: R, *, at_us: int) -> R | None:
        """Begin a try: give the notice with this try counted, and a whole lease from now on.

        None where it is not to be tried: the lease ran out, so that another worker may have it, or
        it is not to leave any more.

        Raises:
            StoreError: the store could not; nothing was begun.
        """
        return self.store.writing(lambda unit: self._begin(unit, mail, at_us), name="beginning")

    def free(self, mails: Sequence[R], *, at_us: int) -> None:
        """Let go of notices that were taken and not tried; no try is counted.

        Raises:
            StoreError: the store could not; they are due again after their lease.
        """
        keys = sorted(mail.key for mail in mails)
        if len(keys) > 0:
            params = FreeParams(keys=keys, worker=self.worker, at_us=at_us)
            self.store.writing(
                lambda unit: unit.run(self.channel.free, params), name="freeing notices"
            )

    def is_withdrawn(self, unit: WriteUnit, mail: R, *, at_us: int) -> bool:
        """Say whether a notice is not to leave any more, and note it; a channel may ask again."""
        del unit, mail, at_us
        return False

    def settle(self, tried: Sequence[Tried], *, at_us: int) -> None:
        """Note what became of notices, where the lease is still this worker's.

        Raises:
            StoreError: the store could not; the notices are due again after their lease.
        """
        rows = [self._settled(one, at_us) for one in tried]
        if len(rows) > 0:
            params = SettledParams(rows=rows, worker=self.worker)
            self.store.writing(
                lambda unit: self.settled(unit, params, tried, at_us=at_us),
                name="settling notices",
            )

    def settled(
        self, unit: WriteUnit, params: SettledParams, tried: Sequence[Tried], *, at_us: int
    ) -> None:
        """Write what became of notices; a channel that keeps more writes it here as well."""
        del tried, at_us
        unit.run(self.channel.settle, params)

    def _take(self, unit: WriteUnit, at_us: int, limit: int) -> list[R]:
        due = unit.read(self.channel.due, DueParams(at_us=at_us, limit=limit))
        keys = sorted(row.key for row in due)
        # Written before it is decided: of two workers one waits, and then finds nothing due.
        unit.run(self.channel.lock, NoticeKeysParams(keys=keys))
        until_us = at_us + self.patience.lease_us
        params = LeaseParams(keys=keys, worker=self.worker, at_us=at_us, until_us=until_us)
        return unit.run(self.channel.lease, params)

    def _begin(self, unit: WriteUnit, mail: R, at_us: int) -> R | None:
        unit.run(self.channel.lock, NoticeKeysParams(keys=[mail.key]))
        params = LeaseParams(
            keys=[mail.key],
            worker=self.worker,
            at_us=at_us,
            until_us=at_us + self.patience.lease_us,
        )
        rows = unit.run(self.channel.begin, params)
        if len(rows) == 0 or self.is_withdrawn(unit, mail, at_us=at_us):
            return None
        return mail.model_copy(update={"attempts": rows[0].attempts})

    def _is_last(self, one: Tried) -> bool:
        return one.mail.attempts >= self.patience.attempts

    def _settled(self, one: Tried, at_us: int) -> SettledItem:
        if one.failure is None:
            return SettledItem(
                key=one.mail.key, mail=SENT, due_us=None, sent_us=at_us, failure=None
            )
        failure = one.failure[:_MOST_FAILURE]
        if one.is_final or (one.waits_like is None and self._is_last(one)):
            return SettledItem(
                key=one.mail.key, mail=DEAD_MAIL, due_us=None, sent_us=None, failure=failure
            )
        times = one.mail.attempts if one.waits_like is None else one.waits_like
        wait = min(self.patience.first_us << min(max(times - 1, 0), 30), self.patience.longest_us)
        # Spread over half of the wait, so that letters which failed together do not come together.
        due_us = at_us + wait // 2 + self.jitter.randrange(wait // 2 + 1)
        return SettledItem(
            key=one.mail.key, mail=WAITING, due_us=due_us, sent_us=None, failure=failure
        )


@dataclass(slots=True, kw_only=True)
class Outbox(Sending[MailRow]):
    """One worker's way to what leaves by mail."""

    channel: Channel[MailRow] = MAIL


def dead_letters(
    unit: ReadUnit, *, agency: str = "", user: str = "", limit: int = 1000
) -> tuple[DeadRow, ...]:
    """Give mails that could not be delivered, of an agency or of all (empty).

    For a user those that are sealed to somebody else are not there.
    """
    return tuple(unit.read(DEAD, DeadParams(agency=agency, user=user, limit=limit)))


def retry_dead(
    unit: WriteUnit,
    *,
    at_us: int,
    agency: str = "",
    user: str = "",
    key: str = "",
    limit: int = 1000,
) -> int:
    """Have dead letters tried again, all of them where no key is named; give how many.

    All are all: how many says nothing of which claim.
    """
    params = RetryParams(agency=agency, user=user, key=key, at_us=at_us, limit=limit)
    return len(unit.run(RETRY, params))
