"""Mappings that say too little, and tables that are broken: a reason for each, nothing lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.errors import UnreadableDocumentError
from ingest.readers.table_mapping import read_mapping
from ingest.records import TipRecord
from tests.ingest.formats.sheets import HEAD, mapping_of, workbook
from tests.ingest.formats.taken import take

_BAD_MAPPINGS = [
    ("", "no TOML|not complete"),
    ("format = 1", "not complete"),
    (HEAD + "[columns]\na = 'number'", "must say who reports"),
    (HEAD + "reporter_role = '?'\n[columns]\na = 'number'", "reporter_role"),
    (HEAD + "reporter_role = 'parent'\n[columns]\na = 'email'", "must say whose it is"),
    (HEAD + "reporter_role = 'parent'\n[columns]\na = 'reported colour'", "columns.a.field"),
    (HEAD + "reporter_role = 'parent'\n[columns]\na = 'boss email'", "columns.a.role"),
    (HEAD + "reporter_role = 'parent'\n[columns]\na = 'number'\nb = 'number'", "only one column"),
    (HEAD + "reporter_role = 'parent'\n[columns]\na = 'esp_contact email'", "no identifiers"),
    (HEAD + "reporter_role = 'parent'\nzone = 'CET'\n[columns]\na = 'number'", "zone"),
    (HEAD + "reporter_role = 'parent'\ncolour = 1\n[columns]\na = 'number'", "colour"),
    ("\xff", "no TOML|not complete"),
]


@pytest.mark.parametrize(("text", "reason"), _BAD_MAPPINGS)
def test_a_mapping_that_says_too_little_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_mapping(text.encode("latin-1"))


def _broken() -> list[tuple[str, bytes]]:
    dice = random.Random(25)
    csv = b"no,mail\n17,kim@example.org\n18,lee@example.org\n"
    book = workbook(("no", "mail"), (17, "kim@example.org"), (18, "lee@example.org"))
    found = [(f"workbook cut at {n}", book[: 4 + len(book) * n // 41]) for n in range(40)]
    for n in range(45):
        data = bytearray(book)
        for _ in range(1 + n % 9):
            data[dice.randrange(4, len(data))] = dice.randrange(256)
        found.append((f"workbook changed {n}", bytes(data)))
    found += [
        ("no rows", b"no,mail\n"),
        ("another table", b"colour,size\nblue,9\n"),
        ("two columns of a name", b"no,no\n1,2\n"),
        ("no text", b"no,mail\n17,\xff\xfe\xfa\n"),
        ("more cells than columns", b"no,mail\n17,kim@example.org,more\n"),
        ("a quote that stays open", csv + b'19,"open\n20,x@example.org\n'),
        ("a huge cell", b"no,mail\n17," + b"x" * 200_000 + b"\n"),
        ("too many columns", b"no,mail" + b",c" * 300 + b"\n17,kim@example.org\n"),
        ("nul", csv.replace(b"kim", b"k\x00m")),
        ("a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)),
        ("blank lines only", b"\n\n\n"),
    ]
    found += [(f"csv cut at {n}", csv[:n]) for n in range(1, len(csv), 5)]
    return found


BROKEN = _broken()


def test_there_are_enough_broken_ones() -> None:
    assert len(BROKEN) >= 100


@pytest.mark.parametrize("data", [d for _, d in BROKEN], ids=[name for name, _ in BROKEN])
def test_a_broken_table_is_tips_or_reasons_and_its_text_is_kept(
    data: bytes, tmp_path: Path
) -> None:
    mapping = mapping_of({"no": "number", "mail": "reported email"})
    found = take(data, tmp_path, name="t", mapping=mapping)
    assert len(found) >= 1
    for one in found:
        if not isinstance(one.outcome, TipRecord):
            told = one.problem
            assert "was not taken in: it" in told or "not a document" in told
            assert "@example.org" not in told
        assert b"JFIF" not in one.document.data
    if b"kim@example.org" in data:
        assert any(b"kim@example.org" in one.document.data for one in found)
