"""A tip's files: what is asserted and who says so, what was verified, what the gate answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, get_args

import streamlit as st

from client.resources.evidence import (
    AssertedOfFile,
    EvidenceAnswer,
    FileEvidence,
    SeenAs,
    Verdict,
    VerifyFile,
)
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.tables import table
from dashboard.wording import one_line, visible

_VERIFIERS: Final = frozenset({"analyst", "investigator", "supervisor"})
_SEEN: Final[tuple[SeenAs, ...]] = get_args(SeenAs)
_VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)


def show_evidence(answer: EvidenceAnswer, *, read_anew: Callable[[], None]) -> None:
    """Show the files; `read_anew` is called when something was recorded."""
    st.warning(f"**{answer.holds}**", icon=":material/gavel:")
    st.text(
        "What is asserted is what a provider, a program or a list says. It is verified only where "
        "a named person saw the file outside Crosstip and says so."
    )
    _gates(answer)
    _asserted(answer)
    _viewing(answer)
    _verified(answer)
    who = state.session().who
    if len(answer.files) > 0 and (who is None or not _VERIFIERS.isdisjoint(who.roles)):
        with st.expander("Record what you saw of a file, outside Crosstip"):
            _form(answer, read_anew)
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _gates(answer: EvidenceAnswer) -> None:
    st.subheader("Legal gate: may it be opened?")
    files = answer.files
    table(
        {
            "File": [visible(file.file_id) for file in files],
            "The gate answers": [file.gate.answer for file in files],
            "Because": [visible(file.gate.why) for file in files],
            "Counsel's policy": [_policy(file) for file in files],
            "Viewed by the provider": [visible(file.viewed) for file in files],
            "Crosstip": [visible(file.gate.holds) for file in files],
        },
        name="gate",
        answer=answer,
        empty="This tip describes no file, so there is nothing to ask the gate about.",
    )
    if any(file.gate.policy is None for file in files):
        st.text(
            "Where no policy of your agency's counsel says otherwise, the answer is: ask your "
            "prosecutor. No legal advice."
        )


def _policy(file: FileEvidence) -> str:
    return "none" if file.gate.policy is None else f"version {file.gate.policy}"


def _asserted(answer: EvidenceAnswer) -> None:
    st.subheader("Asserted")
    rows = [(file, one) for file in answer.files for one in file.asserted]
    table(
        {
            "File": [visible(file.file_id) for file, _ in rows],
            "What is asserted": [visible(one.what) for _, one in rows],
            "Who says so": [visible(one.said_by) for _, one in rows],
            "Standing": [standing(one) for _, one in rows],
            "In the present version": ["yes" if one.is_current else "no" for _, one in rows],
            "Version": [visible(one.version) for _, one in rows],
        },
        name="asserted",
        answer=answer,
        empty="Nothing is asserted of its files.",
    )


def standing(one: AssertedOfFile) -> str:
    """Say whether somebody verified what is asserted, who and when; else that nobody did."""
    if one.verified_by is None:
        return visible(one.standing)
    seen = "" if one.seen_as is None else f", who saw: {visible(one.seen_as)}"
    return f"{visible(one.standing)} by {visible(one.verified_by)} on {one.verified_at}{seen}"


def _viewing(answer: EvidenceAnswer) -> None:
    rows = [(file, said) for file in answer.files for said in file.viewed_said]
    st.subheader("Viewed by the provider: who says so")
    table(
        {
            "File": [visible(file.file_id) for file, _ in rows],
            "Viewed": [visible(said.viewed) for _, said in rows],
            "Who says so": [visible(said.said_by) for _, said in rows],
            "Issued (UTC)": [said.issued_at for _, said in rows],
            "In the present version": ["yes" if said.is_current else "no" for _, said in rows],
        },
        name="viewing",
        answer=answer,
        empty="No version states whether anybody viewed a file. That is no yes.",
    )


def _verified(answer: EvidenceAnswer) -> None:
    st.subheader("Verified by persons of your agency")
    rows = [one for file in answer.files for one in file.verifications]
    table(
        {
            "File": [visible(row.file_id) for row in rows],
            "About": [visible(row.about) for row in rows],
            "Verdict": [row.verdict for row in rows],
            "Seen as": [row.seen_as for row in rows],
            "By": [visible(row.verified_by) for row in rows],
            "Time (UTC)": [row.at for row in rows],
            "Reason": [visible(row.why) for row in rows],
            "The gate said": [visible(row.gate) for row in rows],
            "Authority": [visible(row.authority) for row in rows],
        },
        name="verifications",
        answer=answer,
        empty="Nobody of your agency has verified anything of its files.",
    )


def _form(answer: EvidenceAnswer, read_anew: Callable[[], None]) -> None:
    files = {file.file_id: file for file in answer.files}
    chosen = st.selectbox(
        "File", list(files), index=None, format_func=one_line, key=f"verify-file-{answer.tip}"
    )
    if chosen is None:
        return
    file = files[chosen]
    said = list(dict.fromkeys(one.what for one in file.asserted))
    if len(said) == 0:
        st.text("Nothing is asserted of this file, so there is nothing to verify or refute.")
        return
    is_open = file.gate.answer == "may be opened"
    with st.form(f"verify-{answer.tip}-{chosen}-{len(file.verifications)}"):
        about = st.selectbox("What is asserted", said, format_func=one_line)
        verdict = st.radio("Your verdict", _VERDICTS, horizontal=True)
        seen_as = st.selectbox("What you saw", _SEEN, index=None)
        why = st.text_area("Reason", max_chars=2000, height=80)
        authority = st.text_input(
            "Authority under which you saw it"
            + ("" if is_open else f" (needed: the gate says {file.gate.answer})"),
            max_chars=2000,
        )
        if not st.form_submit_button("Record", key="verify-do", type="primary"):
            return
    if seen_as is None or why.strip() == "":
        st.error("Still needed: what you saw, and a reason.")
        return
    wanted = VerifyFile(
        file_id=chosen,
        about=about,
        verdict=verdict,
        seen_as=seen_as,
        why=why.strip(),
        authority=authority.strip() or None,
    )
    client = state.connected()

    def work(key: str) -> str:
        done = client.verify_tip_file(answer.tip, wanted, key=key)
        return f"Recorded as {done.verdict} by {done.verified_by}. What was asserted stays."

    if attempt(f"verify {answer.tip} {wanted.model_dump_json()}", work):
        read_anew()
        st.rerun()
