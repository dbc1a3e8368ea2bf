"""Assistance between agencies: asked of us and by us, each with its receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.assistance import (
    AssistanceRequest,
    AssistanceStoryAnswer,
    HelpDirection,
    StepAssistance,
)
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.facts import facts
from dashboard.components.pager import choose, turned
from dashboard.components.tables import table
from dashboard.desk.desk_lists import (
    help_columns,
    help_line,
    receipt_columns,
    shown_facts,
)
from dashboard.desk.desk_steps import HelpMove, help_steps
from dashboard.views.help_asking import show_asking
from dashboard.wording import visible

_LISTS: Final[Mapping[HelpDirection, str]] = MappingProxyType(
    {"helped": "Asked of us", "asked": "Asked by us"}
)
_EMPTY: Final[Mapping[HelpDirection, str]] = MappingProxyType(
    {
        "helped": "No agency waits for your help. Tick the box to see what is done.",
        "asked": "Nothing that you asked of others waits. Below you can ask.",
    }
)


@dataclass(slots=True)
class HelpDesk:
    """What one person looks at among the requests."""

    direction: HelpDirection = "helped"
    with_done: bool = False
    pages: tuple[str, ...] = ("",)
    ref: str | None = None
    story: AssistanceStoryAnswer | None = None
    """The one that was chosen, as it was read: steps are taken from this version."""

    def choose(self, ref: str | None) -> None:
        """Choose a request; it is read when it is shown."""
        self.ref, self.story = ref, None


def show_help() -> None:
    """Show the lists, the chosen request, and the form that asks."""
    desk = state.record(HelpDesk)
    st.text(
        "The agency that is asked reads the request and nothing else, and no tip. Each step leaves "
        "a receipt on each side."
    )
    which, done = st.columns([2, 3], vertical_alignment="center")
    direction = which.radio(
        "Which", list(_LISTS), format_func=lambda one: _LISTS[one], horizontal=True, key="help-way"
    )
    with_done = done.checkbox("With those that are done", key="help-done")
    if (direction, with_done) != (desk.direction, desk.with_done):
        desk.direction, desk.with_done, desk.pages = direction, with_done, ("",)
        desk.choose(None)
    _list(desk)
    _chosen(desk)
    show_asking()


def _list(desk: HelpDesk) -> None:
    try:
        page = state.connected().assistance_requests(
            direction=desk.direction, with_done=desk.with_done, after=desk.pages[-1]
        )
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    choose(
        "Choose a request",
        {row.ref: help_line(row) for row in page.items},
        name=f"help-{desk.direction}",
        chosen=desk.choose,
    )
    table(
        help_columns(page.items, as_of=page.as_of),
        name=f"assistance-{desk.direction}",
        answer=page,
        empty=_EMPTY[desk.direction],
    )
    pages = turned(desk.pages, page.next_after, name="help")
    if pages is not None:
        desk.pages = pages
        st.rerun()
    notices.footing(page)


def _chosen(desk: HelpDesk) -> None:
    if desk.ref is None:
        return
    if desk.story is None:
        try:
            desk.story = state.connected().assistance_request(desk.ref)
        except ApiError as error:
            desk.choose(None)
            notices.failure(error)
            return
    story, row = desk.story, desk.story.request
    st.header("The chosen request")
    if st.button("Close", key="help-close"):
        desk.choose(None)
        st.rerun()
    facts(
        (
            ("Stands", row.stage),
            ("Asked of", visible(row.helper)),
            ("Asked", f"{row.asked_at} by {visible(row.asked_by)}"),
            ("Last step", f"{row.moved_at} by {visible(row.moved_by)}"),
            ("Reason", visible(row.why)),
        )
    )
    st.subheader("What the other agency reads, and nothing else")
    facts(shown_facts(row.shown))
    st.text(f"SHA-256 of it: {row.shown_sha256}")
    _steps(desk, row)
    st.subheader("Receipts of your side")
    if not all(one.holds for one in story.receipts):
        st.error("A receipt does not hold: its text, its place or its log entry was changed.")
    table(
        receipt_columns(story.receipts), name="help-receipts", answer=story, empty="There is none."
    )
    notices.footing(story)


def _steps(desk: HelpDesk, row: AssistanceRequest) -> None:
    st.subheader("What next")
    steps = help_steps(state.session().who, stage=row.stage, side=row.side)
    if len(steps) == 0:
        st.text(f"It is {visible(row.stage)}: no step that is yours leads on from there.")
    for step in steps:
        with st.form(f"help-{step.step}-{row.ref}-{row.version}"):
            st.text(f"{step.step.capitalize()}: {step.says}")
            why = ""
            if step.needs_why:
                label = f"Reason to {step.step}" if step.step != "deliver" else "What was delivered"
                why = st.text_area(label, max_chars=2000, height=80).strip()
            asked = st.form_submit_button(step.step.capitalize(), key=f"help-do-{step.step}")
        if asked and step.needs_why and why == "":
            st.error("Still needed: a text, which the other agency reads.")
        elif asked:
            _take(desk, row, step, why)


def _take(desk: HelpDesk, row: AssistanceRequest, step: HelpMove, why: str) -> None:
    client = state.connected()
    wanted = StepAssistance(step=step.step, why=why or None)

    def work(key: str) -> str:
        done = client.step_assistance(row.ref, wanted, version=row.version, key=key)
        return f"The request is {done.stage}. The receipt is below."

    if attempt(f"help {row.ref} {row.version} {wanted.model_dump_json()}", work):
        desk.choose(row.ref)
        st.rerun()
