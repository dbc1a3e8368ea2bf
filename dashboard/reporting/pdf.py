"""A report as PDF: the words of the page, in a font that is in the file, with the record attached.

Written with reportlab (BSD). Texts are escaped before its own small markup reads them; what the
font has no sign for is spelt out.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table
from reportlab.platypus.doctemplate import BaseDocTemplate

from dashboard.fonts import BOLD, REGULAR, printable
from dashboard.reporting.document import MOST, Grid, Report, Section
from dashboard.reporting.place import RECORD

_PLAIN, _STRONG = "CrosstipOpenSans", "CrosstipOpenSans-Bold"
_PAPER = landscape(letter)
_MARGIN, _HEAD, _FOOT = 36.0, 54.0, 44.0
_WIDTH = _PAPER[0] - 2 * _MARGIN
_HEIGHT = _PAPER[1] - _HEAD - _FOOT - 40
_LEAST, _MOST_LETTERS = 8, 40
"""How many letters a column counts for, at least and at most, when the width is shared out."""


def report_pdf(report: Report, place: Section, *, picture: bytes) -> bytes:
    """Give the file; `picture` is the chart as PNG."""
    _register()
    body, small, title, heading = _styles()
    parts: list[Flowable] = [Paragraph(_safe(report.title), title)]
    for section in (*report.sections, place):
        parts.append(Paragraph(_safe(section.title), heading))
        parts.extend(Paragraph(_safe(line), body) for line in section.lines)
        if section.has_picture:
            parts.append(_picture(picture))
        if section.grid is not None:
            parts.extend(_table(section.grid, body, small))
    written = io.BytesIO()
    paper = SimpleDocTemplate(
        written,
        pagesize=_PAPER,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_HEAD,
        bottomMargin=_FOOT,
        title=report.title,
        author="Crosstip",
        subject=f"SHA-256 of the record: {report.sha256}",
        lang="en",
        # The same report is the same file, whenever it is written.
        invariant=1,
    )
    edges = functools.partial(_edges, report=report)
    paper.build(parts, onFirstPage=edges, onLaterPages=edges)
    return _with_record(written.getvalue(), report)


@functools.cache
def _register() -> None:
    for name, path in ((_PLAIN, REGULAR), (_STRONG, BOLD)):
        pdfmetrics.registerFont(TTFont(name, str(path)))


def _styles() -> tuple[ParagraphStyle, ParagraphStyle, ParagraphStyle, ParagraphStyle]:
    body = ParagraphStyle("body", fontName=_PLAIN, fontSize=8.5, leading=11, splitLongWords=1)
    small = ParagraphStyle("small", parent=body, fontSize=6.5, leading=8)
    title = ParagraphStyle("title", parent=body, fontName=_STRONG, fontSize=15, leading=20)
    heading = ParagraphStyle(
        "heading",
        parent=body,
        fontName=_STRONG,
        fontSize=10.5,
        leading=14,
        spaceBefore=8,
        keepWithNext=1,
    )
    return body, small, title, heading


def _picture(picture: bytes) -> Flowable:
    width, height = ImageReader(io.BytesIO(picture)).getSize()
    shrunk = min(_WIDTH / width, _HEIGHT / height, 1.0)
    return Image(io.BytesIO(picture), width=width * shrunk, height=height * shrunk)


def _table(grid: Grid, body: ParagraphStyle, small: ParagraphStyle) -> Iterator[Flowable]:
    if len(grid.rows) == 0:
        yield Paragraph(_safe(grid.empty), body)
        return
    strong = ParagraphStyle("strong", parent=small, fontName=_STRONG)
    rows = [[Paragraph(_safe(cell), strong) for cell in grid.titles]]
    rows += [[Paragraph(_safe(cell), small) for cell in row] for row in grid.rows]
    yield Table(
        rows,
        colWidths=_widths(grid),
        repeatRows=1,
        # A row that is higher than a page goes on on the next one.
        splitInRow=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ],
    )
    yield Spacer(0, 4)


def _widths(grid: Grid) -> Sequence[float]:
    """Share the width out by the longest text of each column."""
    longest = [
        max(_LEAST, min(_MOST_LETTERS, max(map(len, cells))))
        for cells in zip(grid.titles, *grid.rows, strict=True)
    ]
    return [_WIDTH * letters / sum(longest) for letters in longest]


def _edges(canvas: Canvas, _paper: BaseDocTemplate, *, report: Report) -> None:
    """Write the marks on top and at the foot of a page, with its number and the record's."""
    # None may push another one off the page.
    marks = " | ".join(printable(mark, limit=70) for mark in report.marks)
    canvas.saveState()
    canvas.setFont(_STRONG, _size_of(marks))
    canvas.drawCentredString(_PAPER[0] / 2, _PAPER[1] - 30, marks)
    canvas.drawCentredString(_PAPER[0] / 2, 28, marks)
    canvas.setFont(_PLAIN, 6.5)
    canvas.drawString(_MARGIN, 16, f"SHA-256 of the record: {report.sha256}")
    canvas.drawRightString(_PAPER[0] - _MARGIN, 16, f"Page {canvas.getPageNumber()}")
    canvas.restoreState()


def _size_of(marks: str) -> float:
    """Give the size in which marks are as wide as the page at most."""
    usual = 8.0
    return min(usual, usual * _WIDTH / max(1.0, pdfmetrics.stringWidth(marks, _STRONG, usual)))


def _with_record(written: bytes, report: Report) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written)))
    writer.add_attachment(RECORD, report.record())
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _safe(text: str) -> str:
    return escape(printable(text, limit=MOST))
