"""Assistance between agencies: who sees what, whose step it is, what both sides keep."""

from __future__ import annotations

from functools import partial

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.desk.assistance import HelpKind, HelpStep
from graph.errors import ChangedError, CrosstipError, NotFoundError, RightsError, RowError
from graph.queries.assistance import AssistanceRow
from graph.services.assistance import NewHelp, ask_help, preview_help, step_help
from graph.services.assistance_reading import HelpDirection, HelpStory, list_help, show_help
from graph.services.audit_reads import ReadLog
from graph.services.notices import list_notices
from graph.services.triage_steps import take
from graph.store import Store
from tests.graph.services.handing import at_once
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import listed, take_in
from tests.graph.services.rights_world import Rehearsal
from tests.stores import RunningStore

WHY = "Because of the test."


def _new(caller: Caller, **more: object) -> NewHelp:
    wanted: dict[str, object] = {
        "to": "south",
        "kind": HelpKind.IMAGING,
        "reference": "26-0117",
        "needed": "One telephone, imaged.",
        "due_us": caller.as_of_us + 9 * DAY_US,
        **more,
    }
    return NewHelp(**wanted)  # type: ignore[arg-type]


def _step(
    caller: Caller, store: Store, row: AssistanceRow, step: HelpStep, why: str | None = WHY
) -> AssistanceRow:
    return step_help(caller, store, key=row.key, step=step, expected=row.version or 0, why=why)


def _story(caller: Caller, store: Store, row: AssistanceRow) -> HelpStory:
    return show_help(caller, store, key=row.key, reads=ReadLog(store))


def _told(caller: Caller, store: Store) -> list[str]:
    rows = list_notices(caller, store, reads=ReadLog(store), with_seen=True)
    return [row.kind for row in rows]


def _listed(
    caller: Caller, store: Store, direction: HelpDirection, *, with_done: bool = False
) -> list[str]:
    """Give the stages of a list, page by page of one."""
    found: list[str] = []
    after = ""
    while True:
        page = list_help(
            caller,
            store,
            direction=direction,
            reads=ReadLog(store),
            with_done=with_done,
            after=after,
            limit=1,
        )
        found += [item.stage for item in page.items]
        if page.next_after is None:
            return found
        after = page.next_after


def test_assistance_from_asking_to_receipt(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", "west", at_us=now_us() - DAY_US)
    boss, south, west = people["boss.north"], people["lead.south"], people["boss.west"]
    tip = take_in(store, 1)
    new = _new(boss)
    preview = preview_help(boss, store, new=new, reads=ReadLog(store))
    assert _listed(boss, store, HelpDirection.ASKED) == []
    row = ask_help(boss, store, new=new)
    story = _story(south, store, row)
    # What was previewed is what both are shown; the tip is no more the helper's than before.
    assert story.request.shown == preview == _story(boss, store, row).request.shown
    assert (story.request.side, story.request.stage) == ("helper", "asked")
    assert tip not in str(story)
    assert listed(south, store) == []
    with pytest.raises(NotFoundError):
        take(south, store, tip=tip)
    with pytest.raises(NotFoundError):
        _story(west, store, row)
    for direction in HelpDirection:
        assert _listed(west, store, direction, with_done=True) == []
    assert _told(people["boss.south"], store) == ["assistance.asked"]
    assert _told(west, store) == []
    row = _step(south, store, row, HelpStep.ACCEPT, None)
    with pytest.raises(RowError, match="needs a text"):
        _step(south, store, row, HelpStep.DELIVER, None)
    with pytest.raises(RowError, match="helper's step"):
        _step(boss, store, row, HelpStep.DELIVER)
    row = _step(south, store, row, HelpStep.DELIVER, "Handed over on a sealed disk, item 4.")
    assert _listed(boss, store, HelpDirection.ASKED) == ["delivered"]
    row = _step(boss, store, row, HelpStep.RECEIVE, None)
    with pytest.raises(RowError, match="nothing leads on"):
        _step(boss, store, row, HelpStep.WITHDRAW)
    assert _listed(boss, store, HelpDirection.ASKED) == []
    assert _listed(south, store, HelpDirection.HELPED, with_done=True) == ["received"]
    _receipts_hold_and_tell_when_not(running_store, people, row)
    _refused(store, people)


def _receipts_hold_and_tell_when_not(
    running: RunningStore, people: dict[str, Caller], row: AssistanceRow
) -> None:
    store = running.store
    for user in ("boss.north", "lead.south"):
        receipts = _story(people[user], store, row).receipts
        assert [each.step for each in receipts] == ["ask", "accept", "deliver", "receive"]
        assert all(each.holds for each in receipts)
        assert len({each.sha256 for each in receipts}) == 4
    running.rows(
        "MATCH (r:AssistanceReceipt {request: '" + row.key + "', agency: 'south', number: 3}) "
        "SET r.body = replace(r.body, 'item 4', 'item 5') RETURN r.number"
    )
    faults = [each.faults for each in _story(people["boss.south"], store, row).receipts]
    assert [len(each) for each in faults] == [0, 0, 1, 0]
    assert all(each.holds for each in _story(people["boss.north"], store, row).receipts)


def _refused(store: Store, people: dict[str, Caller]) -> None:
    boss = people["boss.north"]
    for wrong in (
        {"to": "north"},
        {"needed": " "},
        {"reference": ""},
        {"due_us": boss.as_of_us},
        {"due_us": boss.as_of_us + 400 * DAY_US},
    ):
        new = _new(boss, **wrong)
        with pytest.raises(RowError):
            ask_help(boss, store, new=new)
        with pytest.raises(RowError):
            preview_help(boss, store, new=new, reads=ReadLog(store))
    with pytest.raises(NotFoundError):
        ask_help(boss, store, new=_new(boss, to="nowhere"))
    for user in ("deputy.north", "admin.north", "audit.north"):
        with pytest.raises(RightsError):
            ask_help(people[user], store, new=_new(boss))


def test_of_two_at_once_one_does_and_the_other_is_told_who(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    boss = people["boss.north"]
    for row in [ask_help(boss, store, new=_new(boss)) for _ in range(3)]:
        steps = {
            "lead.south": (HelpStep.ACCEPT, None),
            "boss.south": (HelpStep.DECLINE, WHY),
            "boss.north": (HelpStep.WITHDRAW, WHY),
        }
        got, told = at_once(
            {
                user: partial(_step, people[user], store, row, step, why)
                for user, (step, why) in steps.items()
            }
        )
        (winner,) = got
        assert set(told) == set(steps) - {winner}
        assert all(f"moved on by {winner}" in said for said in told.values())
        receipts = _story(people["boss.north"], store, row).receipts
        assert [each.number for each in receipts] == [1, 2]
        with pytest.raises(ChangedError, match=winner):
            _step(people["boss.south"], store, row, HelpStep.ACCEPT)


STEPS = {
    ("asked", "accept"): ("south", "accepted"),
    ("asked", "decline"): ("south", "declined"),
    ("asked", "withdraw"): ("north", "withdrawn"),
    ("accepted", "deliver"): ("south", "delivered"),
    ("accepted", "decline"): ("south", "declined"),
    ("accepted", "withdraw"): ("north", "withdrawn"),
    ("delivered", "receive"): ("north", "received"),
}
WAYS: dict[str, tuple[tuple[str, HelpStep], ...]] = {
    "asked": (),
    "accepted": (("boss.south", HelpStep.ACCEPT),),
    "declined": (("boss.south", HelpStep.DECLINE),),
    "withdrawn": (("boss.north", HelpStep.WITHDRAW),),
    "delivered": (("boss.south", HelpStep.ACCEPT), ("boss.south", HelpStep.DELIVER)),
    "received": (
        *(("boss.south", HelpStep.ACCEPT), ("boss.south", HelpStep.DELIVER)),
        *(("boss.north", HelpStep.RECEIVE),),
    ),
}


def test_every_step_by_everybody_of_three_agencies_at_every_stage(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", "west", at_us=now_us() - DAY_US)
    rows: dict[str, AssistanceRow] = {}
    for stage, way in WAYS.items():
        row = ask_help(people["boss.north"], store, new=_new(people["boss.north"]))
        for user, step in way:
            row = _step(people[user], store, row, step)
        assert row.stage == stage
        rows[stage] = row
    trying = Rehearsal(store)
    count = "MATCH (r:AssistanceReceipt) RETURN COUNT(r)"
    before = running_store.rows(count)
    for stage, row in rows.items():
        for step in HelpStep:
            for user, caller in people.items():
                try:
                    found: str | None = _step(caller, trying, row, step).stage
                except CrosstipError:
                    found = None
                agency, to = STEPS.get((stage, step.value), ("", None))
                may = user.partition(".")[0] in {"lead", "boss", "chief"}
                expected = to if may and caller.agency == agency else None
                assert found == expected, (stage, step, user)
    assert running_store.rows(count) == before
