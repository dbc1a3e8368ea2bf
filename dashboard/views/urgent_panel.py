"""Urgent tips that nobody acknowledged, on a panel that looks by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from client.calls import unattended
from client.errors import ApiError
from client.resources.urgent import UrgentPage, UrgentTip
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.spans import left, span
from dashboard.views.queue_filters import look_at_tip
from dashboard.wording import joined, visible

EVERY_S = 20
"""Seconds between two looks of the panel by itself."""
_SHOWN = 10


@dataclass(slots=True)
class Pressed:
    """What was pressed on the panel and is to be done at its next look."""

    seen: UrgentTip | None = None
    """The tip that is acknowledged."""
    looks: bool = False


def show_urgent() -> None:
    """Show the panel."""
    with st.container(border=True):
        _panel()


@st.fragment(run_every=EVERY_S)
def _panel() -> None:
    """Ask which wait. It is no use of the session: nobody may be sitting there."""
    client = state.session().client
    if client is None:
        return
    _do_pressed(state.record(Pressed))
    try:
        with unattended():
            answer = client.urgent_tips(limit=_SHOWN)
    except ApiError as error:
        notices.failure(error)
        return
    _show(answer)


def _show(answer: UrgentPage) -> None:
    count = len(answer.items)
    if count == 0:
        st.text(f"No urgent tip waits to be acknowledged. As of {answer.as_of}.")
        return
    more = " or more" if answer.next_after is not None else ""
    st.error(
        f"**{count}{more} urgent: to be looked at at once, and nobody has acknowledged it**",
        icon=":material/priority_high:",
    )
    for tip in answer.items:
        _one(tip, answer.as_of)
    if answer.next_after is not None:
        notices.cut_offs([f"Only the {count} that wait longest are shown here."])
    st.caption(f"As of {answer.as_of}; looked at every {EVERY_S} seconds.")


def _one(tip: UrgentTip, as_of: str) -> None:
    said, looked, acknowledged = st.columns([6, 1, 1], vertical_alignment="center")
    whose = "" if tip.owner is None else f", {visible(tip.owner)}'s"
    following = (
        "all were told" if tip.next_at is None else f"more are told {left(tip.next_at, as_of)}"
    )
    said.text(
        f"{visible(tip.tip)} ({tip.state or 'state not shown'}{whose}) waits {span(tip.age_s)}; "
        f"told: {tip.told}; {following}\n{joined(tip.reasons)}"
    )
    looked.button(
        "Look", key=f"urgent-look-{tip.tip}", on_click=partial(_press, tip, is_seen=False)
    )
    acknowledged.button(
        "Acknowledge",
        key=f"urgent-ack-{tip.tip}",
        type="primary",
        on_click=partial(_press, tip, is_seen=True),
    )


def _press(tip: UrgentTip, *, is_seen: bool) -> None:
    """Note what was pressed: the line may be gone by the next look, and with it the button."""
    look_at_tip(tip.tip)
    state.record(Pressed).seen = tip if is_seen else None
    state.record(Pressed).looks = True


def _do_pressed(pressed: Pressed) -> None:
    """Do what was pressed, and let the whole page follow."""
    client, tip, looks = state.connected(), pressed.seen, pressed.looks
    pressed.seen, pressed.looks = None, False
    if tip is None:
        if looks:
            st.rerun()
        return

    def work(key: str) -> str:
        done = client.acknowledge_urgent_tip(tip.tip, key=key)
        return f"{done.tip} was acknowledged by {done.by} after {span(done.waited_s)}."

    if attempt(f"acknowledge {tip.tip} {tip.at}", work):
        st.rerun()
