"""The waterfall of a pair, the snapshot it rests on, and the history of an identifier."""

from __future__ import annotations

import pytest

from graph.deliveries import Delivery
from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.scoring.evidence import Relation
from graph.scoring.weights import Grade
from graph.services.estimating import estimate_chance
from graph.services.explaining import explain
from graph.services.history import history_of
from graph.services.links import links_of_many
from graph.services.recording import record
from graph.services.snapshot import snapshot_if_due, take_snapshot
from graph.services.withdrawal import withdraw
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, file_hash, says
from tests.linking import BASIS, links_of


def subnet(last: int) -> Assertion:
    return says(
        IdentifierKind.IP_ADDRESS,
        f"2001:db8::{last}",
        hints=("ipv6-64|2001:db8::/64",),
        at_us=MONDAY_US,
    )


def enter(store: Store, *deliveries: Delivery) -> None:
    record(store, deliveries, actor="test")


def test_explain_says_the_same_as_links_and_adds_up(store: Store) -> None:
    said = [email("x@example.com"), file_hash("md5:1"), subnet(1)]
    enter(store, delivery("1", said), delivery("2", [*said[:2], subnet(2)], body="other"))
    found = explain(store, "ncmec:1", "ncmec:2", basis=BASIS)
    link = links_of(store, "ncmec:1").links[0]
    assert (found.score, found.grade) == (link.score, link.grade)
    assert found.reasons == link.reasons
    assert found.score == sum(reason.weight for reason in found.reasons)
    assert {r.identifier for r in found.reasons} == {"x@example.com", "md5:1", "2001:db8::/64"}
    assert found.weights == BASIS.weights.version


def test_explain_answers_for_a_pair_without_a_link(store: Store) -> None:
    enter(store, delivery("1", [email("x@example.com")]), delivery("2", [email("y@example.com")]))
    found = explain(store, "ncmec:1", "ncmec:2", basis=BASIS)
    assert (found.score, found.grade) == (0, Grade.NONE)
    (reason,) = found.reasons
    assert (reason.name, reason.weight, reason.alone < 0) == ("email.differs", 0, True)
    assert "share no identifier of subjects" in reason.sentence
    assert "x@example.com here" in reason.identifier


def test_explain_names_what_is_missing(store: Store) -> None:
    enter(store, delivery("1"))
    with pytest.raises(NotFoundError, match="ncmec:2"):
        explain(store, "ncmec:1", "ncmec:2", basis=BASIS)
    with pytest.raises(NotFoundError, match="two different"):
        explain(store, "ncmec:1", "ncmec:1", basis=BASIS)


def test_explain_says_that_a_tip_was_withdrawn(store: Store) -> None:
    enter(store, delivery("1", [email("x@example.com")]), delivery("2", [email("x@example.com")]))
    withdraw(store, "ncmec:2", why="test", actor="test")
    assert "withdrawn" in explain(store, "ncmec:1", "ncmec:2", basis=BASIS).cut_off[0]


def test_links_of_many_are_those_of_each(store: Store) -> None:
    enter(
        store,
        *(delivery(str(n), [email(f"{n % 3}@example.com"), subnet(n)]) for n in range(1, 10)),
    )
    take_snapshot(store, actor="test")
    estimate_chance(store, basis=BASIS, actor="test")
    keys = [f"ncmec:{n}" for n in range(1, 10)]
    together = links_of_many(store, keys, basis=BASIS)
    assert [answer.tip for answer in together] == keys
    for answer in together:
        assert answer.links == links_of(store, answer.tip).links


def test_a_snapshot_is_taken_when_it_is_due_and_not_before(store: Store) -> None:
    shared = email("x@example.com")
    enter(store, *(delivery(str(n), [shared]) for n in range(1, 7)))
    first = snapshot_if_due(store, actor="test")
    assert first is not None
    assert (first.tips, first.changed) == (6, 1)
    enter(store, delivery("7", [shared]))
    assert snapshot_if_due(store, actor="test") is None
    enter(store, *(delivery(str(n), [shared]) for n in range(8, 13)))
    assert snapshot_if_due(store, actor="test") is not None


def test_weights_follow_the_snapshot_and_not_tips_that_came_since(store: Store) -> None:
    """Else somebody could see in a weight that a tip came which they may not see."""
    shared = email("x@example.com")
    enter(store, *(delivery(str(n), [shared]) for n in range(1, 6)))
    before = links_of(store, "ncmec:1").links[0]
    enter(store, *(delivery(str(n), [shared]) for n in range(6, 19)))
    again = links_of_many(store, ["ncmec:1"], basis=BASIS)[0].links
    assert {link.score for link in again} == {before.score}
    take_snapshot(store, actor="test")
    assert links_of(store, "ncmec:1").links[0].score < before.score


def test_a_value_that_is_withdrawn_again_loses_its_band(store: Store) -> None:
    enter(store, *(delivery(str(n), [email("x@example.com")]) for n in range(1, 6)))
    take_snapshot(store, actor="test")
    withdraw(store, "ncmec:5", why="test", actor="test")
    assert take_snapshot(store, actor="test").changed == 1


def test_history_gives_every_use_by_time_and_role(store: Store) -> None:
    enter(
        store,
        delivery("1", [email("x@example.com", at_us=MONDAY_US + HOUR_US, event="login")]),
        delivery("2", [email("x@example.com", at_us=MONDAY_US)]),
        delivery("3", [email("x@example.com")]),
    )
    found = history_of(store, IdentifierKind.EMAIL, "x@example.com")
    assert [use.tip for use in found.uses] == ["ncmec:2", "ncmec:1", "ncmec:3"]
    assert [(s.provider, s.role, s.tips) for s in found.spread] == [("chatterbox", "reported", 3)]
    assert (found.spread[0].first_us, found.spread[0].last_us) == (MONDAY_US, MONDAY_US + HOUR_US)
    assert found.cut_off == ()
    short = history_of(store, IdentifierKind.EMAIL, "x@example.com", limit=2)
    assert short.cut_off == ("Only the first 2 uses by time are shown.",)


def test_history_keeps_what_ended_and_says_so(store: Store) -> None:
    enter(store, delivery("1", [email("x@example.com")]))
    enter(store, delivery("1", [email("y@example.com")], issued_us=MONDAY_US + HOUR_US))
    found = history_of(store, IdentifierKind.EMAIL, "x@example.com")
    assert [use.ended_us for use in found.uses] == [MONDAY_US + HOUR_US]
    assert found.spread == ()


def test_history_of_nothing_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="No tip and no claim"):
        history_of(store, IdentifierKind.EMAIL, "nobody@example.com")


def test_counter_evidence_is_told(store: Store) -> None:
    mine, other = email("one@example.com"), email("two@example.com")
    enter(
        store, delivery("1", [file_hash("md5:1"), mine]), delivery("2", [file_hash("md5:1"), other])
    )
    reasons = explain(store, "ncmec:1", "ncmec:2", basis=BASIS).reasons
    assert [r.name for r in reasons if r.relation is Relation.AGAINST] == ["email.differs"]
    assert all(r.weight < 0 for r in reasons if r.relation is Relation.AGAINST)


def test_a_network_that_many_use_is_a_hub_and_counts_by_all_its_addresses(store: Store) -> None:
    crowd = [delivery(str(n), [subnet(n)]) for n in range(100, 130)]
    pair = [delivery(str(n), [subnet(n), email("x@example.com")]) for n in (1, 2)]
    enter(store, *crowd, *pair, *(delivery(str(n)) for n in range(200, 240)))
    answer = links_of(store, "ncmec:1")
    assert [link.tip.key for link in answer.links] == ["ncmec:2"]
    assert [(h.identifier, h.mention_count) for h in answer.hubs] == [("2001:db8::/64", 32)]
    network = next(r for r in answer.links[0].reasons if r.identifier == "2001:db8::/64")
    assert network.holders == "between 32 and 63 tips held it when last counted"
    explained = explain(store, "ncmec:1", "ncmec:2", basis=BASIS)
    assert (explained.score, explained.reasons) == (
        answer.links[0].score,
        answer.links[0].reasons,
    )
    assert take_snapshot(store, actor="test").changed == 0


def test_one_ipv6_address_of_very_many_is_not_walked(store: Store) -> None:
    enter(store, *(delivery(str(n), [subnet(1)], body=str(n)) for n in range(1, 31)))
    answer = links_of(store, "ncmec:1")
    assert answer.links == ()
    assert [h.mention_count for h in answer.hubs] == [30]
