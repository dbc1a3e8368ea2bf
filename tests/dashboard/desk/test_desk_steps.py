"""What the page Tasks offers is what the graph's tables and policies say."""

from __future__ import annotations

import pytest

from client.resources.log_on import WhoAnswer
from client.resources.tasks import Task
from dashboard.desk import desk_steps
from graph.casework.deeds import Deed
from graph.casework.rights import roles_for
from graph.desk.assistance import ASSISTANCE
from graph.desk.moves import NONE, Side
from graph.desk.providers import PROVIDERS, ProviderKind
from graph.desk.tasks import TASKS

ROLES = ("analyst", "investigator", "prosecutor", "supervisor", "auditor", "agency administrator")
AT = "2026-11-23T10:00:00Z"


def somebody(*roles: str, user: str = "a", units: tuple[str, ...] = ()) -> WhoAnswer:
    """Give somebody of north."""
    return WhoAnswer(user=user, agency="north", roles=roles, units=units)


def task(**more: object) -> Task:
    """Give an open task of nobody whom a test names."""
    said: dict[str, object] = {
        "ref": "t1",
        "tip": "ncmec:1",
        "investigation": None,
        "kind": "call",
        "text": "Call.",
        "person": "x",
        "unit": None,
        "due_at": AT,
        "is_overdue": False,
        "stage": "open",
        "given_at": AT,
        "given_by": "y",
        "moved_at": AT,
        "moved_by": "y",
        "why": None,
        "version": 1,
        **more,
    }
    return Task.model_validate(said)


def test_the_steps_of_tasks_are_those_of_the_table() -> None:
    theirs = {str(step): rule.needs_why for (at, step), rule in TASKS.items() if at != NONE}
    assert dict(desk_steps.TASK_STEPS) == theirs
    assert {str(at) for at, _ in TASKS if at != NONE} == {"open"}


def test_a_task_is_moved_on_by_whose_it_is_who_gave_it_and_who_leads() -> None:
    of_unit = task(person=None, unit="north|night")
    assert desk_steps.may_settle(somebody("analyst", user="x"), task())
    assert desk_steps.may_settle(somebody("analyst", user="y"), task())
    assert not desk_steps.may_settle(somebody("investigator", user="z"), task())
    assert not desk_steps.may_settle(somebody("prosecutor", user="x"), task())
    assert desk_steps.may_settle(somebody("supervisor", user="z"), task())
    assert desk_steps.may_settle(None, task())
    assert desk_steps.may_settle(somebody("analyst", units=("north|night",)), of_unit)
    assert not desk_steps.may_settle(somebody("analyst", units=("north|day",)), of_unit)
    assert not desk_steps.may_settle(somebody("analyst", user="z"), task(unit=None))
    assert desk_steps.task_steps(somebody("supervisor"), task(stage="done")) == ()


def test_the_steps_of_assistance_are_those_of_the_table() -> None:
    ours = {(one.stage, one.step): (one.side, one.needs_why) for one in desk_steps.HELP_STEPS}
    assert ours == {
        (str(at), str(step)): (rule.side.value, rule.needs_why)
        for (at, step), rule in ASSISTANCE.items()
        if at != NONE
    }


def test_the_steps_of_requests_to_providers_are_those_of_the_table() -> None:
    theirs = {
        (str(at), str(step)): rule
        for (at, step), rule in PROVIDERS.items()
        if at != NONE and rule.side is not Side.CLOCK
    }
    assert {(one.stage, one.step) for one in desk_steps.PROVIDER_STEPS} == set(theirs)
    for one in desk_steps.PROVIDER_STEPS:
        rule = theirs[one.stage, one.step]
        assert one.needs_why == rule.needs_why
        for kind in ProviderKind:
            offered = desk_steps.provider_steps(None, stage=one.stage, kind=kind.value)
            assert (one in offered) == (rule.kinds is None or kind in rule.kinds)


@pytest.mark.parametrize(
    ("roles", "deeds"),
    [
        (desk_steps.WORKS, (Deed.TASK_READ, Deed.TASK_GIVE, Deed.ASSISTANCE_READ)),
        (desk_steps.CASEWORK, (Deed.NOTE_READ, Deed.NOTE_WRITE, Deed.PROVIDER_READ)),
        (desk_steps.SENDS, (Deed.PROVIDER_SEND, Deed.ASSISTANCE_ASK, Deed.ASSISTANCE_ANSWER)),
    ],
)
def test_whose_a_section_is_follows_from_the_policies(
    roles: frozenset[str], deeds: tuple[Deed, ...]
) -> None:
    for deed in deeds:
        assert roles == {role.value for role in roles_for(deed)}
    for role in ROLES:
        assert desk_steps.is_one_of(somebody(role), roles) == (role in roles)
