"""Values of a PDF's fields: lines joined, dates in ISO 8601, verified or not, which event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.text import PdfLine
from ingest.readers.json_source import Json

NOT_PROVIDED = re.compile(r"\(?(?:information )?not provided(?: by company)?\)?$", re.IGNORECASE)
ORDER = re.compile(r"dates are displayed as (MM|DD|YYYY)[-/](MM|DD)[-/](YYYY|MM|DD)", re.I)
_DATE = re.compile(r"(\d{1,4})[-/](\d{1,2})[-/](\d{1,4})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?))?(.*)$")
_FULL = 45
"""Letters of a word that may fill a line of the case tool's columns."""
_HASH = re.compile(r"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$")
_PARENTHESES = re.compile(r"(.*?)\s*\(([^()]{0,120})\)\s*(.*)$", re.DOTALL)
_VERIFIED = re.compile(
    r"(.*?)\s*\((verified|unverified|not verified)\b\s*([^()]{0,60})\)\s*(.{0,60})$", re.I
)
_EVENTS = frozenset({"login", "registration", "purchase", "upload", "other", "unknown"})
_CAPTURE = re.compile(r"(ip address|profile url|url|device id|imei|email|phone)\s+(.*)$", re.I)
_NO_ROW = ""
_WHOLE = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: [A-Z]{2,5})?$")
"""The end of a row of captures: its time."""
_ZONE = re.compile(r"\(?(?:[A-Z]{1,5}\b|[+-]\d)")
_ROW = re.compile(
    r"(?P<value>\S+)"
    r"(?:\s+(?P<event>login|registration|purchase|upload|other|unknown))?"
    r"(?:\s+port:?\s*(?P<port>\d{1,5}))?"
    r"(?:\s+(?P<proxy>possible proxy))?"
    r"(?:\s+(?P<time>\d{1,4}[-/]\d.*))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """Which number of a date is which, as the report itself says; None when it does not say."""

    order: tuple[str, str, str] | None

    def iso(self, text: str) -> str:
        """Give a date or time in ISO 8601, or as it stands when that would be a guess."""
        found = _DATE.match(text.strip())
        if found is None:
            return text
        numbers = found.group(1), found.group(2), found.group(3)
        order = self.order
        if len(numbers[0]) == 4:
            order = ("YYYY", "MM", "DD")
        if order is None:
            return text
        parts = dict(zip(order, numbers, strict=True))
        day = f"{parts['YYYY']}-{parts['MM']:0>2}-{parts['DD']:0>2}"
        clock, zone = found.group(4), found.group(5).strip()
        if clock is None:
            return day if zone == "" else f"{day} {zone}"
        clock = clock if len(clock.partition(":")[0]) == 2 else f"0{clock}"
        if zone in ("UTC", "GMT", "Z"):
            return f"{day}T{clock}Z"
        return f"{day} {clock} {zone}".rstrip()


def date_order(lines: Sequence[PdfLine]) -> DateOrder:
    """Give the order of dates that the report states."""
    for line in lines:
        found = ORDER.search(line.text)
        if found is not None:
            named = tuple(part.upper() for part in found.groups())
            if set(named) == {"MM", "DD", "YYYY"}:
                return DateOrder(order=(named[0], named[1], named[2]))
    return DateOrder(order=None)


def token(lines: Sequence[tuple[str, PdfLine]]) -> str:
    """Give a value without blanks in it that was broken over lines anywhere: an address, an id."""
    parts = [text for text, _ in lines if text != ""]
    if any(" " in part for part in parts):
        return " ".join(parts)
    return "".join(parts)


def name(lines: Sequence[tuple[str, PdfLine]]) -> str:
    """Give a file's name: broken within a word it goes on at once, else after a blank."""
    parts = [text for text, _ in lines if text != ""]
    whole = ""
    for part in parts:
        is_broken = " " not in whole[-30:] and len(whole) > 0 and " " not in part
        whole = part if whole == "" else f"{whole}{'' if is_broken else ' '}{part}"
    return whole


def text(lines: Sequence[tuple[str, PdfLine]]) -> str:
    """Give running text."""
    return " ".join(text for text, _ in lines if text != "")


def paragraph(lines: Sequence[str]) -> str:
    """Give running text of several lines, with the line ends that its writer made.

    A line into which the next word would have fitted was ended on purpose. A word that fills a
    line goes on in the next, unless it is a whole hash.
    """
    parts = [part for part in lines if part != ""]
    widest = max((len(part) for part in parts), default=0)
    whole, width = "", 0
    for part in parts:
        last = whole.rpartition("\n")[2].rpartition(" ")[2]
        if whole == "":
            whole = part
        elif len(last) >= _FULL and _HASH.match(last) is None:
            whole += part
        else:
            fitted = width + 1 + len(part.partition(" ")[0]) < widest * 0.8
            whole += ("\n" if fitted else " ") + part
        width = len(part)
    return whole


def remark(value: str) -> tuple[str, str | None, str]:
    """Give a value, what stands in parentheses behind it, and what follows those."""
    found = _PARENTHESES.match(value)
    if found is None or found[1].strip() == "":
        return value, None, ""
    return found[1].strip(), found[2].strip(), found[3].strip()


def contact(value: str, order: DateOrder, kind: str | None) -> dict[str, Json]:
    """Give a contact as the JSON writes it: `+1 … (Verified 01-02-2026 03:04:05 UTC)`."""
    found = _VERIFIED.match(value)
    given: dict[str, Json] = {"value": value if found is None else found[1]}
    if kind is not None:
        given["type"] = kind
    if found is not None:
        given["verified"] = found[2].casefold() == "verified"
        when = f"{found[3]} {found[4]}".strip()
        if given["verified"] is True and when != "":
            given["verificationDate"] = order.iso(when)
    return given


def captured_address(lines: Sequence[tuple[str, PdfLine]], order: DateOrder) -> dict[str, Json]:
    """Give `198.18.0.1 (Login) 01-02-2026 03:04:05 UTC`, in one line or several."""
    whole = ""
    for part, _ in lines:
        whole = _glued(whole, part)
    return _capture("IP Address", whole, order)


def _glued(before: str, part: str) -> str:
    """Put a line behind another: a value without blanks that was broken goes on at once."""
    following = part.split(" ")[0].strip("()")
    is_value = " " not in before and not part.startswith("(")
    is_other = following.casefold() in _EVENTS or _DATE.match(following) is not None
    return f"{before}{'' if before == '' or (is_value and not is_other) else ' '}{part}"


def _rest_of(found: re.Match[str], order: DateOrder) -> dict[str, Json]:
    time = found["time"]
    return {
        "value": found["value"],
        "eventName": found["event"],
        "port": found["port"],
        "possibleProxy": True if found["proxy"] is not None else None,
        "dateTime": None if time is None else order.iso(time),
    }


def captures(
    lines: Sequence[tuple[str, PdfLine]], order: DateOrder
) -> list[tuple[dict[str, Json], PdfLine]]:
    """Give the rows of a table of captures: type, value, event, port and time."""
    return [
        (_capture(kind, value, order), line)
        for kind, value, line in _rows(lines)
        if kind != _NO_ROW
    ]


def unread_captures(lines: Sequence[tuple[str, PdfLine]]) -> list[str]:
    """Give the lines of a table of captures that are no rows of it."""
    return [value for kind, value, _ in _rows(lines) if kind == _NO_ROW]


def _rows(lines: Sequence[tuple[str, PdfLine]]) -> list[tuple[str, str, PdfLine]]:
    rows: list[tuple[str, str, PdfLine]] = []
    for part, line in lines:
        found = _CAPTURE.match(part)
        if found is not None:
            rows.append((found[1], found[2], line))
        elif part == "" or part.casefold().startswith("type value"):
            continue
        elif len(rows) == 0 or (_WHOLE.search(rows[-1][1]) and _ZONE.match(part) is None):
            rows.append((_NO_ROW, part, line))
        else:
            kind, value, first = rows[-1]
            rows[-1] = (kind, _glued(value, part), first)
    return rows


def _capture(kind: str, value: str, order: DateOrder) -> dict[str, Json]:
    row: dict[str, Json] = {"captureType": kind, "value": value}
    found = _ROW.match(" ".join(value.replace("(", " ").replace(")", " ").split()))
    return row if found is None else row | _rest_of(found, order)
