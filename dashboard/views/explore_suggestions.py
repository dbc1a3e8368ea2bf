"""What may be meant while somebody types into the chart's search box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.suggestions import SuggestAnswer, SuggestQuestion
from dashboard import state
from dashboard.charting.model import Name
from dashboard.components.suggest import draw_suggestions, picked_of, typed_of
from dashboard.wording import one_line

_KEY = "explore-suggest"
_AWAY = "No suggestions just now. Find works all the same."


@dataclass(slots=True)
class Typing:
    """What was suggested last, and whether one of it was taken."""

    answer: SuggestAnswer | None = None
    said: str = ""
    turn: int = 0
    is_taken: bool = False


@st.fragment
def show_suggestions(start: Callable[[Name], None], *, where: str) -> None:
    """List what the text in the box `where` may become; `start` gets what is chosen.

    Only this part of the page is drawn again while somebody types.
    """
    typing = state.record(Typing)
    if typing.is_taken:
        typing.is_taken = False
        st.rerun()
    draw_suggestions(
        lines_of(typing.answer),
        said=typing.said,
        turn=typing.turn,
        where=where,
        key=_KEY,
        on_typed=_look,
        on_picked=lambda: _take(start),
    )


def lines_of(answer: SuggestAnswer | None) -> list[str]:
    """Give a line for each suggestion."""
    if answer is None:
        return []
    return [f"{item.kind} {one_line(item.key, limit=100)}" for item in answer.suggested]


def said_of(answer: SuggestAnswer) -> str:
    """Say what a text is taken for so far, what it may become, and what is left out."""
    numbers = ["tip number" for item in answer.suggested if item.kind == "Tip"]
    kinds = list(dict.fromkeys([*numbers, *(taken.kind for taken in answer.taken_for)]))
    taken = "no identifier yet" if len(kinds) == 0 else " or ".join(kinds)
    total = len(answer.suggested)
    found = "nothing of your tips begins so" if total == 0 else f"{total} found in your tips"
    return " ".join([f"Taken for: {taken}; {found}.", *answer.cut_off])


def chosen(
    answer: SuggestAnswer | None, turn: int, *, of_turn: int, at: int
) -> tuple[str, str] | None:
    """Give kind and key of a line, where it is a line of the list that is shown."""
    if answer is None or turn != of_turn or not 0 <= at < len(answer.suggested):
        return None
    item = answer.suggested[at]
    return item.kind, item.key


def forget_suggestions() -> None:
    """Leave nothing of what was typed."""
    typing = state.record(Typing)
    typing.answer, typing.said = None, ""
    typing.turn += 1


def _look() -> None:
    client = state.session().client
    if client is None:
        return
    typing = state.record(Typing)
    typing.turn += 1
    typing.answer, typing.said = None, ""
    text = typed_of(st.session_state.get(_KEY))
    if len(text) < 2:
        return
    try:
        typing.answer = client.suggestions(SuggestQuestion(text=text))
    except ApiError:
        # Said quietly: what was typed may be asked for all the same, and says what is the matter.
        typing.said = _AWAY
        return
    typing.said = said_of(typing.answer)


def _take(start: Callable[[Name], None]) -> None:
    typing = state.record(Typing)
    picked = picked_of(st.session_state.get(_KEY))
    if picked is None:
        return
    name = chosen(typing.answer, typing.turn, of_turn=picked.turn, at=picked.at)
    if name is not None:
        start(name)
        forget_suggestions()
        typing.is_taken = True
