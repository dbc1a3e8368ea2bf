"""Investigations: the state machine, the team, versions, and that others see none of them."""

from __future__ import annotations

from itertools import product

import pytest

from graph.casework.life import CLAIMS, INVESTIGATIONS, ClaimStep, Life, Step, life_of
from graph.casework.vocabulary import Status
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases, show_case
from graph.services.cases import (
    CaseChange,
    close_case,
    hand_over,
    open_case,
    reopen_case,
    update_case,
)
from graph.services.cases import NewCase as New
from graph.services.claim_entry import claim
from graph.services.users import UserChange, change_user
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.graph.services.casework import case, claimed, draft, shown_to
from tests.graph.services.people import later, staff
from tests.stores import RunningStore

WHY = "Charged on 3 March."


def test_the_tables_say_what_leads_where_and_nothing_else_does() -> None:
    assert {step for _, step in INVESTIGATIONS} == set(Step)
    steps_when_closed = {step for status, step in INVESTIGATIONS if status is Status.CLOSED}
    assert steps_when_closed == {Step.REOPEN}
    assert {step for life, step in CLAIMS if life is Life.LAPSED} == {ClaimStep.PURGE}
    assert (Life.HISTORICAL, ClaimStep.VALIDATE) not in CLAIMS
    assert all(
        (life, ClaimStep.PURGE) in CLAIMS and CLAIMS[life, ClaimStep.PURGE] is None for life in Life
    )
    assert life_of(None, "open", at_us=0) is Life.LAPSED


def test_an_investigation_goes_through_its_life(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    lead, boss = people["lead.north"], people["boss.north"]
    key = case(lead, store, title="Night Owl", deputies=("deputy.north",))
    reads = ReadLog(store)
    row = show_case(lead, store, key=key, reads=reads)
    assert (row.status, row.lead, row.deputies, row.purpose, row.version) == (
        "open",
        "lead.north",
        ["deputy.north"],
        "cybertip",
        1,
    )
    update_case(
        people["deputy.north"], store, key=key, expected=1, change=CaseChange(title="Day Owl")
    )
    hand_over(lead, store, key=key, expected=2, lead="boss.north", why="Moved to another unit.")
    with pytest.raises(
        RightsError, match=r"duties\.team. .* lead, its deputies and supervisors only"
    ):
        close_case(lead, store, key=key, expected=3, why=WHY)
    claimed(boss, store, key, draft())
    close_case(later(boss, 5), store, key=key, expected=3, why=WHY)
    closed = show_case(lead, store, key=key, reads=reads)
    assert (closed.status, closed.closed_by, closed.closed_why, closed.title, closed.lead) == (
        "closed",
        "boss.north",
        WHY,
        "Day Owl",
        "boss.north",
    )
    # Its claims stay as historical pointers; nothing new comes in.
    assert len(shown_to(people["lead.south"], store, "x@example.com")) == 1
    with pytest.raises(RowError, match="is closed and cannot be given a claim"):
        claim(boss, store, investigation=key, drafts=[draft("y@example.com")])
    reopen_case(boss, store, key=key, expected=4, why="New tip.")
    assert show_case(lead, store, key=key, reads=reads).closed_why is None
    assert outcomes(running_store, key) == [
        "closed",
        "handed over",
        "opened",
        "reopened",
        "updated",
    ]


def outcomes(running: RunningStore, key: str) -> list[str]:
    """Give how what was done to an investigation ended, as its agency's log says."""
    actions = running.rows(
        "MATCH (e:AuditEntry {log: 'agency:north', object: $key, decision: 'permit'}) "
        "WHERE e.action <> 'investigation.read' RETURN e.outcome ORDER BY e.outcome",
        key=key,
    )
    return [str(row[0]) for row in actions]


@pytest.mark.parametrize(("status", "step"), list(product(Status, Step)))
def test_what_is_not_in_the_table_cannot_be_done(status: Status, step: Step) -> None:
    from graph.casework.life import after

    if (status, step) in INVESTIGATIONS:
        assert after(status.value, step, what="26-001") is INVESTIGATIONS[status, step]
    else:
        with pytest.raises(RowError, match=f"26-001 is {status.value} and cannot be"):
            after(status.value, step, what="26-001")


def test_an_edit_from_an_older_version_overwrites_nothing(store: Store) -> None:
    lead = staff(store, "north")["lead.north"]
    key = case(lead, store)
    update_case(lead, store, key=key, expected=1, change=CaseChange(title="First"))
    with pytest.raises(ChangedError, match="version 2, not 1"):
        update_case(lead, store, key=key, expected=1, change=CaseChange(title="Second"))
    row = show_case(lead, store, key=key, reads=ReadLog(store))
    assert (row.title, row.version) == ("First", 2)


def test_lead_and_deputies_are_in_service_in_the_agency(store: Store) -> None:
    people = staff(store, "north", "south")
    lead = people["lead.north"]
    for bad in (
        {"lead": "lead.south"},
        {"lead": "deputy.north"},
        {"lead": "nobody.north"},
        {"deputies": ("audit.north",)},
        {"unit": "south|unit"},
    ):
        with pytest.raises(NotFoundError):
            case(lead, store, **bad)
    ended = UserChange(until_us=MONDAY_US)
    change_user(people["admin.north"], store, key="boss.north", expected=1, change=ended)
    with pytest.raises(NotFoundError):
        case(lead, store, lead="boss.north")
    case(lead, store, "26-001")
    with pytest.raises(RowError, match="already"):
        case(lead, store, " 26-001 ")
    with pytest.raises(RightsError):
        open_case(people["deputy.north"], store, new=New(reference="2", purpose="cybertip"))


def test_another_agencys_investigation_and_none_give_the_same_answer(store: Store) -> None:
    people = staff(store, "north", "south")
    lead, other = people["lead.north"], people["boss.south"]
    key = case(lead, store)
    reads = ReadLog(store)
    assert list_cases(other, store, reads=reads) == ()
    said: dict[str, set[str]] = {}
    for asked in (key, "north|none"):
        for deed in (
            lambda k: show_case(other, store, key=k, reads=reads),
            lambda k: update_case(other, store, key=k, expected=1, change=CaseChange(title="x")),
            lambda k: close_case(other, store, key=k, expected=1, why=WHY),
            lambda k: claim(other, store, investigation=k, drafts=[draft()]),
        ):
            with pytest.raises(NotFoundError) as caught:
                deed(asked)
            said.setdefault(asked, set()).add(str(caught.value))
    assert said[key] == said["north|none"]
    assert len(said[key]) == 1
