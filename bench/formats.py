"""Measures how fast each format is opened and read, on one core and without a store.

What is slow about a format is what happens before the store: text out of PDFs, rows out of
workbooks. The same tips in every format, so that the figures can be compared.
"""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import openpyxl

from ingest.limits import DEFAULT_LIMITS
from ingest.opening.opened import Opener
from ingest.pdf.extract import extract
from ingest.readers.documents import read_document
from ingest.readers.split import split
from ingest.readers.table_mapping import Mapping, read_mapping
from ingest.received import sha256_of
from ingest.records import TipRecord
from ingest.screening.screen import screen
from world.ncmec_xml import report_document
from world.printed import Pair, pairs

PDF_TARGET = 20
"""PDF tips per second and core that are asked for."""
_MAPPING = b"""
format = "crosstip-mapping/1"
source = "webform"
reporter_role = "complainant"
[columns]
"number" = "number"
"name" = "reported screen_name"
"mail" = "reported email"
"ip" = "reported ip"
"note" = "note"
"""
_HEAD = ("number", "name", "mail", "ip", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatFigure:
    """One format."""

    name: str
    tips: int
    megabytes: float
    seconds: float
    """Of this process, processor time."""

    @property
    def tips_per_s(self) -> float:
        """Tips per second on one core."""
        return self.tips / self.seconds if self.seconds > 0 else 0.0


def measure_formats(*, tips: int, seed: int = 7) -> list[FormatFigure]:
    """Give a figure for each format, over at most so many tips of a world."""
    made = list(islice(pairs(seed=seed, tips=max(tips * 2, 300)), tips))
    mapping = read_mapping(_MAPPING)
    return [
        _figure("JSON", [pair.json for pair in made], None),
        _figure("XML", [report_document(pair.draft) for pair in made], None),
        _figure("PDF", [pair.pdf for pair in made], None),
        _figure("ZIP of PDFs", [_zipped(made)], None),
        _figure("Crosstip's own, by line", [_own(made)], None),
        _figure("CSV with a mapping", [_csv(made)], mapping),
        _figure("XLSX with a mapping", [_xlsx(made)], mapping),
    ]


def _figure(name: str, files: list[bytes], mapping: Mapping | None) -> FormatFigure:
    # PDFs are read in this process here, so that their processor time is counted.
    opener = Opener(limits=DEFAULT_LIMITS, mapping=mapping, read_pdf=extract)
    started = time.process_time()
    tips = sum(
        isinstance(item.outcome, TipRecord)
        for data in files
        for one in _opened(opener, data)
        for item in read_document(screen(one).data, name=name)
    )
    seconds = time.process_time() - started
    return FormatFigure(
        name=name,
        tips=tips,
        megabytes=sum(len(data) for data in files) / 1e6,
        seconds=seconds,
    )


def _opened(opener: Opener, data: bytes) -> Iterator[bytes]:
    if opener.is_for(data):
        found = opener.documents(data, name="measured", sha256=sha256_of(data))
        yield from (one.data for one in found)
    else:
        yield from (member.data for member in split(data, DEFAULT_LIMITS))


def _zipped(made: list[Pair]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, pair in enumerate(made):
            archive.writestr(f"{at}_{pair.number}.pdf", pair.pdf)
    return stream.getvalue()


def _rows(made: list[Pair]) -> Iterator[tuple[str | int, ...]]:
    for at, pair in enumerate(made):
        address = f"198.18.{at // 250 % 250}.{at % 250}"
        note = f"he also writes as other{at}@example.com from {address}"
        yield pair.number, f"name_{at}", f"name{at}@example.org", address, note


def _csv(made: list[Pair]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([_HEAD, *_rows(made)])
    return stream.getvalue().encode()


def _xlsx(made: list[Pair]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    append: Callable[[list[str | int]], None] = book.create_sheet().append
    append(list(_HEAD))
    for row in _rows(made):
        append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _own(made: list[Pair]) -> bytes:
    lines = []
    for number, name, mail, address, note in _rows(made):
        said = (("ScreenName", name), ("Email", mail), ("IpAddress", address))
        identifiers = [{"kind": k, "value": v, "role": "reported"} for k, v in said]
        line = {"crosstip": "tip/1", "number": str(number), "identifiers": identifiers}
        lines.append(json.dumps(line | {"notes": [{"text": note}]}))
    return "\n".join(lines).encode()
