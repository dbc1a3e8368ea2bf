"""Saved charts go five years after they were changed last, whoever kept them."""

from __future__ import annotations

from graph.casework.workspace_rules import Drawing, Kept
from graph.clock import now_us
from graph.retention.classes import WORKSPACE_DAYS
from graph.services.legal_holds import HeldKind, NewHold, end_hold, place_hold
from graph.services.retention_purge import run_purge
from graph.services.workspaces import make_workspace
from tests.graph.services.people import later, staff
from tests.graph.services.retaining import years_later
from tests.stores import RunningStore


def test_one_that_nobody_changed_goes_with_its_seats_and_a_hold_keeps_it(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    kept = Kept(name="Ring", note=None, drawing=Drawing(things=(), groups=()))
    old = make_workspace(people["lead.north"], store, kept=kept)
    younger = years_later(people["lead.north"], 100)
    make_workspace(younger, store, kept=kept)
    assert run_purge(years_later(people["ops"], WORKSPACE_DAYS - 1), store).purged == 0
    ops = years_later(people["ops"], WORKSPACE_DAYS + 1)
    everything = NewHold(about=HeldKind.AGENCY, why="A suit.", reference="Letter 1")
    hold = place_hold(people["boss.north"], store, new=everything)
    assert run_purge(ops, store).purged == 0
    end_hold(later(people["boss.north"], 1), store, hold=hold.key, why="Settled")
    assert run_purge(ops, store).purged == 1
    left = running_store.rows("MATCH (w:Workspace) RETURN w.key")
    seats = running_store.rows("MATCH (s:WorkspaceSeat) RETURN DISTINCT s.workspace")
    assert left == seats
    assert len(left) == 1
    assert left != [(old.workspace,)]
    said = running_store.rows(
        "MATCH (e:AuditEntry {action: 'retention.purged', object: $key}) RETURN e.agency",
        key=old.workspace,
    )
    assert said == [("north",)]
