"""The truth is what the documents say, no more and no less."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from tests.world.conftest import Written
from tests.world.documents import Stated, plain_phone
from world.meetings import How
from world.truth import CollisionTruth, FalseFriendsTruth, IdentifierTruth, Truth

Reference = tuple[str, str]


def _stated(identifier: IdentifierTruth) -> Stated:
    if identifier.kind == "ScreenName":
        return identifier.kind, f"{identifier.service}/{identifier.value}"
    return identifier.kind, identifier.value


def _hubs(world: Written) -> set[Stated]:
    return {_stated(hub.identifier) for hub in world.truth.hubs}


def _claims(world: Written, role: str) -> dict[Reference, set[Stated]]:
    """Give what each investigation claims in a role, in plain form."""
    claims: dict[Reference, set[Stated]] = defaultdict(set)
    for row in world.documents.claims:
        value = row["value"].lower() if row["kind"] == "Email" else row["value"]
        value = plain_phone(value) if row["kind"] == "Phone" else value
        if row["role"] == role:
            claims[row["agency"], row["investigation"]].add((row["kind"], value))
    return claims


def _pair(found: CollisionTruth | FalseFriendsTruth) -> frozenset[Reference]:
    return frozenset((each.agency, each.reference) for each in (found.first, found.second))


def test_numbers_and_counts_are_those_of_the_files(written: Written) -> None:
    tips, truth = written.documents.tips, written.truth
    assert len(tips) == truth.tips
    assert Counter(tip.form for tip in tips.values()) == truth.tips_by_format
    assert sum(len(tip.paths) for tip in tips.values()) == truth.documents
    assert {name for offender in truth.offenders for name in offender.tips} <= tips.keys()


def test_truth_file_holds_what_was_returned(written: Written) -> None:
    assert Truth.read(written.root / "truth.json") == written.truth


def test_an_offenders_tips_state_what_they_share(written: Written) -> None:
    assert len(written.truth.offenders) > 5
    for offender in written.truth.offenders:
        counts = Counter(
            value for number in offender.tips for value in written.documents.tips[number].stated
        )
        found = {value for value, tips in counts.items() if tips > 1} - _hubs(written)
        assert {_stated(value) for value in offender.shared} == found, offender.id


def test_every_meeting_over_one_identifier_or_one_tip_is_in_the_truth(written: Written) -> None:
    claims = _claims(written, "suspect")
    hubs = _hubs(written)
    found: set[frozenset[Reference]] = set()
    holders: dict[Stated, set[str]] = defaultdict(set)
    for number, tip in written.documents.tips.items():
        for value in tip.stated:
            holders[value].add(number)

    def stating(values: set[Stated]) -> set[str]:
        return {number for value in values for number in holders.get(value, ())}

    for one, other in combinations(claims, 2):
        mine, theirs = claims[one] - hubs, claims[other] - hubs
        over_tip = stating(mine) & stating(theirs)
        if one[0] != other[0] and (mine & theirs or over_tip):
            found.add(frozenset({one, other}))
    direct = (How.SAME_IDENTIFIER, How.ONE_TIP)
    true = {_pair(each) for each in written.truth.collisions if each.how in direct}
    assert len(true) >= 5
    assert found == true


def test_collisions_go_through_what_the_truth_says(written: Written) -> None:
    claims, tips = _claims(written, "suspect"), written.documents.tips
    for collision in written.truth.collisions:
        first, second = (
            claims[each.agency, each.reference] for each in (collision.first, collision.second)
        )
        through = {_stated(value) for value in collision.through}
        stated = [tips[number].stated for number in collision.tips]
        if collision.how is How.SAME_IDENTIFIER:
            assert through <= first & second
            assert all(through & values for values in stated)
        elif collision.how is How.ONE_TIP:
            assert through <= first | second
            assert stated
            assert all(first & values and second & values for values in stated)
        elif collision.how is How.TWO_TIPS:
            assert all(through & values for values in stated)
            assert any(first & values for values in stated)
            assert any(second & values for values in stated)
        else:
            assert not first & second
            assert through == set()


def test_the_showcase_has_each_kind_of_collision(written: Written) -> None:
    kinds = Counter(each.how for each in written.truth.showcase_collisions)
    assert kinds == {How.SAME_IDENTIFIER: 3, How.ONE_TIP: 3, How.TWO_TIPS: 1}


def test_showcase_ring_hangs_together_as_told(written: Written) -> None:
    ring, tips = written.truth.showcase, written.documents.tips
    hubs = _hubs(written)
    start = tips[ring.start].stated - hubs
    direct = {n for n in ring.tips if n != ring.start and tips[n].stated & start}
    assert direct == set(ring.direct)
    assert {ring.start, *ring.direct, *ring.indirect} == set(ring.tips)
    assert len(ring.tips) == 8
    assert len(ring.indirect) == 2
    for number in ring.indirect:
        assert any(tips[number].stated & tips[other].stated - hubs for other in ring.direct)


def test_nobody_else_shares_anything_with_the_ring_but_hubs(written: Written) -> None:
    ring, tips = written.truth.showcase, written.documents.tips
    hubs = _hubs(written)
    own = set().union(*(tips[number].stated for number in ring.tips)) - hubs
    assert {n for n, tip in tips.items() if tip.stated & own} == set(ring.tips)
    assert tips[ring.start].stated & hubs


def test_hubs_are_in_as_many_tips_as_told(written: Written) -> None:
    for hub in written.truth.hubs:
        kind, value = _stated(hub.identifier)
        holders = [
            tip
            for tip in written.documents.tips.values()
            if (value in tip.hashes if kind == "FileHash" else (kind, value) in tip.stated)
        ]
        assert len(holders) == hub.tips, hub.why
    carrier, viral, *_ = written.truth.hubs
    assert carrier.tips > 0.04 * written.truth.tips
    assert viral.tips > 0.08 * written.truth.tips


def test_known_series_is_in_three_tips_of_two_agencies(written: Written) -> None:
    series = written.truth.known_series
    holders = {
        number
        for number, tip in written.documents.tips.items()
        if series.identifier.value in tip.hashes
    }
    assert holders == set(series.tips)
    assert len(holders) == 3
    claims = _claims(written, "suspect")
    agencies = {
        agency
        for (agency, _), values in claims.items()
        if any(values & written.documents.tips[number].stated for number in holders)
    }
    assert len(agencies) == 2


def test_false_friends_meet_only_in_what_links_nobody(written: Written) -> None:
    true = {_pair(each) for each in written.truth.collisions}
    pairs = written.truth.false_friends
    assert len(pairs) == 5
    for pair in pairs:
        assert _pair(pair) not in true
        assert pair.first != pair.second
        row = [_stated(pair.through)]
        claimed = [
            set(row) <= _claims(written, role)[each.agency, each.reference]
            for each in (pair.first, pair.second)
            for role in ("suspect", "victim")
        ]
        stated = [
            number
            for number, tip in written.documents.tips.items()
            if row[0] in tip.stated | tip.victims | tip.complainants
        ]
        assert any(claimed) or len(stated) > 20
        assert stated or written.truth.formats == ("json",)


def test_persona_is_the_recipient_in_a_tip_about_anothers_suspect(written: Written) -> None:
    (meeting,) = written.truth.persona_meetings
    persona = _claims(written, "officer persona")[meeting.second.agency, meeting.second.reference]
    suspect = _claims(written, "suspect")[meeting.first.agency, meeting.first.reference]
    (number,) = meeting.tips
    assert persona & written.documents.tips[number].stated
    assert suspect & written.documents.tips[number].stated


def test_urgent_tips_are_those_whose_documents_say_so(written: Written) -> None:
    tips = written.documents.tips
    imminent = {n for n, tip in tips.items() if tip.priority in ("1", "E")}
    escalated = {n for n, tip in tips.items() if tip.escalated}
    assert {each.tip for each in written.truth.urgent if each.imminent} == imminent
    assert {each.tip for each in written.truth.urgent if not each.imminent} == escalated
    assert imminent | escalated


def test_every_claimed_agency_is_in_the_table_of_agencies(written: Written) -> None:
    agencies = {row["agency"] for row in written.documents.agencies}
    assert {row["agency"] for row in written.documents.claims} <= agencies
    kinds = {row["kind"] for row in written.documents.agencies}
    assert kinds == {"task force", "affiliate", "federal", "foreign"}
