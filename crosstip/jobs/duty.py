"""The worker's duties that have to do with jobs."""

from __future__ import annotations

from crosstip.jobs.running import forget, run_waiting
from crosstip.jobs.working import EndingError, Working
from crosstip.upkeep.settings import WorkerSettings
from crosstip.upkeep.table import At, Done, StoppedError
from graph.services.job_work import JobBoard
from graph.services.jobs import JobLane

_SECOND_US = 1_000_000


def take_in(at: At) -> Done:
    """Record what was handed in; the jobs' own leaves say what was done.

    Raises:
        StoppedError: the worker is told to end.
    """
    return _done(at, JobLane.INTAKE)


def take_out(at: At) -> Done:
    """Write the exports that wait; leaves and errors as `take_in`."""
    return _done(at, JobLane.EXPORTS)


def _done(at: At, lane: JobLane) -> Done:
    try:
        done = run_waiting(_working(at), lane)
    except EndingError as error:
        raise StoppedError(str(error)) from error
    return Done(outcome=f"{done} jobs done" if done > 0 else "nothing waits")


def forget_jobs(at: At) -> Done:
    """Delete what ended jobs left when their days are over."""
    gone = forget(_working(at), at_us=at.caller.as_of_us)
    return Done(outcome=f"{gone} jobs deleted", is_logged=gone == 0)


def _working(at: At) -> Working:
    lease_us = round(WorkerSettings().lease_s * _SECOND_US)
    board = JobBoard(store=at.store, holder=at.worker, lease_us=lease_us)
    return Working(found=at.found, settings=at.settings, board=board, stop=at.stop)
