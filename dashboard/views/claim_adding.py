"""The form that claims identifiers for an investigation, one a line."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.claims import ClaimLinesAnswer, ClaimThese
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import table
from dashboard.desk.asking import KINDS, typed_lines
from dashboard.desk.claim_lists import (
    CONTENTS,
    HANDLINGS,
    RELIABILITIES,
    ROLES,
    VISIBILITIES,
    line_columns,
)

_LONGEST = 2000


@dataclass(slots=True)
class Added:
    """What was claimed last, and what became of it."""

    case: str = ""
    typed: tuple[str, ...] = ()
    answer: ClaimLinesAnswer | None = None


def show_adding(client: CrosstipClient, reference: str) -> None:
    """Show the form, and what became of each line that was claimed last."""
    added = state.record(Added)
    st.subheader("Claim identifiers")
    typed, terms, asked = _form()
    if asked:
        _claim(client, reference, typed, terms)
    if added.answer is None or added.case != reference:
        return
    answer = added.answer
    st.text(
        f"{answer.claimed} claimed, {answer.claimed_before} claimed before, "
        f"{answer.refused} refused."
    )
    table(line_columns(added.typed, answer.lines), name="added", answer=answer, empty="No line.")


def _form() -> tuple[tuple[str, ...], dict[str, str], bool]:
    with st.form("adding-form"):
        text = st.text_area("Identifiers, one a line", key="adding-lines")
        kind = st.selectbox("Kind", KINDS, index=None, key="adding-kind", placeholder="Any kind")
        role = st.selectbox("Role", ROLES, key="adding-role")
        visibility = st.selectbox(
            "What others may learn",
            ("open", "pointer"),
            format_func=lambda name: VISIBILITIES[name],
            key="adding-visibility",
        )
        predicate = st.text_area(
            "Facts that the suspicion rests on", max_chars=_LONGEST, key="adding-predicate"
        )
        source = st.text_input("Source", max_chars=_LONGEST, key="adding-source")
        support = st.text_input("Where the papers are", max_chars=_LONGEST, key="adding-support")
        reliability = st.selectbox("Reliability", RELIABILITIES, index=None, key="adding-rel")
        content = st.selectbox("Content", CONTENTS, index=None, key="adding-content")
        handling = st.selectbox("Handling", HANDLINGS, index=None, key="adding-handling")
        asked = st.form_submit_button("Claim", key="adding-button")
    said = {
        "kind": kind,
        "role": role,
        "visibility": visibility,
        "predicate": (predicate or "").strip(),
        "source": (source or "").strip(),
        "support": (support or "").strip(),
        "reliability": reliability,
        "content": content,
        "handling": handling,
    }
    terms = {name: value for name, value in said.items() if value is not None and value != ""}
    return typed_lines(text or ""), terms, asked


def _claim(
    client: CrosstipClient, reference: str, typed: tuple[str, ...], terms: dict[str, str]
) -> None:
    if len(typed) == 0:
        st.error("Type at least one identifier.")
        return
    wanted = ClaimThese.model_validate({"claims": [{"value": line, **terms} for line in typed]})
    deed = f"claim {reference} {wanted.model_dump_json(exclude_unset=True)}"
    key = doing.key_for(deed)
    try:
        answer = client.add_claims(reference, wanted, key=key)
    except ApiError as error:
        if doing.is_settled_by(error):
            doing.settle(deed)
        notices.failure(error)
        return
    doing.settle(deed)
    added = state.record(Added)
    added.case, added.typed, added.answer = reference, typed, answer
    st.rerun()
