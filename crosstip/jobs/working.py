"""What a job works with, and the ways in which it ends before it is done."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from graph.errors import CrosstipError
from graph.opening import OpenStore
from graph.services.job_work import JobBoard
from graph.settings import StoreSettings


class CalledOffError(CrosstipError):
    """Whoever ordered the job called it off."""


class NotHereError(CrosstipError):
    """What was received for the job is not on this machine."""


class HeldError(CrosstipError):
    """Another process of this machine does the job."""


class AnewError(CrosstipError):
    """What the job made does not hold any more; it is made anew."""


class EndingError(CrosstipError):
    """The worker is told to end; the job goes on with the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """What jobs work with."""

    found: OpenStore
    settings: StoreSettings
    board: JobBoard
    stop: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Come back unless the worker is told to end.

        Raises:
            EndingError: it is.
        """
        if self.stop.is_set():
            raise EndingError("The worker ends; the next one goes on with this.")
