"""Tells by their keys which of the known kinds of JSON document one is, and has it read."""

from __future__ import annotations

from ingest.limits import Limits
from ingest.own import model as own_model
from ingest.own.reading import read_own
from ingest.pdf import text as pdf_text
from ingest.readers import stand_in, table_row
from ingest.readers.ids_json import read_tip
from ingest.readers.json_source import Json
from ingest.readers.numbering import Given
from ingest.readers.pdf_tip import read_pdf
from ingest.records import TipRecord


def read_json(value: Json, limits: Limits, given: Given) -> TipRecord:
    """Give the record of one JSON document.

    Raises:
        UnreadableDocumentError: no tip, or its number contradicts the one that was given.
    """
    if isinstance(value, dict):
        if own_model.KEY in value:
            return read_own(value, limits, given)
        if pdf_text.KEY in value:
            return read_pdf(pdf_text.decode(value), limits, given)
        if table_row.KEY in value:
            return table_row.read_row(value, limits, given)
        if stand_in.KEY in value:
            raise stand_in.refusal_of(value)
    return read_tip(value, limits, given)
