"""The order of precedence among files, people, lists and counting."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.queries.decisions import DecisionRow
from graph.services.state_order import Base, Source, standing_of

NORMAL = Base(state="normal", why=None, decided_by=None)
SERIES = Base(state="known series", why="in a list", decided_by="list")
STOPPED = Base(state="stopped", why="the empty file", decided_by="rule")
BY_NATURE = Base(state="shared", why="private range", decided_by="rule")


def row(
    at_us: int,
    source: Source,
    state: str,
    *,
    undoes: str | None = None,
    until_us: int | None = None,
    snapshot_us: int | None = None,
) -> DecisionRow:
    return DecisionRow(
        key=f"{at_us:03}",
        kind="Email",
        identifier="x@example.com",
        source=source.value,
        state=state,
        undoes=undoes,
        why=f"{source.value} says {state}",
        decided_by="ann",
        at_us=at_us,
        until_us=until_us,
        snapshot_us=snapshot_us,
        rules=None,
    )


COUNTED = row(1, Source.COUNTING, "shared")
PERSON = row(2, Source.PERSON, "normal")


@pytest.mark.parametrize(
    ("base", "decisions", "state"),
    [
        (NORMAL, [], "normal"),
        (NORMAL, [COUNTED], "shared"),
        (SERIES, [COUNTED], "known series"),
        (NORMAL, [COUNTED, PERSON], "normal"),
        (SERIES, [row(2, Source.PERSON, "viral")], "viral"),
        (STOPPED, [COUNTED, PERSON], "stopped"),
        (BY_NATURE, [COUNTED, PERSON], "shared"),
        (NORMAL, [PERSON, row(3, Source.COUNTING, "shared")], "normal"),
        (NORMAL, [COUNTED, PERSON, row(3, Source.PERSON, "undone", undoes="002")], "shared"),
        (SERIES, [PERSON, row(3, Source.PERSON, "undone", undoes="002")], "known series"),
        (NORMAL, [COUNTED, row(2, Source.COUNTING, "normal")], "normal"),
        (NORMAL, [COUNTED, row(2, Source.PERSON, "normal", until_us=50)], "shared"),
        (NORMAL, [row(1, Source.COUNTING, "shared", until_us=100)], "normal"),
        (NORMAL, [row(1, Source.COUNTING, "shared", until_us=101)], "shared"),
        (NORMAL, [COUNTED, row(2, Source.PERSON, "normal", until_us=150)], "normal"),
    ],
)
def test_files_then_people_then_lists_then_counting(
    base: Base, decisions: list[DecisionRow], state: str
) -> None:
    for ordered in permutations(decisions):
        assert standing_of(base, ordered, at_us=100).state == state


def test_since_is_when_counting_said_so_first_without_a_break() -> None:
    said = [
        row(1, Source.COUNTING, "shared"),
        row(2, Source.COUNTING, "normal"),
        row(3, Source.COUNTING, "shared"),
        row(4, Source.COUNTING, "shared"),
    ]
    assert standing_of(NORMAL, said, at_us=9).since_us == 3


@pytest.mark.parametrize(
    ("counted_us", "until_us"), [(None, None), (1, None), (10, None), (31, 111), (90, 170)]
)
def test_each_count_lets_a_finding_stand_as_long_again(
    counted_us: int | None, until_us: int | None
) -> None:
    found = row(10, Source.COUNTING, "shared", until_us=90, snapshot_us=10)
    assert standing_of(NORMAL, [found], at_us=100, counted_us=counted_us).until_us == until_us


@given(st.lists(st.sampled_from(["shared", "viral", "normal", "undo"]), max_size=10))
def test_undoing_gives_back_what_stood_before(steps: list[str]) -> None:
    """As a stack: an undoing takes back the last one that still stands."""
    rows: list[DecisionRow] = []
    stack: list[DecisionRow] = []
    for at_us, step in enumerate(steps, start=1):
        if step != "undo":
            rows.append(row(at_us, Source.PERSON, step))
            stack.append(rows[-1])
        elif len(stack) > 0:
            rows.append(row(at_us, Source.PERSON, "undone", undoes=stack.pop().key))
    expected = stack[-1].state if len(stack) > 0 else "normal"
    assert standing_of(NORMAL, rows, at_us=100).state == expected
