"""How long records are kept: each class, its versions, proposed by one and confirmed by another."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.retention import (
    ProposeRetention,
    RecordClass,
    RetentionPolicies,
    RetentionPolicy,
)
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.tables import table
from dashboard.desk.desk_steps import is_one_of
from dashboard.desk.retention_lists import (
    ALLOWED,
    PROPOSES,
    class_columns,
    kept,
    newest,
    policy_columns,
    why_not_confirmed,
)
from dashboard.wording import visible


@dataclass(slots=True)
class PolicyDesk:
    """Which class is looked at, and its versions as they were read."""

    kind: RecordClass | None = None
    versions: RetentionPolicies | None = None


def show_policies() -> None:
    """Show every class, and the versions of the chosen one."""
    try:
        classes = state.connected().retention()
    except ApiError as error:
        notices.failure(error)
        return
    st.header("How long each kind of record is kept")
    table(class_columns(classes.items), name="retention", answer=classes, empty="There is none.")
    notices.footing(classes)
    desk = state.record(PolicyDesk)
    kind = st.selectbox(
        "Choose a kind of record, for its policies", list(ALLOWED), index=None, key="policy-kind"
    )
    if kind != desk.kind:
        desk.kind, desk.versions = kind, None
    if kind is not None:
        _versions(desk, kind)


def _versions(desk: PolicyDesk, kind: RecordClass) -> None:
    if desk.versions is None:
        try:
            desk.versions = state.connected().retention_policies(kind)
        except ApiError as error:
            notices.failure(error)
            return
    answer = desk.versions
    st.header(f"Policies for {kind}")
    table(
        policy_columns(answer.items),
        name=f"policies-{kind}",
        answer=answer,
        empty="Nobody has proposed any: these records are kept for good.",
    )
    if st.button("Read again", key="policy-again"):
        desk.versions = None
        st.rerun()
    last = newest(answer.items)
    _confirm(desk, kind, last)
    if is_one_of(state.session().who, PROPOSES):
        _propose(desk, kind, 0 if last is None else last.number)
    else:
        st.text("An administrator of your agency proposes another version.")
    notices.footing(answer)


def _confirm(desk: PolicyDesk, kind: RecordClass, last: RetentionPolicy | None) -> None:
    st.subheader("Confirm")
    why_not = why_not_confirmed(state.session().who, last)
    if why_not != "" or last is None:
        st.text(why_not)
        return
    st.text(
        f"Version {last.number}: {kept(last.days)} from {visible(last.counts_from)}, by "
        f"{visible(last.name)} of {last.dated}. Look at its dry run first. It counts seven days "
        "after it is confirmed: time to place legal holds."
    )
    if not st.button(f"Confirm version {last.number}", key="policy-confirm", type="primary"):
        return
    client = state.connected()

    def work(key: str) -> str:
        done = client.confirm_retention(kind, str(last.number), key=key)
        return f"Version {done.number} for {done.kind} counts from {done.from_at} on."

    if attempt(f"confirm {kind} {last.number} {last.proposed_at}", work):
        desk.versions = None
        st.rerun()


def _propose(desk: PolicyDesk, kind: RecordClass, number: int) -> None:
    st.subheader("Propose another version")
    st.text("It has no effect until a supervisor, another person, confirms it.")
    with st.form(f"policy-form-{kind}-{number}"):
        days = st.number_input(
            "Days (30 at least; empty: for good)", 30, 36_525, value=None, step=1
        )
        counts_from = st.selectbox("Counted from", ALLOWED[kind])
        name = st.text_input("Retention schedule or order", max_chars=200).strip()
        dated = st.date_input("Its date", value=None)
        why = st.text_area("Why", max_chars=2000, height=80).strip()
        if not st.form_submit_button("Propose", key="policy-propose", type="primary"):
            return
    if name == "" or dated is None or why == "":
        st.error("Still needed: the schedule or order, its date, and why.")
        return
    wanted = ProposeRetention(
        days=None if days is None else int(days),
        counts_from=counts_from,
        name=name,
        dated=dated.isoformat(),
        why=why,
    )
    client = state.connected()

    def work(key: str) -> str:
        done = client.propose_retention(kind, wanted, version=number, key=key)
        return f"Version {done.number} for {done.kind} is proposed. It has no effect yet."

    if attempt(f"propose {kind} {number} {wanted.model_dump_json()}", work):
        desk.versions = None
        st.rerun()
