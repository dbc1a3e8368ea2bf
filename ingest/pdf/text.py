"""The text of a PDF as Crosstip keeps it: lines with page, place and size, as one JSON document.

The PDF itself is never kept: it may hold pictures. This text stands for it in spool, vault and
quarantine, and is what the reader reads, also after a kill.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from graph.errors import UnreadableDocumentError
from ingest.readers.json_source import Json

KEY = "crosstipPdfText"
"""Key by which such a document is known."""
FORMAT = "1"
_LINE = re.compile(r"(-?[0-9]{1,6}) ([0-9]{1,4})(b?) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """One line of a page, its fragments joined by single spaces."""

    page: int
    """From 1."""
    number: int
    """Of the line on its page, from 1 at the top."""
    left: int
    """Where it begins, in points from the left edge."""
    size: int
    """Of its type, in tenths of a point."""
    bold: bool
    """Its first fragment is in a bold type."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPicture:
    """A picture or an attached file inside a PDF, which nobody decoded."""

    kind: str
    """Media type as the PDF's filter says it."""
    size: int
    """Bytes as they stand in the PDF."""
    sha256: str
    """Of those bytes."""
    where: str
    """`page 3` or `attached file`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """What was taken out of a PDF."""

    pages: int
    empty_pages: tuple[int, ...]
    """Pages without any text: pictures of text, or blank."""
    lines: tuple[PdfLine, ...]
    pictures: tuple[PdfPicture, ...]
    cut_off: str | None
    """What was left out because of a limit, as a sentence."""


def encode(text: PdfText) -> bytes:
    """Give the document that is kept."""
    pages: dict[int, list[str]] = {}
    for line in text.lines:
        mark = "b" if line.bold else ""
        pages.setdefault(line.page, []).append(f"{line.left} {line.size}{mark} {line.text}")
    whole = {
        KEY: FORMAT,
        "pages": text.pages,
        "emptyPages": list(text.empty_pages),
        "cutOff": text.cut_off,
        "text": [{"page": page, "lines": lines} for page, lines in sorted(pages.items())],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def decode(value: dict[str, Json]) -> PdfText:
    """Give the text of a kept document (without its pictures, which the receipt lists).

    Raises:
        UnreadableDocumentError: it is not in the form that `encode` writes.
    """
    pages = value.get("text")
    if value.get(KEY) != FORMAT or not isinstance(pages, list):
        raise _broken()
    lines: list[PdfLine] = []
    for page in pages:
        held = page.get("lines") if isinstance(page, dict) else None
        if not isinstance(page, dict) or not isinstance(held, list):
            raise _broken()
        for number, line in enumerate(held, start=1):
            lines.append(_line(_number(page.get("page")), number, line))
    empty = value.get("emptyPages")
    cut_off = value.get("cutOff")
    return PdfText(
        pages=_number(value.get("pages")),
        empty_pages=tuple(_number(one) for one in empty) if isinstance(empty, list) else (),
        lines=tuple(lines),
        pictures=(),
        cut_off=cut_off if isinstance(cut_off, str) else None,
    )


def _line(page: int, number: int, line: Json) -> PdfLine:
    found = _LINE.match(line) if isinstance(line, str) else None
    if found is None or not isinstance(line, str):
        raise _broken()
    return PdfLine(
        page=page,
        number=number,
        left=int(found[1]),
        size=int(found[2]),
        bold=found[3] == "b",
        text=line[found.end() :],
    )


def _number(value: Json) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        return int(value)
    raise _broken()


def _broken() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "it says that it is the text of a PDF, but is not in that form; ingest the PDF itself"
    )
