"""PDFs for tests: lines as they stand on pages, with or without the PDF around them."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf.text import PdfLine, PdfText, encode
from ingest.readers.documents import read_document
from ingest.records import TipRecord

HEAD = ("CyberTipline Report 123456789", "All dates are displayed as MM-DD-YYYY")


def lines_of(*texts: str, page: int = 1) -> list[PdfLine]:
    """Give lines; `# ` makes a heading, `> ` a line further right, `b ` a bold one."""
    found = []
    for number, text in enumerate(texts, start=1):
        is_heading, is_right, is_bold = (text.startswith(m) for m in ("# ", "> ", "b "))
        plain = text[2:] if is_heading or is_right or is_bold else text
        found.append(
            PdfLine(
                page=page,
                number=number,
                left=190 if is_right else 54,
                size=140 if is_heading else 90,
                bold=is_heading or is_bold,
                text=plain,
            )
        )
    return found


def document(*pages: list[PdfLine], empty: tuple[int, ...] = ()) -> bytes:
    """Give the text of a PDF as it is kept."""
    lines = tuple(line for page in pages for line in page)
    return encode(
        PdfText(
            pages=len(pages) + len(empty),
            empty_pages=empty,
            lines=lines,
            pictures=(),
            cut_off=None,
        )
    )


def report(*texts: str) -> bytes:
    """Give a report with its head and a section A of these lines."""
    return document(lines_of(*HEAD, "# Section A: Reported Information", *texts))


def read(data: bytes) -> TipRecord:
    """Give the tip in a kept text."""
    (item,) = read_document(data, name="report.pdf")
    assert isinstance(item.outcome, TipRecord), str(item.outcome)
    return item.outcome


def printed(*pages: tuple[str, ...], picture: bytes | None = None) -> bytes:
    """Give a PDF with lines on pages; a page without lines may hold a picture."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=letter, invariant=True)
    for texts in pages:
        for at, text in enumerate(texts):
            is_heading = text.startswith("# ")
            canvas.setFont("Helvetica-Bold" if is_heading else "Helvetica", 14 if is_heading else 9)
            canvas.drawString(54, 738 - 14 * at, text.removeprefix("# "))
        if picture is not None:
            from reportlab.lib.utils import ImageReader

            canvas.drawImage(ImageReader(io.BytesIO(picture)), 100, 100, 200, 200)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
