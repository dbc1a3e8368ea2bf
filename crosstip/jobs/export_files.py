"""Where the files of exports are: one for each run of a job, named by job and lease."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from crosstip.jobs.places import exports_in
from graph.queries.jobs import JobRow
from ingest.durable_files import storage_error

_RECORDS = "records"


def file_of(data_dir: Path, key: str, fence: int) -> Path:
    """Give where the file of a run of an export is."""
    return exports_in(data_dir) / f"{key}.{fence}"


def records_of(data_dir: Path, key: str, fence: int) -> list[str] | None:
    """Give the records that are in an export's file; None where it is not known which.

    Raises:
        IntakeError: the disk does not give it back.
    """
    try:
        found = _beside(data_dir, key, fence).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, doing="read an export", then="have it made anew") from error
    return found.splitlines()


def put_records(data_dir: Path, job: JobRow, records: Collection[str]) -> None:
    """Write which records are in the file of a run.

    Raises:
        OSError: the disk does not take it.
    """
    data = "".join(f"{record}\n" for record in sorted(records)).encode()
    with os.fdopen(private_file(_beside(data_dir, job.key, job.fence)), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def private_file(path: Path) -> int:
    """Open a file that nobody else may read, for writing.

    Raises:
        OSError: the disk does not take it.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)


def discard(data_dir: Path, job: JobRow) -> None:
    """Remove what a run wrote, as it lost the job or came to nothing.

    Raises:
        IntakeError: the disk does not let go of it.
    """
    _remove([file_of(data_dir, job.key, job.fence), _beside(data_dir, job.key, job.fence)])


def others_gone(data_dir: Path, job: JobRow) -> None:
    """Remove what other runs of a job wrote, now that this one counts; errors as `discard`."""
    own = file_of(data_dir, job.key, job.fence).name
    found = exports_in(data_dir).glob(f"{job.key}.*")
    _remove([path for path in found if path.name not in {own, f"{own}.{_RECORDS}"}])


def _beside(data_dir: Path, key: str, fence: int) -> Path:
    return exports_in(data_dir) / f"{key}.{fence}.{_RECORDS}"


def _remove(paths: list[Path]) -> None:
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, doing="remove an export", then="look at the disk") from error
