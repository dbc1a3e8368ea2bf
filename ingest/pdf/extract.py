"""Takes the text out of a PDF with pypdf. Runs in a child process only (`ingest.pdf.worker`).

pypdf is pure Python: a hostile PDF can make it slow or large, not write where it should not. Its
own bounds on decompressed data hold here, lowered; pages, lines, characters and pictures are
bounded besides. Pictures are never decoded: their bytes are hashed as they stand.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from ingest.pdf.text import PdfLine, PdfPicture, PdfText

_MEBIBYTE = 1024 * 1024
_SAME_LINE = 2.5
"""Points that baselines of one line may lie apart."""
_MEDIA_TYPES = {
    "/DCTDecode": "image/jpeg",
    "/JPXDecode": "image/jp2",
    "/CCITTFaxDecode": "image/tiff",
    "/JBIG2Decode": "image/jbig2",
}


class PdfError(Exception):
    """Why a PDF gives no text, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """What one PDF may cost."""

    pages: int = 500
    lines: int = 20_000
    characters: int = 2_000_000
    pictures: int = 200
    """Pictures and attached files that are listed."""
    seconds: int = 30
    """Of the child's processor time."""
    memory: int = 1024 * _MEBIBYTE
    """Bytes of the child's address space."""


DEFAULT_PDF_LIMITS = PdfLimits()
_BOUNDS = pypdf.Configuration(
    maximum_declared_stream_length=64 * _MEBIBYTE,
    zlib_maximum_output_length=32 * _MEBIBYTE,
    zlib_maximum_recovery_input_length=_MEBIBYTE,
    lzw_maximum_output_length=32 * _MEBIBYTE,
    run_length_maximum_output_length=32 * _MEBIBYTE,
    brotli_maximum_output_length=32 * _MEBIBYTE,
    page_tree_maximum_entries=20_000,
    stream_parsing_work_maximum_count=500_000,
    xform_maximum_invocations_per_extraction=500,
    # An outside program, where one is there, would run on hostile bytes.
    jbig2dec_binary=None,
)
"""Lower than pypdf's own: the text of a page takes kilobytes."""


@dataclass(slots=True)
class _Fragment:
    x: float
    y: float
    size: float
    bold: bool
    text: str


def extract(data: bytes, limits: PdfLimits = DEFAULT_PDF_LIMITS) -> PdfText:
    """Give the text of a PDF.

    Raises:
        PdfError: it is protected, broken, or holds no text at all.
    """
    try:
        with pypdf.apply_configuration(_BOUNDS):
            return _extract(data, limits)
    except PdfError:
        raise
    except (PyPdfError, RecursionError) as error:
        raise PdfError(f"it is a broken PDF ({type(error).__name__})") from None


def _extract(data: bytes, limits: PdfLimits) -> PdfText:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfError("it is a PDF that asks for a password")
    pages = len(reader.pages)
    lines: list[PdfLine] = []
    empty: list[int] = []
    pictures: list[PdfPicture] = []
    characters = 0
    cut_off: str | None = None
    for number in range(1, pages + 1):
        if number > limits.pages:
            cut_off = f"Only the first {limits.pages} of {pages} pages were read."
            break
        page = reader.pages[number - 1]
        found = list(_lines(page, number))
        characters += sum(len(line.text) for line in found)
        if len(found) == 0:
            empty.append(number)
        if len(pictures) < limits.pictures:
            pictures += _pictures(page, number)[: limits.pictures - len(pictures)]
        lines += found
        if len(lines) > limits.lines or characters > limits.characters:
            cut_off = f"Text was read up to page {number} of {pages}, where it became too much."
            lines = lines[: limits.lines]
            break
    pictures += _attached(reader)[: max(0, limits.pictures - len(pictures))]
    return PdfText(
        pages=pages,
        empty_pages=tuple(empty),
        lines=tuple(lines),
        pictures=tuple(pictures),
        cut_off=cut_off,
    )


def _lines(page: pypdf.PageObject, number: int) -> Iterator[PdfLine]:
    fragments: list[_Fragment] = []
    page.extract_text(visitor_text=_into(fragments))
    fragments.sort(key=lambda f: (-f.y, f.x))
    at = 0
    count = 0
    while at < len(fragments):
        end = at + 1
        while end < len(fragments) and fragments[at].y - fragments[end].y < _SAME_LINE:
            end += 1
        row = sorted(fragments[at:end], key=lambda f: f.x)
        text = " ".join(" ".join(f.text for f in row).split())
        if text != "":
            count += 1
            first = row[0]
            yield PdfLine(
                page=number,
                number=count,
                left=max(-99_999, min(99_999, round(first.x))),
                size=max(0, min(9_999, round(first.size * 10))),
                bold=first.bold,
                text=text,
            )
        at = end


def _into(fragments: list[_Fragment]) -> Callable[..., None]:
    def visit(
        text: str, _: list[float], matrix: list[float], font: dict[str, Any] | None, size: float
    ) -> None:
        name = str(font.get("/BaseFont", "")) if font is not None else ""
        scale = abs(matrix[3]) or abs(matrix[1]) or 1.0
        for count, part in enumerate(text.strip("\n").split("\n")):
            clean = "".join(c if c.isprintable() else " " for c in part)
            if clean.strip() != "":
                fragments.append(
                    _Fragment(
                        x=matrix[4],
                        # Several lines in one fragment are below one another.
                        y=matrix[5] - count * size * scale * 1.2,
                        size=size * scale,
                        bold="bold" in name.lower(),
                        text=clean,
                    )
                )

    return visit


def _pictures(page: pypdf.PageObject, number: int) -> list[PdfPicture]:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    found: list[PdfPicture] = []
    for entry in (objects.get_object() if objects is not None else {}).values():
        stream = entry.get_object()
        if stream.get("/Subtype") != "/Image":
            continue
        names = stream.get("/Filter", "")
        last = names[-1] if isinstance(names, list) and names else names
        kind = _MEDIA_TYPES.get(str(last), "image/x-pdf-picture")
        found.append(_picture(stream, kind, f"page {number}"))
    return found


def _attached(reader: pypdf.PdfReader) -> list[PdfPicture]:
    found: list[PdfPicture] = []
    for one in reader.attachment_list:
        file = one.pdf_object.get("/EF")
        stream = file.get_object().get("/F") if file is not None else None
        if stream is not None:
            found.append(_picture(stream.get_object(), "application/octet-stream", "attached file"))
    return found


def _picture(stream: Any, kind: str, where: str) -> PdfPicture:
    data = getattr(stream, "_data", b"")
    data = data if isinstance(data, bytes) else b""
    return PdfPicture(
        kind=kind, size=len(data), sha256=hashlib.sha256(data).hexdigest(), where=where
    )
