"""The page Assign: who may be given tips, with what bears on it; and what is kept of people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from client.errors import ApiError
from client.resources.assignments import (
    AssignmentCandidate,
    AssignTips,
    CandidatesAnswer,
    GivenTip,
)
from dashboard import state
from dashboard.components import notices
from dashboard.components.csv_file import Columns
from dashboard.components.deeds import attempt, tell
from dashboard.components.tables import table
from dashboard.moves import PRIORITIES, ROLES
from dashboard.spans import since
from dashboard.views.assign_given import AssignView
from dashboard.views.staff_records import show_staff
from dashboard.wording import joined, one_line, visible


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Assign", synthetic=state.session().synthetic)
    tell()
    who = state.session().who
    if who is None or not ROLES["assign"].isdisjoint(who.roles):
        _give()
    else:
        st.text(
            "Tips are assigned by investigators and supervisors. You may take one in the Queue."
        )
    show_staff()


def _give() -> None:
    view = state.record(AssignView)
    st.header("Give tips to somebody")
    _add(view)
    _outcome(view)
    if len(view.tips) == 0:
        st.text("No tip is chosen. Enter its number, or choose tips in the Queue.")
        return
    st.text("To be given: " + ", ".join(visible(tip) for tip in view.tips))
    if st.button("Choose other tips", key="assign-clear"):
        view.begin({})
        st.rerun()
    _wishes(view)
    answer = _read(view)
    if answer is None:
        return
    table(
        columns(answer.items, answer.as_of),
        name="candidates",
        answer=answer,
        empty="Nobody of your agency in service works on tips. Its administrator enters people.",
    )
    st.caption(
        "In the order in which they are proposed: a conflict of interest last, then who is away, "
        "then more of the skills asked for, fewer urgent tips, fewer tips. The choice is yours."
    )
    if len(answer.items) > 0:
        _form(view, answer)
    notices.footing(answer)


def _add(view: AssignView) -> None:
    with st.form("assign-add", border=False, clear_on_submit=True):
        box, button = st.columns([4, 1], vertical_alignment="bottom")
        number = box.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        asked = button.form_submit_button("Add the tip", key="assign-add-button")
    wanted = (number or "").strip()
    if not asked or wanted == "":
        return
    tip = wanted if ":" in wanted else f"ncmec:{wanted}"
    try:
        found = state.connected().queued_tip(tip)
    except ApiError as error:
        notices.failure(error)
        return
    tips = {**view.tips, tip: found.version}
    view.begin(tips)
    st.rerun()


def _wishes(view: AssignView) -> None:
    """Ask which tip's conflicts are shown, and which skills are wanted."""
    tips = list(view.tips)
    about, skills = st.columns(2)
    if len(tips) > 1:
        chosen = about.selectbox(
            "Conflicts of interest shown for (each tip's own are checked when it is given)",
            tips,
            index=tips.index(view.about) if view.about in tips else 0,
            key="assign-about",
        )
        if chosen != view.about:
            view.about, view.candidates = chosen, None
    known = sorted(
        {
            skill
            for one in (view.candidates.items if view.candidates else ())
            for skill in one.skills
        }
        | set(view.skills)
    )
    wanted = tuple(
        skills.multiselect(
            "Skills asked for", known, default=list(view.skills), key="assign-skills"
        )
    )
    if wanted != view.skills:
        view.skills, view.candidates = wanted, None


def _read(view: AssignView) -> CandidatesAnswer | None:
    if view.candidates is None and view.about is not None:
        try:
            view.candidates = state.connected().assignment_candidates(
                tip=view.about, skills=",".join(view.skills)
            )
        except ApiError as error:
            notices.failure(error)
            return None
    return view.candidates


def columns(people: Sequence[AssignmentCandidate], as_of: str) -> Columns:
    """Give the columns of the candidates, in the order in which they are proposed."""
    loads = [{each.priority: each.total for each in one.load} for one in people]
    return {
        "Who": [named(one) for one in people],
        "Conflict of interest": [joined(one.conflicts) for one in people],
        "Relations stated": [joined(one.relations) for one in people],
        "Away": [f"until {one.away_until_at}" if one.away_until_at else "" for one in people],
        "Urgent": [one.urgent for one in people],
        "Open tips": [one.total for one in people],
        **{name: [load.get(name, 0) for load in loads] for name in PRIORITIES},
        "Oldest": [since(one.oldest_at, as_of) for one in people],
        "Longest unmoved": [since(one.stood_at, as_of) for one in people],
        "Skills": [joined(one.skills) for one in people],
        "Of those asked for": [joined(one.matching) for one in people],
        "Units": [joined(one.units) for one in people],
        "Members": [joined(one.members) for one in people],
    }


def named(one: AssignmentCandidate) -> str:
    """Give whom a candidate is, on one line."""
    kind = "unit " if one.is_unit else ""
    return one_line(f"{kind}{one.name} ({one.key})", limit=80)


def _form(view: AssignView, answer: CandidatesAnswer) -> None:
    people = {one.key: one for one in answer.items}
    mark = "-".join(f"{tip}.{version}" for tip, version in view.tips.items())
    with st.form(f"assign-form-{mark}"):
        chosen = st.selectbox(
            "To whom", list(people), index=None, format_func=lambda key: _short(people[key])
        )
        why = st.text_area("Reason", max_chars=2000, height=80)
        override = ""
        who = state.session().who
        if who is None or "supervisor" in who.roles:
            override = st.text_area(
                "Why in spite of a conflict of interest (only where there is one)",
                max_chars=2000,
                height=80,
            )
        if not st.form_submit_button("Give", key="assign-do", type="primary"):
            return
    if chosen is None or why.strip() == "":
        st.error("Still needed: to whom, and a reason.")
        return
    _do(view, chosen, why.strip(), override.strip() or None)


def _short(one: AssignmentCandidate) -> str:
    notes = [f"{one.total} open", f"{one.urgent} urgent"]
    if one.away_until_at is not None:
        notes.append("AWAY")
    if len(one.conflicts) > 0:
        notes.append("CONFLICT OF INTEREST")
    return f"{named(one)}: {', '.join(notes)}"


def _do(view: AssignView, assignee: str, why: str, override: str | None) -> None:
    client = state.connected()
    wanted = AssignTips(
        tips=tuple(GivenTip(tip=tip, version=version) for tip, version in view.tips.items()),
        assignee=assignee,
        why=why,
        override=override,
    )

    def work(key: str) -> str:
        answer = client.assign_some(wanted, key=key)
        view.done = answer.items
        given = sum(each.is_done for each in answer.items)
        return f"{given} of {len(answer.items)} tips were given to {assignee}."

    if attempt(f"assign {wanted.model_dump_json()}", work):
        done = view.done
        # Those that were left keep the version that was looked at: one that was moved is refused
        # again until it is looked at anew.
        view.begin({each.tip: view.tips[each.tip] for each in done if not each.is_done})
        view.done = done
        st.rerun()


def _outcome(view: AssignView) -> None:
    """Say what became of each tip that was given last; those that were left, and why."""
    for each in view.done:
        st.text(f"{visible(each.tip)}: {visible(each.said)}")
    left = [each.tip for each in view.done if not each.is_done]
    if len(left) > 0:
        st.warning(
            "Some tips were not given: they stand as they were, and each line says why. One that "
            "was moved meanwhile is to be looked at again: enter its number once more."
        )
