"""The page Priority: the rules that order the queue, a trial of changes, and their history."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.priority import PriorityTableAnswer, SetPriorityTable, TryPriorityTable
from dashboard import state
from dashboard.components import deeds, notices
from dashboard.components.tables import table
from dashboard.desk.desk_steps import is_one_of
from dashboard.desk.priority_lists import (
    MOST_TRIED,
    SETS,
    Trial,
    choices,
    class_columns,
    draft_of,
    drafted,
    fallen_columns,
    rule_columns,
    settings_of,
    standing,
    trial_of,
    version_columns,
)
from dashboard.wording import one_line, visible


@dataclass(slots=True)
class PriorityDesk:
    """A draft of changes, of which version it was made, and what it would do."""

    version: int | None = None
    draft: dict[str, str] = field(default_factory=dict)
    trial: Trial | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Priority", synthetic=state.session().synthetic)
    deeds.tell()
    try:
        answer = client.priority_table()
    except ApiError as error:
        notices.failure(error)
        return
    desk = state.record(PriorityDesk)
    if desk.version != answer.version:
        if desk.version is not None and desk.draft != draft_of(answer):
            st.warning("The table was changed meanwhile: the draft begins anew with what holds.")
        desk.version, desk.draft, desk.trial = answer.version, draft_of(answer), None
    st.text(standing(answer))
    if answer.under_way is not None:
        st.text(visible(answer.under_way))
    st.text(
        "The most urgent class of all rules that hold decides, and a person's own decision stands "
        "over it. Rules for safety are never put below the class that they are built in with."
    )
    _rules(answer, desk)
    if is_one_of(state.session().who, SETS):
        _draft(client, answer, desk)
    else:
        st.text("Supervisors of your agency change the table.")
    _history(client)
    notices.footing(answer)


def _rules(answer: PriorityTableAnswer, desk: PriorityDesk) -> None:
    st.header("Rules")
    columns = rule_columns(answer, desk.draft)
    table(columns, name="priority-rules", answer=answer, empty="There is no rule.")
    st.header("Classes")
    table(class_columns(answer), name="priority-classes", answer=answer, empty="There is none.")
    if len(answer.fell_away) > 0:
        st.header("Changes without effect")
        table(fallen_columns(answer), name="priority-fallen", answer=answer, empty="None.")


def _draft(client: CrosstipClient, answer: PriorityTableAnswer, desk: PriorityDesk) -> None:
    st.header("Change it")
    rules = [rule.rule for rule in answer.rules]
    chosen, to, add = st.columns([3, 2, 1], vertical_alignment="bottom")
    rule = chosen.selectbox(
        "Rule",
        rules,
        format_func=lambda name: one_line(name, limit=120),
        key="priority-rule",
    )
    wanted = to.selectbox(
        "Its class", choices(answer, rule), format_func=visible, key=f"priority-class-{rule}"
    )
    if add.button("Set it in the draft", key="priority-set"):
        desk.draft = drafted(desk.draft, answer, rule=rule, to=wanted)
        desk.trial = None
        st.rerun()
    if desk.draft == draft_of(answer):
        st.text("The draft is what holds: nothing to try or to put in force.")
        return
    left, right, _ = st.columns([1, 1, 4])
    if right.button("Begin anew", key="priority-anew"):
        desk.draft, desk.trial = draft_of(answer), None
        st.rerun()
    if left.button("Try the draft", key="priority-try", type="primary"):
        _try(client, desk)
    if desk.trial is not None:
        _tried(answer, desk.trial)
        _put_in_force(client, answer, desk)


def _try(client: CrosstipClient, desk: PriorityDesk) -> None:
    wanted = TryPriorityTable(changes=settings_of(desk.draft))
    pages, after = [], ""
    try:
        with st.spinner("Looking at the tips that your agency holds"):
            for _ in range(MOST_TRIED):
                pages.append(client.try_priority_table(wanted, after=after))
                if pages[-1].next_after is None:
                    break
                after = pages[-1].next_after
    except ApiError as error:
        desk.trial = None
        notices.failure(error)
        return
    desk.trial = trial_of(pages)


def _tried(answer: PriorityTableAnswer, trial: Trial) -> None:
    st.text(f"{trial.changed} of {trial.looked_at} tips that were looked at would change class.")
    if not trial.is_whole:
        st.warning("There are more tips than one trial looks at: the counts are of these alone.")
    table(
        trial.columns,
        name="priority-trial",
        answer=answer,
        empty="No tip that was looked at would change class.",
    )


def _put_in_force(client: CrosstipClient, answer: PriorityTableAnswer, desk: PriorityDesk) -> None:
    with st.form("priority-form"):
        why = st.text_area("Why (stands in the history)", max_chars=2000)
        asked = st.form_submit_button("Put the draft in force", key="priority-force")
    if not asked:
        return
    if (why or "").strip() == "":
        st.error("Say why: it stands beside the version for good.")
        return
    wanted = SetPriorityTable(changes=settings_of(desk.draft), why=(why or "").strip())

    def work(key: str) -> str:
        done = client.set_priority_table(wanted, version=answer.version, key=key)
        desk.version, desk.draft, desk.trial = done.version, draft_of(done), None
        return f"Version {done.rules_version} holds. Held tips are placed by it now, step by step."

    if deeds.attempt(f"priority {answer.version} {wanted.model_dump_json()}", work):
        st.rerun()


def _history(client: CrosstipClient) -> None:
    st.header("Versions")
    try:
        answer = client.priority_history()
    except ApiError as error:
        notices.failure(error)
        return
    table(
        version_columns(answer.items),
        name="priority-versions",
        answer=answer,
        empty="Your agency changed nothing so far.",
    )
    if answer.next_after is not None:
        st.text("The newest 50 are shown; the API has all.")
