"""Reads JSON of loose shape: senders write a text, an object or a list for the same thing."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ingest.readers.collect import UNKNOWN_LENGTH, Collector
from ingest.readers.json_source import Json
from ingest.readers.stated import is_nothing

_DUMPED = 20
"""Members of a list or object that a shortened text shows; 500 characters are kept of it."""


def text_of(value: Json) -> str | None:
    """Give the text of a text, number, boolean or `{"value": …}`; None when nothing is said."""
    if value is None:
        return None
    if isinstance(value, str):
        return None if is_nothing(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) and len(value) == 1 and "value" in value:
        inner = value["value"]
        return None if isinstance(inner, (dict, list)) else text_of(inner)
    return None


def dumped(value: Json) -> str:
    """Give a value as JSON text, cut short before it grows."""
    if isinstance(value, str):
        return value[:UNKNOWN_LENGTH]
    return json.dumps(_shortened(value), ensure_ascii=False)[:UNKNOWN_LENGTH]


def _shortened(value: Json) -> Json:
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_DUMPED]]
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in list(value.items())[:_DUMPED]}
    return value[:UNKNOWN_LENGTH] if isinstance(value, str) else value


def items_of(value: Json, path: str, *inner: str) -> Iterator[tuple[Json, str]]:
    """Give the members of a list with their paths; one bare member counts as a list of one.

    Args:
        inner: keys that wrap the list, as in `{"emails": {"emails": […]}}`; the first is shown in
            paths when the wrapper is there.
    """
    if isinstance(value, dict):
        for key in inner:
            if key in value:
                yield from items_of(value[key], f"{path}/{key}")
                return
    if isinstance(value, list):
        for number, item in enumerate(value):
            if item is not None:
                yield item, f"{path}[{number}]"
    elif value is not None and not (isinstance(value, str) and is_nothing(value)):
        yield value, path


def wrapper_rest(c: Collector, value: Json, path: str, *inner: str) -> None:
    """Count the keys that stand beside the wrapped list."""
    if isinstance(value, dict) and len(value) > 1 and any(key in value for key in inner):
        for key, item in value.items():
            if key not in inner and item is not None:
                c.unknown(f"{path}/{key}", dumped(item), "key")


def one_text(c: Collector, value: Json, path: str) -> str | None:
    """Give the text of a field that holds one; another type is kept as unknown."""
    if value is None:
        return None
    text = text_of(value)
    if text is None and isinstance(value, (dict, list)) and len(value) > 0:
        texts = [text_of(item) for item in value] if isinstance(value, list) else [None]
        stated = [item for item in texts if item is not None]
        if len(stated) == len(texts):
            return "; ".join(stated)
        c.unknown(path, dumped(value), "type")
    return text
