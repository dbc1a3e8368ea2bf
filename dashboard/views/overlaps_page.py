"""The page Overlaps: investigations of different agencies that meet, and through what."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from client.errors import ApiError
from client.overlaps import Investigation, Meeting, OverlapPair, OverlapsAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.wording import bits, urgency_word, visible


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Overlaps", synthetic=state.session().synthetic)
    st.text(
        "Open investigations of different agencies that meet. This is subject deconfliction, not "
        "event safety. What comes through a tip is no hit: call the other agency."
    )
    try:
        answer = client.overlaps()
    except ApiError as error:
        notices.failure(error)
        return
    st.header("Who meets")
    _pairs(answer.overlaps, answer, name="overlaps", empty="No investigations meet, as of now.")
    st.header("Possibly the same child")
    st.text(
        "Either side claims it as a victim's. The supervisors should talk; nobody becomes a "
        "subject by this."
    )
    _pairs(answer.protective, answer, name="protective", empty="None, as of now.")
    with st.expander("Meetings in values that many share"):
        _pairs(answer.low_value, answer, name="low-value", empty="There are none.")
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _pairs(pairs: Sequence[OverlapPair], answer: OverlapsAnswer, *, name: str, empty: str) -> None:
    table(
        {
            "Urgency": [urgency_word(pair.urgency) for pair in pairs],
            "Both claim the same": ["yes" if pair.is_direct else "no" for pair in pairs],
            "First": [_named(pair.first) for pair in pairs],
            "Call": [_contact(pair.first) for pair in pairs],
            "Second": [_named(pair.second) for pair in pairs],
            "Call there": [_contact(pair.second) for pair in pairs],
            "Meetings": [pair.meeting_total for pair in pairs],
        },
        name=name,
        answer=answer,
        empty=empty,
    )
    met = [(pair, meeting) for pair in pairs for meeting in pair.meetings]
    if len(met) == 0:
        return
    st.text("Through what")
    table(
        {
            "First": [visible(pair.first.key) for pair, _ in met],
            "Second": [visible(pair.second.key) for pair, _ in met],
            "Through tip": ["" if m.tip is None else m.tip.key for _, m in met],
            "And tip": ["" if m.second_tip is None else m.second_tip.key for _, m in met],
            "Which share": [_bridge(meeting) for _, meeting in met],
            "Identifiers": [_identifiers(meeting) for _, meeting in met],
            "Weight (bits)": [bits(meeting.weight) for _, meeting in met],
            "In words": [visible(meeting.sentence) for _, meeting in met],
        },
        name=f"{name}-meetings",
        answer=answer,
        empty="",
    )
    hidden = sum(pair.meeting_total - len(pair.meetings) for pair in pairs)
    if hidden > 0:
        notices.cut_offs([f"{hidden} further meetings of these pairs are not shown."])


def _named(investigation: Investigation) -> str:
    title = "" if investigation.title is None else f": {visible(investigation.title)}"
    return f"{visible(investigation.agency_name)} {visible(investigation.reference)}{title}"


def _contact(investigation: Investigation) -> str:
    return visible(investigation.contact or investigation.agency_contact)


def _bridge(meeting: Meeting) -> str:
    if meeting.bridge_identifier is None:
        return ""
    return f"{meeting.bridge_kind} {visible(meeting.bridge_identifier)}"


def _identifiers(meeting: Meeting) -> str:
    first = f"{meeting.first_kind} {visible(meeting.first_identifier)}"
    second = f"{meeting.second_kind} {visible(meeting.second_identifier)}"
    return first if first == second else f"{first}; {second}"
