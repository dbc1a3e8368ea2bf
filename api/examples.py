"""Examples in the description, put together from what each field says of itself."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import JsonValue

Node: TypeAlias = dict[str, Any]
CSV = "kind,value\nemail,dark.fox@example.com\nphone,+1 555 555 0123\n"
_MOST_DEEP = 8


def put_examples(document: Node) -> None:
    """Give each body of a request and each answer an example, where it has none."""
    schemas: dict[str, Node] = document["components"]["schemas"]
    for methods in document["paths"].values():
        for operation in methods.values():
            bodies = [operation.get("requestBody", {})]
            answers = [said for status, said in operation["responses"].items() if status < "3"]
            for said in (*bodies, *answers):
                for kind, content in said.get("content", {}).items():
                    is_text = kind.startswith("text/")
                    example = CSV if is_text else example_of(content.get("schema", {}), schemas)
                    content.setdefault("example", example)


def example_of(schema: Node, schemas: dict[str, Node], depth: int = 0) -> JsonValue:
    """Give a value that fits a schema: its own example first, then its default, then a plain one.

    Of a body only what is required, and what names an example of its own, is in it.
    """
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth + 1)
    for place in ("examples", "example", "const", "enum"):
        if place in schema:
            said: JsonValue = schema[place]
            return said[0] if isinstance(said, list) else said
    default: JsonValue = schema.get("default")
    if default is not None:
        return default
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], schemas, depth)
    match schema.get("type"):
        case "object" if depth < _MOST_DEEP:
            return _object(schema, schemas, depth)
        case "array" if depth < _MOST_DEEP:
            return [example_of(schema["items"], schemas, depth + 1)]
        case kind:
            return _plain(str(kind), schema)


def _object(schema: Node, schemas: dict[str, Node], depth: int) -> JsonValue:
    is_asked = schema.get("additionalProperties") is False
    needed = schema.get("required", ())
    return {
        name: example_of(said, schemas, depth + 1)
        for name, said in schema.get("properties", {}).items()
        if not is_asked or name in needed or "examples" in said
    }


def _plain(kind: str, schema: Node) -> JsonValue:
    if schema.get("format") == "date-time":
        return "2027-01-31T00:00:00Z"
    names: dict[str, JsonValue] = {
        "string": "text",
        "integer": schema.get("minimum", 1),
        "number": 1.0,
        "boolean": True,
        "object": {},
        "array": [],
    }
    return names.get(kind)
