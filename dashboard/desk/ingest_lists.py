"""What became of files that were handed in, as columns and sentences. Pure, from jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from client.resources.jobs import DocumentsResult, JobAnswer
from dashboard.components.csv_file import Columns
from dashboard.wording import visible

ENDED: Final = frozenset({"done", "failed", "cancelled"})
INTAKE: Final = frozenset({"documents", "retry"})
_KNOWN: Final = frozenset({"duplicate", "restated"})
"""Outcomes of bytes that were recorded before."""
_NO_NAME: Final = "(handed in elsewhere)"


class AnyJob(Protocol):
    """A job, as a list or an answer of its own gives it."""

    @property
    def key(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def made_at(self) -> str: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int | None: ...
    @property
    def problem(self) -> str | None: ...


def upload_columns(jobs: Sequence[AnyJob], names: Mapping[str, str]) -> Columns:
    """Give jobs that take documents in, by the names of the files that this tab handed in."""
    return {
        "File": [visible(names.get(job.key, _NO_NAME)) for job in jobs],
        "State": [visible(job.state) for job in jobs],
        "Documents done": [job.done for job in jobs],
        "of": ["" if job.total is None else str(job.total) for job in jobs],
        "Problem": [visible(job.problem) for job in jobs],
        "Handed in": [job.made_at for job in jobs],
        "Job": [job.key for job in jobs],
    }


def is_over(jobs: Sequence[AnyJob]) -> bool:
    """Say whether none of them goes on."""
    return all(job.state in ENDED for job in jobs)


def verdict(job: JobAnswer) -> str:
    """Say in a sentence what became of a file."""
    if job.state not in ENDED:
        return "It waits for its turn." if job.state == "queued" else "It is being taken in."
    if job.documents is None:
        return "Failed: nothing of it is known to be recorded."
    return f"{_word(job.state)} {_counted(job.documents)}"


def _word(state: str) -> str:
    words = {"done": "Done.", "failed": "Failed part of the way.", "cancelled": "Called off."}
    return words[state]


def _counted(found: DocumentsResult) -> str:
    known = sum(count for word, count in found.recorded.items() if word in _KNOWN)
    taken = sum(found.recorded.values()) - known
    said = [f"{taken} taken in", f"{known} known already", f"{found.quarantined} quarantined"]
    more = [
        (found.companions, "that belong to another document"),
        (found.uncounted, "whose outcome a worker that was killed did not note"),
        (found.left_out, "not taken in as it was called off"),
        (found.media, "media files listed and not kept"),
        (found.unknown, "members of no known format"),
        (found.rejected_values, "identifiers that could not be read"),
    ]
    return "; ".join([*said, *(f"{count} {word}" for count, word in more if count > 0)]) + "."


def fate_columns(found: DocumentsResult) -> Columns:
    """Give what became of each document of a file with many."""
    return {
        "Document": [visible(fate.name) for fate in found.parts],
        "Outcome": [visible(fate.outcome) for fate in found.parts],
        "Tip": [visible(fate.tip) for fate in found.parts],
        "Quarantine entry": [visible(fate.entry) for fate in found.parts],
    }
