"""Whether a store can be worked with now, and what whoever runs it should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.disk import DiskState
from graph.errors import SchemaError
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO
from graph.schema import SCHEMA
from graph.services.disks import DATA, apart, disk_state, worst
from graph.services.timetable import SECOND_US, runner_of, waiting_leaves
from graph.store import Store

LOG_BEHIND_US = 600 * SECOND_US
"""A worker numbers leaves every half minute: after ten minutes none does."""

_MEANS = {
    DiskState.FULL: " Without room nothing is received, no export is made and no checkpoint "
    "published; what was received is kept, and goes on by itself when there is room."
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What was found; the store answered, with the schema of this version."""

    schema_version: int
    synthetic: bool
    has_worker: bool
    is_log_behind: bool
    disk: DiskState
    """The highest mark that any disk reached on which Crosstip needs room."""
    warnings: tuple[str, ...]


def look(store: Store, places: Mapping[str, Path], *, at_us: int) -> Readiness:
    """Ask a store whether it can be worked with; the directories are those that need room.

    Raises:
        SchemaError: its schema is not the one of this version.
        StoreError: it does not answer.
    """
    rows = store.read(STORE_INFO, NoParams())
    version = rows[0].schema_version if len(rows) > 0 else 0
    if version != SCHEMA.version:
        raise SchemaError(
            f"The store has schema {version}, this Crosstip needs {SCHEMA.version}. Run "
            "`crosstip schema` with the newer of both versions."
        )
    oldest_us = waiting_leaves(store).oldest_us
    is_behind = oldest_us is not None and at_us - oldest_us > LOG_BEHIND_US
    has_worker = runner_of(store, at_us=at_us) is not None
    disks = {name: disk_state(place) for name, place in apart(places).items()}
    return Readiness(
        schema_version=version,
        synthetic=rows[0].synthetic,
        has_worker=has_worker,
        is_log_behind=is_behind,
        disk=worst(disks),
        warnings=tuple(_warnings(is_behind=is_behind, has_worker=has_worker, disks=disks)),
    )


def _warnings(*, is_behind: bool, has_worker: bool, disks: Mapping[str, DiskState]) -> list[str]:
    found: list[str] = []
    if not has_worker:
        found.append("Nothing runs by itself: start `crosstip serve worker`.")
    if is_behind:
        found.append("Entries of the log wait for their number for over ten minutes.")
    for name, disk in disks.items():
        if disk is not DiskState.ROOMY:
            place = "the API's data directory" if name == DATA else name
            found.append(f"The disk of {place} is {disk.value}.{_MEANS.get(disk, '')}")
    return found
