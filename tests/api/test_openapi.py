"""The committed description is the API's, and says what every route may answer."""

from __future__ import annotations

import json
from typing import Any, cast

from api.app import OPEN_ROUTES, openapi_document
from api.conduct.without_key import WITHOUT_KEY
from api.openapi import as_text
from tests.architecture.sources import ROOT

DOCUMENT = cast("dict[str, Any]", openapi_document())
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]

ASKING = {
    "suggestions",
    *("search", "history", "near", "run_query", "audit_ledger", "propose_mapping"),
    "try_feedback",
    "try_priority_table",
    *("prove_audit_growth", "verify_audit", "preview_assistance"),
}
"""Sent twice they are answered twice, and change nothing."""
LOGGING_ON = {
    *("log_on", "log_on_by_id_token", "begin_elsewhere", "enrol", "offer_second_factor"),
    *("change_own_password", "offer_own_second_factor", "replace_own_second_factor"),
    *("begin_with_key", "offer_own_key", "begin_own_proof", "add_own_key", "end_own_key"),
}
"""Of what they carry nothing may be kept, and what they use up is used once anyway."""


def test_the_committed_description_is_up_to_date() -> None:
    committed = (ROOT / "docs/openapi.json").read_text(encoding="utf-8")
    assert committed == as_text(openapi_document()), "write it with `python -m api`"


def test_every_closed_route_says_that_it_needs_a_token() -> None:
    assert DOCUMENT["security"] == [{"token": []}]
    for path, method, operation in OPERATIONS:
        is_open = (method.upper(), path) in OPEN_ROUTES
        assert (operation.get("security") == []) is is_open
        leads_to_one = "log-on" in operation["tags"]
        assert ("401" in operation["responses"]) is (not is_open or leads_to_one)


def test_every_error_is_a_problem() -> None:
    for path, _, operation in OPERATIONS:
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)


def test_a_misspelled_field_is_refused_in_every_body() -> None:
    """A key whose `networks` were passed over would be good from everywhere."""
    asked = [
        body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for _, _, operation in OPERATIONS
        if "application/json" in (body := operation.get("requestBody", {})).get("content", {})
    ]
    assert len(asked) > 30
    schemas = DOCUMENT["components"]["schemas"]
    assert {
        name for name in asked if schemas[name].get("additionalProperties") is not False
    } == set()


def test_no_address_takes_an_identifier() -> None:
    """Addresses get into logs and histories: they hold tip numbers, places in lists, names."""
    in_addresses = {
        parameter["name"]
        for _, _, operation in OPERATIONS
        for parameter in operation.get("parameters", ())
        if parameter["in"] != "header"
    }
    assert in_addresses == {
        *(
            "changed",
            "tip",
            "other",
            "after",
            "limit",
            "longest",
            "name",
            "user",
            "ref",
            "log",
            "days",
        ),
        *("investigation", "claim", "conflict", "notification", "request", "agency", "agreement"),
        *(
            "judgement",
            "entry",
            "purpose",
            "with_resolved",
            "with_seen",
            "webhook",
            "task",
            "which",
        ),
        *("figure", "label", "second", "zone", "step", "back", "shared"),
        *("job", "holder", "provider", "report_number", "synthetic"),
        *("direction", "handoff", "with_done", "skills", "record"),
        *("state", "owner", "unassigned", "priority", "older_than_days"),
        *("feedback", "kind", "hold", "number", "version", "workspace"),
    }


def test_operations_are_named_and_described() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert all(len(operation["description"]) > 0 for _, _, operation in OPERATIONS)


def test_every_change_can_be_sent_twice_and_every_edit_names_its_version() -> None:
    """POST that changes something takes a key, what edits a record a version."""
    without: set[str] = set()
    for path, method, operation in OPERATIONS:
        headers = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
        if method == "post" and "Idempotency-Key" not in headers:
            without.add(operation["operationId"])
            assert "Takes no `Idempotency-Key`. " in operation["description"], path
        if method in ("patch", "put"):
            assert "If-Match" in headers, path
    assert without == set(WITHOUT_KEY) == ASKING | LOGGING_ON


def test_every_body_has_an_example() -> None:
    """Somebody who reads the page can send what they see."""
    for path, method, operation in OPERATIONS:
        if method in ("get", "delete"):
            continue
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in content or "examples" in content, path
