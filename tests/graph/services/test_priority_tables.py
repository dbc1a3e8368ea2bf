"""An agency's own table of priority: changed, tried, its history, and what follows for tips."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.ddl.to_tables import fill_what_tables_need
from graph.errors import ChangedError, CrosstipError, RightsError, RowError
from graph.services import priority_changes, priority_places, priority_tables, triage_places
from graph.services.audit_reads import ReadLog
from graph.services.places_due import catch_up
from graph.services.priority_changes import (
    OwnTableView,
    change_table,
    list_versions,
    show_table,
)
from graph.services.priority_trials import try_changes
from graph.services.queue_reading import show_queued
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.services.urgent_tips import list_urgent
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from graph.triage.own_table import OFF, RuleChange
from graph.triage.priority import Priority, shipped_priority_table
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import kept, take_in
from tests.stores import RunningStore

WHY = "Because of the test."
BUILT_IN = shipped_priority_table().version
TO_TODAY = RuleChange(rule="solicitation", to=Priority.TODAY)
NO_SPAM = RuleChange(rule="spam", to=OFF)
CLASSES = "MATCH (q:Triage {agency: 'north'}) RETURN q.tip, q.priority, q.rules ORDER BY q.tip"


def _change(caller: Caller, store: Store, expected: int, *changes: RuleChange) -> OwnTableView:
    return change_table(caller, store, expected=expected, changes=changes, why=WHY)


def _classes(running: RunningStore) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in running.rows(CLASSES)}


@pytest.fixture
def _some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(priority_places, "AT_ONCE", 2)


@pytest.mark.usefixtures("_some_at_a_time")
def test_a_change_is_of_one_agency_and_all_its_tips_follow(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    boss, south, lead = people["boss.north"], people["boss.south"], people["lead.north"]
    for number in range(1, 6):
        take_in(store, number, said=f"{number}@example.com", annotations=("csamSolicitation",))
    take_in(store, 6, said="6@example.com", annotations=("spam",))
    take_in(store, 7, holder="south", said="7@example.com", annotations=("csamSolicitation",))
    _a_persons_class(store, boss)
    before = running_store.rows("MATCH (q:Triage {agency: 'south'}) RETURN q.priority, q.rules")
    _a_trial_writes_nothing(running_store, boss, lead)
    done = _change(boss, store, 0, TO_TODAY, NO_SPAM)
    assert (done.version, done.rules_version, done.to_place) == (1, f"{BUILT_IN}.1", 6)
    assert "under way: 6 held tips" in str(done.under_way)
    assert set(_classes(running_store).values()) <= {
        ("this week", BUILT_IN),
        ("not for action", BUILT_IN),
    }
    # One that comes meanwhile is by the new table, and some are placed at a time.
    take_in(store, 8, said="8@example.com", annotations=("csamSolicitation",))
    assert _classes(running_store)["ncmec:8"] == ("today", f"{BUILT_IN}.1")
    assert catch_up(store, at_most=3) == 4
    assert show_table(lead, store, reads=ReadLog(store)).to_place == 2
    assert catch_up(store) == 2
    assert catch_up(store) == 0
    assert _classes(running_store) == {
        **{f"ncmec:{n}": ("today", f"{BUILT_IN}.1") for n in (1, 2, 3, 4, 5, 8)},
        "ncmec:6": ("when there is time", f"{BUILT_IN}.1"),
    }
    line = show_queued(lead, store, tip="ncmec:5", reads=ReadLog(store)).line
    assert (line.priority, line.by_rule, line.set_by) == ("this week", "today", boss.user)
    assert line.rules == f"{BUILT_IN}.1"
    places = kept(running_store)
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == places
    after = running_store.rows("MATCH (q:Triage {agency: 'south'}) RETURN q.priority, q.rules")
    assert after == before
    assert show_table(south, store, reads=ReadLog(store)).version == 0
    assert list_versions(south, store, reads=ReadLog(store)).versions == ()


def _a_persons_class(store: Store, boss: Caller) -> None:
    wanted = Wanted(move=Move.PRIORITISE, priority=Priority.THIS_WEEK, why=WHY)
    move(boss, store, tip="ncmec:5", expected=0, wanted=wanted)


def _a_trial_writes_nothing(running: RunningStore, boss: Caller, lead: Caller) -> None:
    store = running.store
    places = kept(running)
    changes = (TO_TODAY, NO_SPAM)
    found = try_changes(boss, store, changes=changes, reads=ReadLog(store))
    assert (found.looked_at, found.changed, found.next_after) == (6, 6, None)
    assert [(s.before, s.after, s.tips, s.open, s.set_by_person) for s in found.shifts] == [
        ("this week", "today", 5, 5, 1),
        ("not for action", "when there is time", 1, 1, 0),
    ]
    after, looked_at, changed = "", 0, 0
    for _ in range(2):
        page = try_changes(boss, store, changes=changes, reads=ReadLog(store), after=after, limit=4)
        after, looked_at = page.next_after or "", looked_at + page.looked_at
        changed += page.changed
    assert (looked_at, changed, after) == (6, 6, "")
    with pytest.raises(RightsError):
        try_changes(lead, store, changes=changes, reads=ReadLog(store))
    low = RuleChange(rule="sextortion", to=Priority.THIS_WEEK)
    with pytest.raises(RowError, match="stays at least 'today'"):
        try_changes(boss, store, changes=[low], reads=ReadLog(store))
    assert kept(running) == places
    assert running.rows("MATCH (v:PriorityVersion) RETURN count(v)") == [(0,)]


def test_versions_are_kept_and_only_a_supervisor_makes_them(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us() - DAY_US)
    boss, chief = people["boss.north"], people["chief.north"]
    for name in ("lead", "deputy", "audit", "admin"):
        assert show_table(people[f"{name}.north"], store, reads=ReadLog(store)).version == 0
        with pytest.raises(RightsError):
            _change(people[f"{name}.north"], store, 0, NO_SPAM)
    _change(boss, store, 0, NO_SPAM)
    with pytest.raises(ChangedError, match=r"version 1, not 0: boss\.north made it"):
        _change(chief, store, 0, TO_TODAY)
    with pytest.raises(RowError, match="like that already"):
        _change(chief, store, 1, NO_SPAM)
    with pytest.raises(RowError, match="reason"):
        change_table(chief, store, expected=1, changes=[], why=" ")
    with pytest.raises(RowError, match="28 CFR"):
        _change(chief, store, 1, RuleChange(rule="imminent danger", to=OFF))
    _change(chief, store, 1, NO_SPAM, TO_TODAY)
    done = _change(chief, store, 2)
    assert {line.is_changed for line in done.rules} == {False}
    assert done.rules_version == f"{BUILT_IN}.3"
    first = list_versions(boss, store, reads=ReadLog(store), limit=2)
    rest = list_versions(boss, store, reads=ReadLog(store), before=first.next_before)
    found = (*first.versions, *rest.versions)
    assert [(v.number, v.made_by, v.why, v.changes) for v in found] == [
        (3, "chief.north", WHY, ()),
        (2, "chief.north", WHY, (TO_TODAY, NO_SPAM)),
        (1, "boss.north", WHY, (NO_SPAM,)),
    ]
    assert rest.next_before is None
    logged = running_store.rows(
        "MATCH (e:AuditEntry {action: 'priority.change'}) WHERE e.decision = 'permit' "
        "RETURN e.actor, e.outcome ORDER BY e.outcome"
    )
    assert logged == [
        ("boss.north", "version 1: 1 rules changed, 1 of them off"),
        ("chief.north", "version 2: 2 rules changed, 1 of them off"),
        ("chief.north", "version 3: 0 rules changed, 0 of them off"),
    ]


def test_of_two_at_once_one_changes_it(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us() - DAY_US)
    said: list[str] = []

    def change(name: str, rule: RuleChange) -> None:
        try:
            said.append(str(_change(people[name], store, 0, rule).version))
        except CrosstipError as error:
            said.append(type(error).__name__)

    threads = [
        threading.Thread(target=change, args=pair)
        for pair in (("boss.north", TO_TODAY), ("chief.north", NO_SPAM))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["1", "ChangedError"]
    assert running_store.rows("MATCH (v:PriorityVersion) RETURN count(v)") == [(1,)]


def _urgent(caller: Caller, store: Store) -> Sequence[str]:
    return [line.tip for line in list_urgent(caller, store, reads=ReadLog(store)).lines]


def test_what_comes_to_be_urgent_by_the_table_is_told_unless_it_is_closed(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us() - DAY_US)
    boss = people["boss.north"]
    for number in (1, 2):
        take_in(store, number, said=f"{number}@example.com", annotations=("csamSolicitation",))
    taken = take(boss, store, tip="ncmec:2")
    ended = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    move(boss, store, tip="ncmec:2", expected=taken.version, wanted=ended)
    _change(boss, store, 0, RuleChange(rule="solicitation", to=Priority.AT_ONCE))
    catch_up(store)
    assert {row[0] for row in _classes(running_store).values()} == {"at once"}
    assert _urgent(boss, store) == ["ncmec:1"]
    _change(boss, store, 1)
    catch_up(store)
    assert _urgent(boss, store) == []


def test_a_tip_that_was_placed_by_the_older_table_meanwhile_is_found(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a transaction read the table before the change and is committed after it."""
    store = running_store.store
    people = staff(store, "north", at_us=now_us() - DAY_US)
    take_in(store, 1, annotations=("csamSolicitation",))
    _change(people["boss.north"], store, 0, TO_TODAY)
    assert catch_up(store) == 1
    with monkeypatch.context() as patch:
        older = {"north": shipped_priority_table()}
        patch.setattr(triage_places, "tables_of", lambda _unit, _agencies: older)
        take_in(store, 2, said="2@example.com", annotations=("csamSolicitation",))
    assert _classes(running_store)["ncmec:2"] == ("this week", BUILT_IN)
    assert catch_up(store) == 1
    assert set(_classes(running_store).values()) == {("today", f"{BUILT_IN}.1")}


def test_an_upgrade_is_followed_by_agencies_with_a_table_of_their_own(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us() - DAY_US)
    boss = people["boss.north"]
    take_in(store, 1, annotations=("csamSolicitation",))
    _change(boss, store, 0, TO_TODAY, NO_SPAM)
    catch_up(store)
    built_in = shipped_priority_table()
    newer = built_in.model_copy(
        update={
            "version": "90",
            "rules": tuple(rule for rule in built_in.rules if rule.name != "spam"),
        }
    )
    for module in (priority_places, priority_tables, priority_changes):
        monkeypatch.setattr(module, "shipped_priority_table", lambda: newer)
    shown = show_table(boss, store, reads=ReadLog(store))
    assert [(each.rule, each.to) for each in shown.fell_away] == [("spam", "off")]
    assert [line.to for line in shown.rules if line.is_changed] == ["today"]
    assert (shown.rules_version, shown.to_place) == ("90.1", 1)
    assert catch_up(store) == 1
    assert _classes(running_store) == {"ncmec:1": ("today", "90.1")}


def test_places_from_before_are_told_by_which_table_they_stand(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", at_us=now_us() - DAY_US)
    take_in(store, 1)
    asked = "MATCH (q:Triage) RETURN q.rules_place"
    before = running_store.rows(asked)
    assert before == [(f"north|{BUILT_IN}|ncmec:1",)]
    running_store.rows("MATCH (q:Triage) SET q.rules_place = null RETURN count(q)")
    for _ in range(2):
        fill_what_tables_need(store, None)
        assert running_store.rows(asked) == before
