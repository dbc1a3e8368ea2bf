"""The client's models against the API's description: every field it reads is one that is sent."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any, cast

import pytest
from pydantic import BaseModel

from api.app import openapi_document
from client import answers, groups, links, near, overlaps, paths, search, states, store, tips
from client.client import CrosstipClient
from tests.client.code import FOLDER, written

DOCUMENT = cast("dict[str, Any]", openapi_document())
SENT: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
BASES = {"Part", "Answer", "Asked", "LinkAnswer"}


def _models() -> dict[str, type[BaseModel]]:
    modules: tuple[ModuleType, ...] = (
        answers,
        groups,
        links,
        near,
        overlaps,
        paths,
        search,
        states,
        store,
        tips,
    )
    return {
        name: value
        for module in modules
        for name, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, BaseModel) and name not in BASES and value is not BaseModel
    }


MODELS = _models()


def _shape(schema: dict[str, Any]) -> object:
    """Give a schema's type without titles, descriptions and defaults, names instead of links."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return frozenset(str(_shape(part)) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return ("array", _shape(schema["items"]))
    if schema.get("type") == "object":
        return ("object", str(_shape(cast("dict[str, Any]", schema["additionalProperties"]))))
    return schema.get("type", "any")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_field_that_the_client_reads_is_sent(name: str) -> None:
    assert name in SENT, f"the API has no {name}"
    sent = SENT[name]
    read = MODELS[name].model_json_schema(ref_template="#/{model}")
    for field, schema in read["properties"].items():
        assert field in sent["properties"], f"{name}.{field} is not sent"
        assert _shape(schema) == _shape(sent["properties"][field]), f"{name}.{field} differs"
    # What has no default in the client must come every time.
    always = set(sent.get("required", ())) | {
        field for field, schema in sent["properties"].items() if "default" in schema
    }
    assert set(read.get("required", ())) <= always


def test_the_typed_calls_are_those_of_the_description() -> None:
    committed = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("[a-z]*.py")}
    assert committed == written(), "write them with `python -m tests.client.code`"


def test_there_is_a_method_for_every_route() -> None:
    operations = {
        operation["operationId"]
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
    }
    methods = {
        name
        for name, value in inspect.getmembers(CrosstipClient, inspect.isfunction)
        if not name.startswith("_") and name != "close"
    }
    renamed = {"show_version": "version"}
    assert {renamed.get(name, name) for name in operations} == methods


def test_a_field_that_is_gone_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(SENT["Hub"]["properties"], "state")
    with pytest.raises(AssertionError, match="not sent"):
        test_every_field_that_the_client_reads_is_sent("Hub")
