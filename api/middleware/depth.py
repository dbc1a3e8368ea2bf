"""How deeply a JSON text is nested, without reading it."""

from __future__ import annotations

import re

MOST = 32
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def is_too_deep(body: bytes, *, most: int = MOST) -> bool:
    """Say whether brackets outside strings are nested more than so deeply.

    A text that is no JSON gives some answer; its reader refuses it.
    """
    if body.count(b"[") + body.count(b"{") <= most:
        return False
    depth = 0
    for token in _TOKEN.finditer(body):
        match token.group()[:1]:
            case b"[" | b"{":
                depth += 1
                if depth > most:
                    return True
            case b"]" | b"}":
                depth -= 1
    return False
