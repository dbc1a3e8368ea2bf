"""Bytes of a document to text."""

from __future__ import annotations

import codecs

from graph.errors import UnreadableDocumentError
from ingest.screening.wide import wide_encoding

_BLANK = b" \t\r\n\x0b\x0c"


def decoded(data: bytes) -> str:
    """Give the text of a JSON or CSV document: UTF-8, or UTF-16 and UTF-32 that show themselves.

    Raises:
        UnreadableDocumentError: the bytes are no text in that encoding. Nothing is guessed: a
            wrong guess would change names silently.
    """
    wide = wide_encoding(data)
    codec, mark = wide if wide is not None else ("utf-8", b"")
    if wide is None and data.startswith(codecs.BOM_UTF8):
        mark = codecs.BOM_UTF8
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            f"its bytes are no {codec.upper()} text (byte {error.start + len(mark):,} breaks it); "
            "ask the sender for UTF-8"
        ) from None


def first_byte(data: bytes) -> bytes:
    """Give the first byte that is no mark, blank or NUL: `{`, `[` and `<` tell the format."""
    head = data[:64]
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    start = head.lstrip(_BLANK + b"\x00")
    if len(start) > 0:
        return start[:1]
    return data.lstrip(_BLANK + b"\x00\xef\xbb\xbf\xfe\xff")[:1]
