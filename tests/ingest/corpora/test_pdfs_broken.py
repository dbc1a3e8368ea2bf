"""Broken reports as PDF: nothing is said of the wrong person, nothing goes without a word."""

from __future__ import annotations

import pytest

from ingest.readers.documents import read_document
from ingest.records import TipRecord
from tests.ingest.corpora.broken_pdfs import BROKEN, MD5, OTHER, BrokenPdf
from tests.ingest.formats.printed import read, report
from tests.ingest.readers.said import identifiers


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.name)
def test_each_defect_is_told_and_states_no_more(broken: BrokenPdf) -> None:
    (item,) = read_document(broken.data, name="broken.pdf")
    tip = item.outcome
    if not isinstance(tip, TipRecord):
        assert broken.said is None, str(tip)
        assert broken.told in str(tip)
        return
    assert broken.said is not None, identifiers(tip)
    assert tuple(identifiers(tip)) == broken.said
    kept = [*(one.value for one in tip.unknown), *(value for _, value in tip.incident.details)]
    kept += [one.text for one in tip.texts]
    kept += [value for file in tip.files for pair in file.other for value in pair]
    kept += [value for one in tip.people for pair in one.other for value in pair]
    assert any(broken.told in value for value in kept) or broken.told == "", kept


@pytest.mark.parametrize("first", ["MD5: {}", "Submittal ID: {}", "Original Filename: {}"])
def test_files_whose_names_stand_second_keep_what_is_theirs(first: str) -> None:
    lines = [first.format(MD5), "Filename: a.jpg", first.format(OTHER), "Filename: b.jpg"]
    tip = read(report("# Uploaded File Information", *lines))
    assert len(tip.files) == 2
    assert [file.name for file in tip.files] in (["a.jpg", "b.jpg"], [MD5, OTHER])
    stated = [one.identifier.value for one in tip.assertions]
    assert stated in ([MD5, OTHER], [])
