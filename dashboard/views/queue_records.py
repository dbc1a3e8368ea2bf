"""Further records of one incident, and what a tip says more since it was moved."""

from __future__ import annotations

import streamlit as st

from client.resources.queue import QueuedTip, QueuedTipAnswer
from dashboard.components.tables import table
from dashboard.wording import joined, visible


def has_news(tip: QueuedTip) -> bool:
    """Say whether a tip, or a record in its row, says more since it was last moved."""
    return len(tip.news) > 0 or any(one.has_news for one in tip.more)


def show_news(answer: QueuedTipAnswer) -> None:
    """Show what its report says more since it was last moved."""
    if len(answer.news) == 0:
        return
    st.warning(f"Changed since it was {_since(answer.state)}.", icon=":material/update:")
    for said in answer.news:
        st.text(f"- {visible(said)}")


def show_records(answer: QueuedTipAnswer) -> None:
    """Show the further records of its incident, in its row and elsewhere."""
    if answer.apart_by is not None:
        by, why = visible(answer.apart_by), visible(answer.apart_why)
        st.text(f"Kept apart from other records by {by}: {why}")
    if len(answer.more) + len(answer.elsewhere) == 0:
        return
    st.subheader("Records of the same incident")
    st.text(said_of_records(answer))
    rows = (*answer.more, *answer.elsewhere)
    table(
        {
            "Tip": [visible(row.tip) for row in rows],
            "In the same row": ["yes"] * len(answer.more) + ["no"] * len(answer.elsewhere),
            "Class": [row.priority for row in rows],
            "What it says besides": [joined(row.says) for row in rows],
            "State": [row.state for row in rows],
            "Whose": [visible(row.owner) or "nobody's" for row in rows],
            "Outcome": [visible(row.outcome) for row in rows],
            "Changed": ["CHANGED" if row.has_news else "" for row in rows],
            "Held since (UTC)": [row.since_at for row in rows],
        },
        name="records",
        answer=answer,
        empty="",
    )


def said_of_records(answer: QueuedTipAnswer) -> str:
    """Say how many records there are, and in whose row this one lies."""
    parts = [f"Same provider, account, file and time: {_counted(len(answer.more), 'in its row')}"]
    if len(answer.elsewhere) > 0:
        parts.append(_counted(len(answer.elsewhere), "elsewhere"))
    said = ", ".join(parts) + "."
    if answer.under is not None:
        said += f" The queue shows it in the row of {visible(answer.under)}."
    return f"{said} Each is a source of its own."


def _counted(number: int, where: str) -> str:
    return f"{number} more {where}"


def _since(state: str) -> str:
    return state if state in {"closed", "referred"} else "last moved"
