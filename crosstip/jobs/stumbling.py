"""Jobs that end by a defect: tried again for a while, then failed, and never in others' way.

What such an error says may be values of tips, so that a job and the worker's log name where it was
raised, and a reference by which the one is found in the other.
"""

from __future__ import annotations

import logging
import secrets

from crosstip.jobs.working import Working
from crosstip.upkeep.running import defect
from graph.queries.jobs import JobRow
from graph.services.job_work import MOST_TRIES, Progress
from graph.services.jobs import JobState

_LOG = logging.getLogger("crosstip.worker")
_LOST = "the worker that did it did not come back"


def stumbled(work: Working, key: str, error: Exception) -> int:
    """Note that a job ended by a defect; give 1 where it has failed by that.

    Raises:
        JobTakenError: another worker has it now.
        StoreError: the store could not; the job is free after its lease.
    """
    where = defect(error)
    job = work.board.take(key)
    if job is None:
        _LOG.error("a job that another worker has ended here by %s", where)
        return 0
    reference = secrets.token_hex(4)
    _LOG.error("job %s, run %d, reference %s: %s", key, job.tries + 1, reference, where)
    if job.tries + 1 >= MOST_TRIES:
        return _failed(work, job, job.tries + 1, reference)
    why = (
        "It ended by a defect and is tried again. Whoever runs the installation finds it in the "
        f"worker's log as reference {reference}."
    )
    work.board.stumble(job, _so_far(job, why))
    return 0


def give_up(work: Working, key: str) -> int:
    """Fail a job that too many workers did not come back from; errors as `stumbled`."""
    job = work.board.take(key)
    if job is None:
        return 0
    reference = secrets.token_hex(4)
    _LOG.error("job %s, given up, reference %s: %s", key, reference, _LOST)
    return _failed(work, job, job.tries, reference)


def _failed(work: Working, job: JobRow, tries: int, reference: str) -> int:
    why = (
        f"It ended {tries} times by a defect and is not tried again. Whoever runs the installation "
        f"finds it in the worker's log as reference {reference}; what was recorded before stays."
    )
    work.board.end(job, JobState.FAILED, _so_far(job, why))
    return 1


def _so_far(job: JobRow, why: str) -> Progress:
    return Progress(done=job.done, total=job.total, outcome=job.outcome, problem=why)
