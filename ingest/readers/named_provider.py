"""Which provider a document names that could not be taken in: for counting, never for a tip."""

from __future__ import annotations

import json
import re

_LOOKED_AT = 1 << 20
"""Bytes: a provider stands near the front, and a document may be as large as it likes."""
_LONGEST = 200
# NCMEC's JSON (`domain.md` 2.1) and Crosstip's own lines; a `<report>` never names who files it.
_NAMED = re.compile(rb'"(?:espName|provider)"\s*:\s*("(?:[^"\\\x00-\x1f]|\\.){1,800}")')


def named_provider(data: bytes) -> str | None:
    """Give the one provider that a document names, also where it cannot be read as a whole.

    None where it names none, or several: which of them reported cannot be told then.
    """
    found: set[str] = set()
    for match in _NAMED.finditer(data[:_LOOKED_AT]):
        try:
            text = json.loads(match[1])
            text.encode("utf-8")
        except ValueError:
            # An escape that is none, or half a pair of two: that is no name.
            continue
        if text.strip() != "":
            found.add(text.strip()[:_LONGEST])
    return found.pop() if len(found) == 1 else None
