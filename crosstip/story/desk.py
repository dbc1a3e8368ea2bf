"""What three agencies have on their desks: tasks, notes, letters to providers, one favour asked."""

from __future__ import annotations

from datetime import date, timedelta

from crosstip.story.people import AGENCIES, HARROW, LARKSPUR, user_of
from crosstip.story.supervising import INVESTIGATOR, SUPERVISOR
from graph.casework.caller import Caller
from graph.casework.terms import DAY_US
from graph.clock import from_us
from graph.desk.assistance import HelpKind, HelpStep
from graph.desk.providers import ProviderKind
from graph.desk.tasks import TaskKind
from graph.services.assistance import NewHelp, ask_help, step_help
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.desk_notes import write_note
from graph.services.desk_subjects import Subject
from graph.services.provider_reading import list_ends
from graph.services.providers import NewProviderRequest, enter_request
from graph.services.task_reading import TaskList, list_tasks
from graph.services.tasks import NewTask, give_task
from graph.store import Store

_TASKS = (
    (TaskKind.CALL, "Call the reporter (synthetic).", -1),
    (TaskKind.REVIEW_FILES, "Read what the provider returned (synthetic).", 2),
    (TaskKind.REPORT, "Write up what is known (synthetic).", 9),
)
"""What is given on the fourth day before the last, and how many days after it it is due."""
_SENT_DAYS = (85, 40)
"""Days before the last one on which letters were sent: one ends within a week."""


def fill_desks(store: Store, held: dict[str, list[str]], *, end_us: int) -> None:
    """Give tasks, write notes, enter letters and ask for assistance, as people would have.

    Raises:
        CrosstipError: something was refused, or the store could not do it.
    """
    for agency in AGENCIES:
        boss = caller_of(store, user_of(SUPERVISOR, agency), at_us=end_us - 4 * DAY_US)
        tips = sorted(held[agency])[:3]
        for tip, (kind, text, days) in zip(tips, _TASKS, strict=False):
            new = NewTask(
                subject=Subject(tip=tip),
                kind=kind,
                text=text,
                due_us=end_us + days * DAY_US,
                person=user_of(INVESTIGATOR, agency),
            )
            give_task(boss, store, new=new)
        for nth, (tip, days) in enumerate(zip(tips, _SENT_DAYS, strict=False), start=1):
            sent_on = from_us(end_us).date() - timedelta(days=days)
            enter_request(boss, store, new=_letter(tip, nth, sent_on))
        if len(tips) > 0:
            write_note(boss, store, subject=Subject(tip=tips[0]), text="Looks like a duplicate.")
    _favour(store, end_us=end_us)


def desks(store: Store, *, end_us: int) -> str:
    """Give what a supervisor sees of them in a sentence.

    Raises:
        StoreError: the store could not answer.
    """
    boss = caller_of(store, user_of(SUPERVISOR, HARROW), at_us=end_us)
    reads = ReadLog(store)
    late = list_tasks(boss, store, which=TaskList.OVERDUE, reads=reads, limit=200)
    ends = list_ends(boss, store, reads=reads, limit=200)
    soon = sum(line.left_days is not None and line.left_days < 7 for line in ends.items)
    return (
        f"{boss.user}'s desk: tasks overdue: {len(late.items)}; clocks of providers that end "
        f"within a week (presumed: confirm with provider): {soon}. Which: crosstip provider ends "
        f"--as {boss.user}."
    )


def _letter(tip: str, nth: int, sent_on: date) -> NewProviderRequest:
    return NewProviderRequest(
        subject=Subject(tip=tip),
        kind=ProviderKind.LETTER,
        provider="A provider (synthetic)",
        reference=f"L-{nth} (synthetic)",
        sent_on=sent_on,
    )


def _favour(store: Store, *, end_us: int) -> None:
    asked_us = end_us - 3 * DAY_US
    new = NewHelp(
        to=LARKSPUR,
        kind=HelpKind.IMAGING,
        reference="A number of ours (synthetic)",
        needed="One telephone, imaged (synthetic).",
        due_us=end_us + 5 * DAY_US,
    )
    row = ask_help(_boss(store, HARROW, asked_us), store, new=new)
    helper = _boss(store, LARKSPUR, asked_us + DAY_US)
    step_help(helper, store, key=row.key, step=HelpStep.ACCEPT, expected=1)


def _boss(store: Store, agency: str, at_us: int) -> Caller:
    return caller_of(store, user_of(SUPERVISOR, agency), at_us=at_us)
