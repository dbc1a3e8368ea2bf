"""Undoes the ways in which texts escape single bytes, and keeps where each byte stood."""

from __future__ import annotations

import re

SOLID = rb"A-Za-z0-9+/_\-"
"""Alphabets of base64 and base64url (RFC 4648), as the inside of a character class."""
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
_JSON = rb"\\(?:u00[0-9a-fA-F]{2}|[/nrtbf\\\"])|[\xc2\xc3][\x80-\xbf]"
_SCRIPT = rb"\\\\?x[0-9a-fA-F]{2}"
_REFERENCE = rb"&#(?:x[0-9a-fA-F]{1,6}|[0-9]{1,7});"
_PERCENT = rb"%[0-9a-fA-F]{2}"


class Escapes:
    """One way, or several, of writing a byte as several characters."""

    def __init__(self, *patterns: bytes, leads: bytes) -> None:
        self.pattern = b"|".join(patterns)
        """As the inside of a group."""
        self._leads = [bytes([lead]) for lead in leads]
        others = b"".join(re.escape(lead) for lead in self._leads)
        self._unit = re.compile(
            b"(?P<solid>[^%s]++)|(?P<escape>%s)|." % (others, self.pattern), re.DOTALL
        )

    def undone(self, run: bytes) -> bytes:
        """Give the bytes that a run of text stands for, one for each escape."""
        if not any(lead in run for lead in self._leads):
            return run
        return b"".join(
            _byte(match.group()) if match.lastgroup == "escape" else match.group()
            for match in self._unit.finditer(run)
        )

    def place_of(self, run: bytes, index: int, *, skip_blanks: bool) -> int:
        """Give where in the run the byte `index` of its undone form begins.

        Args:
            skip_blanks: the index counts in the form `without_blanks`.
        """
        seen = 0
        for match in self._unit.finditer(run):
            text = match.group()
            if match.lastgroup == "escape":
                width = 0 if skip_blanks and _byte(text) in _BLANK else 1
                if seen + width > index:
                    return match.start()
            else:
                width = len(without_blanks(text)) if skip_blanks else len(text)
                if seen + width > index:
                    return match.start() + _nth_kept(text, index - seen, skip_blanks=skip_blanks)
            seen += width
        return len(run)


JSON_ESCAPES = Escapes(_JSON, leads=b"\\\xc2\xc3")
"""JSON strings, and Latin-1 characters in UTF-8."""
REFERENCES = Escapes(_REFERENCE, leads=b"&")
"""XML character references."""
PERCENTS = Escapes(_PERCENT, leads=b"%")
"""URLs (RFC 3986)."""
ANY_ESCAPE = Escapes(_SCRIPT, _JSON, _REFERENCE, _PERCENT, leads=b"\\&%\xc2\xc3")
"""All of them at once: for base64, whose own characters are none of theirs."""


def _byte(escape: bytes) -> bytes:
    lead = escape[:1]
    if lead == b"%":
        return bytes.fromhex(escape[1:].decode("ascii"))
    if lead == b"&":
        code = int(escape[3:-1], 16) if escape[2:3] in b"xX" else int(escape[2:-1])
        return bytes([code]) if code < 0x100 else b"?"
    if lead == b"\\":
        short = _SHORT.get(escape[1:])
        return bytes.fromhex(escape[-2:].decode("ascii")) if short is None else short
    return bytes([(escape[0] & 0x03) << 6 | (escape[1] & 0x3F)])


def without_blanks(data: bytes) -> bytes:
    """Give data without the white space that breaks base64 into lines."""
    return data.translate(None, _BLANK)


def _nth_kept(text: bytes, index: int, *, skip_blanks: bool) -> int:
    if not skip_blanks:
        return index
    for position, value in enumerate(text):
        if value in _BLANK:
            continue
        if index == 0:
            return position
        index -= 1
    return len(text)
