"""Jobs that write a list into a file, for its owner to fetch until it expires.

Files are private (mode 0600) below the data directory. Beside each stands the list of the tips in
it, so that it is given to nobody who may not see one of them any more.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from crosstip.jobs.places import exports_in
from crosstip.jobs.working import CalledOffError, Working
from graph.casework.rights import Deed, require
from graph.casework.tip_scope import scope_of
from graph.clock import now_us
from graph.errors import NotFoundError, RightsError
from graph.queries.jobs import JobRow
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of, whoever_is_there
from graph.services.export_formats import FORMATS
from graph.services.export_rows import MOST_ROWS, Sight
from graph.services.exports import Exportable, exportable
from graph.services.job_outcomes import ExportOutcome
from graph.services.job_work import Progress
from graph.services.jobs import JobState
from ingest.durable_files import private_directory, storage_error, sync_directory

_STORE = "store"
"""The last column of every list: a file that is passed on says by itself that it is made up."""
_NOTE_EVERY = 1000
"""Rows between two looks whether it was called off."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    list: str
    format: str
    tip: str | None


def write_export(work: Working, job: JobRow) -> None:
    """Write the list that a job wants, under its owner's rights of now, and end the job.

    Raises:
        CrosstipError: it could not go on; it is begun anew by the next worker.
    """
    wanted = _Wanted(**json.loads(job.wanted))
    listed = exportable(wanted.list, tip=wanted.tip)
    try:
        sight = _sight(work, job, wanted, listed)
        outcome = _written(work, job, sight, wanted, listed)
    except (RightsError, NotFoundError) as error:
        progress = Progress(done=0, total=None, outcome=None, problem=str(error))
        work.board.end(job, JobState.FAILED, progress)
        return
    except CalledOffError as error:
        progress = Progress(done=0, total=None, outcome=None, problem=f"{error} No file is kept.")
        work.board.end(job, JobState.CANCELLED, progress)
        return
    done = Progress(done=outcome.rows, total=outcome.rows, outcome=outcome.text())
    work.board.end(job, JobState.DONE, done)


def file_of(data_dir: Path, key: str) -> Path:
    """Give where an export's file is."""
    return exports_in(data_dir) / key


def tips_of(data_dir: Path, key: str) -> list[str] | None:
    """Give the tips that are in an export's file; None where it is not known which.

    Raises:
        IntakeError: the disk does not give it back.
    """
    try:
        found = (exports_in(data_dir) / f"{key}.tips").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, doing="read an export", then="have it made anew") from error
    return found.splitlines()


def _sight(work: Working, job: JobRow, wanted: _Wanted, listed: Exportable) -> Sight:
    store = work.found.store
    caller = whoever_is_there(store, job.user) if job.agency == "" else None
    if caller is None:
        caller = caller_of(store, job.user)
    caller = replace(caller, request=job.request)
    for deed in (Deed.EXPORT_MAKE, listed.deed):
        require(caller, deed)
    if (caller.agency or "") != job.agency:
        raise RightsError("You work for another agency than when this was ordered.")
    narrowed = store.seen_by(scope_of(caller))
    return Sight(
        caller=caller, found=work.found, store=narrowed, reads=ReadLog(store), tip=wanted.tip
    )


def _written(
    work: Working, job: JobRow, sight: Sight, wanted: _Wanted, listed: Exportable
) -> ExportOutcome:
    data_dir = work.settings.data_dir
    path = file_of(data_dir, job.key)
    at_us = now_us()
    try:
        private_directory(path.parent)
        # A worker that lost the job writes into a file of its own.
        part = path.with_name(f"{job.key}.{job.fence}.part")
        for left in path.parent.glob(f"{job.key}.*.part"):
            left.unlink(missing_ok=True)
        try:
            rows, size, sha256, tips = _fill(work, job, sight, wanted, listed, part)
            # Who stood still and lost the job must not put a file over the one that counts.
            _go_on(work, job, rows)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        beside = path.with_name(f"{job.key}.tips")
        _put(beside, "".join(f"{tip}\n" for tip in sorted(tips)).encode())
        part.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        raise storage_error(
            error, doing="write an export", then="make room: it is tried again"
        ) from error
    return ExportOutcome(
        list=wanted.list,
        format=wanted.format,
        columns=(*listed.columns, _STORE),
        rows=rows,
        bytes=size,
        sha256=sha256,
        as_of_us=at_us,
        left_out=tuple(sight.left_out),
        notes=tuple(sight.notes),
        roles=tuple(sorted(role.value for role in sight.caller.roles)),
        synthetic=work.found.info.synthetic,
        proof=sight.proof,
    )


def _fill(
    work: Working,
    job: JobRow,
    sight: Sight,
    wanted: _Wanted,
    listed: Exportable,
    part: Path,
) -> tuple[int, int, str, set[str]]:
    written_as = FORMATS[wanted.format]
    digest, size, rows = hashlib.sha256(), 0, 0
    tips = set() if wanted.tip is None else {wanted.tip}
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        columns = (*listed.columns, _STORE)
        store = "SYNTHETIC" if work.found.info.synthetic else "real"
        head = written_as.head(columns)
        file.write(head)
        digest.update(head)
        size += len(head)
        for line in listed.rows(sight):
            if rows == MOST_ROWS:
                sight.left_out.append(f"Only the first {MOST_ROWS:,} rows are in it.")
                break
            if rows % _NOTE_EVERY == 0:
                _go_on(work, job, rows)
            data = written_as.row(columns, (*line.cells, store))
            file.write(data)
            digest.update(data)
            size += len(data)
            rows += 1
            if line.tip is not None:
                tips.add(line.tip)
        file.flush()
        os.fsync(file.fileno())
    return rows, size, digest.hexdigest(), tips


def _go_on(work: Working, job: JobRow, rows: int) -> None:
    work.go_on()
    if not work.board.move(job, Progress(done=rows, total=None, outcome=None)):
        raise CalledOffError("It was called off.")


def _put(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
