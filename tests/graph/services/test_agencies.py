"""Agencies, their units and agreements, on both engines."""

from __future__ import annotations

import pytest

from graph.casework.seed import SEED
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.services.agencies import (
    AgencyChange,
    NewAgency,
    add_agency,
    add_unit,
    change_agency,
    list_agencies,
    seed,
    show_agency,
)
from graph.services.agreements import (
    add_agreement,
    agreement_between,
    end_agreement,
    list_agreements,
)
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.investigations import AgencyFacts, enter_agencies
from graph.services.users import (
    UserChange,
    change_user,
    list_users,
)
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.graph.services.people import DAY_US, later, operator, staff
from tests.stores import RunningStore

R = UserRole


def leaves(running: RunningStore, log: str) -> list[tuple[object, ...]]:
    """Give (actor, action, object, decision) of a log's leaves, sorted."""
    return sorted(
        running.rows(
            "MATCH (e:AuditEntry {log: $log}) RETURN e.actor, e.action, e.object, e.decision",
            log=log,
        ),
        key=repr,
    )


def test_the_seed_is_entered_once_and_never_over_what_was_edited(store: Store) -> None:
    ops = operator(store)
    reads = ReadLog(store)
    assert seed(ops, store) == 61
    change = AgencyChange(contact="555-555-0101", verified=True, source="called them")
    change_agency(ops, store, key="icac-ak", expected=1, change=change)
    assert seed(ops, store) == 0
    rows = {row.key: row for row in list_agencies(ops, store, reads=reads)}
    assert len(rows) == 61
    assert rows["icac-ak"].contact == "555-555-0101"
    untouched = [row for key, row in rows.items() if key != "icac-ak"]
    assert {(r.contact, r.verified, r.source) for r in untouched} == {(None, False, SEED)}
    page = list_agencies(ops, store, reads=reads, after="icac-al", limit=2)
    assert [row.key for row in page] == ["icac-ar", "icac-az"]


def test_a_file_changes_what_it_states_and_leaves_the_rest_of_an_agency(store: Store) -> None:
    ops = operator(store)
    seed(ops, store)
    facts = AgencyFacts(key="icac-ak", name="Alaska", kind="task force", contact="555-555-0102")
    enter_agencies(store, [facts, AgencyFacts(key="x", name="X", kind="federal")], actor="test")
    reads = ReadLog(store)
    known = show_agency(ops, store, key="icac-ak", reads=reads).agency
    assert (known.name, known.contact, known.source, known.version) == (
        "Alaska",
        "555-555-0102",
        SEED,
        2,
    )
    new = show_agency(ops, store, key="x", reads=reads).agency
    assert (new.kind, new.verified, new.version) == ("federal", False, 1)


def test_an_affiliate_belongs_to_a_task_force_from_one_day_to_another(store: Store) -> None:
    ops = operator(store)
    seed(ops, store)

    def new(kind: AgencyKind, task_force: str | None) -> NewAgency:
        return NewAgency(
            key="pd", name="PD", kind=kind, task_force=task_force, affiliated_us=MONDAY_US
        )

    for kind, task_force, error in (
        (AgencyKind.AFFILIATE, None, RowError),
        (AgencyKind.FEDERAL, "icac-ak", RowError),
        (AgencyKind.AFFILIATE, "nowhere", NotFoundError),
    ):
        with pytest.raises(error):
            add_agency(ops, store, new=new(kind, task_force))
    row = add_agency(ops, store, new=new(AgencyKind.AFFILIATE, "icac-ak"))
    assert (row.task_force, row.affiliated_us, row.left_us) == ("icac-ak", MONDAY_US, None)
    with pytest.raises(RowError, match="already"):
        add_agency(ops, store, new=new(AgencyKind.AFFILIATE, "icac-ak"))
    with pytest.raises(RowError, match="ends after"):
        change_agency(ops, store, key="pd", expected=1, change=AgencyChange(left_us=MONDAY_US - 1))
    left = change_agency(
        ops, store, key="pd", expected=1, change=AgencyChange(left_us=MONDAY_US + DAY_US)
    )
    assert (left.left_us, left.version) == (MONDAY_US + DAY_US, 2)
    with pytest.raises(ChangedError, match="version 2, not 1"):
        change_agency(ops, store, key="pd", expected=1, change=AgencyChange(name="Police"))


def test_units_and_agreements(store: Store) -> None:
    people = staff(store, "north", "south", "west")
    admin = people["admin.north"]
    unit = add_unit(admin, store, name="Unit 7", contact="555-555-0101")
    with pytest.raises(RowError, match="already"):
        add_unit(admin, store, name=" unit  7", contact=None)
    with pytest.raises(NotFoundError, match="no such unit"):
        change_user(
            people["admin.south"],
            store,
            key="lead.south",
            expected=1,
            change=UserChange(units=(unit.key,)),
        )
    change_user(admin, store, key="lead.north", expected=1, change=UserChange(units=(unit.key,)))
    assert caller_of(store, "lead.north", at_us=MONDAY_US).units == (unit.key,)
    card = show_agency(admin, store, key="north", reads=ReadLog(store))
    assert [u.name for u in card.units] == ["Unit 7"]


@pytest.mark.parametrize("equal_rules", [True, False])
def test_an_agreement_holds_between_two_agencies_from_its_day_to_its_end(
    store: Store, *, equal_rules: bool
) -> None:
    people = staff(store, "north", "south", "west")
    admin, other = people["admin.north"], people["admin.south"]
    start, end = MONDAY_US + DAY_US, MONDAY_US + 9 * DAY_US

    def holds(at_us: int, first: str = "south", second: str = "north") -> bool:
        found = store.reading(
            lambda unit: agreement_between(unit, first, second, at_us=at_us), name="test"
        )
        return found is not None

    row = add_agreement(
        admin,
        store,
        other="south",
        reference="MOU 7",
        equal_rules=equal_rules,
        from_us=start,
        until_us=end,
    )
    assert [holds(at) for at in (start - 1, start, end - 1, end)] == [
        False,
        equal_rules,
        equal_rules,
        False,
    ]
    assert not holds(start, "south", "west")
    with pytest.raises(NotFoundError):
        end_agreement(people["admin.west"], store, key=row.key, why="not ours")
    end_agreement(later(other, 2 * DAY_US), store, key=row.key, why="Left the programme.")
    assert not holds(MONDAY_US + 2 * DAY_US)
    assert holds(MONDAY_US + 2 * DAY_US - 1) is equal_rules
    with pytest.raises(RowError, match="before"):
        end_agreement(admin, store, key=row.key, why="again")
    (listed,) = list_agreements(admin, store, reads=ReadLog(store))
    assert listed.ended_why == "Left the programme."
    with pytest.raises(RowError):
        add_agreement(
            admin,
            store,
            other="north",
            reference="x",
            equal_rules=True,
            from_us=start,
            until_us=end,
        )


def test_everything_that_is_done_or_refused_is_in_the_right_log(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north")
    operators = leaves(running_store, "operator")
    assert ("test", "user.add", "ops", None) in operators
    assert ("ops", "agency.add", "north", "permit") in operators
    assert ("ops", "user.add", "admin.north", "permit") in operators
    # The agency learns whom the operator made its administrator.
    assert ("ops", "user.add", "admin.north", None) in leaves(running_store, "agency:north")
    with pytest.raises(RightsError):
        seed(people["lead.north"], store)
    with pytest.raises(RightsError):
        list_users(people["lead.north"], store, reads=ReadLog(store))
    own = leaves(running_store, "agency:north")
    assert ("lead.north", "agency.add", None, "deny") in own
    assert ("lead.north", "user.read", None, "deny") in own
    assert running_store.rows("MATCH (a:Agency) RETURN count(a)") == [(1,)]
