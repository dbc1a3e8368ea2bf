"""The same tips in each format that is taken in: as files that are alike in all but their form."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5, sha1

import openpyxl

from ingest.readers.table_mapping import read_mapping
from world.ncmec_xml import report_document
from world.printed import Pair

MAPPING = read_mapping(b"""
format = "crosstip-mapping/1"
source = "webform"
reporter_role = "complainant"
[columns]
"number" = "number"
"name" = "reported screen_name"
"mail" = "reported email"
"ip" = "reported ip"
"note" = "note"
""")
"""How the tables here are read."""
VICS_CATEGORY = "1"
VICS_CONTEXT = "http://github.com/ICMEC/ProjectVic/DataModels/2.0.xml/CUSTOM/$metadata#Media"
_HEAD = ("number", "name", "mail", "ip", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One format, and how files of it are made of tips."""

    name: str
    suffix: str
    files: Callable[[Sequence[Pair]], list[bytes]]
    """The files of some tips; in formats that hold many tips it is one."""


def _json_files(made: Sequence[Pair]) -> list[bytes]:
    return [pair.json for pair in made]


def _xml_files(made: Sequence[Pair]) -> list[bytes]:
    return [report_document(pair.draft) for pair in made]


def _pdf_files(made: Sequence[Pair]) -> list[bytes]:
    return [pair.pdf for pair in made]


def _zipped(made: Sequence[Pair]) -> list[bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, pair in enumerate(made):
            archive.writestr(f"{at}_{pair.number}.pdf", pair.pdf)
    return [stream.getvalue()]


def _rows(made: Sequence[Pair]) -> Iterator[tuple[str | int, ...]]:
    for pair in made:
        at = pair.number
        address = f"198.18.{at // 250 % 250}.{at % 250}"
        note = f"he also writes as other{at}@example.com from {address}"
        yield at, f"name_{at}", f"name{at}@example.org", address, note


def _csv(made: Sequence[Pair]) -> list[bytes]:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([_HEAD, *_rows(made)])
    return [stream.getvalue().encode()]


def _xlsx(made: Sequence[Pair]) -> list[bytes]:
    book = openpyxl.Workbook(write_only=True)
    append: Callable[[list[str | int]], None] = book.create_sheet().append
    append(list(_HEAD))
    for row in _rows(made):
        append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return [stream.getvalue()]


def _own(made: Sequence[Pair]) -> list[bytes]:
    lines = []
    for number, name, mail, address, note in _rows(made):
        said = (("ScreenName", name), ("Email", mail), ("IpAddress", address))
        identifiers = [{"kind": k, "value": v, "role": "reported"} for k, v in said]
        line = {"crosstip": "tip/1", "number": f"own-{number}", "identifiers": identifiers}
        lines.append(json.dumps(line | {"notes": [{"text": note}]}))
    return ["\n".join(lines).encode()]


JSON, XML, PDF = "JSON", "XML", "PDF"
FORMS: tuple[Form, ...] = (
    Form(name=JSON, suffix="json", files=_json_files),
    Form(name=XML, suffix="xml", files=_xml_files),
    Form(name=PDF, suffix="pdf", files=_pdf_files),
    Form(name="ZIP of PDFs", suffix="zip", files=_zipped),
    Form(name="Crosstip's own, by line", suffix="ndjson", files=_own),
    Form(name="CSV with a mapping", suffix="csv", files=_csv),
    Form(name="XLSX with a mapping", suffix="xlsx", files=_xlsx),
)
"""Formats of tips."""


def vics_list(hashes: int) -> bytes:
    """Give a VICS list of so many media with two hashes each, which no file has."""
    media = [
        {"MediaID": at, "Category": int(VICS_CATEGORY), "MD5": one, "SHA1": other}
        for at, (one, other) in enumerate(_hashes(hashes), start=1)
    ]
    return json.dumps({"@odata.context": VICS_CONTEXT, "value": media}).encode("ascii")


def csv_list(hashes: int) -> bytes:
    """Give a hash list as CSV, of so many lines with two hashes each."""
    lines = ["MD5,SHA1", *(f"{one},{other}" for one, other in _hashes(hashes))]
    return "\n".join(lines).encode("ascii")


def _hashes(count: int) -> Iterator[tuple[str, str]]:
    for at in range(count):
        said = f"made up, of no file: {at}".encode("ascii")
        yield (
            md5(said, usedforsecurity=False).hexdigest(),
            sha1(said, usedforsecurity=False).hexdigest(),
        )
