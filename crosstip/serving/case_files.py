"""Fills the API's port for files of casework with intake's readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.casework.terms import ClaimDraft
from graph.identifiers.core import Policy
from graph.services.check_answers import LineAnswer
from graph.services.check_reading import Asked
from ingest.check_files import CheckFile, read_check_file, with_results
from ingest.claim_files import read_claim_file

_UNREADABLE = "The line cannot be read."


@dataclass(frozen=True, slots=True)
class ReadCheckList:
    """A file of identifiers to check, as it was read."""

    file: CheckFile

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Its lines as questions."""
        return tuple(line.asked for line in self.file.lines)

    def with_results(self, answers: Sequence[LineAnswer], *, as_of: str) -> str:
        """Give the file again, each line with its result beside it."""
        return with_results(self.file, answers, as_of=as_of)


class IntakeFiles:
    """Reads the files that casework hands in."""

    def claims(
        self, data: bytes, *, agency: str, reference: str, policy: Policy
    ) -> Sequence[ClaimDraft | str]:
        """Give each line as a draft or as the reason why it is none.

        Raises:
            UnreadableDocumentError: it is no text, or its header is another one's.
        """
        lines = read_claim_file(data, agency=agency, reference=reference, policy=policy)
        return [
            line.draft if line.draft is not None else line.reason or _UNREADABLE for line in lines
        ]

    def checks(self, data: bytes, *, policy: Policy) -> ReadCheckList:
        """Give the lines of a file to check.

        Raises:
            UnreadableDocumentError: it is no text.
        """
        return ReadCheckList(read_check_file(data, policy=policy))
