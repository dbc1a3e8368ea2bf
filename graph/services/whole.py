"""Answers that are whole or none: a list that a query may have cut short is no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from graph.errors import StoreRefusedError

R = TypeVar("R")


def whole(rows: list[R], *, most: int, what: str) -> list[R]:
    """Give rows that a query found, where they are fewer than it gives at most.

    Raises:
        StoreRefusedError: they are as many, so that some may have been cut off.
    """
    if len(rows) < most:
        return rows
    raise StoreRefusedError(
        f"{what} are {most:,} or more, which is more than can be looked at in one piece. Nothing "
        "was changed; hand over less at a time."
    )


def halved(
    read: Callable[[list[str]], list[R]], keys: Sequence[str], *, most: int, what: str
) -> list[R]:
    """Give what is found for keys, with fewer of them at a time where it is too much.

    Raises:
        StoreRefusedError: it is too much for a single key.
    """
    rows = read(list(keys))
    if len(rows) < most or len(keys) <= 1:
        return whole(rows, most=most, what=what)
    half = len(keys) // 2
    return [
        *halved(read, keys[:half], most=most, what=what),
        *halved(read, keys[half:], most=most, what=what),
    ]
