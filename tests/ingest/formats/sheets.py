"""Tables for tests: mappings and workbooks."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl

from ingest.readers.table_mapping import Mapping, read_mapping

HEAD = 'format = "crosstip-mapping/1"\nsource = "webform"\n'


def mapping_of(columns: dict[str, str], *, more: str = 'reporter_role = "complainant"') -> Mapping:
    """Give a mapping of these columns."""
    rows = "\n".join(
        f"{name!r} = {what if what.startswith('{') else repr(what)}"
        for name, what in columns.items()
    )
    return read_mapping(f"{HEAD}{more}\n[columns]\n{rows}\n".encode())


def workbook(*rows: tuple[str | int | datetime, ...]) -> bytes:
    """Give a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
