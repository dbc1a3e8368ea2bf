"""The page Queue: what waits, the most urgent first, and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from client.errors import ApiError
from client.resources.queue import QueuedTip, QueuedTipAnswer, QueuePage
from dashboard import navigation, state
from dashboard.components import notices
from dashboard.components.csv_file import Columns
from dashboard.components.deeds import tell
from dashboard.components.tables import table
from dashboard.moves import ROLES
from dashboard.spans import left, since
from dashboard.views.assign_given import AssignView
from dashboard.views.queue_filters import QueueView, look_at_tip, show_filters, show_tally
from dashboard.views.queue_records import has_news
from dashboard.views.queue_tip import show_chosen
from dashboard.views.urgent_panel import show_urgent
from dashboard.wording import joined, visible

_CHOOSE = "queue-choose"


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Queue", synthetic=state.session().synthetic)
    tell()
    show_urgent()
    _list()
    show_chosen()


def _list() -> None:
    client, who, view = state.connected(), state.session().who, state.record(QueueView)
    try:
        tally = client.tally_queue()
        page = view.asked(who, client)
    except ApiError as error:
        notices.failure(error)
        return
    st.header("Open tips of your agency")
    show_tally(tally)
    show_filters(who)
    st.text(f"Shown: {visible(view.in_words())}. Page {len(view.pages)}.")
    _choice(page)
    table(columns(page.items, page.as_of), name="queue", answer=page, empty=_empty(view))
    back, onward, _ = st.columns([1, 1, 4])
    if back.button("Page before", key="queue-before", disabled=len(view.pages) == 1):
        view.pages = view.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="queue-next", disabled=page.next_after is None):
        view.pages = (*view.pages, page.next_after or "")
        st.rerun()
    _several(page)
    notices.footing(page)


def columns(tips: Sequence[QueuedTip], as_of: str) -> Columns:
    """Give the columns of the queue, in the API's order."""
    return {
        "Tip": [visible(tip.tip) for tip in tips],
        "Class": [tip.priority for tip in tips],
        "Records": [1 + len(tip.more) for tip in tips],
        "Changed": ["CHANGED" if has_news(tip) else "" for tip in tips],
        "What decided it": [decided_by(tip) for tip in tips],
        "State": [tip.state for tip in tips],
        "Whose": [visible(tip.owner) or "nobody's" for tip in tips],
        "Waits": [since(tip.since_at, as_of) for tip in tips],
        "To be looked at": [left(tip.due_at, as_of) for tip in tips],
        "Late": ["LATE" if tip.is_late else "" for tip in tips],
        "Provider": [visible(tip.provider_name) for tip in tips],
        "Incident types": [joined(tip.incident_types) for tip in tips],
        "NCMEC priority": [visible(tip.ncmec_priority) for tip in tips],
        "Files": [tip.file_count for tip in tips],
        "Held since (UTC)": [tip.since_at for tip in tips],
    }


def decided_by(tip: QueuedTip | QueuedTipAnswer) -> str:
    """Give in words what decided a tip's class: a person, or the rules that hold."""
    rules = joined(tip.reasons) or "No rule of the table holds."
    if not tip.is_set:
        return rules
    return (
        f"{visible(tip.set_by)} set it: {visible(tip.set_why)} (by table: {tip.by_rule}. {rules})"
    )


def _empty(view: QueueView) -> str:
    if len(view.pages) > 1:
        return "This page is empty by now: go to the page before."
    if view == QueueView(tip=view.tip, shown=view.shown, picked=view.picked):
        return (
            "No open tip waits at your agency. Tips come here when they are recorded for your "
            "agency, routed to it, or when you accept a hand-off."
        )
    return "No tip fits these filters. Choose `Every class` and `Every open state` to see all."


def _choice(page: QueuePage) -> None:
    keys = [tip.tip for tip in page.items]
    if len(keys) == 0:
        return
    st.selectbox(
        "Choose a tip of this page",
        keys,
        index=None,
        placeholder="Its reasons, its history, and what can be done",
        key=_CHOOSE,
        on_change=_chosen,
    )


def _chosen() -> None:
    wanted = st.session_state.get(_CHOOSE)
    if isinstance(wanted, str):
        look_at_tip(wanted)


def _several(page: QueuePage) -> None:
    """Offer to give several tips of the page to somebody, to whoever may assign."""
    who = state.session().who
    if len(page.items) == 0 or (who is not None and ROLES["assign"].isdisjoint(who.roles)):
        return
    versions = {tip.tip: tip.version for tip in page.items}
    several, going = st.columns([4, 1], vertical_alignment="bottom")
    picked = several.multiselect(
        "Give several to somebody",
        list(versions),
        key="queue-picked",
        placeholder="Tips of this page",
    )
    if going.button("Choose whom", key="queue-assign", disabled=len(picked) == 0):
        state.record(AssignView).begin({tip: versions[tip] for tip in picked})
        navigation.go("assign")
