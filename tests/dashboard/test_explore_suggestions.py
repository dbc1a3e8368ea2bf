"""What the page makes of suggestions, and of what a browser says was chosen of them."""

from __future__ import annotations

import pytest

from client.resources.suggestions import SuggestAnswer, Suggestion, SuggestReading
from dashboard.components.suggest import Picked, picked_of, typed_of
from dashboard.views.explore_suggestions import chosen, lines_of, said_of

_ANSWER = SuggestAnswer(
    as_of="2026-11-22T03:42:19Z",
    synthetic=True,
    queries=(),
    taken_for=(SuggestReading(kind="ScreenName", key="?|fox", display="fox"),),
    suggested=(
        Suggestion(kind="Tip", key="ncmec:1", tip="ncmec:1"),
        Suggestion(kind="Email", key="fox@example.com\n\u202e<b>", tip="ncmec:1"),
    ),
    cut_off=("Not all.",),
)


def test_what_is_said_names_the_kind_and_what_is_left_out() -> None:
    said = said_of(_ANSWER)
    assert said.startswith("Taken for: tip number or ScreenName; 2 ")
    assert said.endswith("Not all.")
    nothing = _ANSWER.model_copy(update={"taken_for": (), "suggested": ()})
    assert "no identifier yet; nothing of your tips" in said_of(nothing)


def test_a_line_is_one_line_with_nothing_invisible() -> None:
    lines = lines_of(_ANSWER)
    assert lines[0] == "Tip ncmec:1"
    assert "\n" not in lines[1]
    assert "\u202e" not in lines[1]
    assert lines_of(None) == []


def test_only_a_line_of_the_list_that_is_shown_can_be_chosen() -> None:
    assert chosen(_ANSWER, 3, of_turn=3, at=0) == ("Tip", "ncmec:1")
    for turn, at in ((2, 0), (3, 2), (3, -1)):
        assert chosen(_ANSWER, 3, of_turn=turn, at=at) is None
    assert chosen(None, 3, of_turn=3, at=0) is None


@pytest.mark.parametrize(
    "found", [None, "x", {}, {"picked": None}, {"picked": {"turn": "1", "at": 0}}]
)
def test_what_is_no_choice_is_passed_over(found: object) -> None:
    assert picked_of(found) is None
    assert typed_of(found) == ""


def test_a_choice_and_a_text_are_read() -> None:
    assert picked_of({"picked": {"turn": 1, "at": 2}}) == Picked(turn=1, at=2)
    assert typed_of({"typed": f" {'x' * 300}"}) == "x" * 200
