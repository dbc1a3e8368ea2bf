"""How many documents stand for each format: at least 30 by hand, and 100 broken ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.ingest.corpora.broken_lists import BROKEN as BROKEN_LISTS
from tests.ingest.corpora.broken_ncmec import BROKEN_JSON, BROKEN_XML
from tests.ingest.corpora.broken_pdfs import BROKEN as BROKEN_PDFS
from tests.ingest.corpora.test_hash_lists_good import FORMS
from tests.ingest.corpora.test_json_good import JSON
from tests.ingest.formats import (
    test_own_format,
    test_pdf_broken,
    test_pdf_corpus,
    test_tables,
    test_tables_broken,
)
from tests.ingest.hostile.documents import hostile_documents
from tests.ingest.readers.said import DATA

GOOD, BAD = 30, 100
_HOSTILE = {one.data for one in hostile_documents()}


def _files(folder: str, ending: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((DATA / folder).glob(f"*.{ending}"))]


def _hostile(begins: Sequence[bytes]) -> set[bytes]:
    plain = {one.removeprefix(b"\xef\xbb\xbf").lstrip(): one for one in _HOSTILE}
    return {whole for start, whole in plain.items() if start.startswith(tuple(begins))}


@pytest.mark.parametrize(
    ("good", "least"),
    [
        ([data for cases in FORMS.values() for _, data, _ in cases], GOOD),
        *(([data for _, data, _ in cases], 10) for cases in FORMS.values()),
        ([lines for _, lines, _ in test_pdf_corpus.SAID], GOOD),
        ([*_files("ids", "json"), *(text.encode() for _, text, _ in JSON)], GOOD),
        (_files("ncmec", "xml"), GOOD),
        (
            [str(one) for one in (*test_tables.SAID, *test_tables.REPORTERS, *test_tables.TIMES)],
            GOOD,
        ),
        ([str(one) for one in test_own_format.GOOD], GOOD),
    ],
    ids=["lists", *FORMS, "PDF", "JSON", "XML", "tables", "own lines"],
)
def test_there_are_enough_by_hand(good: Sequence[object], least: int) -> None:
    assert len(set(good)) >= least


@pytest.mark.parametrize(
    "broken",
    [
        {(one.data, one.columns, one.categories) for one in BROKEN_LISTS},
        {*(data for _, data in test_pdf_broken.CASES), *(one.data for one in BROKEN_PDFS)},
        _hostile((b"{", b"[")) | {one.data for one in BROKEN_JSON},
        _hostile((b"<",)) | {one.data for one in BROKEN_XML},
        {data for _, data in test_tables_broken.BROKEN},
        set(test_own_format.BROKEN),
    ],
    ids=["lists", "PDF", "JSON", "XML", "tables", "own lines"],
)
def test_there_are_enough_broken_ones(broken: set[object]) -> None:
    assert len(broken) >= BAD


def test_defects_that_are_named_do_not_become_fewer() -> None:
    counts = [
        len({one.name for one in BROKEN_LISTS}),
        len(BROKEN_PDFS),
        len(BROKEN_JSON),
        len(BROKEN_XML),
    ]
    assert all(there >= least for there, least in zip(counts, (120, 38, 33, 27), strict=True)), (
        counts
    )
