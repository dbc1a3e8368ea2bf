"""A worker's jobs: one after the other, each taken by one worker and ended once."""

from __future__ import annotations

import logging

from crosstip.jobs import documents
from crosstip.jobs.exports import write_export
from crosstip.jobs.places import exports_in, uploads_in
from crosstip.jobs.stumbling import give_up, stumbled
from crosstip.jobs.working import AnewError, EndingError, HeldError, NotHereError, Working
from crosstip.upkeep.running import said
from graph.clock import now_us
from graph.errors import CrosstipError, StorageFailedError, StorageFullError, StoreError
from graph.queries.jobs import THIS as JOB
from graph.queries.jobs import JobParams, JobRow
from graph.services.job_work import MOST_TRIES, JobTakenError, Progress, forget_jobs
from graph.services.jobs import KEPT_US, JobKind, JobLane, JobState

_LOG = logging.getLogger("crosstip.worker")
_MOST_ROUNDS = 50
"""Then the timetable is looked at again; what is left is gone on with at once."""
_ORPHANS_AFTER_S = 86_400.0
"""An upload without a job was never answered; the sender has handed it in again by then."""


def run_waiting(work: Working, lane: JobLane | None = None) -> int:
    """Do the jobs of a lane that wait, of both lanes where none is named; give how many were done.

    Agencies take turns: in each round the oldest job of each.

    Raises:
        EndingError: the worker is told to end.
        StoreError: the store could not; the jobs go on when it can.
    """
    lanes = tuple(JobLane) if lane is None else (lane,)
    return sum(_run_lane(work, each) for each in lanes)


def _run_lane(work: Working, lane: JobLane) -> int:
    done = 0
    tried: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        fresh = [key for key in work.board.waiting(lane) if key not in tried]
        for key in fresh:
            work.go_on()
            done += _run(work, key)
        tried.update(fresh)
        if len(fresh) == 0:
            break
    return done


def forget(work: Working, *, at_us: int) -> int:
    """Delete what ended jobs left, and give how many jobs are gone.

    Raises:
        StoreError: the store could not.
        IntakeError: the disk does not let go of something.
    """
    uploads, exports = uploads_in(work.settings.data_dir), exports_in(work.settings.data_dir)
    gone = forget_jobs(work.found.store, at_us=at_us)
    for key in gone:
        uploads.drop(key)
    if exports.is_dir():
        for path in exports.iterdir():
            if not _is_wanted(work, path.name):
                path.unlink(missing_ok=True)
    for key in uploads.old(older_than_s=_ORPHANS_AFTER_S):
        row = _row(work, key)
        if row is None or row.ended_us is not None:
            uploads.drop(key)
    return len(gone)


def _is_wanted(work: Working, name: str) -> bool:
    """Say whether a file belongs to the run of an export that counts, or may come to."""
    key, _, rest = name.partition(".")
    row = _row(work, key)
    return row is not None and rest.partition(".")[0] == str(row.fence)


def _run(work: Working, key: str) -> int:
    """Do a job and give 1 where it ended. Whatever it fails by, the next job is done all the same.

    Raises:
        EndingError: the worker is told to end.
        StoreError: the store could not.
    """
    try:
        return _tried(work, key)
    except JobTakenError as error:
        _LOG.warning("%s", error)
        return 0


def _tried(work: Working, key: str) -> int:
    try:
        return _do(work, key)
    except (EndingError, StoreError, JobTakenError):
        raise
    except CrosstipError as error:
        job = work.board.take(key)
        if job is not None:
            _let_go(work, job, error)
    except Exception as error:  # noqa: BLE001 - a defect in one job must not end the others
        return stumbled(work, key, error)
    return 0


def _do(work: Working, key: str) -> int:
    row = _row(work, key)
    if row is None or row.ended_us is not None:
        return 0
    if row.tries >= MOST_TRIES:
        return give_up(work, key)
    kind = JobKind(row.kind)
    try:
        if kind is JobKind.EXPORT:
            return _run_export(work, key)
        # Held before it is taken: who cannot do it takes it from nobody.
        with documents.kept_apart(work, key, kind) as spool:
            job = work.board.take(key)
            if job is None:
                return 0
            try:
                documents.take_in(work, job, spool)
            except CrosstipError as error:
                _let_go(work, job, error)
                return 0
        uploads_in(work.settings.data_dir).drop(key)
    except HeldError:
        # It is being done; who does it ends it.
        return 0
    except NotHereError as error:
        _miss(work, row, error)
        return 0
    return 1


def _miss(work: Working, row: JobRow, error: NotHereError) -> None:
    """Note why a job waits; after a week nothing will come any more, and it has failed."""
    job = work.board.take(row.key)
    if job is None:
        return
    if now_us() < job.made_us + KEPT_US:
        _let_go(work, job, error)
        return
    why = f"{error} Hand the documents in again."
    progress = Progress(done=job.done, total=job.total, outcome=job.outcome, problem=why)
    work.board.end(job, JobState.FAILED, progress)


def _let_go(work: Working, job: JobRow, error: CrosstipError) -> None:
    """Leave a job to be gone on with, by the next worker or when the cause is gone.

    Raises:
        CrosstipError: the worker ends, or the store does not answer.
    """
    if isinstance(error, JobTakenError):
        raise error
    row = _row(work, job.key)
    if row is None:
        return
    why = _why(error)
    progress = Progress(done=row.done, total=row.total, outcome=row.outcome, problem=why)
    if isinstance(error, EndingError):
        work.board.free(job, progress)
        raise error
    _LOG.warning("job %s waits: %s", job.key, said(error) if _is_of_disk(error) else why)
    work.board.leave(job, progress)
    if isinstance(error, StoreError):
        raise error


def _why(error: CrosstipError) -> str:
    """Give what keeps a job waiting, for whoever ordered it: no place on the worker's machine."""
    if isinstance(error, StorageFullError):
        return "No room is left on the worker's disk. It is tried again by itself."
    if isinstance(error, StorageFailedError):
        return "A disk of the worker failed; its log says which. It is tried again by itself."
    return str(error) if isinstance(error, NotHereError | AnewError) else said(error)


def _is_of_disk(error: CrosstipError) -> bool:
    return isinstance(error, StorageFullError | StorageFailedError)


def _row(work: Working, key: str) -> JobRow | None:
    rows = work.found.store.read(JOB, JobParams(key=key))
    return rows[0] if len(rows) > 0 else None


def _run_export(work: Working, key: str) -> int:
    job = work.board.take(key)
    if job is None:
        return 0
    try:
        write_export(work, job)
    except CrosstipError as error:
        _let_go(work, job, error)
        return 0
    return 1
