"""What an agency's desk has about a tip goes with it; what it has about others stays."""

from __future__ import annotations

from datetime import timedelta

from graph.clock import from_us, now_us
from graph.desk.providers import ProviderKind
from graph.desk.tasks import TaskKind, TaskStep
from graph.services.desk_notes import write_note
from graph.services.desk_purging import drop_desk
from graph.services.desk_subjects import Subject
from graph.services.providers import NewProviderRequest, enter_request
from graph.services.tasks import NewTask, TaskChange, give_task, step_task
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

LEFT = "MATCH (n:{0}) RETURN count(n)"


def _on_the_desk(running: RunningStore) -> list[int]:
    labels = ("DeskTask", "DeskStep", "DeskNote", "ProviderRequest")
    return [int(str(running.rows(LEFT.format(label))[0][0])) for label in labels]


def test_the_desk_of_a_purged_tip_is_empty_and_others_are_not(running_store: RunningStore) -> None:
    store = running_store.store
    at_us = now_us()
    people = staff(store, "north", "south", at_us=at_us)
    day = from_us(at_us).date() - timedelta(days=2)
    for number in (1, 11):
        tip = Subject(tip=take_in(store, number))
        new = NewTask(
            subject=tip,
            kind=TaskKind.CALL,
            text="Call the reporter.",
            due_us=at_us + DAY_US,
            person="boss.north",
        )
        keys = [give_task(people["boss.north"], store, new=new).key for _ in range(2)]
        change = TaskChange(step=TaskStep.FINISH)
        step_task(people["boss.north"], store, key=keys[0], expected=1, change=change)
        write_note(people["lead.north"], store, subject=tip, text="Looks like a prank.")
        letter = NewProviderRequest(
            subject=tip,
            kind=ProviderKind.SUBPOENA,
            provider="Chatterbox",
            reference="S-1",
            sent_on=day,
            due_on=day,
        )
        enter_request(people["boss.north"], store, new=letter)
    both = _on_the_desk(running_store)
    store.writing(lambda unit: drop_desk(unit, "ncmec:9", ["north"]), name="purge")
    store.writing(lambda unit: drop_desk(unit, "ncmec:1", ["south"]), name="purge")
    assert _on_the_desk(running_store) == both
    store.writing(lambda unit: drop_desk(unit, "ncmec:1", ["north", "south"]), name="purge")
    assert _on_the_desk(running_store) == [count // 2 for count in both]
    assert all(count > 0 for count in both)
    left = running_store.rows("MATCH (k:DeskTask) RETURN DISTINCT k.subject")
    assert left == [("ncmec:11",)]
