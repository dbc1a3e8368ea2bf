"""Reads single values: yes and no, report numbers, and what counts as nothing said."""

from __future__ import annotations

import re

from ingest.records import Stated

_YES = frozenset({"true", "yes", "y", "1", "verified"})
_NO = frozenset({"false", "no", "n", "0", "unverified", "not verified"})
_NOTHING = frozenset({"", "n/a", "null", "not applicable", "not provided"})
_NOTHING_STARTS = frozenset({"", "n", "N", " ", "\t", "\n", "\r", "\u00a0"})
_NUMBER = re.compile(r"(?:0*)([1-9][0-9]{0,14})")
_NAMED_NUMBERS = (
    re.compile(
        r"(?:^|[^A-Za-z0-9])(?:CyberTip(?:line)?(?:[ _-]?Report)?|CTR?|NCMEC)[ _#-]*"
        r"([1-9][0-9]{5,11})(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(r"^([1-9][0-9]{6,11})(?:[ _.-].*)?$"),
)
_DIRECTORY = re.compile(r"^.*[/\\]", re.DOTALL)


def stated(text: str | None) -> Stated | None:
    """Give yes, no or not stated; None for a text that is neither."""
    if text is None:
        return Stated.NOT_STATED
    word = text.strip().lower()
    if word in _YES:
        return Stated.YES
    if word in _NO:
        return Stated.NO
    return Stated.NOT_STATED if word in _NOTHING else None


def is_nothing(text: str) -> bool:
    """Tell whether a field's text stands for an empty field (`N/A`, `null`, blanks)."""
    if text[:1] not in _NOTHING_STARTS:
        return False
    return text.strip().lower() in _NOTHING


def report_number(text: str | None) -> str | None:
    """Give a report number without leading zeros, None for anything that is no number.

    NCMEC numbers are positive integers; NCMEC's own are nine digits long as of 2026.
    """
    match = None if text is None else _NUMBER.fullmatch(text.strip())
    return None if match is None else match.group(1)


def number_from_name(name: str) -> str | None:
    """Give the report number that a file's name states, None when it states none.

    Two patterns count, on the last part of a path and before its ending:

    - a word for the report, then 6 to 12 digits: `CyberTip_123456789.xml`,
      `CyberTipline Report 123456789.json`, `CT-123456789 (1).xml`, `NCMEC_123456789.xml`;
    - 7 to 12 digits at the very beginning, alone or followed by a space, `_`, `-` or `.`:
      `123456789.xml`, `123456789_report.xml`.

    Dates are never numbers: eight digits that read as `20YYMMDD` count only after a word.
    """
    base = _DIRECTORY.sub("", name)
    worded = _NAMED_NUMBERS[0].search(base)
    if worded is not None:
        return worded.group(1)
    bare = _NAMED_NUMBERS[1].match(base)
    if bare is None or re.fullmatch(r"20\d\d(?:0\d|1[0-2])[0-3]\d", bare.group(1)):
        return None
    return bare.group(1)
