"""JSON text to values, within limits. Numbers stay text, so that none is too large or rounded."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from graph.errors import UnreadableDocumentError
from ingest.limits import Limits, too_many

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"
"""A JSON value; numbers are text as they stand in the document."""

REPEATED = " (stated before)"
"""Added to a key that an object states twice: the last one counts, as in other readers, and the
earlier one is kept beside it as an unknown key."""
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*"', re.DOTALL)
_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_REPLACEMENT = "\ufffd"


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    whole: dict[str, Json] = {}
    for key, item in pairs:
        if key in whole and whole[key] != item:
            whole[f"{key}{REPEATED}"] = whole[key]
        whole[key] = item
    return whole


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False
)
"""Control characters in strings are let through: the standard forbids them, senders write them."""


def parse_json(text: str, limits: Limits) -> Json:
    """Give the value of a JSON text.

    NUL and lone surrogates, which no store keeps, become U+FFFD.

    Raises:
        UnreadableDocumentError: not JSON, or beyond a limit.
    """
    _check_count(text, limits)
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableDocumentError(
            f"it is not valid JSON: {error.msg.removesuffix(' at')} at line {error.lineno}, "
            f"column {error.colno}; "
            "ask the sender for a complete copy"
        ) from None
    except RecursionError:
        raise too_many("levels of nesting", "max_depth", limits.max_depth) from None
    _check_shape(value, limits)
    if len(text) > limits.max_text:
        _check_texts(value, limits)
    if "\\u" in text or "\x00" in text:
        return _storable(value)
    return value


def _check_count(text: str, limits: Limits) -> None:
    """Refuse before parsing what would take too much memory: 1 value costs about 50 bytes."""
    count = text.count(",") + text.count("[") + text.count("{") + 1
    if count > limits.max_nodes:
        bare = _STRING.sub("", text)
        count = bare.count(",") + bare.count("[") + bare.count("{") + 1
        if count > limits.max_nodes:
            raise too_many("values", "max_nodes", limits.max_nodes)


def _check_shape(value: Json, limits: Limits) -> None:
    """Walk level by level, so that depth costs no recursion."""
    level: list[dict[str, Json] | list[Json]] = [value] if isinstance(value, (dict, list)) else []
    depth = 0
    while level:
        depth += 1
        if depth > limits.max_depth:
            raise too_many("levels of nesting", "max_depth", limits.max_depth)
        level = [
            item
            for holder in level
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, (dict, list))
        ]


def _check_texts(value: Json, limits: Limits) -> None:
    if isinstance(value, str):
        if len(value) > limits.max_text:
            raise too_many("characters in one text", "max_text", limits.max_text)
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            _check_texts(item, limits)


def _storable(value: Json) -> Json:
    """Replace what cannot be stored; recursion is bounded by `max_depth`, checked before."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub(_REPLACEMENT, key): _storable(item) for key, item in value.items()}
    return value
