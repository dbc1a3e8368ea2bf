"""What is kept of an agency's people: skills, absences, conflicts of interest."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.assignments import (
    DeclareConflict,
    EndRecord,
    KeepRecord,
    RecordKind,
    StaffAnswer,
    StaffRecord,
    Subject,
)
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.tables import table
from dashboard.wording import one_line, visible

_SUBJECTS: tuple[Subject, ...] = ("tip", "investigation", "relation")
_KINDS: dict[RecordKind, str] = {
    "listed skill": "A skill for the agency's list",
    "skill": "That somebody has a skill of the list",
    "absence": "That somebody is away",
    "conflict": "A conflict of interest of somebody's",
}


def show_staff() -> None:
    """Show the records; supervisors keep them, and everybody declares conflicts of their own."""
    client, who = state.connected(), state.session().who
    st.header("Skills, absences, conflicts of interest")
    try:
        answer = client.staff()
    except ApiError as error:
        notices.failure(error)
        return
    _records(answer)
    if who is None or "supervisor" in who.roles:
        with st.expander("Keep a skill, an absence or a conflict"):
            _keep(client, answer)
        with st.expander("End something that is kept"):
            _end(client, answer)
    if who is not None:
        with st.expander("Declare a conflict of interest of your own"):
            _declare(client)
    notices.footing(answer)


def _records(answer: StaffAnswer) -> None:
    rows = answer.items
    table(
        {
            "What": [row.kind for row in rows],
            "Whose": [visible(row.user) or "the agency's list" for row in rows],
            "Which": [_which(row) for row in rows],
            "From (UTC)": [row.from_at or "" for row in rows],
            "Until (UTC)": [row.until_at or "" for row in rows],
            "Kept because": [visible(row.why) for row in rows],
            "Entered by": [visible(row.entered_by) for row in rows],
            "Entered (UTC)": [row.entered_at for row in rows],
            "Ended (UTC)": [row.ended_at or "" for row in rows],
            "Why ended": [visible(row.ended_why) for row in rows],
        },
        name="staff",
        answer=answer,
        empty="Nothing is kept yet. A supervisor begins with the list of skills.",
    )


def _which(row: StaffRecord) -> str:
    about = "" if row.about is None else f"{row.about} "
    return f"{about}{visible(row.subject)}"


def _keep(client: CrosstipClient, answer: StaffAnswer) -> None:
    kind = st.selectbox("What", list(_KINDS), format_func=lambda k: _KINDS[k], key="staff-kind")
    listed = sorted({row.subject or "" for row in answer.items if row.kind == "listed skill"})
    with st.form(f"staff-form-{kind}-{len(answer.items)}"):
        user, subject, about, why = "", "", None, ""
        from_at: datetime | None = None
        until_at: datetime | None = None
        if kind != "listed skill":
            user = st.text_input("User name", max_chars=64)
        if kind == "listed skill":
            subject = st.text_input("Skill", max_chars=200)
        elif kind == "skill":
            subject = st.selectbox("Skill of the list", listed, index=None) or ""
        elif kind == "absence":
            from_at, until_at = _days()
        else:
            about, subject = _subject()
        if kind in {"absence", "conflict"}:
            why = st.text_area("Why it is kept", max_chars=2000, height=80)
        if not st.form_submit_button("Keep", key="staff-keep"):
            return
    wanted = KeepRecord(
        kind=kind,
        user=user.strip() or None,
        about=about,
        subject=subject.strip() or None,
        from_at=from_at,
        until_at=until_at,
        why=why.strip() or None,
    )

    def work(key: str) -> str:
        return f"Kept: {client.keep_staff_record(wanted, key=key).kind}."

    if attempt(f"keep {wanted.model_dump_json()}", work):
        st.rerun()


def _days() -> tuple[datetime, datetime]:
    """Ask for the first and the last day of an absence; give when it begins and ends, in UTC."""
    today = datetime.now(tz=UTC).date()
    first = st.date_input("First day (UTC)", value=today)
    last = st.date_input("Last day (UTC)", value=today)
    return bounds(first, last)


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Give when the first of some days begins and the last one is over, in UTC."""
    begin = datetime.combine(first, time(), tzinfo=UTC)
    return begin, datetime.combine(last, time(), tzinfo=UTC) + timedelta(days=1)


def _subject() -> tuple[Subject, str]:
    about = st.selectbox("With", _SUBJECTS)
    subject = st.text_input(
        "Number of the tip, reference of the investigation, or the relation in words",
        max_chars=200,
        help="No identifier: no address, number or name of an account.",
    )
    return about, subject


def _declare(client: CrosstipClient) -> None:
    with st.form("staff-declare", clear_on_submit=False):
        about, subject = _subject()
        why = st.text_area("Why you are too close to it", max_chars=2000, height=80)
        if not st.form_submit_button("Declare", key="staff-declare-button"):
            return
    if subject.strip() == "" or why.strip() == "":
        st.error("Still needed: with what, and a reason.")
        return
    wanted = DeclareConflict(about=about, subject=subject.strip(), why=why.strip())

    def work(key: str) -> str:
        client.declare_own_conflict(wanted, key=key)
        return "Your conflict of interest is on record. You are given no such tip from now on."

    if attempt(f"declare {wanted.model_dump_json()}", work):
        st.rerun()


def _end(client: CrosstipClient, answer: StaffAnswer) -> None:
    kept = {row.key: row for row in answer.items if row.ended_at is None}
    if len(kept) == 0:
        st.text("There is nothing to end.")
        return
    with st.form(f"staff-end-{len(kept)}"):
        chosen = st.selectbox(
            "Which",
            list(kept),
            index=None,
            format_func=lambda key: one_line(
                f"{kept[key].kind}: {kept[key].user or ''} {_which(kept[key])}", limit=80
            ),
        )
        why = st.text_area("Why it is ended", max_chars=2000, height=80)
        if not st.form_submit_button("End it", key="staff-end-button"):
            return
    if chosen is None or why.strip() == "":
        st.error("Still needed: which, and why.")
        return

    def work(key: str) -> str:
        row = client.end_staff_record(chosen, EndRecord(why=why.strip()), key=key)
        return f"Ended: {row.kind}. It stays on record."

    if attempt(f"end {chosen} {why}", work):
        st.rerun()
