"""Urgent tips that nobody acknowledged, on a panel that looks by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from client.errors import ApiError
from client.resources.urgent import UrgentCount, UrgentPage, UrgentTip
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.spans import has_passed, left, since, span
from dashboard.views.queue_filters import look_at_tip
from dashboard.wording import joined, visible

EVERY_S = 5
"""Seconds between two looks of the panel by itself."""
_SHOWN = 10


@dataclass(slots=True)
class UrgentLook:
    """What the panel shows, and what was pressed on it and is to be done at its next look."""

    counted: UrgentCount | None = None
    """As of when it was listed."""
    listed: UrgentPage | None = None
    seen: UrgentTip | None = None
    """The tip that is acknowledged."""
    looks: bool = False


def show_urgent(*, looks_on: str | None = None) -> None:
    """Show the panel: on a page that shows tips itself, or beside one, narrow.

    `looks_on` is the page where a tip is looked at; None: on this one.
    """
    with st.container(border=True):
        _panel(looks_on)


@st.fragment(run_every=EVERY_S)
def _panel(looks_on: str | None) -> None:
    """Ask how many wait, which is no use of the session and no entry of the log; list on a change.

    Nobody may be sitting there: a list that is asked for each time would be logged each time.
    """
    client = state.session().client
    if client is None:
        return
    look = state.record(UrgentLook)
    _do_pressed(look, looks_on)
    try:
        count = client.urgent_count()
        if look.listed is None or is_stale(look, count):
            look.listed, look.counted = client.urgent_tips(limit=_SHOWN), count
    except ApiError as error:
        look.listed = None
        notices.failure(error)
        return
    _show(look.listed, count, is_narrow=looks_on is not None)


def is_stale(look: UrgentLook, count: UrgentCount) -> bool:
    """Say whether the list is to be read anew: other tips wait, or further people were told."""
    if look.listed is None or look.counted is None:
        return True
    if _mark(look.counted) != _mark(count):
        return True
    return any(has_passed(tip.next_at, count.as_of) for tip in look.listed.items)


def _mark(count: UrgentCount) -> tuple[int, str | None, str | None]:
    return count.waiting, count.oldest_at, count.newest_at


def _show(answer: UrgentPage, count: UrgentCount, *, is_narrow: bool) -> None:
    if count.waiting == 0:
        st.text(f"No urgent tip waits to be acknowledged. As of {count.as_of}.")
        return
    more = " or more" if count.is_more else ""
    st.error(
        f"**{count.waiting}{more} urgent: to be looked at at once, and nobody has "
        "acknowledged it**",
        icon=":material/priority_high:",
    )
    for tip in answer.items:
        _one(tip, count.as_of, is_narrow=is_narrow)
    if count.waiting > len(answer.items):
        notices.cut_offs([f"Only the {len(answer.items)} that wait longest are shown here."])
    st.caption(
        f"As of {count.as_of}; looked at every {EVERY_S} seconds. A look is no use of your "
        "session: it ends after 30 minutes without you."
    )


def _one(tip: UrgentTip, as_of: str, *, is_narrow: bool) -> None:
    if is_narrow:
        said = st.container()
        line = st.container(horizontal=True)
        looked, acknowledged = line, line
    else:
        said, looked, acknowledged = st.columns([6, 1, 1], vertical_alignment="center")
    whose = "" if tip.owner is None else f", {visible(tip.owner)}'s"
    more = left(tip.next_at, as_of)
    following = "all were told" if more == "" else f"more are told {more}"
    said.text(
        f"{visible(tip.tip)} ({tip.state or 'state not shown'}{whose}) waits "
        f"{since(tip.at, as_of)}; told: {tip.told}; {following}\n{joined(tip.reasons)}"
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
    look = state.record(UrgentLook)
    look.seen, look.looks = (tip, False) if is_seen else (None, True)


def _do_pressed(look: UrgentLook, looks_on: str | None) -> None:
    """Do what was pressed, and let the whole page follow."""
    client, tip, looks = state.connected(), look.seen, look.looks
    look.seen, look.looks = None, False
    if tip is None:
        if looks and looks_on is not None:
            st.switch_page(looks_on)
        if looks:
            st.rerun()
        return

    def work(key: str) -> str:
        done = client.acknowledge_urgent_tip(tip.tip, key=key)
        return f"{done.tip} was acknowledged by {done.by} after {span(done.waited_s)}."

    if attempt(f"acknowledge {tip.tip} {tip.at}", work):
        look.listed = None
        st.rerun()
