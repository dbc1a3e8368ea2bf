"""One tip of the queue: where it stands, why it is urgent, how it came there."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from client.resources.queue import QueuedTipAnswer
from dashboard import navigation, state
from dashboard.components import notices
from dashboard.components.facts import facts
from dashboard.components.tables import table
from dashboard.spans import left, since
from dashboard.views.queue_filters import QueueView, look_at_tip
from dashboard.views.queue_moves import show_moves
from dashboard.views.queue_records import show_news, show_records
from dashboard.wording import joined, one_line, visible


def show_chosen() -> None:
    """Show the tip that was chosen, and what can be done about it."""
    view = state.record(QueueView)
    if view.tip is None:
        return
    st.header("The chosen tip")
    st.text(visible(view.tip))
    if not read_chosen(view):
        return
    answer = view.shown
    if answer is None:
        return
    again, opened, closed, _ = st.columns([1, 1, 1, 3])
    if again.button("Read again", key="queue-again"):
        look_at_tip(view.tip)
        st.rerun()
    if opened.button("Open the tip", key="queue-open"):
        _open(view.tip)
    if closed.button("Close", key="queue-close"):
        look_at_tip(None)
        st.rerun()
    show_standing(answer)
    show_records(answer)
    show_moves(answer, read_anew=lambda: look_at_tip(answer.tip))
    show_history(answer)
    notices.footing(answer)


def read_chosen(view: QueueView) -> bool:
    """Read the chosen tip where it was not read; say whether there is one."""
    if view.shown is None and view.tip is not None:
        try:
            view.shown = state.connected().queued_tip(view.tip)
        except ApiError as error:
            view.tip = None
            notices.failure(error)
            return False
    return view.shown is not None


def show_standing(answer: QueuedTipAnswer) -> None:
    """Show where a tip stands, and each reason of its class."""
    if answer.is_late:
        st.error("Late: nobody looked at it in time.", icon=":material/schedule:")
    show_news(answer)
    facts(_facts(answer))
    rules = [f"- {one_line(reason, limit=500)}" for reason in answer.reasons or ("None.",)]
    st.text("\n".join(["Rules that hold:", *rules]))
    if len(answer.unknown) > 0:
        st.text(f"Not stated, and so neither raised nor lowered: {joined(answer.unknown)}")


def _facts(answer: QueuedTipAnswer) -> tuple[tuple[str, str], ...]:
    set_by = f"{visible(answer.set_by)}: {visible(answer.set_why)}" if answer.is_set else ""
    return (
        ("State", answer.state),
        ("Whose", visible(answer.owner) or "nobody's"),
        ("Class", answer.priority),
        ("Set by a person", set_by),
        ("By the table of rules", f"{answer.by_rule} (version {visible(answer.rules)})"),
        ("Held by your agency", f"{since(answer.since_at, answer.as_of)} ({answer.since_at})"),
        ("In this state", f"{since(answer.stood_at, answer.as_of)} ({answer.stood_at})"),
        ("To be looked at", left(answer.due_at, answer.as_of)),
        ("Reason of this state", visible(answer.why)),
        ("Outcome", visible(answer.outcome)),
        ("Referred to", visible(answer.recipient)),
        ("Provider", visible(answer.provider_name)),
        ("Incident types", joined(answer.incident_types)),
    )


def show_history(answer: QueuedTipAnswer) -> None:
    """Show every move, with who made it, when, and what it was given."""
    st.subheader("How it came there")
    rows = answer.moves
    table(
        {
            "No.": [row.number for row in rows],
            "Time (UTC)": [row.at for row in rows],
            "Move": [row.move for row in rows],
            "Made by": [visible(row.made_by) for row in rows],
            "From": [row.from_state for row in rows],
            "To": [row.to_state for row in rows],
            "Then whose": [visible(row.owner) for row in rows],
            "Reason": [visible(row.why) for row in rows],
            "Outcome": [visible(row.outcome) for row in rows],
            "Recipient": [visible(row.recipient) for row in rows],
            "Class set": [visible(row.priority) for row in rows],
        },
        name="moves",
        answer=answer,
        empty="Nobody has moved it yet.",
    )


def _open(tip: str) -> None:
    try:
        state.look_at(tip)
    except ApiError as error:
        notices.failure(error)
        return
    navigation.go("tip")
