"""What the API asks of intake, which it may not import: `crosstip` fills it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol, runtime_checkable

from fastapi import Depends, Request

from graph.casework.terms import ClaimDraft
from graph.errors import SettingsError
from graph.identifiers.core import Policy
from graph.services.check_answers import LineAnswer
from graph.services.check_reading import Asked


@runtime_checkable
class CheckList(Protocol):
    """A file of identifiers to check, as it was read."""

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Its lines as questions."""

    def with_results(self, answers: Sequence[LineAnswer], *, as_of: str) -> str:
        """Give the file again, each line with its result beside it."""


@runtime_checkable
class CaseFilePort(Protocol):
    """Reads the files that casework hands in."""

    def claims(
        self, data: bytes, *, agency: str, reference: str, policy: Policy
    ) -> Sequence[ClaimDraft | str]:
        """Give each line as a draft or as the reason why it is none.

        Raises:
            UnreadableDocumentError: it is no text, or its header is another one's.
        """

    def checks(self, data: bytes, *, policy: Policy) -> CheckList:
        """Give the lines of a file to check.

        Raises:
            UnreadableDocumentError: it is no text.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What whoever uploads says of it."""

    name: str
    holder: str | None
    """Key of the agency that the tips belong to."""
    synthetic: bool
    report_number: str | None = None
    provider: str | None = None
    mapping: str | None = None
    """What the columns of a table say, as TOML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """What one column of a table seems to say."""

    name: str
    field: str
    role: str | None
    why: str
    filled: int
    """Rows in which it holds something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A mapping for a table, and what it, or the one given, would make of it: counts, no value."""

    mapping: str
    columns: Sequence[ColumnGuess]
    rows: int
    would: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document that could not be taken in."""

    id: str
    state: str
    reason: str
    where: str | None
    name: str
    size: int
    sha256: str
    position: int | None
    report_number: str | None
    holder: str | None
    provider: str | None
    """Whom it names as reporting, unread; None where that cannot be told."""
    channel: str
    attempts: int
    deliveries: int
    first_us: int
    last_us: int
    dismissed_by: str | None
    dismissed_why: str | None
    dismissed_us: int | None


@runtime_checkable
class UploadPort(Protocol):
    """Receives what is uploaded, and looks after what could not be taken in."""

    def receive(self, key: str, data: bytes, handed: Handed) -> int:
        """Keep an upload for a job, media cut out first; give how many documents it is.

        Raises:
            IntakeError: it cannot be kept; nothing of it was received.
        """

    def propose(self, data: bytes, *, mapping: str | None) -> Proposal:
        """Propose what the columns of a table say, and try it or the mapping given; keeps nothing.

        Raises:
            UnreadableDocumentError: it is no table, or the mapping is none or another one's.
        """

    def export(self, key: str, fence: int) -> Path:
        """Give the file that a run of an export made.

        Raises:
            NotFoundError: it is not on this machine, or has expired.
        """

    def records_of_export(self, key: str, fence: int) -> Sequence[str] | None:
        """Give the records that are in the file of a run of an export; none without a file.

        Raises:
            IntakeError: the disk does not give it back.
        """

    def quarantine(self) -> Sequence[Waiting]:
        """Give what could not be taken in, waiting ones first, the oldest first.

        Raises:
            IntakeError: the disk does not give it back.
        """

    def dismiss(self, entry: str, *, by: str, why: str) -> Waiting:
        """Decide that a document is not taken in: its bytes go, who, when and why stay.

        Raises:
            NotFoundError: there is no such entry.
            IntakeError: it is dismissed already, or the disk failed.
        """


def _uploads(request: Request) -> UploadPort:
    found = getattr(request.app.state, "uploads", None)
    if not isinstance(found, UploadPort):
        raise SettingsError("This API was started without intake: it takes no documents.")
    return found


Uploads = Annotated[UploadPort, Depends(_uploads)]


def _files(request: Request) -> CaseFilePort:
    found = getattr(request.app.state, "files", None)
    if not isinstance(found, CaseFilePort):
        raise SettingsError("This API was started without intake: it takes no files.")
    return found


CaseFiles = Annotated[CaseFilePort, Depends(_files)]
