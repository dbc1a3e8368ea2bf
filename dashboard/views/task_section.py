"""Tasks: mine, my units', overdue ones first; one of them with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.tasks import StepTask, Task, TaskList, TaskPage, TaskStep, TaskStoryAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.facts import facts
from dashboard.components.pager import choose, turned
from dashboard.components.tables import table
from dashboard.desk.desk_lists import (
    About,
    about,
    at_utc,
    overdue_first,
    step_columns,
    subject,
    task_columns,
    task_due,
    task_line,
    whose,
)
from dashboard.desk.desk_steps import TASK_STEPS, task_steps
from dashboard.views.task_giving import WhoseFields, show_giving, whose_fields
from dashboard.wording import visible

_LISTS: Final[Mapping[TaskList, str]] = MappingProxyType(
    {
        "mine": "Mine",
        "unit": "My units'",
        "overdue": "Overdue, of the agency",
        "agency": "All open, of the agency",
        "subject": "Of one tip or investigation",
    }
)
_EMPTY: Final[Mapping[TaskList, str]] = MappingProxyType(
    {
        "mine": "Nothing is to be done by you. Look at your units' tasks, or give one below.",
        "unit": "Nothing is to be done by a unit of yours, or you belong to none.",
        "overdue": "Nothing of your agency is overdue, as of the time below.",
        "agency": "Your agency has no open task. Give one below.",
        "subject": "There is no task about it. Give one below.",
    }
)


@dataclass(slots=True)
class TaskDesk:
    """What one person looks at among the tasks."""

    which: TaskList = "mine"
    pages: tuple[str, ...] = ("",)
    about: About | None = None
    """Of the list of one tip or investigation: which."""
    ref: str | None = None
    story: TaskStoryAnswer | None = None
    """The one that was chosen, as it was read: steps are taken from this version."""

    def choose(self, ref: str | None) -> None:
        """Choose a task; it is read when it is shown."""
        self.ref, self.story = ref, None

    def turn_to(self, which: TaskList, of: About | None = None) -> None:
        """Look at a list from its beginning."""
        self.which, self.about, self.pages = which, of, ("",)


def show_tasks() -> None:
    """Show the list, the chosen task, and the form that gives one."""
    desk = state.record(TaskDesk)
    _which(desk)
    if desk.which != "subject" or _subject(desk):
        _list(desk)
    _chosen(desk)
    show_giving()


def _which(desk: TaskDesk) -> None:
    key = "task-which"

    def turn() -> None:
        desk.turn_to(st.session_state[key])

    st.selectbox(
        "Which tasks",
        list(_LISTS),
        index=list(_LISTS).index(desk.which),
        format_func=lambda one: _LISTS[one],
        key=key,
        on_change=turn,
    )


def _subject(desk: TaskDesk) -> bool:
    with st.form("task-subject-form"):
        tip = st.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        case = st.text_input("Or the reference of an investigation", max_chars=200)
        asked = st.form_submit_button("Show its tasks", key="task-subject")
    if asked:
        found = about(tip, case)
        if found is None:
            st.error("Enter a tip's number or an investigation's reference, one of the two.")
        desk.turn_to("subject", found)
    return desk.about is not None


def _list(desk: TaskDesk) -> None:
    try:
        page = _read(desk)
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    shown = overdue_first(page.items)
    late = sum(task.is_overdue for task in shown)
    if late > 0:
        st.warning(f"{late} overdue on this page. They stand first.", icon=":material/schedule:")
    choose(
        "Choose a task",
        {task.ref: task_line(task) for task in shown},
        name="task",
        chosen=desk.choose,
    )
    table(
        task_columns(shown, as_of=page.as_of),
        name=f"tasks-{desk.which}",
        answer=page,
        empty=_EMPTY[desk.which],
    )
    pages = turned(desk.pages, page.next_after, name="task")
    if pages is not None:
        desk.pages = pages
        st.rerun()
    notices.footing(page)


def _read(desk: TaskDesk) -> TaskPage:
    of = desk.about or About(None, None)
    return state.connected().tasks(
        which=desk.which, tip=of.tip, investigation=of.investigation, after=desk.pages[-1]
    )


def _chosen(desk: TaskDesk) -> None:
    if desk.ref is None:
        return
    if desk.story is None:
        try:
            desk.story = state.connected().task(desk.ref)
        except ApiError as error:
            desk.choose(None)
            notices.failure(error)
            return
    story, task = desk.story, desk.story.task
    st.header("The chosen task")
    if st.button("Close", key="task-close"):
        desk.choose(None)
        st.rerun()
    facts(
        (
            ("What", visible(task.text)),
            ("About", subject(task.tip, task.investigation)),
            ("Whose", whose(task)),
            ("Due", f"{task_due(task, as_of=story.as_of)} ({task.due_at})"),
            ("Stands", task.stage),
            ("Reason of the last step", visible(task.why)),
        )
    )
    _steps(desk, task)
    table(step_columns(story.steps), name="task-steps", answer=story, empty="No step yet.")
    notices.footing(story)


def _steps(desk: TaskDesk, task: Task) -> None:
    steps = task_steps(state.session().who, task)
    if len(steps) == 0:
        st.text(
            f"It is {visible(task.stage)}: nothing leads on from there."
            if task.stage != "open"
            else "Whoever is to do it, whoever gave it, and supervisors move it on."
        )
        return
    step = st.selectbox("What next", steps, key=f"task-step-{task.ref}")
    with st.form(f"task-{step}-{task.ref}-{task.version}"):
        fields = WhoseFields(None, None)
        day = at = None
        if step == "hand on":
            fields = whose_fields("task-on")
        if step == "postpone":
            day = st.date_input("New last day (UTC)", value=None)
            at = st.time_input("At (UTC; empty: 23:59)", value=None)
        why = st.text_area(
            "Reason" if TASK_STEPS[step] else "Reason, if any", max_chars=2000, height=80
        ).strip()
        asked = st.form_submit_button(step.capitalize(), key="task-do", type="primary")
    if not asked:
        return
    missing = _missing(step, why=why, is_somebody=fields.is_somebody, has_day=day is not None)
    if missing != "":
        st.error(f"Still needed: {missing}.")
        return
    wanted = StepTask(
        step=step, why=why or None, person=fields.person, unit=fields.unit, due_at=at_utc(day, at)
    )
    _take(desk, task, wanted)


def _missing(step: TaskStep, *, why: str, is_somebody: bool, has_day: bool) -> str:
    needed = [
        "to whom" if step == "hand on" and not is_somebody else "",
        "the new day" if step == "postpone" and not has_day else "",
        "a reason" if TASK_STEPS[step] and why == "" else "",
    ]
    return ", ".join(one for one in needed if one != "")


def _take(desk: TaskDesk, task: Task, wanted: StepTask) -> None:
    client = state.connected()

    def work(key: str) -> str:
        done = client.step_one_task(task.ref, wanted, version=task.version, key=key)
        return f"The task is {done.stage}, due {done.due_at} UTC."

    if attempt(f"task {task.ref} {task.version} {wanted.model_dump_json()}", work):
        desk.choose(task.ref)
        st.rerun()
