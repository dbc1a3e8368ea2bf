"""Writes the client's typed calls from the API's description: `python -m tests.client.code`.

One file for each resource: the models that it needs and are in no file before, and a class with a
method for each operation. A test compares what is committed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from api.app import openapi_document
from tests.architecture.sources import ROOT

Node: TypeAlias = dict[str, Any]
RESOURCES = (
    *("investigations", "claims", "checks", "conflicts", "notifications"),
    *("agencies", "users", "judgements", "audit", "log-on", "accounts", "webhooks", "service"),
    *(
        "jobs",
        "quarantine",
        "evidence",
        "queue",
        "urgent",
        "handoffs",
        "assignments",
        "routing",
        "caseload",
    ),
    *("security-keys", "tasks", "notes", "provider-requests", "assistance"),
    *("incidents", "custody", "feedback"),
    *("retention", "reviews", "chart-reports", "priority", "workspaces", "suggestions"),
)
"""Tags, in an order in which later ones use models of earlier ones."""
FOLDER = ROOT / "client/resources"
_BASES = ("as_of", "synthetic", "queries")
_LONGEST = 88
_ANYTHING = "JsonValue"
_NOT_CALLED = {"notification_stream", "health", "show_version"}
"""Written by hand: one stays open, two need no log-on."""


@dataclass(slots=True)
class Writer:
    """Writes one file after another, each model once."""

    document: Node
    home: dict[str, str] = field(default_factory=dict)
    """In which file a model is."""

    def files(self) -> Iterator[tuple[str, str]]:
        """Give name and text of each file."""
        for tag in RESOURCES:
            yield tag.replace("-", "_"), _formatted(self._file(tag))

    def _file(self, tag: str) -> str:
        operations = [
            (path, method, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
            if tag in operation.get("tags", ()) and operation["operationId"] not in _NOT_CALLED
        ]
        wanted: dict[str, None] = {}
        for _, _, operation in operations:
            for asked in operation.get("parameters", ()):
                for name in _names(asked["schema"]):
                    self._need(name, wanted)
            for held in (_body(operation), _answer(operation)):
                self._need(held, wanted)
        new = [name for name in wanted if name not in self.home]
        old = sorted(name for name in wanted if name in self.home)
        methods = "\n".join(self._method(*operation) for operation in operations)
        models = "\n\n".join(self._model(name) for name in new)
        used = [name for name in old if name in models + methods]
        self.home |= dict.fromkeys(new, tag.replace("-", "_"))
        return f'''"""The API's {tag}: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read, reference
{_imports(used, self.home)}

{models}


class {tag.title().replace("-", "")}(Calls):
    """Calls about {tag}."""

{methods}
'''

    def _need(self, name: str | None, found: dict[str, None]) -> None:
        if name is None or name in found or name == _ANYTHING:
            return
        for inner in _names(self.document["components"]["schemas"][name]):
            self._need(inner, found)
        found[name] = None

    def _model(self, name: str) -> str:
        schema: Node = self.document["components"]["schemas"][name]
        if "enum" in schema:
            values = ", ".join(repr(value) for value in schema["enum"])
            return f"{name}: TypeAlias = Literal[{values}]"
        is_answer = set(_BASES) <= set(schema["properties"])
        base = "Answer" if is_answer else "Part"
        if schema.get("additionalProperties") is False:
            base = "Asked"
        lines = [
            f"    {place}: {_type(said)}{_default(said, place in schema.get('required', ()))}"
            for place, said in schema["properties"].items()
            if not is_answer or place not in _BASES
        ]
        return f'class {name}({base}):\n    """{_doc(schema)}"""\n\n' + "\n".join(lines)

    def _method(self, path: str, method: str, operation: Node) -> str:
        body, answer = _body(operation), _answer(operation)
        sent_as = operation.get("requestBody", {}).get("content", {})
        is_file = "application/octet-stream" in sent_as
        is_text = "text/csv" in sent_as or is_file
        places = [p for p in operation.get("parameters", ()) if p["in"] == "path"]
        queries = [p for p in operation.get("parameters", ()) if p["in"] == "query"]
        headers = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
        signature = ["self", *(f"{p['name']}: str" for p in places)]
        if body is not None or is_text:
            signature.append(f"wanted: {body if body is not None else 'bytes'}")
        named = [f"{p['name']}: {_type(p['schema'])}{_given(p)}" for p in queries]
        named += ["name: str | None = None"] if "Content-Disposition" in headers else []
        named += ["version: int"] if "If-Match" in headers else []
        named += ["key: str | None = None"] if "Idempotency-Key" in headers else []
        signature += ["*", *named] if len(named) > 0 else []
        address = path.removeprefix("/v1/")
        for place in (p["name"] for p in places):
            shown = "reference" if place == "investigation" else "part"
            address = address.replace(f"{{{place}}}", f"{{{shown}({place})}}")
        quoted = f'f"{address}"' if "{" in address else f'"{address}"'
        call = [f'"{method.upper()}"', quoted]
        if len(queries) > 0:
            call.append(
                "params={" + ", ".join(f'"{p["name"]}": {p["name"]}' for p in queries) + "}"
            )
        call += ["body=wanted"] if body is not None or is_text else []
        call += ['media_type="application/octet-stream"'] if is_file else []
        call += ["name=name"] if "Content-Disposition" in headers else []
        call += ["version=version"] if "If-Match" in headers else []
        if "Idempotency-Key" in headers:
            call.append("key=once(key)")
        sent = f"self._call({', '.join(call)})"
        is_kept = "Content-Disposition" in _sent_headers(operation)
        gives = ("bytes" if is_kept else "str") if answer is None else answer
        text = "content" if is_kept else "text"
        given = f"{sent}.{text}" if answer is None else f"read({sent}, {answer})"
        return f'''    def {operation["operationId"]}({", ".join(signature)}) -> {gives}:
        """{_doc(operation)}"""
        return {given}
'''


def _names(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from _names(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _names(value)


def _imports(used: list[str], home: Mapping[str, str]) -> str:
    return "\n".join(f"from client.resources.{home[name]} import {name}" for name in used)


def _body(operation: Node) -> str | None:
    content = operation.get("requestBody", {}).get("content", {})
    return (
        next(_names(content["application/json"]), None) if "application/json" in content else None
    )


def _answer(operation: Node) -> str | None:
    (content,) = (
        response.get("content", {})
        for status, response in operation["responses"].items()
        if status.startswith("2")
    )
    return next(_names(content.get("application/json", {})), None)


def _sent_headers(operation: Node) -> set[str]:
    """Give the headers that the answer is said to carry."""
    return {
        name
        for status, response in operation["responses"].items()
        if status.startswith("2")
        for name in response.get("headers", ())
    }


def _type(schema: Node) -> str:
    if "$ref" in schema:
        name = cast("str", schema["$ref"].rpartition("/")[2])
        return "Any" if name == _ANYTHING else name
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"])
    match schema.get("type"):
        case "array":
            return f"tuple[{_type(schema['items'])}, ...]"
        case "object" if schema.get("additionalProperties", {}) == {"type": "integer"}:
            return "Mapping[str, int]"
        case "object":
            return "Mapping[str, Any]"
        case "string" if schema.get("format") == "date-time":
            return "datetime"
        case kind:
            names = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
            return {**names, "null": "None"}[str(kind)]


def _default(schema: Node, is_required: bool) -> str:  # noqa: FBT001 - private
    if is_required:
        return ""
    default = schema.get("default")
    return f" = {tuple(default) if isinstance(default, list) else default!r}"


def _given(parameter: Node) -> str:
    if parameter.get("required", False):
        return ""
    return f" = {parameter['schema'].get('default')!r}"


def _doc(said: Node) -> str:
    """Give the first sentence of a description, and all of it where that fits."""
    first, _, _ = str(said.get("description", "")).partition("\n\n")
    whole = " ".join(first.split())
    return whole if len(whole) < _LONGEST else f"{whole.partition('. ')[0]}."


def _formatted(text: str) -> str:
    """Give the text as ruff leaves it, without imports that nothing uses."""
    for command in (
        ["check", "--quiet", "--fix-only", "--select", "F401,I001", "-"],
        ["format", "--quiet", "-"],
    ):
        text = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", "client/resources/x.py"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout
    return text


def written() -> dict[str, str]:
    """Give the text of every file by its resource."""
    return dict(Writer(cast("Node", openapi_document())).files())


if __name__ == "__main__":
    for resource, text in written().items():
        (FOLDER / f"{resource}.py").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(RESOURCES)} files written.\n")
