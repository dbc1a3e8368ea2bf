"""States of identifiers: found by counting, overruled by people, followed by every answer."""

from __future__ import annotations

import random

import pytest

from graph.clock import now_us
from graph.deliveries import Delivery
from graph.errors import NotFoundError, RowError
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.history import history_of
from graph.services.links import links_of
from graph.services.recording import record
from graph.services.state_counting import StatesFound, count_everything, find_states
from graph.services.state_order import Base
from graph.services.state_writing import rebase
from graph.services.states import list_decisions, set_state, state_of, undo_state
from graph.services.withdrawal import withdraw
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, file_hash, says
from tests.linking import BASIS
from tests.linking import links_of as counted_links
from tests.stores import RunningStore

CLUB = "club@example.org"
MEME = "md5:7"
EMAIL, FILE = IdentifierKind.EMAIL, IdentifierKind.FILE_HASH
HOLDERS = 20


def holders(count: int = HOLDERS) -> list[Delivery]:
    """Tips of strangers who all give one address."""
    return [
        delivery(
            str(n),
            [email(CLUB), says(IdentifierKind.ACCOUNT, f"chatterbox||a{n}")],
            births=(f"19{10 + n}-01-01",),
        )
        for n in range(1, count + 1)
    ]


def ring(count: int = 40) -> list[Delivery]:
    """Tips of one account that passed on its own file beside one that goes round."""
    said = [
        file_hash("md5:8", file_id="own"),
        file_hash(MEME, file_id="meme"),
        file_hash("sha1:7", file_id="meme"),
        says(IdentifierKind.ACCOUNT, "p0||boss"),
    ]
    return [delivery(f"7{n:03}", said) for n in range(1, count + 1)]


def senders(count: int = 40) -> list[Delivery]:
    """Tips of strangers at several providers who passed one file on within days."""
    return [
        delivery(
            f"5{n:03}",
            [file_hash(MEME), says(IdentifierKind.ACCOUNT, f"p{n % 4}||b{n}")],
            births=(f"19{10 + n}-01-01",),
            provider=f"p{n % 4}",
            provider_name=f"p{n % 4}",
            incident_us=MONDAY_US + n * HOUR_US,
        )
        for n in range(1, count + 1)
    ]


def count(store: Store) -> StatesFound:
    return count_everything(store, basis=BASIS, actor="clock")[1]


def state(store: Store, kind: IdentifierKind = EMAIL, key: str = CLUB) -> str:
    return state_of(store, kind, key).now.state


@pytest.fixture
def shared(store: Store) -> Store:
    """A store in which one address was found to be shared."""
    record(store, holders(), actor="test")
    count(store)
    return store


def test_counting_finds_a_shared_address_and_links_follow(store: Store) -> None:
    record(store, holders(), actor="test")
    assert len(counted_links(store, "ncmec:1").links) == HOLDERS - 1
    answer = count(store)
    assert (answer.shared, answer.viral, answer.found, answer.lifted) == (1, 0, 1, 0)
    links = links_of(store, "ncmec:1", basis=BASIS)
    assert links.links == ()
    (hub,) = links.hubs
    assert (hub.identifier, hub.state) == (CLUB, "shared")
    assert hub.state_reason is not None
    assert "between 16 and 31 tips" in hub.state_reason


def test_a_state_has_since_until_why_and_a_history(shared: Store) -> None:
    found = state_of(shared, EMAIL, CLUB)
    now = found.now
    assert (now.state, now.state_by) == ("shared", "counting")
    assert now.state_since_us is not None
    assert now.state_until_us is not None
    assert now.state_since_us < now.state_until_us
    (decision,) = found.decisions
    assert (decision.source, decision.state, decision.rules) == ("counting", "shared", "2")
    assert history_of(shared, EMAIL, CLUB).states == found.decisions


def test_counting_again_changes_nothing_but_until_when(shared: Store) -> None:
    before = state_of(shared, EMAIL, CLUB)
    answer = count(shared)
    assert (answer.shared, answer.found, answer.lifted) == (1, 0, 0)
    after = state_of(shared, EMAIL, CLUB)
    assert after.decisions == before.decisions
    assert after.now.state_since_us == before.now.state_since_us
    assert (after.now.state_until_us or 0) > (before.now.state_until_us or 0)


def test_whom_many_strangers_write_to_is_not_shared(store: Store) -> None:
    """A seller has unrelated buyers, and is what links them."""
    seller = "seller@example.com"
    tips = [
        delivery(
            str(n),
            [email(seller, role=Role.ASSOCIATED), says(IdentifierKind.PHONE, f"+120255501{n:02}")],
        )
        for n in range(1, HOLDERS + 1)
    ]
    record(store, tips, actor="test")
    assert count(store).shared == 0


def test_what_counting_no_longer_supports_is_lifted(shared: Store) -> None:
    for n in range(6, HOLDERS + 1):
        withdraw(shared, f"ncmec:{n}", why="test", actor="test")
    answer = count(shared)
    assert (answer.shared, answer.lifted) == (0, 1)
    found = state_of(shared, EMAIL, CLUB)
    assert (found.now.state, found.now.state_reason, found.now.state_until_us) == (
        "normal",
        None,
        None,
    )
    assert [d.state for d in found.decisions] == ["shared", "normal"]
    assert len(links_of(shared, "ncmec:1", basis=BASIS).links) == 4


def test_a_person_overrules_until_it_is_undone(shared: Store) -> None:
    made = set_state(shared, EMAIL, CLUB, state="normal", why="one person's", actor="ann")
    assert (made.state, made.why) == ("normal", "one person's")
    assert state_of(shared, EMAIL, CLUB).now.state_by == "ann"
    count(shared)
    assert state(shared) == "normal"
    assert len(links_of(shared, "ncmec:1", basis=BASIS).links) == HOLDERS - 1
    assert undo_state(shared, made.key, why="mistaken", actor="bob").state == "shared"
    with pytest.raises(RowError, match="undone before"):
        undo_state(shared, made.key, why="again", actor="bob")
    assert [d.state for d in state_of(shared, EMAIL, CLUB).decisions] == [
        "shared",
        "normal",
        "undone",
    ]


def test_a_decision_with_an_end_runs_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, holders(3), actor="test")
    count(store)
    until_us = now_us() + HOUR_US
    set_state(store, EMAIL, CLUB, state="shared", why="w", actor="ann", until_us=until_us)
    count(store)
    assert state(store) == "shared"
    later = until_us + 1
    monkeypatch.setattr("graph.services.state_counting.now_us", lambda: later)
    find_states(store, basis=BASIS, actor="clock")
    assert state(store) == "normal"


def test_files_stand_over_everybody_and_lists_over_counting(store: Store) -> None:
    tips = senders()
    record(store, [*tips, delivery("9", [file_hash("md5:0", state="stopped")])], actor="test")
    series = Base(state="known series", why="in a list", decided_by="list")
    store.writing(lambda u: rebase(u, FILE, {MEME: series}, now_us=now_us()), name="test")
    count(store)
    assert state(store, FILE, MEME) == "known series"
    made = set_state(store, FILE, MEME, state="normal", why="listed wrongly", actor="ann")
    store.writing(lambda u: rebase(u, FILE, {MEME: series}, now_us=now_us()), name="test")
    assert state(store, FILE, MEME) == "normal"
    assert undo_state(store, made.key, why="w", actor="ann").state == "known series"
    with pytest.raises(RowError, match="reviewed file"):
        set_state(store, FILE, "md5:0", state="normal", why="w", actor="ann")


def test_a_rings_own_file_is_not_viral_beside_one_that_is(store: Store) -> None:
    record(store, [*senders(), *ring()], actor="test")
    count(store)
    states = [state(store, FILE, key) for key in (MEME, "sha1:7", "md5:8")]
    assert states == ["viral", "viral", "normal"]


def test_case_20_a_file_that_spreads_is_viral_and_weighs_less(store: Store) -> None:
    record(store, senders(), actor="test")
    count(store)
    assert state(store, FILE, MEME) == "viral"
    same = email("one@example.com")
    pair = [delivery(str(n), [file_hash(MEME), same]) for n in (1, 2)]
    record(store, pair, actor="test")
    (reason,) = [
        r for r in links_of(store, "ncmec:1", basis=BASIS).links[0].reasons if r.identifier == MEME
    ]
    assert "state.viral" in {part.name for part in reason.parts}
    assert reason.weight < BASIS.weights.of("file").weight


def test_the_state_does_not_depend_on_the_order_of_arrival(running_store: RunningStore) -> None:
    store = running_store.store
    told: list[list[tuple[str, str, str]]] = []
    for seed in (1, 2):
        running_store.wipe(synthetic=True)
        tips = [*holders(), *senders()]
        random.Random(seed).shuffle(tips)
        # Counting in between finds other things; the last count says the same.
        for start in range(0, len(tips), 25):
            record(store, tips[start : start + 25], actor="test")
            if seed == 2:
                count(store)
        count(store)
        rows = running_store.rows(
            "MATCH (x) WHERE x.state <> 'normal' AND x.kind IS NOT NULL "
            "RETURN x.key, x.state, x.state_reason ORDER BY x.key"
        )
        told.append([(str(a), str(b), str(c)) for a, b, c in rows])
    assert told[0] == told[1]
    assert [row[:2] for row in told[0]] == [(CLUB, "shared"), (MEME, "viral")]


def test_what_cannot_be_decided_is_said_and_nothing_is_kept(store: Store) -> None:
    record(store, holders(2), actor="test")
    with pytest.raises(RowError, match="not counted"):
        find_states(store, basis=BASIS, actor="x")
    with pytest.raises(NotFoundError, match="No tip"):
        set_state(store, EMAIL, "no@example.com", state="shared", why="w", actor="x")
    with pytest.raises(RowError, match="Only a file"):
        set_state(store, EMAIL, CLUB, state="viral", why="w", actor="x")
    with pytest.raises(RowError, match="none of these"):
        set_state(store, EMAIL, CLUB, state="stopped", why="w", actor="x")
    with pytest.raises(RowError, match="needs a reason"):
        set_state(store, EMAIL, CLUB, state="shared", why=" ", actor="x")
    with pytest.raises(RowError, match="past"):
        set_state(store, EMAIL, CLUB, state="shared", why="w", actor="x", until_us=1)
    with pytest.raises(NotFoundError, match="no decision"):
        undo_state(store, "nothing", why="w", actor="x")
    assert list_decisions(store) == ()


def test_every_change_leaves_a_leaf_without_the_identifier(running_store: RunningStore) -> None:
    store = running_store.store
    record(store, holders(), actor="test")
    count(store)
    made = set_state(store, EMAIL, CLUB, state="normal", why="w", actor="ann")
    undo_state(store, made.key, why="w", actor="bob")
    rows = running_store.rows(
        "MATCH (a:AuditEntry) WHERE a.action STARTS WITH 'state' "
        "RETURN a.actor, a.action, a.outcome, a.object ORDER BY a.at_us, a.action"
    )
    assert [row[:3] for row in rows] == [
        ("clock", "state.found", "shared"),
        ("clock", "states.counted", "1 found, 0 lifted"),
        ("ann", "state.set", "normal"),
        ("bob", "state.undone", "undone"),
    ]
    assert all(CLUB not in str(row[3]) for row in rows)
