"""One hand-off: what it discloses, what can be done, and its receipts."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from client.resources.handoffs import HandoffAnswer, HandoffReceipts, ShownTip, StepHandoff
from dashboard import handing, navigation, state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.facts import facts
from dashboard.components.tables import table
from dashboard.spans import left
from dashboard.views.handoff_given import HandoffView
from dashboard.wording import joined, visible


def show_chosen() -> None:
    """Show the hand-off that was chosen."""
    view = state.record(HandoffView)
    if view.ref is None:
        return
    st.header("The chosen hand-off")
    client = state.connected()
    try:
        if view.shown is None:
            view.shown = client.handoff(view.ref)
        if view.receipts is None:
            view.receipts = client.handoff_receipts(view.ref)
    except ApiError as error:
        view.choose(None)
        notices.failure(error)
        return
    answer = view.shown
    again, opened, closed, _ = st.columns([1, 1, 1, 3])
    if again.button("Read again", key="handoff-again"):
        view.choose(view.ref)
        st.rerun()
    if _holds(answer) and opened.button("Open the tip", key="handoff-open"):
        _open(answer.tip)
    if closed.button("Close", key="handoff-close"):
        view.choose(None)
        st.rerun()
    _facts(answer)
    _shown(answer)
    _steps(view, answer)
    _receipts(view.receipts)
    notices.footing(answer)


def _holds(answer: HandoffAnswer) -> bool:
    if answer.side == "receiver":
        return answer.stage == "accepted"
    return not (answer.kind == "transfer" and answer.stage == "accepted")


def _facts(answer: HandoffAnswer) -> None:
    due = left(answer.due_at, answer.as_of) if answer.stage == "offered" else ""
    pairs = (
        ("Tip", visible(answer.tip)),
        ("Stands", answer.stage),
        ("Kind", answer.kind),
        ("From", visible(answer.giver)),
        ("To", visible(answer.receiver)),
        ("Offered", f"{answer.offered_at} by {visible(answer.offered_by)}"),
        ("An answer is due", due),
        ("Handed over until", answer.until_at or ""),
        ("Answered", _answered(answer)),
        ("Purpose", visible(answer.purpose)),
        ("Agreement of the two agencies", visible(answer.agreement) or "none on record"),
        ("Permitted recipients, for counsel to confirm", visible(answer.permitted)),
    )
    facts(pairs)


def _answered(answer: HandoffAnswer) -> str:
    if answer.answered_at is None:
        return ""
    return f"{answer.answered_at} by {visible(answer.answered_by)}: {visible(answer.answered_why)}"


def _shown(answer: HandoffAnswer) -> None:
    st.subheader("What the offer shows to the other agency")
    if answer.shown is None:
        st.text("Nothing any more: it was declined, withdrawn, returned, or its time is over.")
        return
    facts(fields(answer.shown))
    st.text(f"Level {answer.level}; nothing else is shown. SHA-256 of it: {answer.shown_sha256}")


def fields(shown: ShownTip) -> tuple[tuple[str, str], ...]:
    """Give what an offer shows, in words; what its level does not show is empty."""
    return (
        ("Tip", visible(shown.tip)),
        ("From", visible(shown.giver)),
        ("Call", visible(shown.contact)),
        ("Reason", visible(shown.why)),
        ("Class of urgency there", visible(shown.priority)),
        ("Why", joined(shown.reasons)),
        ("Provider", visible(shown.provider)),
        ("Files described", "" if shown.files is None else str(shown.files)),
        ("Place", visible(shown.place)),
        ("Scope", visible(shown.scope)),
        ("Investigation", visible(shown.investigation)),
        ("Until", shown.until_at or ""),
        ("Incident types", joined(shown.incident_types)),
        ("Incident", shown.incident_at or ""),
        ("Identifiers of the reported person", joined(shown.identifiers)),
        ("Left out", visible(shown.cut_off)),
    )


def _steps(view: HandoffView, answer: HandoffAnswer) -> None:
    st.subheader("What next")
    who = state.session().who
    steps = handing.offered(who, stage=answer.stage, side=answer.side, kind=answer.kind)
    if len(steps) == 0:
        st.text(_nothing(answer))
    for step in steps:
        with st.form(f"handoff-{step.step}-{answer.ref}-{answer.version}"):
            st.text(f"{step.step.capitalize()}: {step.says}")
            why = ""
            if step.needs_why:
                why = st.text_area(f"Reason to {step.step}", max_chars=2000, height=80)
            asked = st.form_submit_button(step.step.capitalize(), key=f"handoff-do-{step.step}")
        if asked and step.needs_why and why.strip() == "":
            st.error("Still needed: a reason.")
        elif asked:
            _take(view, answer, StepHandoff(step=step.step, why=why.strip() or None))


def _nothing(answer: HandoffAnswer) -> str:
    if answer.stage == "offered":
        is_given = answer.side == "giver"
        whose = "the other agency" if is_given else "an investigator or supervisor of yours"
        return f"It waits for an answer by {whose}."
    return f"It is {answer.stage}: no step that is yours leads on from there."


def _take(view: HandoffView, answer: HandoffAnswer, wanted: StepHandoff) -> None:
    client = state.connected()

    def work(key: str) -> str:
        done = client.step_handoff(answer.ref, wanted, version=answer.version, key=key)
        return f"{done.tip}: the hand-off is {done.stage}. The receipt is below."

    if attempt(f"step {answer.ref} {answer.version} {wanted.model_dump_json()}", work):
        view.choose(answer.ref)
        st.rerun()


def _receipts(answer: HandoffReceipts) -> None:
    st.subheader("Receipts of your side")
    rows = answer.items
    table(
        {
            "No.": [row.number for row in rows],
            "Step": [row.step for row in rows],
            "Time (UTC)": [row.at for row in rows],
            "Holds": ["yes" if row.holds else f"NO: {joined(row.faults)}" for row in rows],
            "SHA-256": [row.sha256 for row in rows],
            "Names the one before": [visible(row.prior) for row in rows],
            "SHA-256 of what was disclosed": [visible(row.disclosed_sha256) for row in rows],
            "Log entry": [visible(row.leaf) for row in rows],
            "Text of the receipt": [visible(row.body) for row in rows],
        },
        name="receipts",
        answer=answer,
        empty="There is no receipt.",
    )
    if not all(row.holds for row in rows):
        st.error("A receipt does not hold: its text, its place or its log entry was changed.")


def _open(tip: str) -> None:
    try:
        state.look_at(tip)
    except ApiError as error:
        notices.failure(error)
        return
    navigation.go("tip")
