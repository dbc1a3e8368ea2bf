"""A purge that is cut off has done whole records, and another agency's retention shows nowhere."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from graph.clock import now_us
from graph.errors import NotFoundError
from graph.retention.classes import DAY_US, RecordClass
from graph.services.audit_reads import ReadLog
from graph.services.legal_holds import HeldKind, NewHold, list_holds, place_hold
from graph.services.retention_purge import run_purge
from graph.services.retention_views import dry_run, list_records, purged_tip, tally
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import YEAR, closed, in_force, years_later
from tests.stores import RunningStore

TIPS = RecordClass.TIPS
COUNTED = (
    "MATCH (t:Tip) WITH count(t) AS tips OPTIONAL MATCH (r:PurgeRecord) "
    "WITH tips, sum(r.total) AS purged OPTIONAL MATCH (s:PurgedTip) "
    "WITH tips, purged, count(s) AS stubs OPTIONAL MATCH (e:ErasureDue) "
    "RETURN tips, purged, stubs, count(e)"
)
MANY = 12


def _left(running: RunningStore) -> tuple[int, ...]:
    (row,) = running.rows(COUNTED)
    return tuple(int(str(each)) for each in row)


@pytest.mark.neo4j_long
@pytest.mark.timeout(300)
def test_a_purge_that_is_killed_has_done_whole_records_and_the_next_one_goes_on(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    for number in range(1, MANY + 1):
        tip = take_in(store, number, said=f"{number % 3}@example.com")
        closed(people["lead.north"], store, tip)
    in_force(people, store, "north", TIPS)
    command = [sys.executable, "-m", "tests.graph.services.purging_apart"]
    settings = running_store.settings
    asked = [settings.model_dump_json(exclude={"store_password"}), str(2 * YEAR * DAY_US)]
    secret = settings.store_password
    password = {} if secret is None else {"CROSSTIP_STORE_PASSWORD": secret.get_secret_value()}
    for begun in (3, 5):
        with subprocess.Popen(
            [*command, *asked], stdout=subprocess.PIPE, text=True, env=os.environ | password
        ) as child:
            assert child.stdout is not None
            for _ in range(begun):
                assert child.stdout.readline() == "on\n"
            child.kill()
        tips, *gone = _left(running_store)
        assert 0 < tips < MANY
        assert gone == [MANY - tips] * 3, "tip, record, stub and original go together"
    run_purge(years_later(people["ops"]), store)
    assert _left(running_store) == (0, MANY, MANY, MANY)
    assert running_store.rows("MATCH (x:Email) RETURN x.key") == []
    agency = running_store.rows("MATCH (g:Agency {key: 'north'}) RETURN g.tip_total")
    assert agency == [(0,)]


def test_what_another_agency_keeps_holds_and_purges_shows_nowhere(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for agency in ("north", "south"):
        take_in(store, 1, holder=agency)
        closed(people[f"lead.{agency}"], store, "ncmec:1")
    take_in(store, 2, holder="north")
    closed(people["lead.north"], store, take_in(store, 3, holder="north", said="3@example.com"))
    in_force(people, store, "north", TIPS)
    boss = years_later(people["boss.north"])

    def answers() -> list[object]:
        reads = ReadLog(store)
        return [
            dry_run(boss, store, kind=TIPS, reads=reads),
            dry_run(boss, store, kind=TIPS, reads=reads, limit=1),
            tally(boss, store, reads=reads),
            list_records(boss, store, reads=reads),
            list_holds(boss, store, reads=reads),
        ]

    before = answers()
    fates = {line.key: line.fate for line in before[0].lines}  # type: ignore[attr-defined]
    assert fates == {"ncmec:1": "due", "ncmec:2": "open", "ncmec:3": "due"}
    in_force(people, store, "south", TIPS)
    whole = NewHold(about=HeldKind.AGENCY, why="A suit.", reference="Letter 1")
    place_hold(people["boss.south"], store, new=whole)
    assert answers() == before
    first = dry_run(boss, store, kind=TIPS, reads=ReadLog(store), limit=1)
    rest = dry_run(
        boss, store, kind=TIPS, reads=ReadLog(store), after=str(first.next_after), limit=5
    )
    assert [line.key for line in (*first.lines, *rest.lines)] == ["ncmec:1", "ncmec:2", "ncmec:3"]
    done = run_purge(years_later(people["ops"]), store)
    assert (done.purged, done.removed, done.held) == (2, 1, 1)
    south = years_later(people["boss.south"])
    assert list_records(south, store, reads=ReadLog(store)) == ()
    with pytest.raises(NotFoundError):
        purged_tip(south, store, tip="ncmec:1", reads=ReadLog(store))
    assert purged_tip(boss, store, tip="ncmec:1", reads=ReadLog(store)).number == 1
    (record,) = list_records(boss, store, reads=ReadLog(store))
    assert (record.total, record.removed, record.held) == (2, 1, 0)


def test_old_checks_and_acknowledged_notices_go_and_others_stay(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    take_in(store, 1, urgency=0)
    take_in(store, 2, urgency=0, said="2@example.com")
    running_store.rows(
        "MATCH (n:Notification {object: 'ncmec:1'}) SET n.seen_us = n.at_us, n.due_us = null "
        "RETURN count(n)"
    )
    in_force(people, store, "north", RecordClass.NOTICES)
    in_force(people, store, "north", RecordClass.CHECKS)
    (total,) = running_store.rows("MATCH (n:Notification) RETURN count(n)")[0]
    (seen,) = running_store.rows("MATCH (n:Notification) RETURN count(n.seen_us)")[0]
    assert 0 < int(str(seen)) < int(str(total))
    done = run_purge(years_later(people["ops"]), store)
    assert done.purged == seen
    left = running_store.rows("MATCH (n:Notification) RETURN DISTINCT n.object")
    assert left == [("ncmec:2",)]
