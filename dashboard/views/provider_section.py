"""Requests to providers: what runs out first, with where each time comes from, and their steps."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.provider_requests import (
    ProviderRequest,
    ProviderStoryAnswer,
    StepProviderRequest,
)
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.facts import facts
from dashboard.components.pager import choose, turned
from dashboard.components.tables import table
from dashboard.desk.desk_lists import (
    About,
    about,
    end_line,
    ends_columns,
    request_columns,
    step_columns,
    subject,
)
from dashboard.desk.desk_steps import ProviderMove, provider_steps
from dashboard.views.provider_entering import show_entering
from dashboard.wording import one_line, visible


@dataclass(slots=True)
class ProviderDesk:
    """What one person looks at among the clocks."""

    pages: tuple[str, ...] = ("",)
    about: About | None = None
    """Of which tip or investigation every request is shown."""
    ref: str | None = None
    story: ProviderStoryAnswer | None = None
    """The one that was chosen, as it was read: steps are taken from this version."""

    def choose(self, ref: str | None) -> None:
        """Choose a request; it is read when it is shown."""
        self.ref, self.story = ref, None


def show_providers() -> None:
    """Show what runs out, what one tip has, the chosen request, and the form that enters one."""
    desk = state.record(ProviderDesk)
    st.text(
        "Crosstip sends nothing to a provider. Every end is presumed: beside each stands where it "
        "comes from and that it is to be confirmed with the provider."
    )
    _ends(desk)
    _of_one(desk)
    _chosen(desk)
    show_entering()


def _ends(desk: ProviderDesk) -> None:
    st.header("What runs out first")
    try:
        page = state.connected().running_out(after=desk.pages[-1])
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    choose(
        "Choose a request to a provider",
        {row.ref: end_line(row) for row in page.items if row.ref is not None},
        name="provider",
        chosen=desk.choose,
    )
    table(
        ends_columns(page.items),
        name="running-out",
        answer=page,
        empty="No clock runs: nothing was sent, and no open tip states when it was submitted.",
    )
    pages = turned(desk.pages, page.next_after, name="provider")
    if pages is not None:
        desk.pages = pages
        st.rerun()
    notices.footing(page)


def _of_one(desk: ProviderDesk) -> None:
    st.header("Of one tip or investigation")
    with st.form("provider-subject-form"):
        tip = st.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        case = st.text_input("Or the reference of an investigation", max_chars=200)
        asked = st.form_submit_button("Show its requests", key="provider-subject")
    if asked:
        desk.about = about(tip, case)
        if desk.about is None:
            st.error("Enter a tip's number or an investigation's reference, one of the two.")
    if desk.about is None:
        return
    of = desk.about
    try:
        found = state.connected().provider_requests(tip=of.tip, investigation=of.investigation)
    except ApiError as error:
        desk.about = None
        notices.failure(error)
        return
    st.text(f"About {subject(of.tip, of.investigation)}:")
    if found.presumed is not None:
        table(ends_columns([found.presumed]), name="presumed", answer=found, empty="")
    lines = {one.ref: f"{one.kind} to {one.provider}: {one.stage}" for one in found.requests}
    choose(
        "Choose one of its requests",
        {ref: one_line(line) for ref, line in lines.items()},
        name="provider-of-one",
        chosen=desk.choose,
    )
    table(
        request_columns(found.requests),
        name="provider-requests",
        answer=found,
        empty="Nothing was asked of a provider about it. Below you can enter what was sent.",
    )
    notices.footing(found)


def _chosen(desk: ProviderDesk) -> None:
    if desk.ref is None:
        return
    if desk.story is None:
        try:
            desk.story = state.connected().provider_request(desk.ref)
        except ApiError as error:
            desk.choose(None)
            notices.failure(error)
            return
    story, row = desk.story, desk.story.request
    st.header("The chosen request")
    if st.button("Close", key="provider-close"):
        desk.choose(None)
        st.rerun()
    facts(
        (
            ("Kind", row.kind),
            ("Provider", visible(row.provider)),
            ("Reference", visible(row.reference)),
            ("About", subject(row.tip, row.investigation)),
            ("Stands", row.stage),
            ("Ends on", f"{row.ends_on} (days of {visible(row.zone)})"),
            ("Says", visible(row.says)),
            ("Where the time comes from", visible(row.source)),
        )
    )
    for step in provider_steps(state.session().who, stage=row.stage, kind=row.kind):
        _step(desk, row, step)
    table(step_columns(story.steps), name="provider-steps", answer=story, empty="No step yet.")
    notices.footing(story)


def _step(desk: ProviderDesk, row: ProviderRequest, step: ProviderMove) -> None:
    with st.form(f"provider-{step.step}-{row.ref}-{row.version}"):
        st.text(f"{step.step.capitalize()}: {step.says}")
        day = st.date_input(
            f"Day (of {visible(row.zone)}; empty: today)", value=None, key=f"on-{step.step}"
        )
        why = st.text_area(
            f"Reason to {step.step}" if step.needs_why else f"Reason to {step.step}, if any",
            max_chars=2000,
            height=80,
        ).strip()
        asked = st.form_submit_button(step.step.capitalize(), key=f"provider-do-{step.step}")
    if not asked:
        return
    if step.needs_why and why == "":
        st.error("Still needed: a reason.")
        return
    client = state.connected()
    on = None if day is None else day.isoformat()
    wanted = StepProviderRequest(step=step.step, on=on, why=why or None)

    def work(key: str) -> str:
        done = client.step_provider_request(row.ref, wanted, version=row.version, key=key)
        return f"The request is {done.stage}; it ends on {done.ends_on}. {done.says}"

    if attempt(f"provider {row.ref} {row.version} {wanted.model_dump_json()}", work):
        desk.choose(row.ref)
        st.rerun()
