"""A closed investigation goes with what is its own; a conflict or a hold keeps it."""

from __future__ import annotations

from graph.clock import now_us
from graph.retention.classes import RecordClass
from graph.services.audit_reads import ReadLog
from graph.services.cases import close_case
from graph.services.legal_holds import HeldKind, NewHold, end_hold, place_hold
from graph.services.retention_purge import run_purge
from graph.services.retention_views import dry_run
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.graph.services.retaining import in_force, years_later
from tests.stores import RunningStore

CASES = RecordClass.INVESTIGATIONS


def test_a_closed_investigation_goes_with_its_claims_and_others_stay(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, boss = people["lead.north"], people["boss.north"]
    claimed(people["lead.south"], store, case(people["lead.south"], store), draft("m@example.com"))
    keys = {name: case(lead, store, name) for name in ("alone", "held", "met", "open")}
    claimed(lead, store, keys["alone"], draft("alone@example.com"))
    claimed(lead, store, keys["met"], draft("m@example.com"))
    for name in ("alone", "held", "met"):
        close_case(lead, store, key=keys[name], expected=1, why="Done.")
    in_force(people, store, "north", CASES)
    held = NewHold(
        about=HeldKind.INVESTIGATION, subject="held", why="A suit.", reference="Letter 1"
    )
    hold = place_hold(boss, store, new=held)
    ops = years_later(people["ops"])
    page = dry_run(years_later(boss), store, kind=CASES, reads=ReadLog(store))
    assert {line.key: line.fate for line in page.lines} == {
        keys["alone"]: "due",
        keys["held"]: "on hold",
        keys["met"]: "in conflict",
    }
    assert run_purge(ops, store).purged == 1
    end_hold(boss, store, hold=hold.key, why="Settled")
    assert run_purge(ops, store).purged == 1
    left = running_store.rows("MATCH (i:Investigation {agency: 'north'}) RETURN i.reference")
    assert sorted(str(row[0]) for row in left) == ["met", "open"]
    emails = running_store.rows("MATCH (x:Email) RETURN x.key, x.claim_count")
    assert emails == [("m@example.com", 2)]
