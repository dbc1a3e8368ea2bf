"""Good documents, and ways to put something else into them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def base_json() -> dict[str, object]:
    """Give a good tip in JSON, with every key."""
    loaded: dict[str, object] = json.loads((DATA / "ids/full.json").read_bytes())
    return loaded


def base_xml() -> str:
    """Give a good `<report>`, with every element."""
    return (DATA / "ncmec/report_full.xml").read_text("utf-8")


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the path of every place in a JSON value."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from paths(item, (*path, place))


def replaced(value: object, path: tuple[str | int, ...], new: object) -> object:
    """Give a JSON value with something else in one place."""
    if not path:
        return new
    if isinstance(value, dict):
        return {
            key: replaced(item, path[1:], new) if key == path[0] else item
            for key, item in value.items()
        }
    assert isinstance(value, list)
    return [
        replaced(item, path[1:], new) if place == path[0] else item
        for place, item in enumerate(value)
    ]


def with_every_text(value: object, new: str) -> object:
    """Give a JSON value with one text in place of every text."""
    if isinstance(value, dict):
        return {key: with_every_text(item, new) for key, item in value.items()}
    if isinstance(value, list):
        return [with_every_text(item, new) for item in value]
    return new if isinstance(value, str) else value


def xml_escaped(text: str) -> str:
    """Give a text as XML writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
