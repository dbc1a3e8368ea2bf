"""Accounts end and lapse; whatever meets their claims is told to somebody all the same."""

from __future__ import annotations

import pytest

from graph.casework.severity import CLOCK_US, Severity
from graph.casework.vocabulary import UserRole, Visibility
from graph.errors import RowError
from graph.services.audit_reads import ReadLog
from graph.services.cases import hand_over
from graph.services.claims import show_to_others
from graph.services.conflict_reading import list_conflicts
from graph.services.conflict_sweep import sweep
from graph.services.escalation import escalate_due
from graph.services.users import UserChange, change_user
from tests.deliveries import MONDAY_US
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.meeting import notices_in
from tests.graph.services.people import later, staff
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
    sealed = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
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
    told = [row[2] for row in notices_in(running_store) if row[0] == "north"]
    assert sorted(told) == [_ALL, _ALL, ["chief.north"]]
    assert len(list_conflicts(boss, store, reads=reads)) == 2
    late_us = MONDAY_US + CLOCK_US[Severity.HIGH]
    escalate_due(store, at_us=late_us)
    found = list_conflicts(later(boss, late_us - MONDAY_US), store, reads=reads)
    assert len(found) == 3
    assert [m.is_only_untold for m in sweep(store, at_us=late_us).missing] == [True]
