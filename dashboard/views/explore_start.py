"""Where a chart begins: a search for any identifier, or a tip."""

from __future__ import annotations

import streamlit as st

from client.search import SearchAnswer
from dashboard import state
from dashboard.charting.desk import Desk
from dashboard.charting.model import Name
from dashboard.components import notices
from dashboard.views.explore_bar import attempt
from dashboard.views.explore_suggestions import forget_suggestions, show_suggestions
from dashboard.wording import one_line, visible

_BOX = "explore-text"
_NOTHING = (
    "Nothing in this store has it, as far as you may see. That says nothing about other stores. "
    "Check the spelling, or search for another identifier."
)


def show(desk: Desk) -> None:
    """Show the box, what the text was taken for, and what can be put on the chart."""
    with st.form("explore-form"):
        typed, sent = st.columns([8, 1], vertical_alignment="bottom")
        text = typed.text_input(
            "Tip number or any identifier",
            max_chars=2000,
            autocomplete="off",
            key=_BOX,
            placeholder="e-mail, phone, IP address, hash, account, screen name, URL, device",
        )
        asked = sent.form_submit_button("Find", type="primary", key="explore-find", width="stretch")
    if asked and text is not None and text.strip() != "":
        forget_suggestions()
        _ask(text.strip())
    show_suggestions(_start, where=_BOX)
    if desk.found is not None:
        _found(desk.found)
    opened = state.session().open_tip
    if opened is not None and ("Tip", opened.tip.tip.key) not in desk.chart.nodes:
        st.button(
            "Start with the tip that is open",
            key="explore-open-tip",
            on_click=_start,
            args=(("Tip", opened.tip.tip.key),),
        )


def _ask(text: str) -> None:
    """Search; the only tip with that number is put on an empty chart at once."""

    def find(desk: Desk) -> None:
        desk.found = None
        desk.found = state.connected().search(text)
        exact = [tip for tip in desk.found.tips if tip.key in (text, f"ncmec:{text}")]
        if len(exact) == 1 and len(desk.found.found) == 0 and len(desk.chart.nodes) == 0:
            desk.found = None
            desk.start(state.connected(), ("Tip", exact[0].key))

    attempt(lambda desk, _: find(desk))


def _found(answer: SearchAnswer) -> None:
    for taken in answer.taken_for:
        reason = "" if taken.state_reason is None else f" ({visible(taken.state_reason)})"
        st.text(f"Read as {taken.kind}: {visible(taken.display)}{reason}")
    offered = _offered(answer)
    if len(offered) == 0:
        st.text(_NOTHING)
        return
    chosen = st.selectbox(
        "Found: what you may see of it",
        range(len(offered)),
        format_func=lambda at: one_line(offered[at][1], limit=100),
        key="explore-offered",
    )
    if chosen is not None:
        st.button(
            "Put on the chart", key="explore-start", on_click=_start, args=(offered[chosen][0],)
        )
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _offered(answer: SearchAnswer) -> list[tuple[Name, str]]:
    tips = [(("Tip", tip.key), f"Tip {tip.key}") for tip in answer.tips]
    rows = [found.identifier for found in answer.found]
    return tips + [
        ((row.kind, row.key), f"{row.kind} {row.key}: {row.mention_count} tips, state {row.state}")
        for row in rows
    ]


def _start(name: Name) -> None:
    def start(desk: Desk) -> None:
        desk.start(state.connected(), name)
        desk.found = None

    attempt(lambda desk, _: start(desk))
