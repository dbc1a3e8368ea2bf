"""Hostile texts as the store may hold them: from tips, and typed by people."""

from __future__ import annotations

from itertools import cycle
from typing import Final

from graph.casework.log_text import holds_identifier
from ingest.transform.text import storable
from tests.hostile import HOSTILE, LENGTHS

_CANARY: Final = (
    "<script>window.canary=1</script>",
    "<img src=x onerror=window.canary=1>",
    "<svg/onload=window.canary=1>",
)
PAYLOADS: Final = (*_CANARY, *HOSTILE)


def texts(most: int) -> tuple[str, ...]:
    """Give every payload as intake would hand it to the store, cut at `most` characters."""
    return tuple(storable(payload, limit=most)[:most] for payload in PAYLOADS)


def typed(most: int, *, is_free: bool = True) -> str:
    """Give as many payloads as somebody can type into a field; few fields let no identifier in."""
    long, found = {text[:most] for text in LENGTHS}, ""
    for text in texts(most):
        longer = f"{found} {text}"[:most].strip()
        if text not in long and (is_free or not holds_identifier(longer)):
            found = longer
    return found


class Turns:
    """Payloads one after the other, for fields that hold one."""

    def __init__(self) -> None:
        """Begin with the first."""
        self._texts = cycle(texts(200))

    def next(self) -> str:
        """Give the next that is not blank."""
        return next(text for each in self._texts if (text := each.strip()) != "")
