"""Chain of custody: what stands behind a tip, and what the own agency's log says of it."""

from __future__ import annotations

import pytest

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.custody.page import SUMMARY, CustodyEntry
from graph.ddl.ledgering import place_in_ledger
from graph.errors import NotFoundError, RightsError
from graph.handoff.steps import HandoffStep
from graph.roles import Role
from graph.services.acting import About, leaf
from graph.services.audit_reads import ReadLog
from graph.services.audit_sequencer import sequence
from graph.services.custody import show_custody
from graph.services.custody_ledger import list_custody_log
from graph.services.evidence import show_evidence
from graph.services.queue_reading import show_queued
from graph.services.recording import record
from graph.services.triage_steps import take
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.handing import county
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore

TIP = "ncmec:1"
ROLES = {True: Role.VICTIM, False: Role.REPORTED}


def deliver(
    store: Store, at: int, *said: str, holder: str = "north", actor: str = "lead.north"
) -> str:
    """Deliver tip 1 for the nth time, and give the document's hash."""
    one = delivery(
        "1",
        [
            email(each, role=Role.VICTIM if each.startswith("child") else Role.REPORTED)
            for each in said
        ],
        body=f"n{at}",
        issued_us=MONDAY_US + at * HOUR_US,
        holder=holder,
        files=(FileStatement(file_id="f1", viewed_by_esp="yes" if at > 1 else None),),
    )
    record(store, [one], actor=actor)
    return one.document.sha256


def now(caller: Caller) -> Caller:
    """Give the same caller at this moment."""
    return later(caller, now_us() - caller.as_of_us)


def pages(caller: Caller, store: Store, *, limit: int = 3, tip: str = TIP) -> list[CustodyEntry]:
    """Give the whole list, page by page."""
    found: list[CustodyEntry] = []
    after, until = "", None
    while True:
        page = list_custody_log(
            caller, store, tip=tip, reads=ReadLog(store), after=after, until_us=until, limit=limit
        )
        assert len(page.items) <= limit
        found += page.items
        if page.next_after is None:
            return found
        after, until = page.next_after, page.until_us


def test_a_page_says_what_was_received_and_what_each_version_changed(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    boss, south = people["boss.north"], people["boss.south"]
    first = deliver(store, 1, "a@example.com", "child@example.com")
    second = deliver(store, 2, "b@example.com", "child@example.com", actor="deputy.north")
    deliver(store, 2, "b@example.com", "child@example.com", holder="south", actor="lead.south")
    found = show_custody(boss, store, tip=TIP, reads=ReadLog(store))
    assert [(d.sha256, d.held, d.channel) for d in found.documents] == [
        (sha, "in the vault", "file") for sha in sorted((first, second))
    ]
    assert [len(d.receipts_us) for d in found.documents] == [1, 1]
    assert [(v.document, v.received_by, v.parser, v.current) for v in found.versions] == [
        (first, ("lead.north",), "test/1", False),
        (second, ("deputy.north",), "test/1", True),
    ]
    assert found.versions[1].changed == (
        "1 Email as reported added.",
        "1 Email as reported not stated so any more.",
        "File f1: viewed_by_esp changed.",
    )
    assert "example.com" not in str(found), "what is stated stands in the originals alone"
    assert SUMMARY in found.says
    assert any("Other agencies" in said for said in found.cannot_tell)
    # The other holder is told who handed it in for them, and no more.
    other = show_custody(south, store, tip=TIP, reads=ReadLog(store))
    assert [v.received_by for v in other.versions] == [(), ()]
    theirs = pages(now(south), store)
    assert [(e.kind, e.actor) for e in theirs[:1]] == [("received", "lead.south")]
    assert {e.actor for e in theirs} == {"lead.south", "boss.south"}


def test_every_view_and_decision_of_the_own_agency_is_listed_in_order_of_time(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    deliver(store, 1, "a@example.com")
    reads = ReadLog(store)
    show_queued(lead, store, tip=TIP, reads=reads)
    take(now(lead), store, tip=TIP)
    for _ in range(4):
        show_evidence(lead, store, tip=TIP, reads=reads)
    shown_with = leaf(
        boss, Deed.TIP_READ, About(), outcome="written into an export", disclosed=(TIP,)
    )
    reads.note([shown_with], actor=boss.user)
    sequence(store)
    late = now(boss)
    found = pages(late, store)
    assert [entry.kind for entry in found if entry.kind != "view"] == [
        "received",
        "decision",
        "export",
    ]
    assert [entry.at_us for entry in found] == sorted(entry.at_us for entry in found)
    assert sum(entry.action == "gate.ask" for entry in found) == 4
    assert all(entry.number is not None for entry in found)
    (export,) = [entry for entry in found if entry.kind == "export"]
    assert (export.actor, export.capacity) == ("boss.north", "shown with the answer")
    # However long the pages are, the list is the same; what reads it is not in it.
    again = pages(now(boss), store, limit=1)
    assert [e.entry for e in again][: len(found)] == [e.entry for e in found]
    assert {e.action for e in again[len(found) :]} == {"custody.read"}
    view = show_custody(boss, store, tip=TIP, reads=reads)
    assert view.first_logged_us == found[0].at_us
    assert [(m.move, m.made_by) for m in view.moves] == [("take", "lead.north")]
    _old_entries_are_found_too(running_store, late, found)
    _nobody_else_is_told(people, store)


def _old_entries_are_found_too(
    running: RunningStore, caller: Caller, found: list[CustodyEntry]
) -> None:
    running.rows("MATCH (e:AuditEntry) SET e.object_place = NULL")
    running.rows("MATCH (d:Dissemination) SET d.log_place = NULL")
    for _ in range(2):
        place_in_ledger(running.store)
    again = pages(caller, running.store)
    assert [entry.entry for entry in again] == [entry.entry for entry in found]


def _nobody_else_is_told(people: dict[str, Caller], store: Store) -> None:
    for user in ("boss.south", "lead.south"):
        with pytest.raises(NotFoundError):
            show_custody(people[user], store, tip=TIP, reads=ReadLog(store))
        with pytest.raises(NotFoundError):
            list_custody_log(people[user], store, tip=TIP, reads=ReadLog(store))
    for user in ("deputy.north", "audit.north", "admin.north", "ops"):
        with pytest.raises(RightsError):
            show_custody(people[user], store, tip=TIP, reads=ReadLog(store))
        with pytest.raises(RightsError):
            list_custody_log(people[user], store, tip=TIP, reads=ReadLog(store))


def test_a_number_that_came_later_and_hand_offs_belong_to_the_chain(
    running_store: RunningStore,
) -> None:
    at = county(running_store)
    store = at.store
    bare = delivery(None, [email("a@example.com")], body="same", holder="north")
    record(store, [bare], actor="lead.north")
    boss = at.people["boss.north"]
    reads = ReadLog(store)
    show_queued(boss, store, tip=bare.tip_key, reads=reads)
    numbered = delivery("1", [email("a@example.com")], body="same", holder="north")
    record(store, [numbered], actor="lead.north")
    row = at.new(TIP)
    at.step("boss.south", row, HandoffStep.DECLINE)
    late = now(boss)
    found = pages(late, store)
    assert [entry.outcome.partition(";")[0] for entry in found if entry.kind == "received"] == [
        "new tip",
        "number joined",
    ]
    # Said on the page: what has no number is named in no view.
    assert not any(entry.action == "triage.read" for entry in found)
    steps = [entry for entry in found if entry.kind == "hand-off"]
    assert {entry.action for entry in steps} == {"handoff.offer", "handoff.answer"}
    view = show_custody(late, store, tip=TIP, reads=reads)
    (handed,) = view.handoffs
    assert [(r.step, r.holds) for r in handed.receipts] == [("offer", True), ("decline", True)]
    assert {r.leaf for r in handed.receipts} == {entry.entry for entry in steps}
