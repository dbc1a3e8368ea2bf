"""A conflict's life: two clocks, steps of both sides, messages, and who sees nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from graph.casework.caller import Caller
from graph.casework.conflict_life import CONFLICTS, ConflictStep, Resolution, Standing
from graph.casework.severity import CLOCK_US, Severity
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.identifiers.core import Policy
from graph.services.audit_reads import ReadLog
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.checks import check
from graph.services.conflict_reading import ConflictView, list_conflicts, matrix, show_conflict
from graph.services.conflict_steps import acknowledge, coordinate, reopen, resolve, write_message
from graph.services.conflict_sweep import sweep
from graph.services.escalation import escalate_due
from graph.services.notices import acknowledge_notice, list_notices
from graph.services.recording import record
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.checks.county import AT_ONCE
from tests.graph.services.people import later, staff
from tests.stores import RunningStore


def test_the_table_says_what_leads_where() -> None:
    assert {standing for standing, _ in CONFLICTS} == set(Standing)
    assert {step for _, step in CONFLICTS} == set(ConflictStep)
    ends = {step for standing, step in CONFLICTS if standing is Standing.RESOLVED}
    assert ends == {ConflictStep.WRITE, ConflictStep.REOPEN, ConflictStep.FIND}
    assert CONFLICTS[Standing.RESOLVED, ConflictStep.FIND] is Standing.OPEN


class Desk:
    """Two agencies that met, and a third that has nothing to do with it."""

    def __init__(self, running: RunningStore) -> None:
        self.running, self.store = running, running.store
        self.people: Mapping[str, Caller] = staff(self.store, "north", "south", "west")
        self.reads = ReadLog(self.store)
        self.cases = {a: case(self[a], self.store) for a in ("north", "south", "west")}
        for agency in ("north", "south"):
            claimed(self[agency], self.store, self.cases[agency], draft())
        self.ref = self.seen("north").ref

    def __getitem__(self, agency: str) -> Caller:
        return self.people[f"lead.{agency}"]

    def seen(self, agency: str) -> ConflictView:
        """Give the one conflict that an agency's lead sees."""
        found = list_conflicts(self[agency], self.store, reads=self.reads, with_resolved=True)
        assert len(found) == 1
        return show_conflict(self[agency], self.store, ref=found[0].ref, reads=self.reads)

    def kinds(self, who: str) -> list[str]:
        """Give the kinds of a user's notices, oldest first."""
        rows = list_notices(self.people[who], self.store, reads=self.reads, with_seen=True)
        return [row.kind for row in reversed(rows)]


def test_both_sides_work_a_conflict(running_store: RunningStore) -> None:
    at = Desk(running_store)
    store, ref = at.store, at.ref
    view = at.seen("south")
    assert (view.own_reference, view.other_agency, view.other_reference) == (
        "26-001",
        "north",
        "26-001",
    )
    assert view.due_us == MONDAY_US + CLOCK_US[Severity.HIGH]
    assert [(r.kind, r.identifier_kind, r.asked_by) for r in view.reasons] == [
        ("claim", "Email", "lead.south")
    ]
    assert acknowledge(at["north"], store, ref=ref).status == Standing.OPEN
    assert (at.seen("north").seen_by, at.seen("south").seen_us) == ("lead.north", None)
    acknowledge(at["north"], store, ref=ref)
    assert acknowledge(at["south"], store, ref=ref).status == Standing.ACKNOWLEDGED
    write_message(at["south"], store, ref=ref, text="Call me before noon.")
    with pytest.raises(ChangedError):
        coordinate(at["north"], store, ref=ref, expected=1)
    version = at.seen("north").version
    done = coordinate(at["north"], store, ref=ref, expected=version)
    with pytest.raises(RowError, match="reason"):
        resolve(
            at["south"], store, ref=ref, expected=done.version,
            resolution=Resolution.JOINED, why=" ",
        )  # fmt: skip
    done = resolve(
        at["south"], store, ref=ref, expected=done.version, resolution=Resolution.SPLIT, why="Ours."
    )
    assert [m.text for m in at.seen("north").messages] == ["Call me before noon."]
    assert list_conflicts(at["north"], store, reads=at.reads) == ()
    worked_again(at, done.version)


def worked_again(at: Desk, version: int) -> None:
    """Open it again by a person, and after its end by new evidence."""
    store, ref = at.store, at.ref
    done = reopen(at["north"], store, ref=ref, expected=version, why="Not agreed.")
    resolve(
        at["north"], store, ref=ref, expected=done.version, resolution=Resolution.JOINED, why="Ok."
    )
    claimed(at["north"], store, at.cases["north"], draft("new@example.com"))
    claimed(at["south"], store, at.cases["south"], draft("new@example.com"))
    view = at.seen("south")
    assert (view.status, view.resolution, len(view.reasons)) == ("open", None, 2)
    assert at.kinds("lead.north") == [
        "conflict.opened",
        "conflict.acknowledged",
        "conflict.message",
        "conflict.resolved",
        "conflict.opened",
    ]
    logs = at.running.rows(
        "MATCH (e:AuditEntry {object: $ref}) RETURN e.log AS log, count(e) AS n ORDER BY log "
        "LIMIT 10",
        ref=ref,
    )
    assert [log for log, _ in logs] == ["agency:north", "agency:south"]


def test_clocks_run_apart_and_run_out(running_store: RunningStore) -> None:
    at = Desk(running_store)
    store = at.store
    acknowledge(later(at["north"], HOUR_US), store, ref=at.ref)
    assert escalate_due(store, at_us=MONDAY_US + HOUR_US) == ()
    late_us = MONDAY_US + CLOCK_US[Severity.HIGH]
    assert escalate_due(store, at_us=late_us) == (at.ref,)
    assert escalate_due(store, at_us=late_us + HOUR_US) == ()
    assert (at.seen("south").late_us, at.seen("north").late_us) == (late_us, None)
    assert at.kinds("boss.south") == ["conflict.escalated"]
    assert at.kinds("boss.north") == []
    notice = list_notices(at.people["boss.south"], store, reads=at.reads)[0]
    acknowledge_notice(at.people["boss.south"], store, key=notice.key)
    assert list_notices(at.people["boss.south"], store, reads=at.reads) == ()
    with pytest.raises(NotFoundError):
        acknowledge_notice(at.people["boss.north"], store, key=notice.key)
    rows = matrix(at.people["audit.south"], store, reads=at.reads)
    assert [(row.other, row.unresolved, row.urgent) for row in rows] == [("north", 1, 0)]
    with pytest.raises(RightsError):
        matrix(at["south"], store, reads=at.reads)


def test_who_is_not_told_sees_nothing_of_it(running_store: RunningStore) -> None:
    at = Desk(running_store)
    store = at.store
    before = show_conflict(at["north"], store, ref=at.ref, reads=at.reads)
    sealed = draft("z@example.com", visibility=Visibility.SEALED, sealed_to="boss.south")
    claimed(at["south"], store, at.cases["south"], sealed)
    claimed(at["north"], store, at.cases["north"], draft("z@example.com"))
    assert at.seen("north") == before
    assert at.kinds("lead.north") == at.kinds("lead.south") == ["conflict.opened"]
    boss, chief = at.people["boss.south"], at.people["chief.south"]
    hidden = {view.ref for view in list_conflicts(boss, store, reads=at.reads)} - {at.ref}
    assert len(hidden) == 1
    ref = hidden.pop()
    for who in (chief, at["south"], at["north"], at.people["boss.north"], at["west"]):
        with pytest.raises(NotFoundError, match="no such conflict"):
            show_conflict(who, store, ref=ref, reads=at.reads)
        with pytest.raises(NotFoundError, match="no such conflict"):
            acknowledge(who, store, ref=ref)
    with pytest.raises(NotFoundError, match="not told"):
        write_message(boss, store, ref=ref, text="Hello?")
    assert acknowledge(boss, store, ref=ref).status == Standing.ACKNOWLEDGED
    assert list_conflicts(at["west"], store, reads=at.reads) == ()
    with pytest.raises(RightsError):
        acknowledge(at.people["deputy.south"], store, ref=at.ref)
    assert matrix(at.people["boss.north"], store, reads=at.reads)[0].total == 1


def test_the_sweep_names_what_is_missing(running_store: RunningStore) -> None:
    at = Desk(running_store)
    store = at.store
    tip = replace(delivery("1", [email("x@example.com")]), holder="west")
    record(store, [tip], actor="test", at_us=MONDAY_US)
    found = sweep(store, at_us=MONDAY_US)
    assert (found.claims, found.encounters, found.missing) == (2, 4, ())
    running_store.rows(
        "MATCH (f:Conflict {ref: $ref})-[:HAS_REASON]->(r:Reason) DETACH DELETE f, r", ref=at.ref
    )
    missing = sweep(store, at_us=MONDAY_US).missing
    assert {(m.kind, m.first, m.second) for m in missing} == {
        ("claim", "north|26-001", "south|26-001")
    }
    assert sweep(store, at_us=MONDAY_US, mend=True).mended > 0
    assert sweep(store, at_us=MONDAY_US).missing == ()
    view = show_conflict(at["north"], store, ref=at.ref, reads=at.reads)
    assert (view.status, len(view.reasons)) == (Standing.OPEN, 1)
    running_store.rows("MATCH (c:Claim {agency: 'north'})-[r:CLAIMS]->(x) DELETE r")
    refs = running_store.rows("MATCH (c:Claim {agency: 'north'}) RETURN c.ref")
    assert [(ref,) for ref in sweep(store, at_us=MONDAY_US).bare] == refs


def test_a_tip_that_is_more_urgent_is_told_though_its_kind_was_known(
    running_store: RunningStore,
) -> None:
    desk = Desk(running_store)
    held = [
        replace(delivery(number, [email("x@example.com")], urgency=urgency), holder="west")
        for number, urgency in (("1", 2), ("2", 2), ("3", 0))
    ]
    told = [len(desk.kinds("lead.north"))]
    for tip in held:
        record(desk.store, [tip], actor="test", at_us=MONDAY_US + HOUR_US)
        told.append(len(desk.kinds("lead.north")))
    first, second, third, fourth = told
    assert (second, third, fourth) == (first + 1, first + 1, first + 2)


def test_what_makes_an_acknowledged_conflict_more_urgent_starts_its_clock_anew(
    running_store: RunningStore,
) -> None:
    at = Desk(running_store)
    store, people = at.store, at.people
    for agency in ("north", "south"):
        acknowledge(at[agency], store, ref=at.ref)
    assert at.seen("north").status == Standing.ACKNOWLEDGED
    again = later(people["boss.north"], HOUR_US)
    persona = draft("p@example.com", role=ClaimRole.OFFICER_PERSONA, visibility=Visibility.POINTER)
    claimed(again, store, at.cases["north"], persona)
    claimed(later(at["south"], HOUR_US), store, at.cases["south"], draft("p@example.com"))
    view = at.seen("north")
    urgent_us = MONDAY_US + HOUR_US + CLOCK_US[Severity.URGENT]
    assert (view.ref, view.severity, view.status) == (at.ref, Severity.URGENT, Standing.OPEN)
    assert (view.due_us, view.seen_us) == (urgent_us, None)
    # What is no more urgent than before starts nothing.
    acknowledge(later(at["north"], HOUR_US), store, ref=at.ref)
    claimed(again, store, at.cases["north"], draft("q@example.com"))
    claimed(later(at["south"], HOUR_US), store, at.cases["south"], draft("q@example.com"))
    assert at.seen("north").seen_by == "lead.north"
    assert escalate_due(store, at_us=urgent_us) == (at.ref,)
    assert "conflict.escalated" in at.kinds("boss.south")
    assert "conflict.escalated" not in at.kinds("boss.north")


def test_what_a_colleague_sealed_changes_nothing_of_a_check(running_store: RunningStore) -> None:
    desk = Desk(running_store)
    people, store = desk.people, desk.store
    sealed = draft("y@example.com", visibility=Visibility.SEALED, sealed_to="chief.south")
    claimed(people["boss.south"], store, desk.cases["south"], sealed)
    claimed(desk["north"], store, desk.cases["north"], draft("y@example.com"))
    before = len(desk.kinds("lead.north"))
    lines = (asked_text("y@example.com", policy=Policy(synthetic=True)),)
    question = Question(investigation=desk.cases["south"], purpose="cybertip", lines=lines)
    answer = check(desk["south"], store, question=question, rules=AT_ONCE)
    assert len(answer.lines[0].pointers) == 1
    assert len(desk.kinds("lead.north")) == before + 1, "whoever is shown is told of"
