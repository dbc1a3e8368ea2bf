"""What is said of a tip that is not there: its number, never what else was typed."""

from __future__ import annotations

from graph.errors import NotFoundError
from graph.services.acting import named


def no_such_tip(key: str, *, then: str = "Check the number.") -> NotFoundError:
    """Give the error that there is no such tip in the store.

    An identifier typed in the place of a number is not repeated: errors are kept by programs and
    proxies.
    """
    name = named(key)
    which = "of that number" if name is None else name
    return NotFoundError(f"There is no tip {which} in this store. {then}")
