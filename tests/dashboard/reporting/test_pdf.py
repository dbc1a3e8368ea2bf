"""The report as PDF: its text can be read out, its font is in it, its record is attached."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from dashboard.charting.png import chart_png
from dashboard.fonts import BOLD, REGULAR, printable
from dashboard.reporting.pdf import report_pdf
from dashboard.reporting.place import RECORD
from tests.dashboard.reporting.made import Made, hostile, plain
from tests.dashboard.reporting.test_report import SAYS
from tests.hostile import HOSTILE

FONTS = {
    REGULAR: "037236ed4bf58a85f67074c165d308260fd6be01c86d7df4e79ea16eb273f8c5",
    BOLD: "f7916a37377e38527d4306303cfe89b653b49b0a6b0b05c6b7593f7ab0248da8",
}
_TEXTS = (
    *(
        "Имя Фамилия",
        "Ελληνικά",
        "Łódź Ünïcödé",
        "中文",
        "العربية",
        "\u202egpj.exe",
        "Привет\u2066",
    ),
    *("W" * 10_000, "中" * 10_000),
)


def _written(made: Made) -> bytes:
    picture = chart_png(made.chart, made.sight, lines=made.report.marks)
    return report_pdf(made.report, made.place, picture=picture)


def _read(made: Made) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(_written(made)))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def _flat(text: str) -> str:
    """Give a text without where its lines end."""
    return "".join(text.split())


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.name)
def test_the_fonts_are_those_that_were_read(path: object) -> None:
    assert hashlib.sha256(path.read_bytes()).hexdigest() == FONTS[path]  # type: ignore[attr-defined, index]


@given(st.text() | st.sampled_from((*_TEXTS, *HOSTILE)))
def test_nothing_vanishes_on_paper(text: str) -> None:
    shown = printable(text, limit=100_000)
    assert all(char.isprintable() for char in shown)
    # Each character is there, or its number is.
    for char in set(text) - set(" \n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"):
        if not char.isspace():
            assert char in shown or f"\\u{ord(char):04x}" in shown, repr(char)


def test_directions_and_unknown_scripts_are_spelt_out() -> None:
    assert printable("Имя \u202eтекст 中", limit=50) == "Имя \\u202eтекст \\u4e2d"
    assert printable("中" * 30, limit=20) == "\\u4e2d\\u4e2d\\u4e2d\\…"


def test_its_text_says_all_that_the_page_says() -> None:
    made = plain()
    reader, text = _read(made)
    for said in (*SAYS, made.report.sha256):
        assert _flat(said) in _flat(text), said
    for page in reader.pages:
        shown = _flat(page.extract_text())
        for mark in made.report.marks:
            # On top and at the foot.
            assert shown.count(_flat(mark)) >= 2, mark
        assert made.report.sha256 in shown
    assert made.report.sha256 in str(reader.metadata.subject if reader.metadata else "")


def test_the_record_is_attached_and_nothing_else_is() -> None:
    made = plain()
    reader, _ = _read(made)
    assert {name: list(held) for name, held in reader.attachments.items()} == {
        RECORD: [made.report.record()]
    }
    assert hashlib.sha256(reader.attachments[RECORD][0]).hexdigest() == made.report.sha256


def test_fonts_are_in_the_file_and_nothing_runs_or_leads_away() -> None:
    written = _written(hostile(HOSTILE))
    reader = PdfReader(io.BytesIO(written))
    fonts = {}
    for page in reader.pages:
        assert "/Annots" not in page
        for found in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = found.get_object()
            fonts[str(font["/BaseFont"])] = font
    used = {name for name in fonts if "OpenSans" in name}
    assert len(used) >= 2
    for name in used:
        assert "/FontFile2" in fonts[name]["/FontDescriptor"].get_object()
    assert [len(page.images) for page in reader.pages].count(1) == 1, "the chart, once"
    for word in (b"/JavaScript", b"/URI", b"/Launch", b"/SubmitForm", b"/OpenAction"):
        assert word not in written


def test_hostile_texts_are_texts_and_break_no_page() -> None:
    made = hostile((*HOSTILE, *_TEXTS))
    reader, text = _read(made)
    assert len(reader.pages) > 10
    flat = _flat(text)
    for said in ("<script>alert(1)</script>", "</para><para>&lt;", "\\u202egpj.exe", "Имя\\u202e"):
        assert _flat(said) in flat, said
    assert "\u202e" not in text
    assert "Имя Фамилия" in text
    assert "Ελληνικά" in text


def test_the_same_report_is_the_same_file() -> None:
    assert _written(plain()) == _written(plain())
