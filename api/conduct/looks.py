"""Looks that a page makes by itself, every few seconds for as long as it is open.

They are no sign of life: a session ends after its time without use although a page looks on (CJIS
AC-11 is about the person). They show no record, so they write no leaf, and what they ask often must
not use up what people ask with: they are counted apart.
"""

from __future__ import annotations

from starlette.types import Scope

NOTICE_COUNT = "/v1/notifications/count"
URGENT_COUNT = "/v1/urgent/count"
LOOKS = frozenset({("GET", NOTICE_COUNT), ("GET", URGENT_COUNT)})
"""Method and path."""


def is_look(scope: Scope) -> bool:
    """Say whether a request is one that a page makes by itself."""
    return (scope["method"], scope["path"]) in LOOKS
