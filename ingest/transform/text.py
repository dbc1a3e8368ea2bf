"""Text that the store can hold: no lone surrogates, and no longer than is useful to people."""

from __future__ import annotations

from typing import overload

MAX_NAME = 500
MAX_NOTE = 20_000
_CUT = " … [cut; the whole text is in the original]"


@overload
def storable(text: str, *, limit: int = MAX_NAME) -> str: ...
@overload
def storable(text: None, *, limit: int = MAX_NAME) -> None: ...
@overload
def storable(text: str | None, *, limit: int = MAX_NAME) -> str | None: ...


def storable(text: str | None, *, limit: int = MAX_NAME) -> str | None:
    """Give a text with lone surrogates (no UTF-8 has them) replaced, cut at `limit` characters."""
    if text is None:
        return None
    if len(text) > limit:
        text = text[:limit] + _CUT
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
