"""Keys of casework records, and the shape of texts that people type for them."""

from __future__ import annotations

import re

from graph.errors import RowError

MAX_TEXT = 2000
"""Characters of one text."""
_USER = re.compile(r"[a-z0-9][a-z0-9.@_-]{1,63}\Z")


def part(name: str) -> str:
    """Give one part of a key so that no other parts give the same key (as in RFC 3986, 2.1)."""
    return name.replace("%", "%25").replace("|", "%7C")


def folded(name: str) -> str:
    """Give a short name folded, with single spaces."""
    return " ".join(name.casefold().split())


def investigation_key(agency: str, reference: str) -> str:
    """Give the key of an investigation: agency and reference, each with its own `|` escaped."""
    return f"{part(agency)}|{part(reference)}"


def user_key(text: str) -> str:
    """Give a user's key.

    Raises:
        RowError: it is not of the right shape.
    """
    key = text.strip().casefold()
    if _USER.match(key) is None:
        raise RowError(
            "A user name has 2 to 64 letters, digits, dots, hyphens, underscores or `@`, "
            "and begins with a letter or digit."
        )
    return key


def text_of(value: str, what: str, *, most: int = MAX_TEXT) -> str:
    """Give a text that must say something.

    Raises:
        RowError: it is empty or too long.
    """
    text = value.strip()
    if not 0 < len(text) <= most:
        raise RowError(f"{what} is needed, in at most {most:,} characters.")
    return text


def optional_text(value: str | None, what: str) -> str | None:
    """Give a text, None when there is none.

    Raises:
        RowError: it is too long.
    """
    if value is None or value.strip() == "":
        return None
    return text_of(value, what)
