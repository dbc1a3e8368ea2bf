"""Undoes the ways in which texts escape single bytes, and keeps where each byte stood."""

from __future__ import annotations

import re

SOLID = rb"A-Za-z0-9+/_\-"
"""Alphabets of base64 and base64url (RFC 4648), as the inside of a character class."""
ESCAPE = (
    rb"\\(?:u00[0-9a-fA-F]{2}|\\?x[0-9a-fA-F]{2}|[/nrtbf\\\"])"
    rb"|&#(?:x[0-9a-fA-F]{1,6}|[0-9]{1,7});"
    rb"|%[0-9a-fA-F]{2}"
    rb"|[\xc2\xc3][\x80-\xbf]"
)
"""One byte as JSON, JavaScript, XML, URLs and Latin-1-read-as-UTF-8 write it."""
_UNIT = re.compile(rb"(?P<solid>[^\\&%%\xc2\xc3]++)|(?P<escape>%s)|." % ESCAPE, re.DOTALL)
_BLANK = b" \t\r\n"
_SHORT = {
    b"/": b"/",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\\": b"\\",
    b'"': b'"',
}


def _byte(escape: bytes) -> bytes:
    lead = escape[:1]
    if lead == b"%":
        return bytes.fromhex(escape[1:].decode("ascii"))
    if lead == b"&":
        code = int(escape[3:-1], 16) if escape[2:3] in b"xX" else int(escape[2:-1])
        return bytes([code]) if code < 0x100 else b"?"
    if lead == b"\\":
        if escape[1:2] in _SHORT and len(escape) == 2:
            return _SHORT[escape[1:2]]
        return bytes.fromhex(escape[-2:].decode("ascii"))
    return bytes([(escape[0] & 0x03) << 6 | (escape[1] & 0x3F)])


def unescape(run: bytes) -> bytes:
    """Give the bytes that a run of text stands for, one for each escape."""
    if run.isascii() and b"\\" not in run and b"&" not in run and b"%" not in run:
        return run
    parts: list[bytes] = []
    for match in _UNIT.finditer(run):
        parts.append(_byte(match.group()) if match.lastgroup == "escape" else match.group())
    return b"".join(parts)


def without_blanks(data: bytes) -> bytes:
    """Give unescaped data without the white space that breaks base64 into lines."""
    return data.translate(None, _BLANK)


def place_of(run: bytes, index: int, *, skip_blanks: bool) -> int:
    """Give where in the run the byte `index` of its unescaped form begins.

    Args:
        skip_blanks: the index counts in the form `without_blanks`.
    """
    seen = 0
    for match in _UNIT.finditer(run):
        text = match.group()
        if match.lastgroup == "escape":
            width = 0 if skip_blanks and _byte(text) in (b" ", b"\t", b"\r", b"\n") else 1
            if seen + width > index:
                return match.start()
        else:
            kept = without_blanks(text) if skip_blanks else text
            width = len(kept)
            if seen + width > index:
                return match.start() + _nth_kept(text, index - seen, skip_blanks)
        seen += width
    return len(run)


def _nth_kept(text: bytes, index: int, skip_blanks: bool) -> int:
    if not skip_blanks:
        return index
    for position, value in enumerate(text):
        if value in _BLANK:
            continue
        if index == 0:
            return position
        index -= 1
    return len(text)
