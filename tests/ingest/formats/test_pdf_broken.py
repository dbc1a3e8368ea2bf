"""Broken and hostile PDFs: a reason for each, nothing lost, no picture kept, none that hangs."""

from __future__ import annotations

import io
import random
import zlib
from pathlib import Path

import pytest
from PIL import Image

from ingest.limits import DEFAULT_LIMITS
from ingest.opening.opened import Opener
from ingest.pdf.extract import PdfError, PdfLimits, extract
from ingest.pdf.text import PdfText
from ingest.pdf.worker import PdfWorker
from ingest.readers.documents import read_document
from ingest.received import sha256_of
from ingest.records import TipRecord
from tests.ingest.formats.printed import HEAD, printed
from tests.ingest.formats.taken import take

_GOOD = printed((*HEAD, "# Section A: Reported Information", "# Suspect", "ESP User ID: 1700"))


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def _stream(content: bytes, more: bytes = b"") -> bytes:
    """Give a PDF of one page whose content is this stream."""
    parts = [
        b"%PDF-1.4\n",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj\n",
        b"4 0 obj<</Length %d%s>>stream\n%s\nendstream endobj\n" % (len(content), more, content),
        b"trailer<</Root 1 0 R>>\n%%EOF",
    ]
    return b"".join(parts)


def _broken() -> list[tuple[str, bytes]]:
    dice = random.Random(25)
    found = [(f"cut at {at} of 60", _GOOD[: 8 + len(_GOOD) * at // 61]) for at in range(40)]
    for n in range(30):
        data = bytearray(_GOOD)
        for _ in range(1 + n):
            data[dice.randrange(8, len(data))] = dice.randrange(256)
        found.append((f"{n + 1} bytes changed", bytes(data)))
    for n in range(15):
        at, to = sorted(dice.sample(range(8, len(_GOOD)), 2))
        found.append((f"a stretch gone, {n}", _GOOD[:at] + _GOOD[to:]))
    words = (b"/Root", b"/Pages", b"/Kids", b"/Count", b"/Contents", b"xref", b"endstream", b"obj")
    found += [(f"without {word!r}", _GOOD.replace(word, b"")) for word in words]
    found += [
        ("a head alone", b"%PDF-1.7"),
        ("a head and noise", b"%PDF-1.7\n" + dice.randbytes(4000)),
        ("pages that are their own kids", _stream(b"").replace(b"Kids[3 0 R]", b"Kids[2 0 R]")),
        ("a page count in billions", _stream(b"").replace(b"/Count 1", b"/Count 4000000000")),
        ("an endless filter chain", _stream(b"x", b"/Filter[" + b"/FlateDecode" * 5000 + b"]")),
        ("arrays in arrays", _stream(b"[" * 20_000)),
        ("a bomb", _stream(zlib.compress(b"0 " * 40_000_000, 9), b"/Filter/FlateDecode")),
        ("a locked one", _GOOD.replace(b"/Root", b"/Encrypt<</Filter/Standard/V 9>>/Root", 1)),
        ("media behind the head", b"%PDF-1.4\n" + _picture()),
    ]
    return found


CASES = _broken()


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("data", [d for _, d in CASES], ids=[name for name, _ in CASES])
def test_a_broken_pdf_is_a_tip_or_a_reason(data: bytes) -> None:
    def read(given: bytes) -> PdfText:
        try:
            return extract(given)
        except PdfError:
            raise
        except Exception as error:  # noqa: BLE001 - as the child does
            raise PdfError(f"it is a broken PDF ({type(error).__name__})") from None

    opener = Opener(limits=DEFAULT_LIMITS, read_pdf=read)
    (one,) = opener.documents(data, name="broken.pdf", sha256=sha256_of(data))
    assert b"JFIF" not in one.data
    (item,) = read_document(one.data, name=one.name)
    if not isinstance(item.outcome, TipRecord):
        assert str(item.outcome).startswith("“broken.pdf” was not taken in: it ")
        assert one.sha256 == sha256_of(data)


def test_a_pdf_of_pictures_goes_to_quarantine_and_says_so(tmp_path: Path) -> None:
    picture = _picture()
    (one,) = take(printed((), picture=picture), tmp_path, name="scan.pdf")
    assert "it is a PDF of pictures: no page holds text" in one.problem
    (note,) = one.document.media
    assert (note.media_type, note.name) == ("image/jpeg", "scan.pdf: page 1")
    assert b"JFIF" in picture
    assert b"JFIF" not in one.document.data


def test_pictures_in_a_report_are_listed_and_left_out(tmp_path: Path) -> None:
    texts = (*HEAD, "# Section A: Reported Information", "# Suspect", "ESP User ID: 1700")
    (one,) = take(printed(texts, picture=_picture()), tmp_path, name="report.pdf")
    assert one.tip.report_number == "123456789"
    assert [note.media_type for note in one.document.media] == ["image/jpeg"]
    spooled = b"".join(p.read_bytes() for p in (tmp_path / "spool").rglob("*") if p.is_file())
    assert b"JFIF" not in spooled
    assert b"%PDF" not in spooled


def test_media_written_as_text_in_a_pdf_is_cut_out(tmp_path: Path) -> None:
    import base64

    text = base64.b64encode(_picture()).decode()
    rows = tuple(text[at : at + 76] for at in range(0, 760, 76))
    (one,) = take(
        printed((*HEAD, "# Additional Information Submitted by the Reporting ESP", *rows)), tmp_path
    )
    assert text[:76].encode() not in one.document.data
    assert len(one.document.media) >= 1


def test_pages_lines_and_letters_are_bounded() -> None:
    data = printed(*[("CyberTipline Report 123456789", "# Suspect", "ESP User ID: 17")] * 6)
    assert extract(data, PdfLimits(pages=4)).cut_off == "Only the first 4 of 6 pages were read."
    few = extract(data, PdfLimits(lines=7))
    assert (len(few.lines), few.cut_off) == (
        7,
        "Text was read up to page 3 of 6, where it became too much.",
    )


def test_the_child_reads_gives_reasons_and_comes_back_after_its_end() -> None:
    worker = PdfWorker()
    try:
        assert worker.read(_GOOD).lines[0].text == "CyberTipline Report 123456789"
        with pytest.raises(PdfError, match="broken PDF"):
            worker.read(b"%PDF-1.7 nothing")
        assert worker._child is not None
        worker._child.kill()
        assert worker.read(_GOOD).pages == 1
    finally:
        worker.close()


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    worker = PdfWorker(wall_seconds=0.0)
    try:
        with pytest.raises(PdfError, match="takes too long"):
            worker.read(_GOOD)
    finally:
        worker.close()
