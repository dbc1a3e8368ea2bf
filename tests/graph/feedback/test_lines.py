"""What is told anew of a tip, what corrects, and what is not told again."""

from __future__ import annotations

import csv
import io
import json

import pytest

from graph.feedback.lines import (
    Before,
    FeedbackFormat,
    FeedbackHead,
    Standing,
    line_of,
    written,
)
from graph.feedback.table import shipped_table
from graph.triage.moves import Outcome, State

TABLE = shipped_table()
ARREST = Before(feedback="f1", kind="first", outcome="arrest")
TAKEN_BACK = Before(feedback="f2", kind="retraction", outcome=None)


def standing(state: State, outcome: Outcome | None = None, *, tip: str = "ncmec:7") -> Standing:
    """Give where a tip stands."""
    told = None if outcome is None else outcome.value
    return Standing(tip=tip, state=state.value, outcome=told, stood_us=1_000_000)


@pytest.mark.parametrize(
    ("now", "before", "kind", "corrects"),
    [
        (standing(State.CLOSED, Outcome.ARREST), None, "first", None),
        (standing(State.CLOSED, Outcome.ARREST), ARREST, None, None),
        (standing(State.CLOSED, Outcome.SPAM), ARREST, "correction", "f1"),
        (standing(State.CLOSED, Outcome.ARREST), TAKEN_BACK, "correction", "f2"),
        (standing(State.IN_REVIEW), ARREST, "retraction", "f1"),
        (standing(State.IN_REVIEW), TAKEN_BACK, None, None),
        (standing(State.IN_REVIEW), None, None, None),
        (standing(State.WITHDRAWN), ARREST, None, None),
        (standing(State.CLOSED, Outcome.ARREST, tip="web:7"), None, None, None),
        (standing(State.CLOSED, Outcome.ARREST, tip="ncmec:sha256:ab"), None, None, None),
    ],
)
def test_what_is_told_follows_from_what_was_told_before(
    now: Standing, before: Before | None, kind: str | None, corrects: str | None
) -> None:
    line = line_of(now, before, TABLE)
    found = (None, None) if line is None else (line.kind, line.corrects)
    assert found == (kind, corrects)
    assert line is None or line.report_number == "7"


def test_every_outcome_has_words_and_one_alone_says_that_a_child_was_safeguarded() -> None:
    assert set(TABLE.outcomes) == {outcome.value for outcome in Outcome}
    said = {name for name, told in TABLE.outcomes.items() if told.safeguarded == "yes"}
    assert said == {"child safeguarded"}
    assert {told.safeguarded for told in TABLE.outcomes.values()} == {"yes", "not stated"}
    assert "to be confirmed with NCMEC" in TABLE.name


def test_both_files_say_the_same_and_run_nothing() -> None:
    head = FeedbackHead(
        ref="f3",
        agency="=1+1",
        from_us=0,
        until_us=2_000_000,
        made_us=3_000_000,
        made_by="boss",
        table=TABLE.name,
        synthetic=True,
        left_out=("1 have no number at NCMEC.",),
    )
    found = [
        line_of(standing(State.CLOSED, outcome, tip=f"ncmec:{number}"), None, TABLE)
        for number, outcome in enumerate(Outcome, start=1)
    ]
    lines = [line for line in found if line is not None]
    table = list(csv.DictReader(io.StringIO(written(head, lines, FeedbackFormat.CSV).decode())))
    said = json.loads(written(head, lines, FeedbackFormat.JSON))
    assert [row["report_number"] for row in table] == [
        line["report_number"] for line in said["lines"]
    ]
    assert {row["agency"] for row in table} == {"'=1+1"}
    assert {row["store"] for row in table} == {"SYNTHETIC"} == {said["store"]}
    assert said["as_of"] == "1970-01-01T00:00:03Z"
    assert said["left_out"] == ["1 have no number at NCMEC."]
    assert table[0]["child_safeguarded"] == "yes"
