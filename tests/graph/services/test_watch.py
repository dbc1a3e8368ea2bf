"""The standing watch: what each door leads to, on which side, and what leads to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.casework.caller import Caller
from graph.casework.terms import DAY_US, ClaimDraft
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.clock import now_us
from graph.roles import Role
from graph.services.cases import close_case, reopen_case
from graph.services.claims import show_to_others
from graph.services.holders import hold_tips, release_tips
from graph.services.judgements import judge
from graph.services.judging import Verdict
from graph.services.recording import record
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.meeting import conflicts_in, notices_in
from tests.graph.services.people import staff
from tests.linking import BASIS
from tests.stores import RunningStore

V = Visibility
SILENT = {"visibility": V.SILENT, "silent_until_us": MONDAY_US + DAY_US}
SEALED = "sealed"
PERSONA = {"role": ClaimRole.OFFICER_PERSONA}
CHILD = {"role": ClaimRole.VICTIM}
OFFICERS, BOSSES = ["lead"], ["*supervisors", "boss", "chief"]
ALL = ["*supervisors", "boss", "chief", "lead"]
CELLS: list[tuple[Any, Any, list[str], list[str]]] = [
    ({}, {}, OFFICERS, OFFICERS),
    ({"visibility": V.OPEN}, {}, OFFICERS, OFFICERS),
    ({}, SILENT, [], ALL),
    (SILENT, {}, ALL, []),
    (SILENT, SILENT, BOSSES, BOSSES),
    ({}, SEALED, [], ["boss"]),
    (SEALED, {}, ["boss"], []),
    (SEALED, SILENT, ["boss"], []),
    (SEALED, SEALED, ["boss"], ["boss"]),
    ({}, PERSONA, BOSSES, ALL),
    (PERSONA, SILENT, BOSSES, BOSSES),
    (CHILD, CHILD, BOSSES, BOSSES),
    (CHILD, {}, BOSSES, BOSSES),
    (CHILD | SILENT, SEALED, [], ["boss"]),
]
"""Terms of north's claim, of south's, and who of each is told."""


def terms(wanted: Any, agency: str, address: str) -> ClaimDraft:
    """Give a draft of an address on some terms."""
    if wanted == SEALED:
        wanted = {"visibility": V.SEALED, "sealed_to": f"boss.{agency}"}
    return draft(address, **wanted)


def told(running: RunningStore, agency: str, address: int) -> list[str]:
    """Give who of an agency was told of what its investigation of a number meets, by short name."""
    found = running.rows(
        "MATCH (n:Notification {agency: $agency}) WHERE n.investigation = $case "
        "RETURN n.recipients AS recipients LIMIT 10",
        agency=agency,
        case=f"{agency}|{address}",
    )
    assert len(found) <= 1
    names = [str(name) for row in found for name in list(row[0])]  # type: ignore[call-overload]
    return sorted(name.split(".")[0] for name in names)


def test_who_is_told(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    for order in (0, 1):
        for at, cell in enumerate(CELLS):
            number = order * 100 + at
            address = f"{number}@example.com"
            pair = [("north", cell[0]), ("south", cell[1])]
            for agency, wanted in pair[:: 1 if order == 0 else -1]:
                boss = people[f"boss.{agency}"]
                key = case(boss, store, str(number), lead=f"lead.{agency}")
                claimed(boss, store, key, terms(wanted, agency, address))
            assert told(running_store, "north", number) == cell[2], (order, cell)
            assert told(running_store, "south", number) == cell[3], (order, cell)
    children = 2 * sum("victim" in str(cell[:2]) for cell in CELLS)
    found = conflicts_in(running_store)
    assert len(found) == 2 * len(CELLS) - children
    assert {row[6] for row in found} == {1}
    assert sum(row[5] == "urgent" for row in found) == 4


def agencies(running: RunningStore) -> tuple[Mapping[str, Caller], str, str]:
    """Enter two agencies with an investigation each."""
    people = staff(running.store, "north", "south")
    north = case(people["lead.north"], running.store)
    south = case(people["lead.south"], running.store)
    return people, north, south


def test_tips_meet_claims_as_they_come_and_as_they_are_there(running_store: RunningStore) -> None:
    store = running_store.store
    people, north, _ = agencies(running_store)
    claimed(people["lead.north"], store, north, draft("a@example.com"), draft("b@example.com"))
    said = [email("a@example.com")]
    record(store, [delivery("1", said)], actor="test", at_us=MONDAY_US)
    child = [email("a@example.com", role=Role.VICTIM)]
    record(store, [replace(delivery("2", child), holder="south")], actor="test", at_us=MONDAY_US)
    assert (conflicts_in(running_store), notices_in(running_store)) == ([], [])
    hold_tips(people["lead.north"], store, ["ncmec:1"], agency="north")
    record(store, [replace(delivery("3", said), holder="north")], actor="test", at_us=MONDAY_US)
    record(store, [replace(delivery("3", said), holder="north")], actor="test", at_us=MONDAY_US)
    assert conflicts_in(running_store) == []
    assert notices_in(running_store) == [("north", "tip.named", ["lead.north"])] * 2
    other = [replace(delivery(n, said, urgency=0), holder="south") for n in ("4", "5")]
    for one in other:
        record(store, [one], actor="test", at_us=MONDAY_US)
    expected = ("north", "officer", "south", "supervisor", "open", "urgent", 1)
    reverse = ("south", "supervisor", "north", "officer", "open", "urgent", 1)
    assert conflicts_in(running_store) in ([expected], [reverse])
    south = ["*supervisors", "boss.south", "chief.south"]
    opened = [row for row in notices_in(running_store) if row[1] == "conflict.opened"]
    assert (opened[0], opened[-1]) == (
        ("north", "conflict.opened", ["lead.north"]),
        ("south", "conflict.opened", south),
    )
    # A claim that comes second finds the tips that are there; one that was given up is not.
    record(
        store,
        [replace(delivery("6", [email("c@example.com")]), holder="south")],
        actor="test",
        at_us=MONDAY_US,
    )
    record(
        store,
        [replace(delivery("7", [email("d@example.com")]), holder="south")],
        actor="test",
        at_us=MONDAY_US,
    )
    release_tips(people["ops"], store, ["ncmec:7"], agency="south")
    second = case(people["lead.north"], store, "26-002")
    claimed(people["lead.north"], store, second, draft("c@example.com"), draft("d@example.com"))
    assert [row[6] for row in conflicts_in(running_store)] == [1, 1]


def test_what_leads_to_nothing_now_and_to_something_later(running_store: RunningStore) -> None:
    store = running_store.store
    people, north, south = agencies(running_store)
    lead, boss = people["lead.north"], people["boss.south"]
    shared = email("shared@example.com", state="shared")
    record(store, [delivery("1", [shared])], actor="test", at_us=MONDAY_US)
    for investigation, who in ((north, lead), (south, boss)):
        claimed(who, store, investigation, draft("shared@example.com"))
    close_case(lead, store, key=north, expected=1, why="Charged on 3 March.")
    sealed = draft("x@example.com", visibility=V.SEALED, sealed_to="boss.south")
    refs = claimed(boss, store, south, sealed)
    assert (conflicts_in(running_store), notices_in(running_store)) == ([], [])
    reopen_case(lead, store, key=north, expected=2, why="New tips.")
    assert conflicts_in(running_store) == []
    claimed(lead, store, north, draft("x@example.com"))
    assert [row[1] for row in conflicts_in(running_store)] == ["none"]
    show_to_others(boss, store, ref=refs[0], expected=1, visibility=V.POINTER)
    circles = {(row[1], row[3]) for row in conflicts_in(running_store)}
    assert circles == {("none", "supervisor"), ("officer", "officer")}
    close_case(lead, store, key=north, expected=3, why="Charged on 3 March.")
    claimed(people["lead.south"], store, south, draft("y@example.com"))
    reopen_case(lead, store, key=north, expected=4, why="New tips.")
    assert len(conflicts_in(running_store)) == 2


def test_a_judgement_tells_whoever_claims_what_one_of_the_tips_states(
    running_store: RunningStore,
) -> None:
    store, at_us = running_store.store, now_us()
    people = staff(store, "north", at_us=at_us)
    lead = people["lead.north"]
    claimed(lead, store, case(lead, store), draft("a@example.com"))
    said = {"1": [email("a@example.com")], "2": [email("b@example.com")]}
    for number, assertions in said.items():
        record(store, [replace(delivery(number, assertions), holder="north")], actor="test")
    assert len(notices_in(running_store)) == 1
    judge(store, "ncmec:1", "ncmec:2", verdict=Verdict.SAME, why="One man.", basis=BASIS, actor="t")
    told_of = running_store.rows("MATCH (n:Notification) RETURN n.object AS o ORDER BY o LIMIT 9")
    assert told_of == [("ncmec:1",), ("ncmec:2",)]
