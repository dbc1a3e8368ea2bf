"""The form that gives somebody of the own agency a task, and the fields that say whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.resources.tasks import GiveTask, TaskKind
from dashboard import state
from dashboard.components.deeds import attempt
from dashboard.desk.desk_lists import about, at_utc
from dashboard.wording import one_line

_KINDS: Final[tuple[TaskKind, ...]] = get_args(TaskKind)
_OTHER: Final = "somebody else: enter the user name"


@dataclass(frozen=True, slots=True)
class WhoseFields:
    """To whom a task is given: a person or a unit."""

    person: str | None
    unit: str | None

    @property
    def is_somebody(self) -> bool:
        """Say whether it is anybody."""
        return self.person is not None or self.unit is not None


def whose_fields(name: str) -> WhoseFields:
    """Show the fields: oneself, a unit of one's own, or a user name."""
    who = state.session().who
    people = () if who is None else (who.user,)
    units = () if who is None else who.units
    chosen = st.selectbox(
        "For whom",
        [*people, *units, _OTHER],
        format_func=lambda one: one_line(f"unit {one}" if one in units else one),
        key=f"{name}-whose",
    )
    typed = st.text_input(
        "User name (where it is somebody else)", max_chars=200, key=f"{name}-person"
    ).strip()
    if typed != "":
        return WhoseFields(typed, None)
    if chosen == _OTHER:
        return WhoseFields(None, None)
    return WhoseFields(None, chosen) if chosen in units else WhoseFields(chosen, None)


def show_giving() -> None:
    """Show the form."""
    st.header("Give a task")
    st.text("About a tip that your agency holds, or an investigation of its; due within a year.")
    with st.form("task-give-form"):
        tip = st.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        case = st.text_input("Or the reference of an investigation", max_chars=200)
        kind = st.selectbox("Kind", _KINDS)
        text = st.text_area("What is to be done", max_chars=2000, height=80).strip()
        fields = whose_fields("task-give")
        day = st.date_input("Due on (UTC)", value=None)
        at = st.time_input("At (UTC; empty: 23:59)", value=None)
        if not st.form_submit_button("Give the task", key="task-give", type="primary"):
            return
    found, due = about(tip, case), at_utc(day, at)
    if found is None or text == "" or due is None or not fields.is_somebody:
        st.error(
            "Still needed: a tip's number or an investigation's reference (one of the two), what "
            "is to be done, for whom, and the day."
        )
        return
    wanted = GiveTask(
        tip=found.tip,
        investigation=found.investigation,
        kind=kind,
        text=text,
        due_at=due,
        person=fields.person,
        unit=fields.unit,
    )
    client = state.connected()

    def work(key: str) -> str:
        done = client.give_one_task(wanted, key=key)
        whom = done.person if done.person is not None else f"unit {done.unit}"
        return f"The task is given to {whom}, due {done.due_at} UTC."

    if attempt(f"give task {wanted.model_dump_json()}", work):
        st.rerun()
