"""A worker's side of jobs: taken under a lease, noted as they go on, ended once, forgotten.

Every worker that takes a job raises its fence; whoever comes back late with another one notes
nothing (Gray and Cheriton, "Leases", 1989). The work itself is safe to repeat.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import ChangedError
from graph.queries.job_turns import WAITING, WaitingParams
from graph.queries.jobs import (
    END,
    FORGET,
    LOCK,
    MOVE,
    TAKE,
    THIS,
    EndJobParams,
    JobParams,
    JobRow,
    MovedParams,
    TakeJobParams,
    TurnParams,
)
from graph.queries.scope import AsOf
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.jobs import KEPT_US, KINDS, JobLane, JobState
from graph.store import Store, WriteUnit

LEASE_US = 60_000_000
"""Renewed after each batch; a worker that was killed is missed for so long at most."""
_FIRST_WAIT_US, _LONGEST_WAIT_US = 30_000_000, 3_600_000_000
MOST_TRIES = 8
"""Runs that may end by a defect, in about an hour; then the job has failed."""


class JobTakenError(ChangedError):
    """Another worker has the job now; this one leaves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is."""

    done: int
    total: int | None
    outcome: str | None
    """What came of it until now, as JSON."""
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobBoard:
    """One worker's way to the jobs of a store."""

    store: Store
    holder: str
    """A name that no other worker has."""
    lease_us: int = LEASE_US

    def waiting(self, lane: JobLane) -> list[str]:
        """Give of each agency the oldest job of a lane that no other worker has.

        Raises:
            StoreError: the store could not answer.
        """
        kinds = [kind.value for kind in KINDS[lane]]
        params = WaitingParams(now_us=now_us(), holder=self.holder, kinds=kinds)
        return [row.key for row in self.store.read(WAITING, params)]

    def take(self, key: str) -> JobRow | None:
        """Take a job; None where it has ended or another worker has it.

        Raises:
            StoreError: the store could not; nobody has it by this.
        """
        at_us = now_us()

        def work(unit: WriteUnit) -> JobRow | None:
            self._lock(unit, key)
            until_us = at_us + self.lease_us
            params = TakeJobParams(key=key, holder=self.holder, at_us=at_us, until_us=until_us)
            if len(unit.run(TAKE, params)) == 0:
                return None
            return unit.read(THIS, JobParams(key=key))[0]

        return self.store.writing(work, name="taking a job")

    def move(self, job: JobRow, progress: Progress) -> bool:
        """Note how far a job is, and keep it; False where it was called off meanwhile.

        Raises:
            JobTakenError: another worker has it.
            StoreError: the store could not.
        """
        until_us = now_us() + self.lease_us
        return self._moved(job, progress, until_us=until_us, next_holder=self.holder)

    def leave(self, job: JobRow, progress: Progress) -> None:
        """Let go of a job that cannot go on now; it waits longer each time that it is taken.

        Raises:
            JobTakenError: another worker has it.
            StoreError: the store could not; it is free after its lease.
        """
        self._moved(job, progress, until_us=now_us() + _wait_us(job.fence), next_holder="")

    def stumble(self, job: JobRow, progress: Progress) -> None:
        """Let go of a job that ended by a defect, for longer each time; raises as `leave`."""
        tried = job.model_copy(update={"tries": job.tries + 1})
        until_us = now_us() + _wait_us(tried.tries)
        self._moved(tried, progress, until_us=until_us, next_holder="")

    def free(self, job: JobRow, progress: Progress) -> None:
        """Let go of a job that goes on at once with the next worker; raises as `leave`."""
        self._moved(job, progress, until_us=0, next_holder="")

    def end(self, job: JobRow, state: JobState, progress: Progress) -> None:
        """Note how a job ended, in its orderer's log as well.

        Raises:
            JobTakenError: another worker has it; nothing was noted.
            StoreError: the store could not; the job is done again, which does no harm.
        """
        at_us = now_us()
        params = EndJobParams(
            key=job.key,
            holder=self.holder,
            fence=job.fence,
            at_us=at_us,
            state=state.value,
            total=progress.total,
            done=progress.done,
            outcome=progress.outcome,
            problem=progress.problem,
            expires_us=at_us + KEPT_US,
        )
        ended = Leaf(
            action="job.ended",
            object=job.key,
            outcome=f"{job.kind}: {state.value}",
            agency=job.agency if job.agency != "" else None,
            request=job.request,
        )

        def work(unit: WriteUnit) -> None:
            self._lock(unit, job.key)
            if len(unit.run(END, params)) == 0:
                raise _taken(job)
            add_leaves(unit, [ended], actor=job.user, at_us=at_us)

        self.store.writing(work, name="ending a job")

    def _moved(self, job: JobRow, progress: Progress, *, until_us: int, next_holder: str) -> bool:
        params = MovedParams(
            key=job.key,
            holder=self.holder,
            fence=job.fence,
            at_us=now_us(),
            until_us=until_us,
            total=progress.total,
            done=progress.done,
            outcome=progress.outcome,
            problem=progress.problem,
            next_holder=next_holder,
            tries=job.tries,
        )

        def work(unit: WriteUnit) -> bool:
            self._lock(unit, job.key)
            if len(unit.run(MOVE, params)) == 0:
                raise _taken(job)
            return unit.read(THIS, JobParams(key=job.key))[0].cancel_us is None

        return self.store.writing(work, name="noting a job's progress")

    def _lock(self, unit: WriteUnit, key: str) -> None:
        unit.run(LOCK, TurnParams(key=key, turn=uuid.uuid4().hex))


def forget_jobs(store: Store, *, at_us: int) -> list[str]:
    """Delete jobs whose days are over, at most 500, and give their keys.

    Raises:
        StoreError: the store could not.
    """
    rows = store.writing(lambda unit: unit.run(FORGET, AsOf(now_us=at_us)), name="forgetting jobs")
    return [row.key for row in rows]


def _wait_us(times: int) -> int:
    return min(_FIRST_WAIT_US << min(max(times - 1, 0), 10), _LONGEST_WAIT_US)


def _taken(job: JobRow) -> JobTakenError:
    return JobTakenError(f"Another worker has job {job.key} now; this one leaves it.")
