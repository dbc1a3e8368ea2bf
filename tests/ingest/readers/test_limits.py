"""Every bound has a sentence that names it and says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from ingest.limits import Limits
from ingest.readers.documents import read_document


def _reason(data: bytes, **limits: int) -> str:
    (item,) = read_document(data, name="d", limits=Limits(**limits))
    assert item.error is not None
    return str(item.error)


def _json(value: object) -> bytes:
    return json.dumps({"reportId": "1", "reportedInformation": {"x": value}}).encode()


def _xml(inner: str) -> bytes:
    return f"<report>{inner}</report>".encode()


def _nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "JSON bytes": (lambda: _json("x" * 200), "max_bytes"),
    "XML bytes": (lambda: _xml("x" * 200), "max_bytes"),
    "JSON depth": (lambda: _json(_nested(10)), "max_depth"),
    "XML depth": (lambda: _xml("<a>" * 10 + "</a>" * 10), "max_depth"),
    "JSON nodes": (lambda: _json(list(range(50))), "max_nodes"),
    "XML elements": (lambda: _xml("<a/>" * 50), "max_nodes"),
    "XML attributes": (lambda: _xml("<a b='1' c='2'/>" * 20), "max_nodes"),
    "JSON text": (lambda: _json("x" * 50), "max_text"),
    "XML text": (lambda: _xml(f"<a>{'x' * 50}</a>"), "max_text"),
}
_TIGHT = {"max_bytes": 150, "max_depth": 8, "max_nodes": 40, "max_text": 40}


@pytest.mark.parametrize("label", sorted(_CASES))
def test_a_document_beyond_a_limit_names_it(label: str) -> None:
    make, limit = _CASES[label]

    reason = _reason(make(), **{limit: _TIGHT[limit]})

    assert f"the limit {limit} of {_TIGHT[limit]}" in reason
    assert "raise the limit" in reason


@pytest.mark.parametrize("label", sorted(_CASES))
def test_the_same_documents_are_within_the_usual_limits(label: str) -> None:
    make, _ = _CASES[label]

    (item,) = read_document(make(), name="d")

    assert item.error is None or "limit" not in str(item.error)


def test_a_container_beyond_its_limit_names_it() -> None:
    data = b"[" + b",".join([_json(1)] * 20) + b"]"

    assert "max_container_bytes of 500" in _reason(data, max_container_bytes=500)


def test_nesting_far_beyond_the_interpreter_is_an_error_too() -> None:
    assert "max_depth" in _reason(b"[" * 20_000 + b"]" * 20_000)
    assert "max_depth" in _reason(b'{"reportId": ' + b'{"a":' * 50_000)
    assert "max_depth" in _reason(b"<report>" + b"<a>" * 50_000)


def test_braces_and_commas_in_texts_are_no_values() -> None:
    (item,) = read_document(
        _json("[{,}]" * 100), name="d", limits=Limits(max_nodes=40, max_depth=8)
    )

    assert item.error is None
