"""Jobs that write a list into a file, for its owner to fetch until it expires.

Files are private (mode 0600) below the data directory, and each run of a job has its own: the name
holds the number of its lease, so that a worker that lost the job writes over nothing. Beside each
stands the list of the records in it, so that it is given to nobody who may not see one of them any
more.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from crosstip.custody_places import originals_in, signer
from crosstip.jobs.export_files import discard, file_of, others_gone, private_file, put_records
from crosstip.jobs.working import AnewError, CalledOffError, Working
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.casework.tip_scope import scope_of
from graph.clock import now_us
from graph.errors import NotFoundError, RightsError
from graph.queries.jobs import THIS, JobParams, JobRow
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of, whoever_is_there
from graph.services.export_formats import FORMATS
from graph.services.export_rights import seen_of
from graph.services.export_rows import MOST_ROWS, Line, Sight
from graph.services.exports import Exportable, exportable
from graph.services.extract_orders import EXTRACT, ExtractOrder
from graph.services.job_outcomes import ExportOutcome
from graph.services.job_work import JobTakenError, Progress
from graph.services.jobs import JobState
from ingest.durable_files import private_directory, storage_error, sync_directory

_STORE = "store"
"""The last column of every list: a file that is passed on says by itself that it is made up."""
_TOGETHER = 200
"""Rows that are asked about again at once, right before they are written."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    list: str
    format: str
    tip: str | None
    originals: bool = False
    given_to: str | None = None
    tips: str = ""
    linked: bool = True
    protected: bool = False
    claims: bool = False
    purpose: str = ""


@dataclass(slots=True)
class _Written:
    """What is in a file until now."""

    rows: int = 0
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    records: set[str] = field(default_factory=set)

    def took(self, data: bytes) -> bytes:
        """Count what is written."""
        self.size += len(data)
        self.digest.update(data)
        return data


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
    try:
        work.board.end(job, JobState.DONE, done)
    except JobTakenError:
        if not _is_ended_by(work, job):
            discard(work.settings.data_dir, job)
        raise
    others_gone(work.settings.data_dir, job)


def _is_ended_by(work: Working, job: JobRow) -> bool:
    """Say whether a job was ended by this very run: its answer was lost, and it was repeated."""
    rows = work.found.store.read(THIS, JobParams(key=job.key))
    return len(rows) > 0 and rows[0].ended_us is not None and rows[0].fence == job.fence


def _sight(work: Working, job: JobRow, wanted: _Wanted, listed: Exportable) -> Sight:
    store = work.found.store
    caller = _owner(work, job, listed)
    narrowed = store.seen_by(scope_of(caller))
    bundled = listed.whole is not None and listed.of_tip
    return Sight(
        caller=caller,
        found=work.found,
        store=narrowed,
        reads=ReadLog(store),
        tip=wanted.tip,
        signer=signer() if bundled else None,
        originals=originals_in(work.settings.data_dir) if wanted.originals else None,
        given_to=wanted.given_to,
        extract=_extract(wanted) if wanted.list == EXTRACT else None,
    )


def _extract(wanted: _Wanted) -> ExtractOrder:
    return ExtractOrder(
        tips=wanted.tips.splitlines(),
        format=wanted.format,
        purpose=wanted.purpose,
        recipient=wanted.given_to or "",
        linked=wanted.linked,
        protected=wanted.protected,
        claims=wanted.claims,
    )


def _owner(work: Working, job: JobRow, listed: Exportable) -> Caller:
    """Give whoever ordered a job, with the rights of this moment.

    Raises:
        RightsError: they may not have this list made any more.
    """
    store = work.found.store
    caller = whoever_is_there(store, job.user) if job.agency == "" else None
    if caller is None:
        caller = caller_of(store, job.user)
    caller = replace(caller, request=job.request)
    for deed in (Deed.EXPORT_MAKE, listed.deed):
        require(caller, deed)
    if (caller.agency or "") != job.agency:
        raise RightsError("You work for another agency than when this was ordered.")
    return caller


def _seen_now(
    work: Working, job: JobRow, sight: Sight, listed: Exportable, records: set[str]
) -> set[str]:
    """Give those of some records that the owner may see at this moment.

    Raises:
        RightsError: the owner has other rights than when it was begun.
    """
    caller = _owner(work, job, listed)
    if caller.roles != sight.caller.roles:
        raise RightsError("Your roles changed while this was made. Have it made anew.")
    asked = listed.still_seen
    if asked is None:
        return records
    return work.found.store.reading(
        lambda unit: seen_of(unit, caller, records, asked), name="asking again"
    )


def _require_all_seen(
    work: Working, job: JobRow, sight: Sight, listed: Exportable, records: set[str]
) -> None:
    if _seen_now(work, job, sight, listed, records) != records:
        raise AnewError("What its owner may see changed while it was made: it is made anew.")


def _written(
    work: Working, job: JobRow, sight: Sight, wanted: _Wanted, listed: Exportable
) -> ExportOutcome:
    data_dir = work.settings.data_dir
    path = file_of(data_dir, job.key, job.fence)
    at_us = now_us()
    try:
        private_directory(path.parent)
        part = path.with_name(f"{path.name}.part")
        try:
            found = _fill(work, job, sight, wanted, listed, part)
            _require_all_seen(work, job, sight, listed, found.records)
            # Who stood still and lost the job need not put a file beside the one that counts.
            _go_on(work, job, found.rows)
            put_records(data_dir, job, found.records)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            discard(data_dir, job)
            raise
        sync_directory(path.parent)
    except OSError as error:
        raise storage_error(
            error, doing="write an export", then="make room: it is tried again"
        ) from error
    return ExportOutcome(
        list=wanted.list,
        format=wanted.format,
        columns=(*listed.columns, _STORE),
        rows=found.rows,
        bytes=found.size,
        sha256=found.digest.hexdigest(),
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
) -> _Written:
    written_as = FORMATS[wanted.format]
    columns = (*listed.columns, _STORE)
    store = "SYNTHETIC" if work.found.info.synthetic else "real"
    found = _Written(records=set() if wanted.tip is None else {wanted.tip})
    with os.fdopen(private_file(part), "wb") as file:
        if listed.whole is not None:
            file.write(found.took(listed.whole(sight)))
            found.records |= sight.records
        file.write(found.took(written_as.head(columns)))
        for line in _lines(work, job, sight, listed, found):
            if found.rows == MOST_ROWS:
                sight.left_out.append(f"Only the first {MOST_ROWS:,} rows are in it.")
                break
            file.write(found.took(written_as.row(columns, (*line.cells, store))))
            found.rows += 1
            if line.record is not None:
                found.records.add(line.record)
        file.flush()
        os.fsync(file.fileno())
    return found


def _lines(
    work: Working, job: JobRow, sight: Sight, listed: Exportable, found: _Written
) -> Iterator[Line]:
    """Give the rows of a list whose records the owner may see when they are written."""
    rows = listed.rows(sight)
    while len(some := list(islice(rows, _TOGETHER))) > 0:
        _go_on(work, job, found.rows)
        named = {line.record for line in some if line.record is not None}
        seen = _seen_now(work, job, sight, listed, named)
        yield from (line for line in some if line.record is None or line.record in seen)


def _go_on(work: Working, job: JobRow, rows: int) -> None:
    work.go_on()
    if not work.board.move(job, Progress(done=rows, total=None, outcome=None)):
        raise CalledOffError("It was called off.")
