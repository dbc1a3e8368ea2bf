"""Every operation, tried by every role on every kind of record, against a table of what happens."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.casework.deeds import Deed
from graph.casework.rights import POLICIES
from graph.casework.vocabulary import UserRole
from graph.errors import NotFoundError, RightsError
from graph.services.audit_reads import ReadLog
from tests.graph.services.rights_operations import (
    OPERATIONS,
    PARTS,
    functions_with_a_caller,
)
from tests.graph.services.rights_trying import At
from tests.graph.services.rights_world import Rehearsal, World, make_world, overheard
from tests.stores import RunningStore

TABLE = Path(__file__).parent / "rights_matrix.csv"
ROLES = [role.value for role in UserRole]
HEADER = ["operation", "record", *ROLES]
NO_RECORD = "-"
DONE, NO_RIGHT, NOT_THERE = "done", "no right", "not there"
KINDS = {
    "agency": ("own agency", "another agency"),
    "user": (
        "own user",
        "own account",
        "another agency's user",
        "another agency's administrator",
        "operator",
    ),
    "key": ("own key", "another agency's key"),
    "webhook": ("own webhook", "another agency's webhook"),
    "agreement": ("own agreement", "another's agreement"),
    "case": ("own case", "colleague's case", "another agency's case"),
    "claim": (
        "own claim",
        "colleague's claim",
        "own sealed claim",
        "shared claim",
        "pointer claim",
        "silent claim",
        "sealed claim",
    ),
    "list": ("supervisor's own list", "colleague's list", "another agency's list"),
    "conflict": (
        "own conflict",
        "colleague's conflict",
        "supervisors' conflict",
        "sealed conflict",
        "untold conflict",
        "another agency's conflict",
    ),
    "tip": ("own tip", "shared tip", "another agency's tip", "nobody's tip"),
    "hand-off": ("own offer", "offer to us", "others' offer"),
    "task": ("own task", "colleague's task", "another agency's task"),
    "letter": ("own letter", "another agency's letter"),
    "assistance": ("own request", "request to us", "others' request"),
    "hold": ("own hold", "another's hold"),
    "staff": ("own record", "another's record"),
    "job": ("own job", "colleague's job", "another agency's job"),
    "export": ("own export", "colleague's export", "another agency's export"),
    "feedback": ("own feedback", "another agency's feedback"),
    "workspace": (
        "own workspace",
        "colleague's workspace",
        "shared workspace",
        "another agency's workspace",
    ),
    "notice": (
        "own notice",
        "colleague's notice",
        "supervisors' notice",
        "sealed notice",
        "another agency's notice",
    ),
}
"""Whoever has a row for one of these has one for all of its kind."""


def rows() -> list[dict[str, str]]:
    """Give the rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    assert list(found[0]) == HEADER
    return found


def test_every_function_that_takes_a_caller_is_in_the_table_or_a_part_of_one_that_is() -> None:
    assert functions_with_a_caller() == set(OPERATIONS) | set(PARTS)
    assert {row["operation"] for row in rows()} == set(OPERATIONS)


def test_every_operation_has_a_row_for_every_record_of_its_kind() -> None:
    by_operation: dict[str, list[str]] = {}
    for row in rows():
        by_operation.setdefault(row["operation"], []).append(row["record"])
    whole = [[NO_RECORD], *([*records] for records in KINDS.values())]
    assert {name: records for name, records in by_operation.items() if records not in whole} == {}


def tried(world: World, store: Rehearsal, operation: str, record: str) -> Iterator[str]:
    """Give what becomes of an operation on a record, role by role; each leaves its leaf."""
    reads = ReadLog(store)
    for role in ROLES:
        caller = world.callers[role]
        own_account = {"own account": caller.user}
        key = (own_account | dict(world.keys)).get(record, "")
        resolved = world.keys.get(f"{record} resolved", "")
        at = At(caller=caller, store=store, reads=reads, key=key, resolved=resolved)
        with overheard() as leaves:
            outcome = _outcome(operation, at)
        decided = [leaf for leaf in leaves if leaf["decision"] is not None]
        place = (operation, record, role, decided)
        assert len(decided) > 0, place
        assert {leaf["decision"] for leaf in decided} == (
            {"permit"} if outcome == DONE else {"deny"}
        ), place
        for leaf in decided:
            assert (leaf["actor"], leaf["agency"]) == (caller.user, caller.agency), place
            assert leaf["action"] in set(Deed), place
            policies = leaf["policies"] or []
            assert isinstance(policies, list)
            assert set(policies) <= set(POLICIES.policies), place
            assert len(policies) > 0 or outcome != DONE, place
        yield outcome


def _outcome(operation: str, at: At) -> str:
    try:
        OPERATIONS[operation](at)
    except RightsError:
        return NO_RIGHT
    except NotFoundError:
        return NOT_THERE
    return DONE


@pytest.mark.neo4j_long
def test_what_happens_is_what_the_table_says(running_store: RunningStore) -> None:
    world = make_world(running_store.store)
    store = Rehearsal(running_store.store)
    expected = {(row["operation"], row["record"]): [row[role] for role in ROLES] for row in rows()}
    found = {
        (operation, record): list(tried(world, store, operation, record))
        for operation, record in expected
    }
    wrong = {place: (cells, expected[place]) for place, cells in found.items()}
    assert {place: pair for place, pair in wrong.items() if pair[0] != pair[1]} == {}
