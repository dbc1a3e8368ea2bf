"""A store with one record of every kind, and everything that may be done to each as a function.

What is done is taken back at the end of its transaction, so that every cell of the matrix of
rights meets the same store.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

import graph.services
from graph.casework.caller import Caller
from graph.casework.vocabulary import AgencyKind, UserRole, Visibility
from graph.rows import PropertyRow
from graph.services.agencies import (
    AgencyChange,
    NewAgency,
    add_agency,
    add_unit,
    change_agency,
    list_agencies,
    seed,
    show_agency,
)
from graph.services.agreements import add_agreement, end_agreement, list_agreements
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.case_access import list_cases, show_case
from graph.services.cases import (
    CaseChange,
    NewCase,
    close_case,
    hand_over,
    open_case,
    reopen_case,
    update_case,
)
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claim_entry import claim
from graph.services.claims import ClaimEdit, edit_claim, show_to_others, validate_claim
from graph.services.purging import purge_claim, purge_lapsed
from graph.services.tip_claims import claim_from_tip
from graph.services.user_rules import NewUser
from graph.services.users import (
    UserChange,
    add_user,
    change_user,
    list_users,
    prove_user,
    show_user,
)
from graph.store import Store, WriteUnit
from tests.graph.services.casework import LOOKED_AT, case, claimed, draft
from tests.graph.services.people import DAY_US, staff

T = TypeVar("T")
R = UserRole
_WHY = "Because of the test."
_NEW = draft("new@example.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Who tries it, where, and on which record."""

    caller: Caller
    store: Store
    reads: ReadLog
    key: str


Operation = Callable[[At], object]
OPERATIONS: Mapping[str, Operation] = {
    "agencies.seed": lambda at: seed(at.caller, at.store),
    "agencies.add_agency": lambda at: add_agency(
        at.caller, at.store, new=NewAgency(key="x", name="X", kind=AgencyKind.FEDERAL)
    ),
    "agencies.change_agency": lambda at: change_agency(
        at.caller, at.store, key=at.key, expected=1, change=AgencyChange(name="New")
    ),
    "agencies.list_agencies": lambda at: list_agencies(at.caller, at.store, reads=at.reads),
    "agencies.show_agency": lambda at: show_agency(at.caller, at.store, key=at.key, reads=at.reads),
    "agencies.add_unit": lambda at: add_unit(at.caller, at.store, name="Unit", contact=None),
    "agreements.add_agreement": lambda at: add_agreement(
        at.caller,
        at.store,
        other="west",
        reference="MOU 1",
        equal_rules=True,
        from_us=at.caller.as_of_us,
        until_us=at.caller.as_of_us + DAY_US,
    ),
    "agreements.end_agreement": lambda at: end_agreement(at.caller, at.store, key=at.key, why=_WHY),
    "agreements.list_agreements": lambda at: list_agreements(at.caller, at.store, reads=at.reads),
    "users.add_user": lambda at: add_user(
        at.caller,
        at.store,
        new=NewUser(key="new.user", name="New", agency=at.key, roles=(R.AGENCY_ADMINISTRATOR,)),
    ),
    "users.change_user": lambda at: change_user(
        at.caller, at.store, key=at.key, expected=1, change=UserChange(name="New")
    ),
    "users.prove_user": lambda at: prove_user(at.caller, at.store, key=at.key),
    "users.list_users": lambda at: list_users(at.caller, at.store, reads=at.reads),
    "users.show_user": lambda at: show_user(at.caller, at.store, key=at.key, reads=at.reads),
    "cases.open_case": lambda at: open_case(
        at.caller, at.store, new=NewCase(reference="new", purpose="cybertip", lead="boss.north")
    ),
    "cases.update_case": lambda at: update_case(
        at.caller, at.store, key=at.key, expected=1, change=CaseChange(title="New")
    ),
    "cases.hand_over": lambda at: hand_over(
        at.caller, at.store, key=at.key, expected=1, lead="boss.north", why=_WHY
    ),
    "cases.close_case": lambda at: close_case(
        at.caller, at.store, key=at.key, expected=1, why=_WHY
    ),
    "cases.reopen_case": lambda at: reopen_case(
        at.caller, at.store, key=f"{at.key} closed", expected=2, why=_WHY
    ),
    "case_access.list_cases": lambda at: list_cases(at.caller, at.store, reads=at.reads),
    "case_access.show_case": lambda at: show_case(at.caller, at.store, key=at.key, reads=at.reads),
    "claim_access.list_claims": lambda at: list_claims(
        at.caller, at.store, investigation=at.key, reads=at.reads
    ),
    "claim_access.list_due": lambda at: list_due(
        at.caller, at.store, before_us=at.caller.as_of_us + 9999 * DAY_US, reads=at.reads
    ),
    "claim_access.show_claim": lambda at: show_claim(
        at.caller, at.store, ref=at.key, reads=at.reads
    ),
    "claim_entry.claim": lambda at: claim(at.caller, at.store, investigation=at.key, drafts=[_NEW]),
    "tip_claims.claim_from_tip": lambda at: claim_from_tip(
        at.caller, at.store, investigation=at.key, tip="ncmec:1", drafts=[_NEW]
    ),
    "claims.edit_claim": lambda at: edit_claim(
        at.caller, at.store, ref=at.key, expected=1, edit=ClaimEdit(source="Warrant 26-12.")
    ),
    "claims.show_to_others": lambda at: show_to_others(
        at.caller, at.store, ref=at.key, expected=1, visibility=Visibility.OPEN
    ),
    "claims.validate_claim": lambda at: validate_claim(
        at.caller, at.store, ref=at.key, expected=1, looked_at=LOOKED_AT
    ),
    "purging.purge_claim": lambda at: purge_claim(at.caller, at.store, ref=at.key, why=_WHY),
    "purging.purge_lapsed": lambda at: purge_lapsed(at.caller, at.store),
}
"""By module and function. `key` is the record's."""
PARTS: Mapping[str, str] = {
    "acting.act": "what every operation goes through",
    "acting.look": "what every operation goes through",
    "case_access.case_there": "inside an operation that asked",
    "case_access.locked_case": "asks by itself, inside an operation",
    "claim_access.claim_there": "inside an operation that asked",
    "claim_access.pointers": "what checks are made of; no operation shows it yet",
    "claim_visibility.placing_of": "inside an operation that asked",
    "user_rules.reaches": "asks the policies, inside an operation",
    "user_rules.require_reach": "asks the policies, inside an operation",
    "acting.leaf": "writes what was decided",
    "acting.note": "writes what was decided",
    "case_access.own_key": "makes a key",
    "case_access.own_params": "makes parameters",
}
"""Functions that take a caller and are no operation by themselves, and why."""


def functions_with_a_caller() -> set[str]:
    """Give every public function of `graph.services` that takes a caller."""
    found: set[str] = set()
    for entry in pkgutil.iter_modules(graph.services.__path__):
        module = importlib.import_module(f"graph.services.{entry.name}")
        for name, function in vars(module).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == module.__name__
                and not name.startswith("_")
                and any(
                    taken != "return" and "Caller" in str(kind)
                    for taken, kind in inspect.get_annotations(function).items()
                )
            ):
                found.add(f"{entry.name}.{name}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everybody, by role, and every record, by what it is to them."""

    callers: Mapping[str, Caller]
    keys: Mapping[str, str]


def make_world(store: Store) -> World:
    """Make the agencies north (everybody who tries is of it), south and west, and their records."""
    people = staff(store, "north", "south", "west")
    new = NewUser(key="pros.north", name="P", agency="north", roles=(R.PROSECUTOR,))
    add_user(people["admin.north"], store, new=new)
    people["pros.north"] = caller_of(store, "pros.north", at_us=people["ops"].as_of_us)
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
