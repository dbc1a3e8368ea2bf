"""Nothing that breaks the schema leaves Python: ArcadeDB would take it silently."""

from __future__ import annotations

import pytest

from graph.errors import RowError
from graph.rows import PropertyRow, node_rows, rel_rows

GOOD: PropertyRow = {"key": "chatterbox", "name": "Chatterbox Example"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"key": None}, "lacks key"),
        ({"key": ""}, "empty or too long"),
        ({"key": "x" * 2001}, "empty or too long"),
        ({"key": 5}, "key as int"),
        ({"name": None}, "lacks name"),
        ({"name": True}, "name as bool"),
        ({"surprise": "x"}, "undeclared"),
        ({"key": "x\udcff"}, "key with half a character"),
        ({"name": "\ud800"}, "name with half a character"),
    ],
)
def test_a_bad_row_is_refused(change: PropertyRow, why: str) -> None:
    with pytest.raises(RowError, match=why):
        node_rows("Provider", [GOOD | change])


def test_a_boolean_is_no_integer_and_integers_have_64_bits() -> None:
    leaf: PropertyRow = {"key": "x", "at_us": 1, "actor": "a", "action": "b", "outcome": "c"}
    assert len(node_rows("AuditEntry", [leaf])) == 1
    for value in (True, 2**63):
        with pytest.raises(RowError):
            node_rows("AuditEntry", [leaf | {"at_us": value}])


def test_every_declared_property_is_there_and_doubles_go() -> None:
    stated: PropertyRow = {
        "key": "a",
        "why": "W",
        "judged_by": "j",
        "verdict": "unsure",
        "at_us": 5,
    }
    ends: PropertyRow = {"first": "t:1", "second": "t:2"}
    rows = node_rows("Judgement", [stated | ends] * 2)
    absent = {"agency": None, "undoes": None, "weights": None, "score": None, "grade": None}
    assert rows == [stated | ends | absent]


def test_an_edge_needs_both_ends() -> None:
    with pytest.raises(RowError, match="empty end"):
        rel_rows("RUNS", [("", "x", {})])
    assert rel_rows("RUNS", [("a", "b", {})]) == [{"start": "a", "end": "b"}]


def test_every_text_is_one_that_utf_8_can_hold() -> None:
    emoji: PropertyRow = {"key": "a", "name": "\U0001f600 é"}
    assert node_rows("Provider", [emoji]) == [emoji]
    listed: PropertyRow = {"kind": "FileHash", "state": "normal", "listed": ["fine", "\udcff"]}
    with pytest.raises(RowError, match="listed with half a character"):
        node_rows("FileHash", [{"key": "md5:a", **listed}])
    for ends in (("\ud800", "b"), ("a", "\udfff")):
        with pytest.raises(RowError, match="an end with half"):
            rel_rows("RUNS", [(*ends, {})])
