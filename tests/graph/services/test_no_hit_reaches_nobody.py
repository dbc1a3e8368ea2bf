"""Accounts end and lapse; whatever meets their claims is told to somebody all the same."""

from __future__ import annotations

from typing import Any

import pytest

from graph.casework.severity import CLOCK_US, Severity
from graph.casework.vocabulary import UserRole, Visibility
from graph.errors import RowError
from graph.identifiers.core import Policy
from graph.services.audit_reads import ReadLog
from graph.services.cases import hand_over
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.checks import check
from graph.services.claims import show_to_others
from graph.services.conflict_reading import list_conflicts
from graph.services.conflict_sweep import sweep
from graph.services.escalation import escalate_due
from graph.services.users import UserChange, change_user
from tests.deliveries import MONDAY_US
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.checks.county import AT_ONCE
from tests.graph.services.meeting import notices_in
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore

_ALL = ["*supervisors", "boss.north"]


def test_an_account_ends_when_what_names_it_is_handed_over(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    boss, admin = people["boss.north"], people["admin.north"]
    key = case(people["lead.north"], store)
    sealed = draft(visibility=Visibility.SEALED, sealed_to="chief.north")
    (ref,) = claimed(boss, store, key, sealed)
    claimed(people["lead.south"], store, case(people["lead.south"], store), draft())
    ended = UserChange(until_us=admin.as_of_us)
    demoted = UserChange(roles=(UserRole.AUDITOR,))
    for change in (ended, demoted):
        with pytest.raises(RowError, match=rf"sealed claims .*{ref}.* only they are told"):
            change_user(admin, store, key="chief.north", expected=1, change=change)
        with pytest.raises(RowError, match=r"lead \(26-001"):
            change_user(admin, store, key="lead.north", expected=1, change=change)
    hand_over(people["lead.north"], store, key=key, expected=1, lead="boss.north", why="Leave.")
    change_user(admin, store, key="lead.north", expected=1, change=ended)
    show_to_others(
        boss,
        store,
        ref=ref,
        expected=1,
        visibility=Visibility.SEALED,
        sealed_to="boss.north",
    )
    running_store.rows("MATCH (f:Conflict {status: 'open'}) SET f.status = 'resolved'")
    change_user(admin, store, key="chief.north", expected=1, change=ended)
    with pytest.raises(RowError, match=r"boss\.north is still the one"):
        change_user(admin, store, key="boss.north", expected=1, change=ended)
    at_once = UserChange(until_us=admin.as_of_us, emergency=True)
    assert change_user(admin, store, key="boss.north", expected=1, change=at_once).until_us


def test_what_lapsed_accounts_were_to_be_told_goes_to_the_supervisors(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    boss, lead, south = people["boss.north"], people["lead.north"], people["lead.south"]
    reads = ReadLog(store)
    theirs = case(south, store)
    ours = case(lead, store, deputies=("deputy.north",))
    sealed: dict[str, Any] = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    keys = [f"{name}@example.com" for name in "abc"]
    claimed(lead, store, ours, draft(keys[0], **sealed), draft(keys[1], **sealed), draft(keys[2]))
    claimed(south, store, theirs, draft(keys[0]))
    assert notices_in(running_store)[0][2] == ["chief.north"]
    assert list_conflicts(boss, store, reads=reads) == ()
    running_store.rows(
        "MATCH (u:User) WHERE u.key IN ['chief.north', 'lead.north', 'deputy.north'] "
        "SET u.proof_due_us = $now",
        now=MONDAY_US,
    )
    # A new hit, one that was waiting, and one that the lapsed supervisor had seen.
    claimed(south, store, theirs, draft(keys[1]), draft(keys[2]))
    told = sorted(str(row[2]) for row in notices_in(running_store) if row[0] == "north")
    assert told == [str(_ALL), str(_ALL), "['chief.north']"]
    assert len(list_conflicts(boss, store, reads=reads)) == 2
    late_us = MONDAY_US + CLOCK_US[Severity.HIGH]
    escalate_due(store, at_us=late_us)
    found = list_conflicts(later(boss, late_us - MONDAY_US), store, reads=reads)
    assert len(found) == 3
    assert [m.is_only_untold for m in sweep(store, at_us=late_us).missing] == [True]


def test_a_silence_that_ends_by_the_calendar_is_answered_at_once_and_told_by_the_sweep(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    boss, south = people["boss.north"], people["lead.south"]
    end_us = MONDAY_US + DAY_US
    silent = draft(visibility=Visibility.SILENT, silent_until_us=end_us)
    claimed(boss, store, case(boss, store), silent)
    theirs = case(south, store)
    claimed(south, store, theirs, draft())
    line = asked_text("x@example.com", policy=Policy(synthetic=True))
    question = Question(investigation=theirs, purpose="cybertip", lines=(line,))
    hits = [
        len(check(later(south, us), store, question=question, rules=AT_ONCE).lines[0].pointers)
        for us in (DAY_US - 1, DAY_US)
    ]
    assert hits == [0, 1]
    reads = ReadLog(store)
    assert [len(sweep(store, at_us=us).missing) for us in (end_us - 1, end_us)] == [0, 1]
    sweep(store, at_us=end_us, mend=True)
    assert sweep(store, at_us=end_us).missing == ()
    (told,) = list_conflicts(later(south, DAY_US), store, reads=reads)
    assert told.severity == Severity.HIGH
