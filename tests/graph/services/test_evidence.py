"""Files: what is asserted and what was verified stay apart; the gate passes nothing silently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, NotFoundError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.evidence import (
    FileEvidence,
    NewVerification,
    show_evidence,
    verify_file,
    viewed_now,
)
from graph.services.gate_policies import NewPolicy, lay_policy, list_policies
from graph.services.recording import record
from graph.statements import FileStatement
from graph.store import Store
from graph.tip_state import Version
from graph.triage.gate import Answer, Said
from graph.triage.verifying import SeenAs, Verdict
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore

POLICY = NewPolicy(
    counsel="C. Ounsel",
    office="District Attorney",
    dated="2026-03-01",
    text="As we said.",
    not_viewed=Said.OPEN,
    from_us=0,
)
REFUTED = NewVerification(
    file_id="f1",
    about="classification A1",
    verdict=Verdict.REFUTED,
    seen_as=SeenAs.ADULT,
    why="The person is forty.",
)


def _deliver(store: Store, at: int, *files: FileStatement, holder: str = "north") -> None:
    """Deliver tip 1 for the nth time, with what it says of its files then."""
    one = delivery(
        "1",
        [email("a@example.com")],
        body=f"n{at}",
        issued_us=MONDAY_US + at * HOUR_US,
        holder=holder,
        provider_name="Chatterbox",
        files=files,
    )
    record(store, [one], actor="test")


def _file(caller: Caller, store: Store, number: str = "f1") -> FileEvidence:
    found = show_evidence(caller, store, tip="ncmec:1", reads=ReadLog(store))
    assert found.holds == "Crosstip holds no file."
    return next(file for file in found.files if file.file_id == number)


def test_case_27_the_gate_follows_the_newest_version_and_history_is_kept(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    _deliver(store, 1, FileStatement(file_id="f1"), FileStatement(file_id="f2", viewed_by_esp="no"))
    gate = _file(lead, store).gate
    assert (gate.answer, gate.policy) == (Answer.ASK, None)
    assert "not stated, which is no yes" in gate.why
    assert _file(lead, store, "f2").gate.answer is Answer.ASK
    # Counsel's word is by name and date; what it does not say of silence is still asked.
    lay_policy(boss, store, expected=0, new=POLICY)
    assert _file(lead, store).gate.answer is Answer.ASK
    opened = _file(lead, store, "f2").gate
    assert (opened.answer, opened.policy) == (Answer.POLICY, 1)
    assert "C. Ounsel, District Attorney, policy of 2026-03-01 (version 1)" in opened.why
    # A later version says that it was viewed: asked anew, and what was said before is kept.
    _deliver(store, 2, FileStatement(file_id="f1", viewed_by_esp="yes"))
    file = _file(lead, store)
    assert file.gate.answer is Answer.VIEWED
    assert "asserted, not verified" in file.gate.why
    said = [(s.viewed, s.said_by, s.is_current) for s in file.viewed_said]
    assert said == [("yes", "Chatterbox", True), ("not stated", "Chatterbox", False)]
    # A file that the newest version does not mention any more is as one of which nothing is said.
    gone = _file(lead, store, "f2").gate
    assert (gone.answer, "does not mention" in gone.why) == (Answer.ASK, True)
    _counsels_versions(store, lead, boss)
    _asking_is_logged(running_store)


def _counsels_versions(store: Store, lead: Caller, boss: Caller) -> None:
    with pytest.raises(ChangedError, match="newest version"):
        lay_policy(boss, store, expected=0, new=POLICY)
    for wrong in (
        replace(POLICY, dated="last March"),
        replace(POLICY, counsel=" "),
        replace(POLICY, until_us=0),
    ):
        with pytest.raises(RowError):
            lay_policy(boss, store, expected=1, new=wrong)
    strict = replace(POLICY, not_viewed=Said.WARRANT, not_stated=Said.WARRANT, until_us=1 << 60)
    lay_policy(boss, store, expected=1, new=strict)
    assert _file(lead, store, "f2").gate.answer is Answer.WARRANT
    # Once the newest is over counsel is asked: what it replaced does not come back by itself.
    over = replace(POLICY, not_stated=Said.OPEN, from_us=1, until_us=2)
    lay_policy(boss, store, expected=2, new=over)
    gate = _file(lead, store, "f2").gate
    assert (gate.answer, gate.policy) == (Answer.ASK, None)
    rows = list_policies(lead, store, reads=ReadLog(store))
    assert [(row.number, row.entered_by) for row in rows] == [(n, "boss.north") for n in (3, 2, 1)]


def _asking_is_logged(running: RunningStore) -> None:
    logged = running.rows(
        "MATCH (e:AuditEntry {action: 'gate.ask'}) WHERE e.agency = 'north' "
        "AND e.object = 'ncmec:1' AND e.decision = 'permit' RETURN DISTINCT e.outcome LIMIT 100"
    )
    assert ("gate: ask your prosecutor: 2",) in logged
    assert ("gate: ask your prosecutor: 1, the provider says that it viewed it: 1",) in logged


def test_what_was_verified_never_overwrites_what_was_asserted(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, deputy, south = people["lead.north"], people["deputy.north"], people["lead.south"]
    marked = FileStatement(file_id="f1", classification="A1", annotations=("infant",))
    _deliver(store, 1, marked)
    _deliver(store, 1, marked, holder="south")
    standing = {a.what: a.standing for a in _file(lead, store).asserted}
    assert standing == dict.fromkeys(("annotation infant", "classification A1"), UNVERIFIED)
    with pytest.raises(RowError, match="Name the authority"):
        verify_file(lead, store, tip="ncmec:1", new=REFUTED)
    warrant = replace(REFUTED, authority="Warrant 26-SW-1")
    with pytest.raises(RowError, match="what is asserted: annotation infant; classification A1"):
        verify_file(lead, store, tip="ncmec:1", new=replace(warrant, about="classification B2"))
    with pytest.raises(RowError, match="no file f9"):
        verify_file(lead, store, tip="ncmec:1", new=replace(warrant, file_id="f9"))
    with pytest.raises(NotFoundError):
        verify_file(lead, store, tip="ncmec:2", new=warrant)
    row = verify_file(lead, store, tip="ncmec:1", new=warrant)
    assert (row.gate, row.authority) == ("ask your prosecutor", "Warrant 26-SW-1")
    _, classified = _file(lead, store).asserted
    assert (classified.standing, classified.verified_by, classified.seen_as) == (
        "refuted",
        "lead.north",
        "adult",
    )
    # Another person's word counts from then on; the first one's is kept. No other agency sees it.
    again = replace(warrant, verdict=Verdict.VERIFIED, seen_as=SeenAs.A1)
    at = replace(deputy, as_of_us=lead.as_of_us + 1)
    verify_file(at, store, tip="ncmec:1", new=again)
    file = _file(lead, store)
    assert file.asserted[1].standing == "verified"
    assert [v.verified_by for v in file.verifications] == ["deputy.north", "lead.north"]
    theirs = _file(south, store)
    assert ({a.standing for a in theirs.asserted}, theirs.verifications) == ({UNVERIFIED}, ())
    # A new class is asserted anew: what was verified was another one, and stays on record.
    _deliver(store, 2, replace(marked, classification="B1"))
    found = {a.what: (a.standing, a.is_current) for a in _file(lead, store).asserted}
    assert found["classification B1"] == (UNVERIFIED, True)
    assert found["classification A1"] == ("verified", False)


def test_what_was_verified_passes_to_the_tip_that_replaces_a_provisional_one(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead = people["lead.north"]
    files = [FileStatement(file_id="f1", classification="A1", viewed_by_esp="yes")]
    said = [email("a@example.com")]
    (first,) = record(
        store, [delivery(None, said, body="x", holder="north", files=files)], actor="test"
    )
    verify_file(lead, store, tip=first.tip, new=REFUTED)
    record(store, [delivery("1", said, body="x", holder="north", files=files)], actor="test")
    assert [v.verified_by for v in _file(lead, store).verifications] == ["lead.north"]


UNVERIFIED = "asserted, not verified"


def _version(part: str, viewed: str | None) -> Version:
    files = () if viewed is None else (FileStatement(file_id="f1", viewed_by_esp=viewed),)
    statement = replace(delivery("1", []).statement, files=files)
    return Version(key=part, part=part, document="d", issued_us=1, statement=statement)


def test_what_a_superseded_version_said_opens_nothing() -> None:
    old, silent = (_version("a", "yes"), False), (_version("b", "not stated"), True)
    assert viewed_now("f1", "yes", [old, silent]) is None
    assert viewed_now("f1", "yes", [(old[0], True), silent]) == "yes"
    assert viewed_now("f1", "yes", [(old[0], True), (_version("b", "no"), True)]) is None
    assert viewed_now("f1", "no", [old, silent]) == "no"
