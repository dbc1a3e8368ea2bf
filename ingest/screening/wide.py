"""Tells UTF-16 and UTF-32 documents from all others."""

from __future__ import annotations

import codecs

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def wide_encoding(data: bytes) -> tuple[str, bytes] | None:
    """Give codec and byte order mark of a UTF-16 or UTF-32 document, None for all others.

    Without a mark, the NUL bytes among the first two characters tell (RFC 4627, section 3).
    """
    for mark, codec in _WIDE_BOMS:
        if data.startswith(mark):
            return codec, mark
    head = [value == 0 for value in data[:8]]
    if not any(head[:4]) or len(head) < 4:
        return None
    if head[:4] == [False, True, True, True]:
        return "utf-32-le", b""
    if head[:4] == [True, True, True, False]:
        return "utf-32-be", b""
    if head[:4] == [False, True, False, True]:
        return "utf-16-le", b""
    if head[:4] == [True, False, True, False]:
        return "utf-16-be", b""
    return None
