"""The description as a page: plain HTML without a script, from the API itself alone."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any, TypeAlias, cast

from pydantic import JsonValue

Node: TypeAlias = dict[str, Any]
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
nav a { margin-right: .8rem } section { border-top: 1px solid #888; padding-top: .5rem }
h3 code { font-size: 1.1rem } pre { background: #8882; padding: .6rem; overflow-x: auto }
table { border-collapse: collapse } td, th { text-align: left; padding: .2rem .8rem .2rem 0;
vertical-align: top } details { margin: .4rem 0 } summary { cursor: pointer }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }
"""


def page(document: dict[str, JsonValue], *, style: str) -> str:
    """Give the page; `style` is the address of its style sheet."""
    said = cast("Node", document)
    by_tag: dict[str, list[str]] = {}
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            tag = operation.get("tags", ["health"])[0]
            by_tag.setdefault(tag, []).append(_operation(method, path, operation))
    links = "".join(f'<a href="#{_text(tag)}">{_text(tag)}</a>' for tag in by_tag)
    parts = "".join(
        f'<h2 id="{_text(tag)}">{_text(tag)}</h2>{"".join(operations)}'
        for tag, operations in by_tag.items()
    )
    models = "".join(
        _model(name, schema) for name, schema in sorted(said["components"]["schemas"].items())
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Crosstip API</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" '
        f'href="{_text(style)}"></head><body><h1>Crosstip API</h1>'
        f"<p>{_text(said['info'].get('description', ''))}</p><nav>{links}"
        f'<a href="#models">models</a></nav>{parts}'
        f'<h2 id="models">models</h2>{models}</body></html>'
    )


def _operation(method: str, path: str, operation: Node) -> str:
    rows = "".join(
        f"<tr><td><code>{_text(p['name'])}</code></td><td>{_text(p['in'])}"
        f"{', required' if p.get('required') else ''}</td>"
        f"<td>{_text(p.get('description', ''))}</td></tr>"
        for p in operation.get("parameters", ())
    )
    table = f"<table>{rows}</table>" if rows else ""
    body = "".join(_content("Body", operation.get("requestBody", {})))
    answers = "".join(
        "".join(_content(f"{status} {said.get('description', '')}", said))
        for status, said in operation["responses"].items()
        if status < "4"
    )
    errors = ", ".join(status for status in operation["responses"] if status >= "4")
    return (
        f'<section id="{_text(operation["operationId"])}"><h3><code>{method.upper()} '
        f"{_text(path)}</code></h3><p>{_text(operation.get('description', ''))}</p>{table}{body}"
        f"{answers}<p>Errors: {errors}</p></section>"
    )


def _content(title: str, said: Node) -> Iterator[str]:
    for kind, content in said.get("content", {}).items():
        example = content.get("example", "")
        text = example if isinstance(example, str) else json.dumps(example, indent=2)
        yield f"<details><summary>{_text(title)} ({_text(kind)})</summary>{_names(content)}"
        yield f"<pre>{_text(text)}</pre></details>"


def _names(content: Node) -> str:
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return f'<p><a href="#model-{_text(name)}">{_text(name)}</a></p>' if name else ""


def _model(name: str, schema: Node) -> str:
    needed = schema.get("required", ())
    rows = "".join(
        f"<tr><td><code>{_text(place)}</code></td><td>{_text(_type(said))}"
        f"{'' if place in needed else ', may be left out'}</td>"
        f"<td>{_text(said.get('description', ''))}</td></tr>"
        for place, said in schema.get("properties", {}).items()
    )
    values = ", ".join(schema.get("enum", ()))
    return (
        f'<section id="model-{_text(name)}"><h3>{_text(name)}</h3>'
        f"<p>{_text(schema.get('description', ''))} {_text(values)}</p>"
        f"<table>{rows}</table></section>"
    )


def _type(said: Node) -> str:
    if "$ref" in said:
        return str(said["$ref"].rpartition("/")[2])
    if "anyOf" in said:
        return " or ".join(_type(part) for part in said["anyOf"])
    if said.get("type") == "array":
        return f"list of {_type(said['items'])}"
    return str(said.get("format", said.get("type", "anything")))


def _text(said: object) -> str:
    return html.escape(" ".join(str(said).split()) if "\n" not in str(said) else str(said))
