"""A store with one record of every kind, for the matrix of rights.

What is done is taken back at the end of its transaction, so that every cell of the matrix of
rights meets the same store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from graph.casework.caller import Caller
from graph.casework.vocabulary import UserRole, Visibility
from graph.rows import PropertyRow
from graph.services.agreements import add_agreement
from graph.services.callers import caller_of
from graph.services.cases import (
    close_case,
)
from graph.services.user_rules import NewUser
from graph.services.users import (
    add_user,
)
from graph.store import Store, WriteUnit
from tests.deliveries import MONDAY_US
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.rights_accounts import account_keys
from tests.graph.services.rights_assignments import assignment_keys
from tests.graph.services.rights_conflicts import deconfliction_keys
from tests.graph.services.rights_desk import desk_keys
from tests.graph.services.rights_feedback import feedback_keys
from tests.graph.services.rights_handoffs import handoff_keys
from tests.graph.services.rights_jobs import job_keys
from tests.graph.services.rights_retention import retention_keys
from tests.graph.services.rights_webhooks import webhook_keys
from tests.graph.services.rights_workspaces import workspace_keys

T = TypeVar("T")
R = UserRole
_WHY = "Because of the test."


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everybody, by role, and every record, by what it is to them."""

    callers: Mapping[str, Caller]
    keys: Mapping[str, str]


def make_world(store: Store, *, at_us: int = MONDAY_US) -> World:
    """Make the agencies north (everybody who tries is of it), south and west, and their records."""
    people = staff(store, "north", "south", "west", at_us=at_us)
    new = NewUser(key="pros.north", name="P", agency="north", roles=(R.PROSECUTOR,))
    add_user(people["admin.north"], store, new=new)
    people["pros.north"] = caller_of(store, "pros.north", at_us=at_us)
    chief, south = people["chief.north"], people["boss.south"]
    lead = people["lead.north"]
    keys = {"own agency": "north", "another agency": "south"}
    keys |= {"own user": "chief.north", "another agency's user": "lead.south"}
    keys |= {"another agency's administrator": "admin.south", "operator": "second.ops"}
    second = NewUser(key="second.ops", name="O", agency=None, roles=(R.OPERATOR,))
    add_user(people["ops"], store, new=second)
    for name, caller, team in (
        ("own case", lead, {"deputies": ("deputy.north", "pros.north")}),
        ("colleague's case", chief, {}),
        ("another agency's case", south, {}),
    ):
        keys[name] = case(caller, store, name, **team)
        closed = case(caller, store, f"{name} closed", **team)
        close_case(caller, store, key=closed, expected=1, why=_WHY)
    keys |= _claims(store, people, keys)
    keys |= deconfliction_keys(store, people, keys)
    keys |= handoff_keys(store, people) | desk_keys(store, people)
    keys |= assignment_keys(store, people)
    keys |= account_keys(store, people)
    keys |= webhook_keys(store, people)
    keys |= job_keys(store, people) | feedback_keys(store, people)
    keys |= retention_keys(store, people) | workspace_keys(store, people)
    for name, admin in (("own agreement", "admin.north"), ("another's agreement", "admin.south")):
        row = add_agreement(
            people[admin],
            store,
            other="west",
            reference="MOU 1",
            equal_rules=True,
            from_us=lead.as_of_us,
            until_us=lead.as_of_us + DAY_US,
        )
        keys[name] = row.key
    callers = {
        R.ANALYST: "deputy.north",
        R.INVESTIGATOR: "lead.north",
        R.PROSECUTOR: "pros.north",
        R.SUPERVISOR: "boss.north",
        R.AGENCY_ADMINISTRATOR: "admin.north",
        R.AUDITOR: "audit.north",
        R.OPERATOR: "ops",
    }
    return World(callers={role.value: people[key] for role, key in callers.items()}, keys=keys)


def _claims(store: Store, people: Mapping[str, Caller], keys: Mapping[str, str]) -> dict[str, str]:
    """Claim once in every way; the own sealed one is sealed to, and entered by, somebody else."""
    end_us = people["ops"].as_of_us + DAY_US
    sealed: dict[str, Any] = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    silent: dict[str, Any] = {"visibility": Visibility.SILENT, "silent_until_us": end_us}
    chief, south = people["chief.north"], people["boss.south"]
    own, another = keys["own case"], keys["another agency's case"]
    found: dict[str, str] = {}
    for name, caller, in_case, terms in (
        ("own claim", chief, own, {}),
        ("own sealed claim", chief, own, sealed),
        ("colleague's claim", chief, keys["colleague's case"], {}),
        ("shared claim", south, another, {"visibility": Visibility.OPEN}),
        ("pointer claim", south, another, {}),
        ("silent claim", south, another, silent),
        ("sealed claim", south, another, {**sealed, "sealed_to": "chief.south"}),
    ):
        key = f"{len(found)}@example.com"
        (found[name],) = claimed(caller, store, in_case, draft(key, **terms))
    return found


class Rehearsal(Store):
    """A store where everything is tried for real, and taken back when it is done."""

    def __init__(self, store: Store) -> None:
        """Share the driver of an open store."""
        self.__dict__.update(store.__dict__)

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Do the work, roll it back, and give its answer."""

        def undone(unit: WriteUnit) -> None:
            raise _UndoneError(work(unit))

        try:
            super().writing(undone, name=name)
        except _UndoneError as done:
            answer: T = done.args[0]
            return answer
        raise AssertionError


class _UndoneError(Exception):
    """Ends a transaction without keeping it."""


@contextmanager
def overheard() -> Iterator[list[PropertyRow]]:
    """Give a list that every leaf is added to when it is written."""
    heard: list[PropertyRow] = []
    insert = WriteUnit.insert_nodes

    def listening(unit: WriteUnit, label: str, rows: Any) -> None:
        kept = list(rows)
        if label == "AuditEntry":
            heard.extend(kept)
        insert(unit, label, kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WriteUnit, "insert_nodes", listening)
        yield heard
