"""After a purge the store is as one that never had the tip, but for the log and the record."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from graph.assignment.staff import Subject
from graph.clock import now_us
from graph.queries.core import NoParams
from graph.queries.erasing import ERASURES, DueParams
from graph.queries.retention import SALT
from graph.retention.classes import RecordClass
from graph.services.assignment_staff import declare_conflict
from graph.services.audit_reads import ReadLog
from graph.services.claim_access import list_due
from graph.services.conflict_reading import list_conflicts, show_conflict
from graph.services.judgements import judge
from graph.services.judging import Verdict
from graph.services.legal_holds import HeldKind, NewHold, end_hold, place_hold
from graph.services.purge_records import stub_key
from graph.services.purging import purge_lapsed
from graph.services.recording import record
from graph.services.retention_purge import run_purge
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import delivery, email, file_hash
from tests.digests import lines_of
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import closed, in_force, years_later
from tests.linking import BASIS
from tests.stores import RunningStore

TIPS = RecordClass.TIPS
LOGGED = ("AuditEntry", "AuditLog", "AuditTile", "AuditHead", "Checkpoint", "Dissemination")
LEFT = ("RetentionPolicy", "LegalHold", "PurgeRecord", "PurgedTip", "RetentionSalt", "ErasureDue")
SHARED, OWN = email("shared@example.com"), email("own@example.com")
PDQ = "pdq:" + "0f" * 32


def _whole(store: Store, number: str, *, holder: str) -> None:
    """Record a tip with a file, hashes, a reference to a tip that is not there, and an old part."""
    one = delivery(
        number,
        [SHARED, OWN, file_hash("md5:" + "ab" * 16), file_hash(PDQ)],
        files=[FileStatement(file_id="f1", name="a.jpg")],
        references=[("ncmec:9", "related")],
        holder=holder,
        urgency=0,
    )
    more = delivery(number, [SHARED, email("later@example.com")], body="more", holder=holder)
    record(store, [one], actor="test")
    record(store, [more], actor="test")


_RAISED = re.compile(r"\('(?:raised_us|due_us)', \d+\),? ?|\('(?:raised_us|due_us)', None\),? ?")
"""When a tip's own place was last raised by another one stays in its own history."""


def _different(before: list[str], after: list[str]) -> list[str]:
    lines = [{_RAISED.sub("", line) for line in each} for each in (before, after)]
    return sorted(line for line in lines[0] ^ lines[1] if "PdqPage" not in line)


def test_a_purged_tip_leaves_the_store_as_one_that_never_had_it(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, ops = people["lead.north"], years_later(people["ops"])
    record(store, [delivery("2", [SHARED], holder="north")], actor="test")
    record(store, [delivery("3", [SHARED], holder="south")], actor="test")
    record(store, [delivery("4", [email("x@example.com")], holder="south")], actor="test")
    in_force(people, store, "north", TIPS)
    before = lines_of(running_store, without=(*LOGGED, *LEFT))
    _whole(store, "1", holder="north")
    judge(store, "ncmec:1", "ncmec:2", verdict=Verdict.SAME, why="seen", basis=BASIS, actor="ann")
    declare_conflict(
        people["deputy.north"], store, about=Subject.TIP, subject="ncmec:1", why="A neighbour."
    )
    closed(lead, store, "ncmec:1")
    meanwhile = lines_of(running_store, without=(*LOGGED, *LEFT))
    assert len(_different(before, meanwhile)) > 20
    assert run_purge(ops, store).removed == 1
    after = lines_of(running_store, without=(*LOGGED, *LEFT))
    assert _different(before, after) == []
    assert running_store.rows("MATCH (p:PdqPage) RETURN size(p.hashes)") in ([(0,)], [(None,)])
    said = "\n".join(lines_of(running_store, without=LOGGED))
    for text in ("ncmec:1", "own@example.com", "later@example.com", PDQ):
        assert text not in said
    (kept,) = running_store.rows("MATCH (r:PurgeRecord) RETURN r.total, r.removed, r.agency")
    assert tuple(kept) == (1, 1, "north")
    assert len(store.read(ERASURES, DueParams(after="", limit=10))) == 2
    # A tip that refers to it keeps it as one that was never received.
    assert run_purge(ops, store).purged == 0


def test_what_others_refer_to_becomes_a_number_again(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    naming = delivery("2", [OWN], references=[("ncmec:1", "prior")], holder="north")
    record(store, [naming], actor="test")
    in_force(people, store, "north", TIPS)
    before = lines_of(running_store, without=(*LOGGED, *LEFT))
    _whole(store, "1", holder="north")
    closed(people["lead.north"], store, "ncmec:1")
    run_purge(years_later(people["ops"]), store)
    after = lines_of(running_store, without=(*LOGGED, *LEFT))
    bare = [line.replace("('holders', []), ", "") for line in after]
    assert _different(before, bare) == []


def test_a_tip_that_comes_in_again_is_new_and_its_log_says_that_one_was_purged(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    in_force(people, store, "north", TIPS)
    closed(people["lead.north"], store, take_in(store, 1))
    run_purge(years_later(people["ops"]), store)
    take_in(store, 1)
    take_in(store, 1, holder="south")
    said = running_store.rows(
        "MATCH (e:AuditEntry {action: 'tip.returned'}) RETURN e.agency, e.object, e.outcome"
    )
    ((agency, tip, outcome),) = [tuple(row) for row in said]
    assert (agency, tip) == ("north", "ncmec:1")
    assert "an earlier receipt was purged on" in str(outcome)
    (salt,) = store.read(SALT, NoParams())
    stubs = running_store.rows("MATCH (s:PurgedTip) RETURN s.key")
    assert [tuple(row) for row in stubs] == [(stub_key(salt.salt, "north", "ncmec:1"),)]
    (place,) = running_store.rows("MATCH (q:Triage {agency: 'north'}) RETURN q.state, q.moves")
    assert tuple(place) == ("new", 0)


def test_whoever_met_it_is_told_and_the_conflict_names_it_no_longer(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead = people["lead.north"]
    claimed(lead, store, case(lead, store), draft("somebody@example.com"))
    take_in(store, 1, holder="south")
    closed(people["lead.south"], store, "ncmec:1")
    in_force(people, store, "south", TIPS)
    assert run_purge(years_later(people["ops"]), store).removed == 1
    reads = ReadLog(store)
    (line,) = list_conflicts(replace(lead, as_of_us=now_us()), store, reads=reads)
    shown = show_conflict(lead, store, ref=line.ref, reads=reads)
    assert [reason.taken_back_us is not None for reason in shown.reasons] == [True]
    assert "ncmec:1" not in repr(shown)
    identifiers = running_store.rows("MATCH (x:Email) RETURN x.key, x.tip_count, x.claim_count")
    assert [tuple(row) for row in identifiers] == [("somebody@example.com", 0, 1)]


def test_what_a_former_holder_has_on_hold_stays_until_its_hold_ends(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for agency in ("north", "south"):
        take_in(store, 1, holder=agency)
        closed(people[f"lead.{agency}"], store, "ncmec:1")
        in_force(people, store, agency, TIPS)
    new = NewHold(about=HeldKind.TIP, subject="ncmec:1", why="A suit.", reference="Letter 1")
    hold = place_hold(people["boss.south"], store, new=new)
    ops = years_later(people["ops"])
    assert run_purge(ops, store).removed == 0
    assert running_store.rows("MATCH (:Tip)-[:HELD_BY]->(g:Agency) RETURN g.key") == [("south",)]
    end_hold(people["boss.south"], store, hold=hold.key, why="Settled")
    assert run_purge(ops, store).removed == 1
    assert running_store.rows("MATCH (t:Tip) RETURN t.key") == []


@pytest.mark.parametrize("about", [HeldKind.AGENCY, HeldKind.INVESTIGATION])
def test_claims_on_hold_stay_on_the_disk_and_in_no_answer(
    running_store: RunningStore, about: HeldKind
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    lead, boss = people["lead.north"], people["boss.north"]
    claimed(lead, store, case(lead, store), draft("somebody@example.com"))
    (row,) = running_store.rows("MATCH (i:Investigation) RETURN i.reference")
    new = NewHold(about=about, subject=str(row[0]), why="A suit.", reference="Letter 1")
    hold = place_hold(boss, store, new=new)
    ops = years_later(people["ops"], 2000)
    assert purge_lapsed(ops, store) == 0
    then = years_later(boss, 2000)
    assert list_due(then, store, before_us=then.as_of_us, reads=ReadLog(store)) == ()
    end_hold(boss, store, hold=hold.key, why="Settled")
    assert purge_lapsed(ops, store) == 1
