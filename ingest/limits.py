"""Bounds of every reader: how large, how deep and how long a document may be."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import UnreadableDocumentError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a document may cost. A CyberTip without its media is some kilobytes.

    The figures follow the OWASP XML Security Cheat Sheet's advice to bound size, depth and
    number of nodes; each is far above what the documents that NCMEC describes can need.
    """

    max_bytes: int = 10 * MEBIBYTE
    """Bytes of one tip, or of one document that holds a single tip."""
    max_container_bytes: int = 512 * MEBIBYTE
    """Bytes of one file that holds many tips or lines."""
    max_depth: int = 64
    """Levels of nesting."""
    max_nodes: int = 100_000
    """Values (JSON) or elements and attributes (XML) in one tip."""
    max_text: int = 1_000_000
    """Characters of one text."""
    max_line: int = 65_536
    """Characters of one line of a CSV file."""
    max_mined: int = 1_000
    """Identifiers taken out of one text; further ones are counted, not taken."""


DEFAULT_LIMITS = Limits()


def too_large(size: int, limit: str, allowed: int) -> UnreadableDocumentError:
    """Give the error for a document of too many bytes; `limit` is the field's name."""
    return UnreadableDocumentError(
        f"it has {size:,} bytes, more than the limit {limit} of {allowed:,}; "
        "split it, or raise the limit if you trust its sender"
    )


def too_many(what: str, limit: str, allowed: int) -> UnreadableDocumentError:
    """Give the error for too much of something else, such as `levels of nesting`."""
    return UnreadableDocumentError(
        f"it has more {what} than the limit {limit} of {allowed:,}; "
        "ask the sender for a smaller document, or raise the limit if you trust it"
    )
