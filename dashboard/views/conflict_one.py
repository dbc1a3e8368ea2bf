"""One conflict: how it stands, through what the sides meet, what was written, what may be done."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.conflicts import ConflictAnswer, ResolveConflict, WriteMessage
from client.resources.investigations import Reason
from dashboard.components import doing, notices
from dashboard.components.tables import table
from dashboard.desk.conflict_lists import (
    RESOLUTIONS,
    facts_of,
    message_columns,
    moves_of,
    reason_columns,
)
from dashboard.wording import visible

_LONGEST = 2000


def show(client: CrosstipClient, ref: str) -> None:
    """Show a conflict with its forms."""
    try:
        conflict = client.conflict(ref)
    except ApiError as error:
        notices.failure(error)
        return
    st.header("The conflict")
    doing.show_version(conflict.ref, conflict.version)
    st.text(visible(conflict.ref))
    if conflict.is_protected:
        st.warning("The other side is protected: no more than a contact is told. Call it.")
    for label, text in facts_of(conflict):
        st.text(f"{label}: {text}")
    st.subheader("Through what you meet")
    table(
        reason_columns(conflict.reasons), name="reasons", answer=conflict, empty="Nothing is told."
    )
    st.subheader("Messages")
    table(
        message_columns(conflict.messages),
        name="messages",
        answer=conflict,
        empty="Nobody has written yet. The other side reads what you write.",
    )
    _message(client, conflict)
    st.subheader("Next steps")
    _steps(client, conflict)
    notices.footing(conflict)


def _message(client: CrosstipClient, conflict: ConflictAnswer) -> None:
    with st.form("message-form", clear_on_submit=False):
        text = st.text_area(
            "Message to the other side",
            max_chars=_LONGEST,
            key="message-text",
            help="It stays with the conflict and cannot be taken back.",
        )
        asked = st.form_submit_button("Write", key="message-button")
    if not asked:
        return
    if text is None or text.strip() == "":
        st.error("Write something first.")
        return
    wanted = WriteMessage(text=text.strip())
    doing.attempt(
        f"write {conflict.ref} {len(conflict.messages)} {wanted.text}",
        lambda key: client.write_conflict_message(conflict.ref, wanted, key=key),
        done="The message is written; the other side is told.",
    )


def _steps(client: CrosstipClient, conflict: ConflictAnswer) -> None:
    moves, at = moves_of(conflict), f"{conflict.ref} {conflict.version}"
    if moves.acknowledge and st.button(
        "Acknowledge: our side knows", type="primary", key="acknowledge-conflict"
    ):
        doing.attempt(
            f"acknowledge {at}",
            lambda key: client.acknowledge_conflict(conflict.ref, key=key),
            done="Acknowledged: your side's clock has ended.",
        )
    if moves.coordinate and st.button("We talk to each other", key="coordinate-conflict"):
        doing.attempt(
            f"coordinate {at}",
            lambda key: client.coordinate_conflict(conflict.ref, version=conflict.version, key=key),
            done="The conflict stands as coordinating.",
        )
    if moves.resolve:
        _resolving(client, conflict)
    if moves.reopen:
        _reopening(client, conflict)


def _resolving(client: CrosstipClient, conflict: ConflictAnswer) -> None:
    with st.form("resolve-form"):
        how = st.selectbox(
            "How it ended",
            options=list(RESOLUTIONS),
            format_func=lambda name: RESOLUTIONS[name],
            index=None,
            key="resolution",
        )
        why = st.text_area("Why", max_chars=_LONGEST, key="resolve-why")
        asked = st.form_submit_button("Resolve", key="resolve-button")
    if not asked:
        return
    if how is None or why is None or why.strip() == "":
        st.error("Say how it ended and why. The other side is told and may open it again.")
        return
    wanted = ResolveConflict.model_validate({"resolution": how, "why": why.strip()})
    doing.attempt(
        f"resolve {conflict.ref} {conflict.version} {how} {wanted.why}",
        lambda key: client.resolve_conflict(
            conflict.ref, wanted, version=conflict.version, key=key
        ),
        done="Resolved. The other side is told and may open it again.",
    )


def _reopening(client: CrosstipClient, conflict: ConflictAnswer) -> None:
    with st.form("reopen-form"):
        why = st.text_area("Why it is opened again", max_chars=_LONGEST, key="reopen-why")
        asked = st.form_submit_button("Open again", key="reopen-button")
    if not asked:
        return
    if why is None or why.strip() == "":
        st.error("Say why it is opened again.")
        return
    wanted = Reason(why=why.strip())
    doing.attempt(
        f"reopen {conflict.ref} {conflict.version} {wanted.why}",
        lambda key: client.reopen_conflict(conflict.ref, wanted, version=conflict.version, key=key),
        done="Open again. The other side is told.",
    )
