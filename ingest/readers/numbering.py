"""Which report number a document's record carries, and who said so."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import UnreadableDocumentError
from ingest.records import NumberSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the intake knows about a document besides its bytes."""

    report_number: str | None = None
    number_source: NumberSource | None = None
    provider: str | None = None
    """Reporting provider, for documents that do not name one (`<report>` never does)."""


NOTHING_GIVEN = Given()


def document_number(
    stated: str | None, given: Given, source: NumberSource = NumberSource.DOCUMENT
) -> tuple[str | None, NumberSource | None]:
    """Give number and source: what the document states goes before what was given.

    Raises:
        UnreadableDocumentError: a number given on the command line contradicts the document.
    """
    if stated is None:
        return given.report_number, given.number_source
    contradicts = given.report_number is not None and given.report_number != stated
    if contradicts and given.number_source is NumberSource.COMMAND_LINE:
        raise UnreadableDocumentError(
            f"it says that it is report {stated}, but number {given.report_number} was given for "
            "it; leave the number out, or give the right one"
        )
    return stated, source
