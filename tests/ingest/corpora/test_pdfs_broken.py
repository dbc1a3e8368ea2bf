"""Broken reports as PDF: nothing is said of the wrong person, nothing goes without a word."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from ingest.pdf.extract import PdfError, extract
from ingest.pdf.text import encode
from ingest.readers.documents import read_document
from ingest.records import TipRecord
from tests.ingest.corpora.broken_pdfs import BROKEN, MD5, OTHER, BrokenPdf
from tests.ingest.formats.printed import HEAD, printed, read, report
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


def _dressed(how: str) -> bytes:
    """Give a report as a PDF with what a reader must not do or keep."""
    lines = (*HEAD, "# Section A: Reported Information", "# Suspect", "ESP User ID: 1700")
    writer = PdfWriter(clone_from=io.BytesIO(printed(lines)))
    if how == "script":
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.launchURL('https://198.18.0.1/')"),
            }
        )
    elif how == "attachment":
        writer.add_attachment("other.pdf", printed((*HEAD, "# Suspect", "ESP User ID: 1800")))
    elif how == "password":
        writer.encrypt("secret")
    else:
        writer.encrypt("", "secret")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("how", ["script", "attachment", "owner's password"])
def test_a_script_or_an_attachment_is_not_read(how: str) -> None:
    found = extract(_dressed(how))
    assert identifiers(read(encode(found))) == ["reported Account 1700"]
    assert not any("198.18.0.1" in line.text for line in found.lines)
    assert len(found.pictures) == (how == "attachment")


def test_a_password_is_said() -> None:
    with pytest.raises(PdfError, match="asks for a password"):
        extract(_dressed("password"))
