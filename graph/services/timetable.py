"""The timetable of a store: one worker runs it at a time, and each run is begun and ended once.

A worker takes the timetable for some time and renews it. One that was killed loses it when that
time is over; one that was stopped past it and goes on finds that its number (its fence) is no
longer the store's, and may begin and note nothing. Every duty is safe to repeat: a run that a kill
cut short is due again. Times are the clocks' of the machines that run workers; they are compared
over minutes, so clocks that differ by seconds do no harm (Gray and Cheriton, "Leases", 1989).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from graph.audit.records import waiting_range
from graph.errors import ChangedError
from graph.queries.core import NoParams
from graph.queries.upkeep import (
    BEGIN,
    DUE_NOTICES,
    DUTIES,
    END,
    FREE,
    LOCK_RUNNER,
    MAKE_DUE,
    RUNNER,
    TAKE,
    WAITING_LEAVES,
    BegunParams,
    DueByParams,
    DutyParams,
    DutyRow,
    EndedParams,
    HolderParams,
    QueueRow,
    RunnerRow,
    TakeParams,
    TurnParams,
    WaitingParams,
)
from graph.store import Store, WriteUnit

SECOND_US = 1_000_000
_MOST_OUTCOME = 300


class TakenOverError(ChangedError):
    """Another worker has the timetable now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run ended."""

    outcome: str
    """In words and counts, without identifiers."""
    is_done: bool
    failures: int
    """Failed runs up to this one since the last that succeeded."""
    due_us: int
    """When it is due again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """That a worker has the timetable."""

    fence: int
    until_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """One worker's way to a store's timetable. Threads may share it."""

    store: Store
    user: str
    holder: str
    """A name that no other worker has."""
    lease_us: int = field(default=60 * SECOND_US)

    def take(self, *, at_us: int) -> Held | None:
        """Take or renew the timetable; None while another worker has it.

        Raises:
            StoreError: the store could not.
        """

        def work(unit: WriteUnit) -> RunnerRow | None:
            self._lock(unit, at_us)
            until_us = at_us + self.lease_us
            params = TakeParams(holder=self.holder, user=self.user, at_us=at_us, until_us=until_us)
            rows = unit.run(TAKE, params)
            return rows[0] if len(rows) > 0 else None

        row = self.store.writing(work, name="taking the timetable")
        return None if row is None else Held(fence=row.fence, until_us=row.until_us)

    def free(self, held: Held, *, at_us: int) -> None:
        """Let go of the timetable, so that the next worker need not wait.

        Raises:
            StoreError: the store could not; the next worker waits until it runs out.
        """
        params = HolderParams(holder=self.holder, fence=held.fence, at_us=at_us)
        self.store.writing(lambda unit: unit.run(FREE, params), name="freeing the timetable")

    def begin(self, duty: str, held: Held, *, at_us: int) -> bool:
        """Note that a duty is begun; False when it is not due any more.

        Raises:
            TakenOverError: another worker has the timetable.
            StoreError: the store could not; it is not begun.
        """

        def work(unit: WriteUnit) -> bool:
            self._check(unit, held, at_us)
            params = BegunParams(key=duty, fence=held.fence, at_us=at_us)
            return len(unit.run(BEGIN, params)) > 0

        return self.store.writing(work, name="beginning a duty")

    def end(self, duty: str, held: Held, ran: Ran, *, at_us: int) -> None:
        """Note how a run ended.

        Raises:
            TakenOverError: another worker has the timetable; nothing was noted.
            StoreError: the store could not; the duty is due again.
        """

        def work(unit: WriteUnit) -> None:
            self._check(unit, held, at_us)
            params = EndedParams(
                key=duty,
                fence=held.fence,
                at_us=at_us,
                done_us=at_us if ran.is_done else None,
                due_us=ran.due_us,
                failures=ran.failures,
                outcome=ran.outcome[:_MOST_OUTCOME],
            )
            unit.run(END, params)

        self.store.writing(work, name="ending a duty")

    def _lock(self, unit: WriteUnit, at_us: int) -> None:
        # Written before it is decided: of two workers one waits, or is repeated.
        unit.run(LOCK_RUNNER, TurnParams(turn=secrets.token_hex(8), at_us=at_us))

    def _check(self, unit: WriteUnit, held: Held, at_us: int) -> None:
        self._lock(unit, at_us)
        rows = unit.read(RUNNER, NoParams())
        if len(rows) == 0 or rows[0].fence != held.fence or rows[0].holder != self.holder:
            raise TakenOverError(
                "Another worker runs the timetable of this store now; this one stands by."
            )


def duties_of(store: Store) -> dict[str, DutyRow]:
    """Give the duties that were ever begun, by name.

    Raises:
        StoreError: the store could not answer.
    """
    return {row.key: row for row in store.read(DUTIES, NoParams())}


def runner_of(store: Store, *, at_us: int) -> RunnerRow | None:
    """Give the worker that has the timetable at a time, None when none has.

    Raises:
        StoreError: the store could not answer.
    """
    rows = store.read(RUNNER, NoParams())
    return rows[0] if len(rows) > 0 and rows[0].until_us > at_us else None


def make_due(store: Store, duty: str) -> bool:
    """Let a duty be run at once; False when it was never begun, and is due anyway.

    Raises:
        StoreError: the store could not.
    """
    params = DutyParams(key=duty)
    return len(store.writing(lambda unit: unit.run(MAKE_DUE, params), name="making due")) > 0


def waiting_leaves(store: Store) -> QueueRow:
    """Give how many leaves of all logs have no number, 100,000 at most.

    Raises:
        StoreError: the store could not answer.
    """
    start, end = waiting_range()
    return store.read(WAITING_LEAVES, WaitingParams(start=start, end=end))[0]


def due_notices(store: Store, *, at_us: int) -> QueueRow:
    """Give how many notices are due to leave by mail, 100,000 at most.

    Raises:
        StoreError: the store could not answer.
    """
    return store.read(DUE_NOTICES, DueByParams(at_us=at_us))[0]
