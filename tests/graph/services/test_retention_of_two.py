"""Records of two agencies go by one rule for both, and a hold of either keeps them."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.conflict_life import Resolution
from graph.clock import now_us
from graph.desk.assistance import HelpKind, HelpStep
from graph.retention.classes import CONFLICT_DAYS, RecordClass
from graph.services.assistance import NewHelp, ask_help, step_help
from graph.services.audit_reads import ReadLog
from graph.services.cases import close_case
from graph.services.conflict_reading import list_conflicts, show_conflict
from graph.services.conflict_steps import resolve, write_message
from graph.services.legal_holds import HeldKind, NewHold, end_hold, place_hold
from graph.services.retention_purge import run_purge
from graph.store import Store
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.retaining import in_force, years_later
from tests.stores import RunningStore

LETTER = {"why": "A suit.", "reference": "Letter 1"}


def _met(people: dict[str, Caller], store: Store) -> tuple[str, dict[str, str]]:
    """Have north and south meet and resolve it; give the conflict's ref and both cases."""
    leads = {agency: people[f"lead.{agency}"] for agency in ("north", "south")}
    cases = {agency: case(lead, store) for agency, lead in leads.items()}
    for agency, lead in leads.items():
        claimed(lead, store, cases[agency], draft("m@example.com"))
    (line,) = list_conflicts(leads["north"], store, reads=ReadLog(store))
    write_message(leads["north"], store, ref=line.ref, text="Ours, we think.")
    version = show_conflict(leads["south"], store, ref=line.ref, reads=ReadLog(store)).version
    resolve(
        leads["south"],
        store,
        ref=line.ref,
        expected=version,
        resolution=Resolution.SPLIT,
        why="Agreed.",
    )
    return line.ref, cases


def _left(running: RunningStore) -> list[int]:
    """Give how many conflicts, reasons, messages and notices of conflicts there are."""
    texts = (
        "MATCH (n:Conflict) RETURN count(n)",
        "MATCH (n:Reason) RETURN count(n)",
        "MATCH (n:Message) RETURN count(n)",
        "MATCH (n:Notification) WHERE n.kind STARTS WITH 'conflict.' RETURN count(n)",
    )
    return [int(str(running.rows(text)[0][0])) for text in texts]


def test_a_conflict_that_is_over_goes_with_all_of_it_and_frees_its_investigations(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    ref, cases = _met(people, store)
    in_force(people, store, "north", RecordClass.INVESTIGATIONS)
    ops = years_later(people["ops"], CONFLICT_DAYS + 10)
    close_case(people["lead.north"], store, key=cases["north"], expected=1, why="Done.")
    before = _left(running_store)
    assert min(before) > 0
    assert run_purge(ops, store).purged == 0
    close_case(people["lead.south"], store, key=cases["south"], expected=1, why="Done.")
    assert run_purge(years_later(people["ops"], CONFLICT_DAYS - 10), store).purged == 0
    held = NewHold(about=HeldKind.INVESTIGATION, subject="26-001", **LETTER)
    hold = place_hold(people["boss.south"], store, new=held)
    assert run_purge(ops, store).purged == 0
    assert _left(running_store) == before
    end_hold(people["boss.south"], store, hold=hold.key, why="Settled")
    assert run_purge(ops, store).purged == 1
    assert _left(running_store) == [0, 0, 0, 0]
    said = running_store.rows(
        "MATCH (e:AuditEntry {action: 'retention.purged', object: $ref}) RETURN e.agency", ref=ref
    )
    assert sorted(str(row[0]) for row in said) == ["north", "south"]
    # The next run finds north's investigation party to nothing.
    assert run_purge(ops, store).purged == 1
    there = running_store.rows("MATCH (i:Investigation) RETURN i.key")
    assert [row[0] for row in there] == [cases["south"]]


def test_a_conflict_that_is_not_resolved_stays(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for agency in ("north", "south"):
        lead = people[f"lead.{agency}"]
        key = case(lead, store)
        claimed(lead, store, key, draft("m@example.com"))
        close_case(lead, store, key=key, expected=1, why="Done.")
    before = _left(running_store)
    assert run_purge(years_later(people["ops"], 2 * CONFLICT_DAYS), store).purged == 0
    assert _left(running_store) == before


def test_assistance_that_is_settled_goes_with_both_sides_receipts(
    running_store: RunningStore,
) -> None:
    store, start = running_store.store, now_us()
    people = staff(store, "north", "south", at_us=start)
    lead = people["lead.north"]
    rows = [
        ask_help(
            lead,
            store,
            new=NewHelp(
                to="south",
                kind=HelpKind.OTHER,
                reference="A-1",
                needed="Read a header.",
                due_us=start + DAY_US,
            ),
        )
        for _ in range(2)
    ]
    step_help(lead, store, key=rows[0].key, expected=1, step=HelpStep.WITHDRAW, why="Solved.")
    ops = years_later(people["ops"], CONFLICT_DAYS + 10)
    everything = NewHold(about=HeldKind.AGENCY, **LETTER)
    hold = place_hold(people["boss.south"], store, new=everything)
    assert run_purge(ops, store).purged == 0
    end_hold(people["boss.south"], store, hold=hold.key, why="Settled")
    assert run_purge(ops, store).purged == 1
    left = running_store.rows("MATCH (r:AssistanceReceipt) RETURN DISTINCT r.request")
    assert [row[0] for row in left] == [rows[1].key]
    assert running_store.rows("MATCH (a:Assistance) RETURN a.key") == [(rows[1].key,)]
