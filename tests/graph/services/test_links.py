"""Links of a tip: what links, what must not, and what is left out is said."""

from __future__ import annotations

import pytest

from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services import comparing
from graph.services.explaining import explain
from graph.services.links import Link, Links, Relation, links_of_many
from graph.services.recording import record
from graph.services.snapshot import take_snapshot
from graph.services.walking import rarity
from graph.services.withdrawal import withdraw
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, says
from tests.linking import BASIS, links_of


def enter(store: Store, *deliveries: object) -> None:
    record(store, deliveries, actor="test")  # type: ignore[arg-type]


def linked(answer: Links) -> dict[str, Link]:
    return {link.tip.key: link for link in answer.links}


def test_tips_that_share_an_identifier_are_linked_with_their_reason(store: Store) -> None:
    enter(
        store,
        delivery("1", [email("x@example.com")]),
        delivery("2", [email("x@example.com")]),
        delivery("3", [email("y@example.com")]),
    )
    answer = links_of(store, "ncmec:1")
    assert list(linked(answer)) == ["ncmec:2"]
    reason = answer.links[0].reasons[0]
    assert (reason.kind, reason.identifier) == ("Email", "x@example.com")
    assert reason.holders == "fewer than 5 tips held it when last counted, as far as may be told"
    assert answer.links[0].score == reason.weight == BASIS.weights.of("email").weight
    assert answer.caveat == "investigative lead, not identification"
    assert answer.cut_off == ()


def test_a_score_is_the_exact_sum_of_its_reasons_and_rarer_weighs_more(store: Store) -> None:
    both = [email("rare@example.com"), email("common@example.com")]
    enter(
        store,
        delivery("1", both),
        delivery("2", both),
        *(delivery(str(n), [email("common@example.com")]) for n in range(3, 20)),
    )
    found = linked(links_of(store, "ncmec:1"))
    strongest = next(iter(found.values()))
    assert strongest.tip.key == "ncmec:2"
    assert strongest.score == sum(r.weight for r in strongest.reasons)
    assert [r.identifier for r in strongest.reasons] == ["rare@example.com", "common@example.com"]
    assert strongest.reasons[1].holders == "between 16 and 31 tips held it when last counted"
    assert strongest.reasons[1].alone < strongest.reasons[0].alone
    assert len(found) == 18


def test_imminent_danger_and_escalated_tips_come_first(store: Store) -> None:
    enter(
        store,
        delivery("1", [email("x@example.com"), email("y@example.com")]),
        delivery("2", [email("x@example.com"), email("y@example.com")]),
        delivery("3", [email("x@example.com")], urgency=1),
        delivery("4", [email("x@example.com")], urgency=0),
    )
    assert list(linked(links_of(store, "ncmec:1"))) == ["ncmec:4", "ncmec:3", "ncmec:2"]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.PARENT_GUARDIAN, Role.LAW_ENFORCEMENT])
def test_case_12_a_reporter_is_for_review_and_links_nobody(store: Store, role: Role) -> None:
    enter(
        store,
        delivery("1", [email("x@example.com")]),
        delivery("2", [email("x@example.com", role=role)]),
    )
    link = links_of(store, "ncmec:1").links[0]
    assert (link.reasons[0].relation, link.score) == (Relation.REVIEW, 0)
    back = links_of(store, "ncmec:2").links[0]
    assert (back.tip.key, back.reasons[0].relation, back.score) == ("ncmec:1", Relation.REVIEW, 0)


def test_case_13_a_victim_is_never_a_subject(store: Store) -> None:
    enter(
        store,
        delivery("1", [email("x@example.com", role=Role.VICTIM)]),
        delivery("2", [email("x@example.com", role=Role.VICTIM)]),
        delivery("3", [email("x@example.com")]),
    )
    for tip in ("ncmec:1", "ncmec:3"):
        reasons = [r for link in links_of(store, tip).links for r in link.reasons]
        assert {r.relation for r in reasons} == {Relation.CHILD}
        assert sum(r.weight for r in reasons) == 0


def test_case_20_a_hub_is_counted_and_not_walked_but_still_counts_for_a_pair(
    store: Store,
) -> None:
    viral = says(IdentifierKind.FILE_HASH, "md5:1", role=Role.FILE)
    enter(
        store,
        delivery("1", [viral, email("x@example.com")]),
        delivery("2", [viral, email("x@example.com")]),
        *(delivery(str(n), [viral]) for n in range(3, 26)),
        *(delivery(str(n)) for n in range(26, 60)),
    )
    answer = links_of(store, "ncmec:1")
    assert [(h.identifier, h.tip_count) for h in answer.hubs] == [("md5:1", 25)]
    assert list(linked(answer)) == ["ncmec:2"]
    assert {r.identifier for r in answer.links[0].reasons} == {"md5:1", "x@example.com"}


@pytest.mark.parametrize("state", ["shared", "stopped"])
def test_case_23_a_shared_or_stopped_value_links_nothing_and_is_shown(
    store: Store, state: str
) -> None:
    address = says(IdentifierKind.IP_ADDRESS, "10.0.0.1", state=state, state_reason="private range")
    enter(store, delivery("1", [address]), delivery("2", [address]))
    answer = links_of(store, "ncmec:1")
    assert answer.links == ()
    assert [(h.identifier, h.state_reason) for h in answer.hubs] == [("10.0.0.1", "private range")]


def test_a_childs_identifier_in_many_tips_is_shown_as_a_bundle(store: Store) -> None:
    child = email("x@example.com", role=Role.VICTIM)
    enter(store, *(delivery(str(n), [child]) for n in range(21)))
    assert [h.mention_count for h in links_of(store, "ncmec:1").hubs] == [21]


def test_a_withdrawn_tip_is_no_link_even_where_it_is_named(store: Store) -> None:
    enter(
        store,
        delivery("1", references=[("prior", "ncmec:2")]),
        delivery("2", references=[("related", "ncmec:1")]),
    )
    assert links_of(store, "ncmec:1").links[0].refers == ("named by", "names")
    withdraw(store, "ncmec:2", why="test", actor="test")
    assert links_of(store, "ncmec:1").links == ()


def test_what_a_newer_version_dropped_links_no_more(store: Store) -> None:
    enter(store, delivery("1", [email("x@example.com")]), delivery("2", [email("x@example.com")]))
    enter(store, delivery("2", [email("z@example.com")], issued_us=MONDAY_US + HOUR_US))
    assert links_of(store, "ncmec:1").links == ()


def test_a_withdrawn_tip_links_nothing(store: Store) -> None:
    enter(store, delivery("1", [email("x@example.com")]), delivery("2", [email("x@example.com")]))
    withdraw(store, "ncmec:2", why="test", actor="test")
    assert links_of(store, "ncmec:1").links == ()
    assert links_of(store, "ncmec:2").cut_off == ("The tip was withdrawn: it links nothing.",)


def test_case_5_a_prior_report_is_shown_and_no_second_source(store: Store) -> None:
    enter(store, delivery("1", references=[("prior", "ncmec:2")]), delivery("2"))
    link = links_of(store, "ncmec:1").links[0]
    assert (link.tip.key, link.refers, link.score) == ("ncmec:2", ("names",), 0)
    assert links_of(store, "ncmec:2").links[0].refers == ("named by",)


def test_what_does_not_fit_is_said(store: Store) -> None:
    enter(store, *(delivery(str(n), [email("x@example.com")]) for n in range(1, 6)))
    answer = links_of(store, "ncmec:1", limit=2)
    assert len(answer.links) == 2
    assert answer.cut_off == ("2 further links are not shown.",)


def test_an_unknown_tip_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="ncmec:77"):
        links_of(store, "ncmec:77")


def test_rarity_is_never_negative_and_falls_with_commonness() -> None:
    assert rarity(100, 1) == 6644
    assert rarity(100, 2) == 5644
    assert rarity(100, 100) == rarity(100, 0) == rarity(1, 5) == 0


def test_a_batch_too_large_for_one_read_is_read_in_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(
        store,
        *(
            delivery(str(n), [email(f"{n // 3}@example.com"), email("all@example.com")])
            for n in range(9)
        ),
    )
    take_snapshot(store, actor="test")
    keys = [f"ncmec:{n}" for n in range(9)]
    whole = links_of_many(store, keys, basis=BASIS)
    monkeypatch.setattr(comparing, "MAX_TOGETHER", 9)
    parts = links_of_many(store, keys, basis=BASIS)
    assert [(x.tip, x.links, x.cut_off) for x in parts] == [
        (x.tip, x.links, x.cut_off) for x in whole
    ]
    monkeypatch.setattr(comparing, "TOGETHER", 2)
    assert [(x.tip, x.links) for x in links_of_many(store, keys, basis=BASIS)] == [
        (x.tip, x.links) for x in whole
    ]
    monkeypatch.setattr(comparing, "MAX_SHARED", 3)
    (cut,) = links_of_many(store, keys[:1], basis=BASIS)
    assert "Only the first 3 shared assertions were read." in cut.cut_off


def test_a_screen_name_is_as_common_as_at_all_providers_together(store: Store) -> None:
    def named(provider: str, name: str = "kit") -> Assertion:
        return says(
            IdentifierKind.SCREEN_NAME,
            f"{provider}|{name}",
            hints=(f"cross-platform-name|{name}",),
        )

    others = [delivery(str(n), [named(f"p{n}")]) for n in range(10, 20)]
    rare = [delivery(str(n), [named("b", "rare"), email("r@example.com")]) for n in (21, 22)]
    enter(store, delivery("1", [named("a")]), delivery("2", [named("a")]), *others, *rare)
    (link,) = links_of(store, "ncmec:1").links
    (reason,) = link.reasons
    assert reason.holders == "between 8 and 15 tips held it when last counted"
    assert "whatever the provider" in reason.sentence
    (other,) = links_of(store, "ncmec:21").links
    assert other.reasons[0].holders == (
        "fewer than 5 tips held it when last counted, as far as may be told"
    )
    by_name = {r.name: r.alone for r in (*link.reasons, *other.reasons)}
    assert by_name["screen_name"] > reason.alone


def test_a_name_at_other_providers_counts_less_the_more_have_it(store: Store) -> None:
    def named(provider: str, name: str) -> Assertion:
        return says(
            IdentifierKind.SCREEN_NAME,
            f"{provider}|{name}",
            hints=(f"cross-platform-name|{name}",),
        )

    crowd = [delivery(str(n), [named(f"p{n}", "common")]) for n in range(30, 60)]
    enter(
        store,
        *(
            delivery(f"{n}{side}", [named(side, name), email(f"{name}@example.com")])
            for n, name in ((1, "common"), (2, "seldom"))
            for side in ("1", "2")
        ),
        *crowd,
    )
    alone = {}
    for tip in ("ncmec:11", "ncmec:21"):
        best = links_of(store, tip).links[0]
        (alias,) = [r for r in best.reasons if r.name == "alias.same"]
        alone[tip] = alias.alone
        back = explain(store, best.tip.key, tip, basis=BASIS)
        assert (back.score, back.grade) == (best.score, best.grade)
    assert alone["ncmec:11"] < alone["ncmec:21"]


def test_a_protected_role_wins_over_a_hub_too(store: Store) -> None:
    """A hub that counts for a pair found otherwise is no subject's where one tip names a child."""
    hub, pair = email("hub@example.com"), email("pair@example.com")
    crowd = [delivery(str(n), [hub]) for n in range(100, 130)]
    child = [email("hub@example.com", role=Role.VICTIM), email("hub@example.com", path="notes")]
    tips = [delivery("1", [hub, pair]), delivery("2", [*child, pair])]
    record(store, [*crowd, *tips], actor="test")
    answer = links_of(store, "ncmec:1")
    (found,) = [link for link in answer.links if link.tip.key == "ncmec:2"]
    (reason,) = [r for r in found.reasons if r.identifier == "hub@example.com"]
    assert (reason.relation, reason.weight) == (Relation.CHILD, 0)
    assert [h.is_child for h in answer.hubs] == [False]
    assert [h.is_child for h in links_of(store, "ncmec:2").hubs] == [True]


def test_a_reporting_persons_hub_is_not_listed(store: Store) -> None:
    hub = email("hub@example.com")
    crowd = [delivery(str(n), [hub]) for n in range(100, 130)]
    told = [email("hub@example.com", role=Role.REPORTER), email("hub@example.com", path="notes")]
    record(store, [*crowd, delivery("1", told)], actor="test")
    assert links_of(store, "ncmec:1").hubs == ()
