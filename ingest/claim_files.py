"""A file of identifiers that an investigation claims, line by line a draft or a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.casework.terms import ClaimDraft
from graph.casework.vocabulary import ClaimRole, Content, Handling, Reliability, Visibility
from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Policy, Rejected
from graph.identifiers.registry import clean
from ingest.limits import DEFAULT_LIMITS
from ingest.opening.kinds import Container, container_of
from ingest.opening.tables import TableError, csv_of_workbook
from ingest.preparing import agency_key
from ingest.readers.agencies_csv import LineProblem, read_lines
from ingest.records import ClaimRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One line of such a file."""

    line: int
    draft: ClaimDraft | None
    reason: str | None = None
    """Why there is no draft; does not repeat the line's values."""


def read_claim_file(
    data: bytes, *, agency: str, reference: str, policy: Policy
) -> Iterator[ClaimLine]:
    """Give each line of a claims file, CSV or workbook, for one investigation of one agency.

    Columns as in a claims file for intake; `agency` and `investigation` may be left out.

    Raises:
        UnreadableDocumentError: it is no text, or its header is another one's.
    """
    if container_of(data) is Container.ZIP:
        try:
            data = csv_of_workbook(data, DEFAULT_LIMITS)
        except TableError as error:
            raise UnreadableDocumentError(str(error)) from None
    given = {"agency": agency, "investigation": reference}
    for item in read_lines(data, DEFAULT_LIMITS, given=given):
        record = item.outcome
        if isinstance(record, LineProblem):
            yield ClaimLine(line=item.line, draft=None, reason=record.reason)
        elif not isinstance(record, ClaimRecord):
            yield ClaimLine(line=item.line, draft=None, reason="it is an agency's line")
        elif agency_key(record.agency) != agency or record.investigation != reference:
            reason = "it is another investigation's; hand it in there"
            yield ClaimLine(line=item.line, draft=None, reason=reason)
        else:
            yield _line(item.line, record, policy)


def _line(line: int, record: ClaimRecord, policy: Policy) -> ClaimLine:
    found = clean(record.identifier, policy)
    if isinstance(found, Rejected):
        return ClaimLine(line=line, draft=None, reason=found.reason)
    draft = ClaimDraft(
        identifier=found,
        role=ClaimRole(record.role),
        visibility=None if record.visibility is None else Visibility(record.visibility),
        predicate=record.predicate,
        source=record.source,
        support=record.support,
        reliability=None if record.reliability is None else Reliability(record.reliability),
        content=None if record.content is None else Content(record.content),
        handling=None if record.handling is None else Handling(record.handling),
    )
    return ClaimLine(line=line, draft=draft)
