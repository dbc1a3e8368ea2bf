"""Places in lists as text for addresses: opaque, and without anything about people."""

from __future__ import annotations

import base64
import binascii
import json

from graph.errors import QuestionError

_BAD = QuestionError(
    "`after` is no place in this list. Take `next_after` of the page before, or begin anew."
)


def cursor(*parts: str | int) -> str:
    """Give a place in a list as text."""
    said = json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def place(text: str, *kinds: type[str] | type[int]) -> tuple[str | int, ...] | None:
    """Give the parts of a place, None for the beginning.

    Raises:
        QuestionError: the text is no place of this list.
    """
    if text == "":
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found = json.loads(raw.decode("ascii"))
    except (binascii.Error, ValueError) as error:
        raise QuestionError(str(_BAD)) from error
    if (
        not isinstance(found, list)
        or len(found) != len(kinds)
        or any(type(part) is not kind for part, kind in zip(found, kinds, strict=True))
        or any(isinstance(part, int) and abs(part) >= 1 << 62 for part in found)
    ):
        raise QuestionError(str(_BAD))
    return tuple(found)


def whole(part: str | int) -> int:
    """Give a part that is a number."""
    return int(part)
