"""An extract as tables: a workbook, and the files that i2 Analyst's Notebook imports.

i2's importer maps columns of a text file to entities and links by a specification that a person
makes once; one row is one link with both its ends. So each file has stable column names, one kind
of row, and both ends of every link by kind and identity.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from openpyxl import Workbook

from graph.clock import iso
from graph.exchange.extract import Extract
from graph.exchange.texts import Cell, cell, when

Rows: TypeAlias = "Iterable[Sequence[Cell]]"
_MOST_SIGNS = 32_767
"""What a cell of a workbook holds at most (ECMA-376, 18.3.1.96)."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time of a ZIP: an archive of the same rows has the same bytes."""


def workbook(extract: Extract) -> bytes:
    """Give the extract as XLSX, a sheet for each table; every cell is text or a number."""
    book = Workbook(write_only=True)
    for name, columns, rows in TABLES:
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        for row in rows(extract):
            sheet.append([_booked(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def i2_tables(extract: Extract) -> bytes:
    """Give a ZIP of CSV files for i2's importer: entities, links between them, and what holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in TABLES:
            entry = zipfile.ZipInfo(f"{name}.csv", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _csv(columns, rows(extract)))
    return out.getvalue()


def _about(extract: Extract) -> Rows:
    yield "as of", iso(extract.as_of_us)
    yield "made by", extract.made_by
    yield "agency", extract.agency
    yield "weights", extract.weights
    for sentence in extract.said:
        yield "note", sentence


def _tips(extract: Extract) -> Rows:
    for tip in extract.tips:
        yield (
            *("Tip", tip.key, tip.provider, "; ".join(tip.incident_types), when(tip.incident_us)),
            *(when(tip.received_us), tip.priority, tip.status, "; ".join(tip.urgency_reasons)),
            *("; ".join(tip.annotations), when(tip.withdrawn_us)),
            "; ".join(sha256 for sha256, _ in tip.documents),
        )


def _identifiers(extract: Extract) -> Rows:
    for value in extract.identifiers:
        yield value.kind, value.key, value.state


def _files(extract: Extract) -> Rows:
    for file in extract.files:
        yield (
            *("File", f"{file.tip}/{file.file_id}", file.tip, file.name, file.viewed_by_esp),
            *(file.relevance, file.classification, "; ".join(file.annotations)),
            "; ".join(f"{name}:{value}" for name, value in file.hashes),
        )


def _assertions(extract: Extract) -> Rows:
    for said in extract.assertions:
        yield (
            *("Tip", said.tip, said.kind, said.identifier, said.role, said.event),
            *(when(said.at_us), said.port, said.verified, "yes" if said.mined else "no"),
            *(said.file_id, said.path, when(said.ended_us)),
        )


def _claims(extract: Extract) -> Rows:
    for claim in extract.claims:
        yield (
            *("Claim", claim.ref, claim.agency, claim.reference, claim.kind, claim.identifier),
            *(claim.role, claim.handling, claim.reliability, claim.content),
            when(claim.entered_us),
        )


def _links(extract: Extract) -> Rows:
    for link in extract.links:
        yield (
            *("Tip", link.tip, "Tip", link.other, link.score, link.grade, link.chance),
            *(link.judged, " | ".join(link.reasons), " | ".join(link.against), extract.caveat),
        )


TABLES: tuple[tuple[str, tuple[str, ...], Callable[[Extract], Rows]], ...] = (
    ("about", ("what", "value"), _about),
    (
        "tips",
        (
            *("kind", "tip", "provider", "incident_types", "incident_at", "received_at"),
            *("ncmec_priority", "ncmec_status", "urgency", "annotations", "withdrawn_at"),
            "documents_sha256",
        ),
        _tips,
    ),
    ("identifiers", ("kind", "identifier", "state"), _identifiers),
    (
        "files",
        (
            *("kind", "file", "tip", "name", "viewed_by_esp", "relevance", "classification"),
            *("annotations", "hashes"),
        ),
        _files,
    ),
    (
        "assertions",
        (
            *("from_kind", "from", "to_kind", "to", "role", "event", "at", "port", "verified"),
            *("mined", "file_id", "path", "ended_at"),
        ),
        _assertions,
    ),
    (
        "links",
        (
            *("from_kind", "from", "to_kind", "to", "score_millibits", "grade", "chance"),
            *("judged", "reasons", "against", "caveat"),
        ),
        _links,
    ),
    (
        "claims",
        (
            *("from_kind", "from", "agency", "reference", "to_kind", "to", "role", "handling"),
            *("reliability", "content", "entered_at"),
        ),
        _claims,
    ),
)
"""Name, columns and rows of each."""


def _csv(columns: Sequence[str], rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _booked(value: Cell) -> str | int:
    """Give what a cell of a workbook holds: with its `'` no text is a formula there either."""
    written = cell(value)
    return _fitting(written) if isinstance(written, str) else written


def _fitting(text: str) -> str:
    """Give a text that a cell can hold; what does not fit is said in it."""
    if len(text) <= _MOST_SIGNS // 2 or _units(text) <= _MOST_SIGNS:
        return text
    room = _MOST_SIGNS - 100
    begun = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return f"{begun} [cut off: {len(text):,} signs, whole in the CSV tables]"


def _units(text: str) -> int:
    """Count as a spreadsheet does: what lies beyond the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2
