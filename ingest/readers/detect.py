"""Tells by its content what kind of document it is. Names and endings do not count."""

from __future__ import annotations

from enum import StrEnum

from ingest.readers.encoding import first_byte


class Form(StrEnum):
    """How a document is written; what it says is found by reading it."""

    JSON = "JSON"
    XML = "XML"
    LINES = "lines"
    """Anything else: CSV, or no format that Crosstip knows."""
    EMPTY = "empty"


def form_of(data: bytes) -> Form:
    """Give the form by the first byte that is no mark or blank."""
    first = first_byte(data)
    if first in (b"{", b"["):
        return Form.JSON
    if first == b"<":
        return Form.XML
    return Form.EMPTY if first == b"" else Form.LINES
