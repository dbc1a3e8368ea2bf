"""What a row of the timetable is: a duty, how often it is run, and what it may."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.errors import CrosstipError
from graph.opening import OpenStore
from graph.settings import StoreSettings
from graph.store import Store

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S
_FIRST_RETRY_S = 30
_LONGEST_RETRY_S = HOUR_S


class DutyFailedError(CrosstipError):
    """A duty was run and found something that a person must look at."""


class LaneEndedError(CrosstipError):
    """A lane ended by a defect outside of any duty: without it the timetable is run by half."""


class StoppedError(CrosstipError):
    """The worker is told to end; the duty is run again by the next one."""


class Lane(StrEnum):
    """Duties of one lane run one after the other; a lane waits for no other."""

    LOG = "log"
    """Short ones, that many minutes of another duty must not hold up."""
    MAIL = "mail"
    """A mail server may take its time."""
    WEB = "web"
    """Receivers of webhooks may take theirs."""
    JOBS = "jobs"
    """What people handed in and wait for."""
    EXPORTS = "exports"
    """What they take out: it holds up nothing that is handed in."""
    LONG = "long"
    """Those that read the whole store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """What a duty works with."""

    found: OpenStore
    caller: Caller
    """Under whose name it runs, resolved for this run."""
    settings: StoreSettings
    worker: str
    stop: threading.Event

    @property
    def store(self) -> Store:
        """The store."""
        return self.found.store

    def go_on(self) -> None:
        """Come back unless the worker is told to end; for work that can be left between steps.

        Raises:
            StoppedError: it is.
        """
        if self.stop.is_set():
            raise StoppedError("The worker ends; this is done again by the next one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a run went that did not fail."""

    outcome: str
    """In words and counts, without identifiers."""
    is_logged: bool = True
    """Whether the log has it already, or nothing was done that belongs there."""


Work: TypeAlias = Callable[[At], Done]


def always() -> str | None:
    """Say that a duty needs no setting."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One row of the timetable."""

    name: str
    doc: str
    """What it does, in one line."""
    every_s: int
    lane: Lane
    deed: Deed
    """What the policies are asked for, under the name that the worker runs under."""
    command: str
    """The command that does the same by hand."""
    without: str
    """What follows when it fails for long."""
    work: Work
    missing: Callable[[], str | None] = always
    """Why it is not run here: what is not set up; None when it is run."""
    first_after_s: int = 0
    """After the start of the first worker: a new store has more pressing work."""

    def retry_after_s(self, failures: int) -> int:
        """Give how long after so many failed runs in a row it is tried again.

        Doubled each time up to an hour, and never later than it would be due anyway.
        """
        wait_s = _FIRST_RETRY_S << min(max(failures - 1, 0), 10)
        return min(wait_s, _LONGEST_RETRY_S, max(self.every_s, _FIRST_RETRY_S))
