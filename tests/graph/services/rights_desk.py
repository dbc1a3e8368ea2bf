"""What may be done about tasks, notes, requests to providers and assistance, and one of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from graph.casework.caller import Caller
from graph.clock import from_us
from graph.desk.assistance import HelpKind, HelpStep
from graph.desk.providers import ProviderKind, ProviderStep
from graph.desk.tasks import TaskKind, TaskStep
from graph.services.assistance import NewHelp, ask_help, preview_help, step_help
from graph.services.assistance_reading import HelpDirection, list_help, show_help
from graph.services.desk_notes import read_notes, write_note
from graph.services.desk_subjects import Subject
from graph.services.provider_reading import list_ends, show_clocks_of, show_request
from graph.services.providers import (
    NewProviderRequest,
    ProviderChange,
    enter_request,
    step_request,
)
from graph.services.task_reading import TaskList, list_tasks, show_task
from graph.services.tasks import NewTask, TaskChange, give_task, step_task
from graph.services.upkeep import run_clock_of_providers, run_task_clock
from graph.store import Store
from tests.graph.services.people import DAY_US
from tests.graph.services.rights_trying import Operation

_WHY = "Because of the test."


def _task(at_us: int, tip: str, person: str) -> NewTask:
    return NewTask(
        subject=Subject(tip=tip),
        kind=TaskKind.CALL,
        text="Call the reporter.",
        due_us=at_us + DAY_US,
        person=person,
    )


def _help(at_us: int, to: str) -> NewHelp:
    return NewHelp(
        to=to,
        kind=HelpKind.IMAGING,
        reference="26-0117",
        needed="One telephone, imaged.",
        due_us=at_us + DAY_US,
    )


def _sent(at_us: int, tip: str) -> NewProviderRequest:
    return NewProviderRequest(
        subject=Subject(tip=tip),
        kind=ProviderKind.SUBPOENA,
        provider="Chatterbox",
        reference="S-1",
        sent_on=day_before(at_us),
        due_on=day_before(at_us),
    )


def day_before(at_us: int) -> date:
    """Give a day that lies in the past in every zone."""
    return from_us(at_us).date() - timedelta(days=2)


DESK: Mapping[str, Operation] = {
    "tasks.give_task": lambda at: give_task(
        at.caller, at.store, new=_task(at.caller.as_of_us, at.key, "boss.north")
    ),
    "tasks.step_task": lambda at: step_task(
        at.caller, at.store, key=at.key, expected=1, change=TaskChange(step=TaskStep.FINISH)
    ),
    "task_reading.list_tasks": lambda at: list_tasks(
        at.caller, at.store, which=TaskList.MINE, reads=at.reads
    ),
    "task_reading.show_task": lambda at: show_task(at.caller, at.store, key=at.key, reads=at.reads),
    "upkeep.run_task_clock": lambda at: run_task_clock(at.caller, at.store),
    "desk_notes.write_note": lambda at: write_note(
        at.caller, at.store, subject=Subject(tip=at.key), text="Looks like a prank."
    ),
    "desk_notes.read_notes": lambda at: read_notes(
        at.caller, at.store, subject=Subject(tip=at.key), reads=at.reads
    ),
    "providers.enter_request": lambda at: enter_request(
        at.caller, at.store, new=_sent(at.caller.as_of_us, at.key)
    ),
    "providers.step_request": lambda at: step_request(
        at.caller,
        at.store,
        key=at.key,
        expected=1,
        change=ProviderChange(step=ProviderStep.RETURN),
    ),
    "provider_reading.list_ends": lambda at: list_ends(at.caller, at.store, reads=at.reads),
    "provider_reading.show_clocks_of": lambda at: show_clocks_of(
        at.caller, at.store, subject=Subject(tip=at.key), reads=at.reads
    ),
    "provider_reading.show_request": lambda at: show_request(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
    "upkeep.run_clock_of_providers": lambda at: run_clock_of_providers(at.caller, at.store),
    "assistance.preview_help": lambda at: preview_help(
        at.caller, at.store, new=_help(at.caller.as_of_us, "west"), reads=at.reads
    ),
    "assistance.ask_help": lambda at: ask_help(
        at.caller, at.store, new=_help(at.caller.as_of_us, "west")
    ),
    "assistance.step_help": lambda at: step_help(
        at.caller, at.store, key=at.key, step=help_step(at.resolved), expected=1, why=_WHY
    ),
    "assistance_reading.list_help": lambda at: list_help(
        at.caller, at.store, direction=HelpDirection.HELPED, reads=at.reads
    ),
    "assistance_reading.show_help": lambda at: show_help(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
}


def help_step(text: str) -> HelpStep:
    """Give the step that is tried on a request for assistance."""
    return HelpStep.WITHDRAW if text == HelpStep.WITHDRAW else HelpStep.ACCEPT


def desk_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Enter one of each: north's, and another agency's; the steps that are tried beside it."""
    found = {"own request resolved": HelpStep.WITHDRAW.value}
    at_us = people["boss.north"].as_of_us
    for name, giver, tip, person in (
        ("own task", "deputy.north", "ncmec:11", "lead.north"),
        ("colleague's task", "boss.north", "ncmec:11", "chief.north"),
        ("another agency's task", "boss.south", "ncmec:13", "lead.south"),
    ):
        found[name] = give_task(people[giver], store, new=_task(at_us, tip, person)).key
    for name, by, tip in (
        ("own letter", "boss.north", "ncmec:11"),
        ("another agency's letter", "boss.south", "ncmec:13"),
    ):
        found[name] = enter_request(people[by], store, new=_sent(at_us, tip)).key
    for name, by, to in (
        ("own request", "boss.north", "south"),
        ("request to us", "boss.south", "north"),
        ("others' request", "boss.south", "west"),
    ):
        found[name] = ask_help(people[by], store, new=_help(at_us, to)).key
    return found
