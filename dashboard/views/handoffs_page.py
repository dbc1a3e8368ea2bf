"""The page Hand-offs: tips that other agencies offer to us, and that we offer to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.handoffs import Direction, Handoff, HandoffPage
from dashboard import state
from dashboard.components import notices
from dashboard.components.csv_file import Columns
from dashboard.components.deeds import tell
from dashboard.components.tables import table
from dashboard.moves import ROLES
from dashboard.spans import left, since
from dashboard.views.handoff_given import HandoffView
from dashboard.views.handoff_offer import show_offer_form
from dashboard.views.handoff_one import show_chosen
from dashboard.views.route_receipts import show_receipts
from dashboard.wording import one_line, visible

_CHOOSE: Final = "handoff-choose"
_DIRECTION, _DONE = "handoff-direction", "handoff-done"
_LISTS: Final[dict[Direction, str]] = {"received": "Offered to us", "given": "Offered by us"}


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Hand-offs", synthetic=state.session().synthetic)
    tell()
    st.text(
        "Before an offer the other agency sees nothing of the tip; while it waits no more than its "
        "level shows; once it is accepted, the tip itself. Each step leaves a receipt on each side."
    )
    _list()
    show_chosen()
    show_offer_form()
    who = state.session().who
    if who is None or not ROLES["take"].isdisjoint(who.roles):
        show_receipts()


def _list() -> None:
    view = state.record(HandoffView)
    which, done = st.columns([2, 3], vertical_alignment="center")
    # Set before they are drawn: an offer of ours turns the page to our offers.
    st.session_state[_DIRECTION], st.session_state[_DONE] = view.direction, view.with_done
    which.radio(
        "Which",
        list(_LISTS),
        format_func=lambda one: _LISTS[one],
        horizontal=True,
        key=_DIRECTION,
        on_change=_turned,
    )
    done.checkbox("With those that are done", key=_DONE, on_change=_turned)
    try:
        page = state.connected().handoffs(
            direction=view.direction, with_done=view.with_done, after=view.pages[-1]
        )
    except ApiError as error:
        notices.failure(error)
        return
    _choice(page)
    table(
        columns(page.items, page.as_of),
        name=f"handoffs-{view.direction}",
        answer=page,
        empty=_empty(view),
    )
    back, onward, _ = st.columns([1, 1, 4])
    if back.button("Page before", key="handoff-before", disabled=len(view.pages) == 1):
        view.pages = view.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="handoff-next", disabled=page.next_after is None):
        view.pages = (*view.pages, page.next_after or "")
        st.rerun()
    notices.footing(page)


def _turned() -> None:
    view = state.record(HandoffView)
    view.direction, view.with_done = st.session_state[_DIRECTION], st.session_state[_DONE]
    view.pages = ("",)
    view.choose(None)


def _empty(view: HandoffView) -> str:
    more = "" if view.with_done else " Choose `With those that are done` to see those that are."
    if view.direction == "received":
        return f"No agency waits for an answer of yours.{more}"
    return f"No offer of yours waits for an answer. Below you can offer a tip.{more}"


def _choice(page: HandoffPage) -> None:
    lines = {one.ref: f"{one.tip} {one.giver} to {one.receiver}: {one.stage}" for one in page.items}
    if len(lines) == 0:
        return
    st.selectbox(
        "Choose a hand-off",
        list(lines),
        index=None,
        format_func=lambda ref: one_line(lines.get(ref, ref), limit=100),
        placeholder="What it shows, its receipts, and its steps",
        key=_CHOOSE,
        on_change=_chosen,
    )


def _chosen() -> None:
    wanted = st.session_state.get(_CHOOSE)
    if isinstance(wanted, str):
        state.record(HandoffView).choose(wanted)


def columns(rows: Sequence[Handoff], as_of: str) -> Columns:
    """Give the columns of hand-offs, what waits first."""
    return {
        "Tip": [visible(row.tip) for row in rows],
        "Stands": [row.stage for row in rows],
        "Kind": [row.kind for row in rows],
        "From agency": [visible(row.giver) for row in rows],
        "To agency": [visible(row.receiver) for row in rows],
        "Class": ["" if row.shown is None else row.shown.priority for row in rows],
        "Offered by": [visible(row.offered_by) for row in rows],
        "Waits": [since(row.offered_at, as_of) if row.stage == "offered" else "" for row in rows],
        "Answer is due": [
            left(row.due_at, as_of) if row.stage == "offered" else "" for row in rows
        ],
        "Reason of the offer": [
            "" if row.shown is None else visible(row.shown.why) for row in rows
        ],
        "Shows": [row.level for row in rows],
        "Held until (UTC)": [row.until_at or "" for row in rows],
        "Answered by": [visible(row.answered_by) for row in rows],
        "Reason of the answer": [visible(row.answered_why) for row in rows],
    }
