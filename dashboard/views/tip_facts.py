"""What one tip says: its facts, notes, identifiers, files, versions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from client.tips import TipAnswer, TipFacts
from dashboard.components.passages import passage
from dashboard.components.tables import table
from dashboard.wording import joined, urgency_word, visible


def show_facts(answer: TipAnswer) -> None:
    """Show the tip's own facts, the urgent ones first."""
    tip = answer.tip
    if tip.urgency < 2:
        st.error(f"**{urgency_word(tip.urgency)}**", icon=":material/priority_high:")
        for reason in tip.urgency_reasons or ():
            st.text(visible(reason))
    if tip.withdrawn_at is not None:
        st.warning("This tip was withdrawn. It links nothing.")
        st.text(f"{tip.withdrawn_at}: {visible(tip.withdrawn_why)}")
    if tip.stub:
        st.warning("Other tips refer to this one. Nothing of it has been received.")
    for label, value in _facts(tip):
        if value != "":
            st.text(f"{label}: {value}")


def _facts(tip: TipFacts) -> Sequence[tuple[str, str]]:
    return (
        ("Provider", visible(tip.provider_name)),
        ("Platform", visible(tip.platform)),
        ("Incident types", joined(tip.incident_types)),
        ("Incident", tip.incident_at or ""),
        ("Incident time as received", visible(tip.incident_time_raw)),
        ("Received by NCMEC", tip.received_at or ""),
        ("NCMEC priority", visible(tip.ncmec_priority)),
        ("NCMEC status", visible(tip.ncmec_status)),
        ("Annotations", joined(tip.annotations)),
        ("Batched", visible(tip.batched_reason)),
        ("Files described", "" if tip.file_count is None else str(tip.file_count)),
        ("Versions", str(tip.version_count)),
        ("First recorded", tip.first_recorded_at or ""),
    )


def show_investigations(answer: TipAnswer) -> None:
    """Show the investigations that claim an identifier of the tip."""
    st.header("Investigations that this tip touches")
    rows = answer.investigations
    table(
        {
            "Investigation": [visible(row.investigation) for row in rows],
            "Agency": [visible(row.agency) for row in rows],
            "Reference": [visible(row.reference) for row in rows],
            "Status": [visible(row.status) for row in rows],
            "Through": [f"{row.kind} {visible(row.identifier)}" for row in rows],
            "Its role there": [visible(row.claim_role) for row in rows],
            "Its role in the tip": [visible(row.tip_role) for row in rows],
        },
        name="investigations",
        answer=answer,
        empty="No investigation in this store claims an identifier of this tip.",
    )
    if len({row.agency for row in rows}) > 1:
        st.warning("Investigations of different agencies meet in this tip: see Overlaps.")


def show_assertions(answer: TipAnswer) -> None:
    """Show what the tip says about identifiers."""
    st.header("Identifiers in this tip")
    rows = answer.assertions
    table(
        {
            "Kind": [row.kind for row in rows],
            "Identifier": [visible(row.identifier) for row in rows],
            "As received": [visible(row.stated_as) for row in rows],
            "Role": [visible(row.role) for row in rows],
            "May link": ["yes" if row.linking else "no" for row in rows],
            "Event": [visible(row.event) for row in rows],
            "Time (UTC)": [row.at or "" for row in rows],
            "Time as received": [visible(row.time_raw) for row in rows],
            "Note on the time": [visible(row.time_note) for row in rows],
            "Port": [row.port for row in rows],
            "Verified": [visible(row.verified) for row in rows],
            "Found in free text": ["yes" if row.mined else "" for row in rows],
            "Tips with it": [row.mention_count for row in rows],
            "State": [_with_reason(row.state, row.state_reason) for row in rows],
            "Place": [visible(row.path) for row in rows],
            "Ended": [row.ended_at or "" for row in rows],
        },
        name="identifiers",
        answer=answer,
        empty="This tip names no identifier.",
    )


def show_rest(answer: TipAnswer) -> None:
    """Show the reporter's notes, references, files and versions."""
    with st.expander("The reporter's notes and other fields"):
        for note in (*answer.notes, *answer.details):
            passage(f"{note.path}: {note.text}")
        if len(answer.notes) + len(answer.details) == 0:
            st.text("There are none.")
    with st.expander("Files (Crosstip holds none of them)"):
        _files(answer)
    with st.expander("Other tips that it names, or that name it"):
        table(
            {
                "Tip": [visible(row.tip) for row in answer.references],
                "Direction": [row.direction for row in answer.references],
                "Kind": [row.kind for row in answer.references],
                "Received": ["no" if row.stub else "yes" for row in answer.references],
                "Ended": [row.ended_at or "" for row in answer.references],
            },
            name="references",
            answer=answer,
            empty="There are none.",
        )
    with st.expander("Versions and documents"):
        _versions(answer)


def _files(answer: TipAnswer) -> None:
    table(
        {
            "File": [visible(row.file_id) for row in answer.files],
            "Name": [visible(row.name) for row in answer.files],
            "Original name": [visible(row.original_name) for row in answer.files],
            "Uploaded": [row.uploaded_at or "" for row in answer.files],
            "Viewed by the provider": [visible(row.viewed_by_esp) for row in answer.files],
            "Relevance": [visible(row.relevance) for row in answer.files],
            "Classification": [visible(row.classification) for row in answer.files],
            "Seen before": [f"{row.seen}: {visible(row.seen_why)}" for row in answer.files],
            "Ended": [row.ended_at or "" for row in answer.files],
        },
        name="files",
        answer=answer,
        empty="This tip describes no file.",
    )


def _versions(answer: TipAnswer) -> None:
    rows = answer.versions
    table(
        {
            "Part": [visible(row.part) for row in rows],
            "Issued": [row.issued_at for row in rows],
            "Current": ["yes" if row.current else "no" for row in rows],
            "Recorded": [row.recorded_at for row in rows],
            "Document": [row.document for row in rows],
            "File name": [visible(row.document_name) for row in rows],
            "Original": [visible(row.original) or "not held" for row in rows],
            "Fields not known": [joined(row.unknown) for row in rows],
            "Values rejected": [joined(row.rejected) for row in rows],
            "Media skipped": [joined(row.media) for row in rows],
        },
        name="versions",
        answer=answer,
        empty="No version has been received.",
    )


def _with_reason(state: str, reason: str | None) -> str:
    return state if reason is None else f"{state}: {visible(reason)}"
