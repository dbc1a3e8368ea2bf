"""What the API asks of intake, which it may not import: `crosstip` fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    report_number: str | None
    provider: str | None


@runtime_checkable
class UploadPort(Protocol):
    """Receives what is uploaded, and looks after what could not be taken in."""

    def receive(self, key: str, data: bytes, handed: Handed) -> int:
        """Keep an upload for a job, media cut out first; give how many documents it is.

        Raises:
            IntakeError: it cannot be kept; nothing of it was received.
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
