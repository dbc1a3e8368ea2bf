"""The moves of one tip as buttons and forms, each with the fields that it needs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from client.resources.incidents import LookedAt, MoveTogether
from client.resources.queue import (
    Move,
    MoveTip,
    Outcome,
    Priority,
    QueuedTipAnswer,
    TipMoved,
)
from dashboard import navigation, state
from dashboard.components.deeds import attempt
from dashboard.moves import (
    ASSIGNEE,
    OUTCOME,
    OUTCOMES,
    PRIORITIES,
    PRIORITY,
    RECIPIENT,
    WHY,
    may_move,
    needs,
    offered,
)
from dashboard.views.assign_given import AssignView
from dashboard.wording import visible

_LONGEST = 2000
_OF_ONE: frozenset[Move] = frozenset({"keep apart", "fold again"})


def show_moves(answer: QueuedTipAnswer, *, read_anew: Callable[[], None]) -> None:
    """Offer what leads on from where a tip stands; `read_anew` is called when that changed."""
    who = state.session().who
    moves = offered(
        who,
        state=answer.state,
        owner=answer.owner,
        is_set=answer.is_set,
        has_news=len(answer.news) > 0,
        has_records=len(answer.more) + len(answer.elsewhere) > 0,
        is_apart=answer.apart_by is not None,
    )
    if len(moves) == 0:
        st.text(_nothing(answer))
        return
    st.subheader("What next")
    if "take" in moves and st.button("Take it", key="move-take", type="primary"):
        _take(answer, read_anew)
    if "assign" in moves and st.button("Assign it: choose whom", key="move-assign"):
        state.record(AssignView).begin({answer.tip: answer.version})
        navigation.go("assign")
    others = [move for move in moves if move not in {"take", "assign"}]
    if len(others) == 0:
        return
    mark = f"{answer.tip}-{answer.version}"
    move = st.selectbox(
        "Another move", others, index=None, placeholder="Choose", key=f"move-{mark}"
    )
    if move is not None:
        _form(answer, move, mark, read_anew)


def _nothing(answer: QueuedTipAnswer) -> str:
    if answer.state == "withdrawn":
        return "The report was withdrawn. Nothing is done with it any more."
    if not may_move(state.session().who, answer.owner):
        return (
            f"It is {visible(answer.owner)}'s. They and supervisors move it on; ask them, or a "
            "supervisor to assign it to you."
        )
    return f"It is {answer.state}: nothing that your roles allow leads on from there."


def _take(answer: QueuedTipAnswer, read_anew: Callable[[], None]) -> None:
    client = state.connected()

    def work(key: str) -> str:
        return _moved(client.take_tip(answer.tip, key=key))

    if attempt(f"take {answer.tip}", work):
        read_anew()
        st.rerun()


def _form(answer: QueuedTipAnswer, move: Move, mark: str, read_anew: Callable[[], None]) -> None:
    needed = needs(answer.state, move)
    with st.form(f"move-form-{move}-{mark}"):
        outcome: Outcome | None = None
        priority: Priority | None = None
        recipient = why = ""
        if OUTCOME in needed:
            outcome = st.selectbox("Outcome", OUTCOMES, index=None, placeholder="How it ended")
        if PRIORITY in needed:
            priority = st.selectbox("Class", PRIORITIES, index=None)
        if RECIPIENT in needed:
            recipient = st.text_input("To whom it is referred", max_chars=200)
        if WHY in needed:
            why = st.text_area("Reason", max_chars=_LONGEST, height=80)
        with_all = _asks_all(answer, move)
        if not st.form_submit_button(f"Do it: {move}", key=f"do-{mark}", type="primary"):
            return
    given = {OUTCOME: outcome, PRIORITY: priority, RECIPIENT: recipient.strip(), WHY: why.strip()}
    missing = [name for name in needed if name != ASSIGNEE and given[name] in {None, ""}]
    if len(missing) > 0:
        st.error(f"Still needed: {', '.join(missing)}.")
        return
    wanted = MoveTip(
        move=move,
        why=why.strip() or None,
        outcome=outcome,
        recipient=recipient.strip() or None,
        priority=priority,
    )
    if with_all:
        _do_all(answer, wanted, read_anew)
    else:
        _do(answer, wanted, read_anew)


def _asks_all(answer: QueuedTipAnswer, move: Move) -> bool:
    """Ask whether a move is to be made of every record that stands alike, where there are some."""
    if len(answer.more) == 0 or move in _OF_ONE:
        return False
    left = "" if len(answer.elsewhere) == 0 else "; those that stand elsewhere stay there"
    said = f"Of all {len(answer.more) + 1} records of the incident, or of none{left}"
    return st.checkbox(said, value=True, key=f"all-{answer.tip}-{answer.version}-{move}")


def _do_all(answer: QueuedTipAnswer, wanted: MoveTip, read_anew: Callable[[], None]) -> None:
    client = state.connected()
    looked = {answer.tip: answer.version} | {one.tip: one.version for one in answer.more}
    asked = MoveTogether(
        **wanted.model_dump(),
        records=tuple(LookedAt(tip=tip, version=at) for tip, at in sorted(looked.items())),
        leave_others=True,
    )

    def work(key: str) -> str:
        done = client.move_records(answer.tip, asked, key=key)
        return f"{len(done.items)} records of the incident are {done.items[0].state} now."

    if attempt(f"move {asked.model_dump_json()}", work):
        read_anew()
        st.rerun()


def _do(answer: QueuedTipAnswer, wanted: MoveTip, read_anew: Callable[[], None]) -> None:
    client = state.connected()

    def work(key: str) -> str:
        return _moved(client.move_tip(answer.tip, wanted, version=answer.version, key=key))

    if attempt(f"move {answer.tip} {answer.version} {wanted.model_dump_json()}", work):
        read_anew()
        st.rerun()


def _moved(done: TipMoved) -> str:
    whose = "nobody's" if done.owner is None else f"{done.owner}'s"
    also = "" if len(done.also) == 0 else f" So are {len(done.also)} more records of the incident."
    return f"{done.tip} is {done.state} now, and {whose}.{also}"
