"""Two tips compared: exact sums, time and network of addresses, correlation, counter-evidence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.evidence import Relation, Weighed
from graph.scoring.networks import NetworkClass
from graph.scoring.observations import Observation, Quality
from graph.scoring.pairs import OF_ANOTHER, weigh
from graph.scoring.sentences import sentence_of
from graph.scoring.vocabulary import EVIDENCE
from graph.scoring.weights import DEFAULT_VERSION, Grade, shipped_weights
from tests.graph.scoring.profiles import (
    HOUR_US,
    NOON_US,
    account,
    address,
    basis,
    email,
    file_hash,
    seen,
    tip,
)

_KINDS = st.sampled_from(list(IdentifierKind))
_OBSERVATIONS = st.builds(
    lambda kind, name, band, role, quality, at, port, person, file: seen(
        kind,
        f"p||{name}" if kind is IdentifierKind.ACCOUNT else f"198.18.0.{name}",
        band=band,
        role=role,
        linking=role is Role.REPORTED,
        quality=quality,
        at_us=at,
        port=port,
        person=person,
        file_id=file,
    ),
    _KINDS,
    st.integers(0, 3),
    st.integers(0, 20),
    st.sampled_from([Role.REPORTED, Role.VICTIM, Role.REPORTER]),
    st.sampled_from(list(Quality)),
    st.none() | st.integers(NOON_US, NOON_US + 10_000 * HOUR_US),
    st.none() | st.integers(1, 65535),
    st.sampled_from([None, "reported[0]", "reported[1]"]),
    st.sampled_from([None, "f1", "f2"]),
)
_TIPS = st.builds(
    lambda said, bundled: tip(*said, bundled=bundled),
    st.lists(_OBSERVATIONS, max_size=8),
    st.booleans(),
)


@given(_TIPS, _TIPS)
def test_a_score_is_the_exact_sum_and_the_same_from_both_sides(one: object, other: object) -> None:
    there = weigh(one, other, basis())  # type: ignore[arg-type]
    back = weigh(other, one, basis())  # type: ignore[arg-type]
    assert there.score == sum(e.counted for e in there.evidence) == back.score
    assert all(e.alone == sum(weight for _, weight in e.parts) for e in there.evidence)
    assert all(sentence_of(e) for e in there.evidence)


@given(st.permutations([email("a@example.com"), account("x"), address(), file_hash("md5:1")]))
def test_the_order_of_what_a_tip_says_does_not_matter(said: list[Observation]) -> None:
    whole = tip(email("a@example.com"), account("x"), address(), file_hash("md5:1"))
    assert weigh(tip(*said), whole, basis()) == weigh(tip(*reversed(said)), whole, basis())


def test_the_table_has_a_line_for_everything() -> None:
    assert set(basis().weights.evidence) == set(EVIDENCE)


def test_rarer_counts_more_and_common_counts_nothing_but_never_against() -> None:
    alone = [
        weigh(tip(email("a", band=band)), tip(email("a", band=band)), basis()).score
        for band in range(25)
    ]
    assert alone[0] == alone[2] > alone[3]
    assert all(a >= b >= 0 for a, b in pairwise(alone))
    assert alone[-1] == 0


def _at(hours: float, network_class: NetworkClass, port: int | None = None) -> Weighed:
    later = address(at_us=NOON_US + int(hours * HOUR_US), port=port)
    return weigh(tip(address(port=port)), tip(later), basis(network_class))


def test_an_address_counts_less_the_further_its_uses_lie_apart() -> None:
    scores = [_at(h, NetworkClass.FIXED).score for h in (0.5, 20, 100, 600, 4000, 9000)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0 >= scores[-1]


def test_an_address_counts_less_the_more_people_may_stand_behind_it() -> None:
    order = ("FIXED", "UNKNOWN", "MOBILE", "CARRIER_NAT", "ANONYMOUS")
    scores = [_at(0.5, NetworkClass[name]).score for name in order]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("version", ["1", DEFAULT_VERSION])
@pytest.mark.parametrize("network", [NetworkClass.CARRIER_NAT, NetworkClass.ANONYMOUS])
def test_an_address_that_very_many_share_is_never_a_link_alone(
    network: NetworkClass, version: str
) -> None:
    rests_on = replace(basis(network), weights=shipped_weights(version))
    alone = weigh(tip(address()), tip(address()), rests_on)
    assert alone.grade is Grade.NONE
    shared = (address(), email("a@example.com"))
    assert weigh(tip(*shared), tip(*shared), rests_on).grade is not Grade.NONE


def test_an_hours_slip_of_the_zone_turns_a_strong_address_weak_and_is_said() -> None:
    """IPCO annual report 2018, error 11: one hour, and another customer had the address."""
    sure = _at(0.2, NetworkClass.FIXED)
    slack = 14 * HOUR_US
    unsure = weigh(
        tip(address()),
        tip(address(zone_stated=False, earliest_us=NOON_US - slack, latest_us=NOON_US + slack)),
        basis(NetworkClass.FIXED),
    )
    assert unsure.score < sure.score
    assert "time zone is not stated" in sentence_of(unsure.evidence[0])


def test_the_same_port_behind_a_carrier_address_counts_and_another_one_counts_less() -> None:
    same = _at(0.2, NetworkClass.CARRIER_NAT, port=40_001)
    other = weigh(tip(address(port=1024)), tip(address(port=2048)), basis(NetworkClass.CARRIER_NAT))
    missing = _at(0.2, NetworkClass.CARRIER_NAT)
    assert same.score > missing.score > other.score
    assert "no source port" in sentence_of(missing.evidence[0])


def test_two_addresses_of_one_ipv6_subnet_are_one_subscriber() -> None:
    pair = [address(value=f"2001:db8::{n}", subnet="2001:db8::/64", at_us=NOON_US) for n in (1, 2)]
    assert weigh(tip(pair[0]), tip(pair[1]), basis()).evidence[0].value == "2001:db8::/64"


def test_contacts_that_stand_in_the_same_account_record_are_not_added() -> None:
    record = [account("x"), email("a@example.com"), seen(IdentifierKind.SCREEN_NAME, "chat|x")]
    whole = weigh(tip(*record), tip(*record), basis())
    assert whole.score == weigh(tip(account("x")), tip(account("x")), basis()).score
    assert {e.less is None for e in whole.evidence} == {True, False}
    elsewhere = weigh(tip(*record), tip(*record, provider="forum"), basis())
    assert elsewhere.score > whole.score


def test_five_files_of_one_album_are_not_five_times_the_evidence() -> None:
    album = [file_hash(f"md5:{n}", file_id=f"f{n}") for n in range(5)]
    one = weigh(tip(album[0]), tip(album[0]), basis()).score
    five = weigh(tip(*album), tip(*album), basis())
    assert five.score == one + (one >> 1) + (one >> 2)
    assert len(five.evidence) == 5
    hashes = [file_hash("md5:1", file_id="f"), file_hash("sha1:2", file_id="f")]
    assert weigh(tip(*hashes), tip(*hashes), basis()).score == one


def test_other_accounts_at_the_same_provider_speak_against_while_the_rest_is_generic() -> None:
    mine = tip(file_hash("md5:1"), account("x"), traits=["account:chat"])
    other = tip(file_hash("md5:1"), account("y"), traits=["account:chat"])
    found = weigh(mine, other, basis())
    assert [e.name for e in found.evidence if e.relation is Relation.AGAINST] == ["account.differs"]
    assert found.score < weigh(tip(file_hash("md5:1")), tip(file_hash("md5:1")), basis()).score


def test_dates_of_birth_count_for_and_against() -> None:
    shared = email("a@example.com")
    scores = [
        weigh(tip(shared, traits=[f"birth:{a}"]), tip(shared, traits=[f"birth:{b}"]), basis()).score
        for a, b in (("1990-01-02", "1990-01-02"), ("1990-01-02", "1971-03-04"))
    ]
    plain = weigh(tip(shared), tip(shared), basis()).score
    assert scores[0] > plain > scores[1]


@pytest.mark.parametrize(
    ("role", "relation"), [(Role.VICTIM, Relation.CHILD), (Role.REPORTER, Relation.REVIEW)]
)
def test_a_victim_or_reporter_is_told_and_counts_nothing(role: Role, relation: Relation) -> None:
    found = weigh(
        tip(email("a@example.com")), tip(email("a@example.com", role=role, linking=False)), basis()
    )
    assert [(e.relation, e.counted) for e in found.evidence] == [(relation, 0)]
    assert found.score == 0


def test_of_a_bundle_only_one_persons_evidence_counts_and_the_rest_is_shown() -> None:
    bundle = tip(
        email("a@example.com", person="reported[0]"),
        email("b@example.com", person="reported[1]"),
        bundled=True,
    )
    alone = tip(email("a@example.com"), email("b@example.com"))
    found = weigh(bundle, alone, basis())
    assert found.score == weigh(tip(email("a")), tip(email("a")), basis()).score
    assert [e.less for e in found.evidence] == [None, OF_ANOTHER]


@pytest.mark.parametrize("state", ["stopped", "shared"])
def test_stopped_and_shared_values_are_no_evidence(state: str) -> None:
    value = email("a@example.com", state=state)
    assert weigh(tip(value), tip(value), basis()).evidence == ()


def test_a_taken_over_account_says_next_to_nothing() -> None:
    taken = account("x", quality=Quality.COMPROMISED)
    assert weigh(tip(taken), tip(account("x")), basis()).grade is not Grade.STRONG


@pytest.mark.parametrize(
    ("role", "relation"), [(Role.VICTIM, Relation.CHILD), (Role.REPORTER, Relation.REVIEW)]
)
def test_what_the_narrative_repeats_of_a_child_or_reporter_stays_theirs(
    role: Role, relation: Relation
) -> None:
    said = [
        email("a@example.com", role=role, linking=False),
        email("a@example.com", role=Role.MENTIONED, quality=Quality.MINED),
    ]
    found = weigh(tip(*said), tip(*said), basis())
    assert [(e.relation, e.counted) for e in found.evidence] == [(relation, 0)]


def test_two_people_who_wrote_to_the_same_person_are_not_one() -> None:
    written_to = account("x", role=Role.INTENDED_RECIPIENT)
    found = weigh(tip(written_to), tip(written_to), basis())
    assert (found.score, [e.relation for e in found.evidence]) == (0, [Relation.REVIEW])


def test_of_many_uses_the_nearest_ones_are_compared() -> None:
    logins = [address(at_us=NOON_US + n * 8 * 24 * HOUR_US) for n in range(50)]
    one = address(at_us=logins[48].at_us)
    alone = weigh(tip(one), tip(logins[48]), basis(NetworkClass.MOBILE))
    assert weigh(tip(*logins), tip(one), basis(NetworkClass.MOBILE)).score == alone.score
    assert weigh(tip(one), tip(*logins), basis(NetworkClass.MOBILE)).score == alone.score


@pytest.mark.parametrize("network", list(NetworkClass))
def test_addresses_alone_are_never_a_strong_link(network: NetworkClass) -> None:
    both = [address(), address(value="198.18.5.6")]
    rests_on = replace(basis(network), weights=shipped_weights())
    assert weigh(tip(*both), tip(*both), rests_on).grade is not Grade.STRONG


def test_doubts_about_a_shared_file_never_turn_it_against_the_link() -> None:
    viral = file_hash("md5:1", state="viral", band=16)
    phone = seen(IdentifierKind.PHONE, "+15555550100")
    alone = weigh(tip(phone), tip(phone), basis()).score
    assert weigh(tip(phone, viral), tip(phone, viral), basis()).score == alone


def test_two_hashes_of_one_file_are_one_file_whichever_side_says_so() -> None:
    one = tip(file_hash("md5:1", file_id="f"), file_hash("sha1:1", file_id="f"))
    other = tip(file_hash("md5:1", file_id="g1"), file_hash("sha1:1", file_id="g2"))
    there, back = weigh(one, other, basis()), weigh(other, one, basis())
    assert there.score == back.score
    assert sorted(e.counted > 0 for e in there.evidence) == [False, True]


def test_one_name_counts_only_at_two_known_providers() -> None:
    shared = file_hash("md5:1")

    def scored(first: str, second: str) -> int:
        return weigh(
            tip(shared, traits=[f"alias:{first}|kim"]),
            tip(shared, traits=[f"alias:{second}|kim"]),
            basis(),
        ).score

    assert scored("chat", "forum") > scored("chat", "chat")


def test_large_bundles_are_compared_in_time() -> None:
    people = [email(f"{n}@example.com", person=f"reported[{n}]") for n in range(1000)]
    bundle = tip(*people, bundled=True)
    found = weigh(bundle, bundle, basis())
    assert found.score == weigh(tip(email("a")), tip(email("a")), basis()).score
