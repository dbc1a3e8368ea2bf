"""What a tip says more after it was closed: flagged, told, asked for, and left or taken up."""

from __future__ import annotations

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.services.recording import record
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.statements import FileStatement
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from graph.triage.news import MOST_KEPT
from graph.triage.priority import Priority
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.folds import page, shown
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import listed
from tests.stores import RunningStore

WHY = "Because of the test."
TIP = "ncmec:1"
CLOSE = Wanted(move=Move.CLOSE, outcome=Outcome.NOT_ENOUGH, why=WHY)
KEEP = Wanted(move=Move.KEEP, why="Nothing that helps.")
SECRET = "sam@example.com"


def deliver(
    store: Store,
    at: int,
    *values: str,
    viewed: tuple[str, ...] = ("not stated",),
    holder: str | None = "north",
    **facts: object,
) -> None:
    """Record one more version of the tip."""
    files = [
        FileStatement(file_id=f"f-{nth}", viewed_by_esp=said) for nth, said in enumerate(viewed)
    ]
    one = delivery(
        "1",
        [email(value) for value in values],
        body=str(at),
        issued_us=MONDAY_US + at * HOUR_US,
        files=files,
        holder=holder,
        **facts,  # type: ignore[arg-type]
    )
    record(store, [one], actor="test")


def said(caller: Caller, store: Store) -> list[str]:
    """Give what the tip's place has as news, without their times."""
    return [text.partition(": ")[2] for text in shown(caller, store, TIP).news]


def close(caller: Caller, store: Store) -> None:
    """Close the tip as somebody who has it."""
    version = shown(caller, store, TIP).version
    move(caller, store, tip=TIP, expected=version, wanted=CLOSE)


def test_what_a_closed_tip_says_more_is_flagged_and_told(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    deputy, boss = people["deputy.north"], people["boss.north"]
    deliver(store, 0, "old@example.com")
    deliver(store, 1, "old@example.com", "new@example.com")
    assert said(boss, store) == []  # Nobody has looked at it yet.
    take(deputy, store, tip=TIP)
    close(deputy, store)
    # The same once more, an older one, and what says less: nothing new.
    deliver(store, 1, "old@example.com", "new@example.com")
    deliver(store, -1, "older@example.com")
    assert said(boss, store) == []
    before = shown(boss, store, TIP).priority
    deliver(store, 2, "old@example.com", SECRET, viewed=("yes", "no"), urgency=0)
    (sentence,) = said(boss, store)
    assert sentence.removeprefix("more urgent by the table: ").partition("; ")[::2] == (
        f"`{before}` before, `at once` now",
        (
            "1 identifier more (Email 1); 1 file more; "
            "viewed by the provider: not stated before, yes now (1 file)."
        ),
    )
    assert shown(boss, store, TIP).state == "closed"
    assert [line.tip for line in page(boss, store, news=True)] == [TIP]
    assert listed(boss, store) == []
    assert page(boss, store, news=True, priority=Priority.NO_ACTION) == ()
    notices = running_store.rows(
        "MATCH (n:Notification {kind: 'tip.changed'}) "
        "RETURN n.agency, n.recipients, n.object, n.subject, n.text"
    )
    ((agency, recipients, about, subject, text),) = notices
    assert (agency, about) == ("north", TIP)
    assert set(recipients) - {"supervisors"} >= {"boss.north", "chief.north", "deputy.north"}  # type: ignore[call-overload]
    assert "lead.north" not in recipients  # type: ignore[operator]
    assert SECRET not in f"{subject}{text}"
    logged = "MATCH (e:AuditEntry {action: 'triage.changed'}) RETURN e.object, e.outcome, e.agency"
    assert running_store.rows(logged) == [(TIP, "told: closed", "north")]
    # A recount changes nothing of it.
    recount(store, actor="test", at_us=now_us())
    assert len(said(boss, store)) == 1
    _left_as_it_is(store, deputy)


def _left_as_it_is(store: Store, deputy: Caller) -> None:
    version = shown(deputy, store, TIP).version
    kept = move(deputy, store, tip=TIP, expected=version, wanted=KEEP)
    assert (kept.state, said(deputy, store)) == ("closed", [])
    line = shown(deputy, store, TIP)
    assert (line.outcome, line.why) == ("not enough to act on", WHY)
    assert page(deputy, store, news=True) == ()


def test_each_holder_has_its_own_and_an_open_tip_shows_it_without_a_notice(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, south = people["lead.north"], people["lead.south"]
    deliver(store, 0, "old@example.com")
    deliver(store, 0, "old@example.com", holder="south")
    take(lead, store, tip=TIP)
    deliver(store, 1, "old@example.com", "new@example.com", holder="south")
    assert said(lead, store) == ["1 identifier more (Email 1)."]
    assert said(south, store) == []
    assert running_store.rows("MATCH (n:Notification {kind: 'tip.changed'}) RETURN n.key") == []
    # Setting a class does not say that somebody looked; each other move does.
    raised = Wanted(move=Move.PRIORITISE, priority=Priority.TODAY, why=WHY)
    boss = people["boss.north"]
    move(boss, store, tip=TIP, expected=shown(boss, store, TIP).version, wanted=raised)
    assert said(lead, store) != []
    ask = Wanted(move=Move.ASK, why=WHY)
    move(lead, store, tip=TIP, expected=shown(lead, store, TIP).version, wanted=ask)
    assert said(lead, store) == []


def test_only_so_many_sentences_are_kept(store: Store) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    deliver(store, 0, "0@example.com")
    take(lead, store, tip=TIP)
    for at in range(1, MOST_KEPT + 3):
        deliver(store, at, f"{at}@example.com")
    assert len(said(lead, store)) == MOST_KEPT


@pytest.mark.parametrize("state", ["closed", "referred"])
def test_what_was_referred_is_told_as_what_was_closed(
    running_store: RunningStore, state: str
) -> None:
    store = running_store.store
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    deliver(store, 0, "old@example.com")
    take(lead, store, tip=TIP)
    refer = Wanted(move=Move.REFER, recipient="Elsewhere", why=WHY)
    wanted = {"closed": CLOSE, "referred": refer}[state]
    move(lead, store, tip=TIP, expected=1, wanted=wanted)
    deliver(store, 1, "old@example.com", viewed=("no",))
    assert said(lead, store) == ["viewed by the provider: not stated before, no now (1 file)."]
    told = "MATCH (n:Notification {kind: 'tip.changed'}) RETURN n.recipients"
    ((recipients,),) = running_store.rows(told)
    assert "lead.north" in recipients  # type: ignore[operator]
