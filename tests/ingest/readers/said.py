"""Short forms of records, so that an expectation is one readable literal."""

from __future__ import annotations

from pathlib import Path

from graph.errors import UnreadableDocumentError
from ingest.readers.documents import ReadItem, read_document
from ingest.records import NumberStatement, TipRecord

DATA = Path(__file__).parents[2] / "data"


def items(name: str) -> list[ReadItem]:
    """Give what a document of `tests/data` says."""
    return list(read_document((DATA / name).read_bytes(), name=name))


def tip(name: str) -> TipRecord:
    """Give the one tip in a document of `tests/data`."""
    return only_tip((DATA / name).read_bytes(), name)


def only_tip(data: bytes, name: str = "given.bin") -> TipRecord:
    """Give the one tip in a document; fail when it is not exactly one."""
    (item,) = read_document(data, name=name)
    assert isinstance(item.outcome, TipRecord), str(item.outcome)
    return item.outcome


def number(name: str) -> NumberStatement:
    """Give the one number statement in a document of `tests/data`."""
    (item,) = items(name)
    assert isinstance(item.outcome, NumberStatement), str(item.outcome)
    return item.outcome


def problem(data: bytes) -> str:
    """Give the sentence of a document that holds nothing readable."""
    (item,) = read_document(data, name="given.bin")
    assert isinstance(item.outcome, UnreadableDocumentError), repr(item.outcome)
    return str(item.outcome)


def identifiers(record: TipRecord, *, mined: bool | None = False) -> list[str]:
    """Give `role kind value` of each assertion; `mined=None` for stated and mined ones."""
    return [
        f"{one.role.value} {one.identifier.kind.value} {one.identifier.value}"
        for one in record.assertions
        if mined is None or one.mined is mined
    ]


def unknown(record: TipRecord) -> list[str]:
    """Give `why path = value` of each unknown item."""
    return [f"{one.why} {one.path} = {one.value}" for one in record.unknown]


def people(record: TipRecord) -> list[str]:
    """Give `label role` of each person block."""
    return [f"{one.label} {one.role.value}" for one in record.people]


def texts(record: TipRecord) -> list[str]:
    """Give `kind path` of each text."""
    return [f"{one.kind.value} {one.path}" for one in record.texts]
