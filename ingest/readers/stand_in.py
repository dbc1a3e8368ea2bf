"""What is kept in place of something that could not be opened: why, and nothing of it."""

from __future__ import annotations

import json

from graph.errors import UnreadableDocumentError
from ingest.readers.json_source import Json

KEY = "crosstipStandIn"


def encode(reason: str, *, text: str | None = None) -> bytes:
    """Give the document that stands for what could not be opened; the reason ends a sentence.

    Args:
        text: what it held, where that is text.
    """
    held = {KEY: "1", "reason": reason} | ({} if text is None else {"text": text})
    return json.dumps(held, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def refusal_of(value: dict[str, Json]) -> UnreadableDocumentError:
    """Give the error that a stand-in carries."""
    reason = value.get("reason")
    return UnreadableDocumentError(reason if isinstance(reason, str) else "it could not be opened")
