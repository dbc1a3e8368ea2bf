"""What the page Custody remembers."""

from __future__ import annotations

from dataclasses import dataclass

from client.resources.custody import CustodyAnswer, CustodyLog
from client.resources.jobs import JobAnswer
from dashboard import state


@dataclass(slots=True)
class CustodyView:
    """The tip that is looked at, as it was read: reading it again is another entry of the log."""

    tip: str = ""
    answer: CustodyAnswer | None = None
    logs: tuple[CustodyLog, ...] = ()
    """The pages of the log that were read."""
    at: int = 0
    """Which of them is shown."""
    job: JobAnswer | None = None
    """The job that makes the bundle."""
    data: bytes | None = None
    """The bundle, once it was fetched."""
    looks: int = 0
    """How often the page has looked by itself whether the bundle is made."""

    def turn_to(self, tip: str) -> None:
        """Look at this tip, read anew, and forget what was read before."""
        self.tip, self.answer, self.logs, self.at = tip, None, (), 0
        self.forget_bundle()

    def forget_bundle(self) -> None:
        """Forget the bundle that was made."""
        self.job, self.data, self.looks = None, None, 0


def look_at_custody(tip: str) -> None:
    """Choose a tip; its custody is read when the page is shown."""
    state.record(CustodyView).turn_to(tip)
