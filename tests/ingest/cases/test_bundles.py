"""Cases 7, 8, 20, 21 and 26: bundles, duplicates, hubs, and what is rare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.services.overlaps import find_overlaps
from graph.services.recording import record
from graph.services.search import search
from graph.services.snapshot import take_snapshot
from graph.services.walking import WALK_LIMIT
from tests.deliveries import delivery, file_hash
from tests.ingest.cases.documents import (
    AGENCIES,
    capture,
    claims,
    file_details,
    ids_tip,
    report,
    reported,
)
from tests.ingest.desk import Desk, open_desk
from tests.linking import BASIS, links_of
from tests.stores import RunningStore

_MEME = "0123456789abcdef0123456789abcdef"
_RARE = "fedcba9876543210fedcba9876543210"
_CROWD = WALK_LIMIT + 100


def _user(account: str) -> str:
    return f'{{"espUserId": "{account}"}}'


def _file(md5: str, *, name: str = "a.jpg") -> str:
    return f'{{"filename": "{name}", "submittalId": "s-{md5[:4]}", "verificationHash": "{md5}"}}'


def _bundle(desk: Desk, number: str) -> None:
    """Take in a bundled report: the XML says that it is one, the JSON names its users."""
    start = '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>'
    one = "<personOrUserReported><espIdentifier>u-1</espIdentifier></personOrUserReported>"
    desk.take(report(one, start=start), number=number, provider="Example Social")
    people = ", ".join(_user(f"u-{n}") for n in (1, 2, 3))
    desk.take(ids_tip(number, people=people, files=_file(_MEME)))


def test_case_07_a_bundle_links_each_user_to_it_and_none_to_another(desk: Desk) -> None:
    _bundle(desk, "100000010")
    for n in (1, 2, 3):
        desk.take(ids_tip(f"10000000{n}", people=_user(f"u-{n}")))
    assert set(desk.links("100000010")) == {"100000001", "100000002", "100000003"}
    assert all(set(desk.links(f"10000000{n}")) == {"100000010"} for n in (1, 2, 3))
    bundle = desk.tip("100000010").tip
    assert bundle.batched_reason == "VIRAL_POTENTIAL_MEME"
    assert (bundle.urgency, bundle.urgency_reasons) == (2, [])


def test_case_07_two_users_of_a_bundle_do_not_make_their_investigations_meet(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    desk.take(
        claims(("OH", "1", "account", "u-1"), ("PA", "2", "account", "u-2")), name="claims.csv"
    )
    _bundle(desk, "100000010")
    desk.take(ids_tip("100000001", people=_user("u-1"), files=_file(_RARE)))
    desk.take(ids_tip("100000003", people=_user("u-3"), files=_file(_RARE)))
    answer = find_overlaps(desk.store)
    assert (answer.overlaps, answer.low_value) == ((), ())


def test_case_07_one_user_of_a_bundle_still_brings_two_agencies_together(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    desk.take(
        claims(("OH", "1", "account", "u-1"), ("PA", "2", "screen name", "one_user")),
        name="claims.csv",
    )
    start = '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>'
    one = (
        "<personOrUserReported><espIdentifier>u-1</espIdentifier>"
        "<screenName>one_user</screenName></personOrUserReported>"
    )
    desk.take(report(one, start=start), number="100000010", provider="Example Social")
    assert len(find_overlaps(desk.store).overlaps) == 1


def test_case_08_one_incident_in_a_bundle_and_alone_keeps_both_sources(desk: Desk) -> None:
    _bundle(desk, "100000010")
    desk.take(ids_tip("100000001", people=_user("u-2"), files=_file(_MEME)))
    link = desk.links("100000001")["100000010"]
    assert {r.identifier for r in link.reasons} == {"example-social||u-2", f"md5:{_MEME}"}
    shown = [desk.tip(number).tip for number in ("100000001", "100000010")]
    assert shown[0].incident_us == shown[1].incident_us is not None
    assert [tip.provider for tip in shown] == ["example-social", "example-social"]


@pytest.fixture
def crowd(running_store: RunningStore, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a store in which a meme is in more tips than are ever walked through."""
    everybody = [delivery(str(n), [file_hash(f"md5:{_MEME}")]) for n in range(500, 500 + _CROWD)]
    record(running_store.store, everybody, actor="test")
    with open_desk(running_store, tmp_path) as found:
        found.take(ids_tip("100000001", people=_user("u-1"), files=_file(_MEME)))
        found.take(ids_tip("100000002", people=_user("u-2"), files=_file(_MEME)))
        yield found


def test_case_20_a_viral_hash_is_one_counted_bundle_and_no_pairs(crowd: Desk) -> None:
    answer = links_of(crowd.store, "ncmec:100000001")
    assert answer.links == ()
    (hub,) = answer.hubs
    assert (hub.identifier, hub.tip_count) == (f"md5:{_MEME}", _CROWD + 2)
    found = search(crowd.store, _MEME).found[0]
    assert (found.identifier.mention_count, len(found.tips)) == (_CROWD + 2, 50)
    edges = crowd.running.rows("MATCH (:Tip)-[r]->(:Tip) RETURN count(r)")
    assert edges == [(0,)]


def test_case_20_a_viral_hash_still_counts_for_a_pair_that_is_found_otherwise(crowd: Desk) -> None:
    crowd.take(ids_tip("100000003", people=_user("u-1"), files=_file(_MEME)))
    link = links_of(crowd.store, "ncmec:100000001").links
    assert [one.tip.key for one in link] == ["ncmec:100000003"]
    assert [r.identifier for r in link[0].reasons] == ["example-social||u-1", f"md5:{_MEME}"]
    meme = link[0].reasons[1]
    assert meme.holders == "between 256 and 511 tips held it when last counted"
    assert 0 <= meme.weight < BASIS.weights.of("file").weight / 2


def test_case_20_agencies_do_not_meet_in_a_viral_hash(crowd: Desk) -> None:
    crowd.take(AGENCIES, name="agencies.csv")
    crowd.take(claims(("OH", "1", "hash", _MEME), ("PA", "2", "hash", _MEME)), name="claims.csv")
    take_snapshot(crowd.store, actor="test")
    answer = find_overlaps(crowd.store)
    assert answer.overlaps == ()
    (low,) = answer.low_value
    assert all(meeting.is_low_value for meeting in low.meetings)


def test_case_21_a_rare_hash_in_three_tips_links_them_and_two_agencies_meet(crowd: Desk) -> None:
    for n in (3, 4, 5):
        crowd.take(ids_tip(f"10000000{n}", people=_user(f"v-{n}"), files=_file(_RARE)))
    link = crowd.links("100000003")
    assert set(link) == {"100000004", "100000005"}
    reason = link["100000004"].reasons[0]
    assert reason.holders == "fewer than 5 tips held it when last counted, as far as may be told"
    assert reason.weight == BASIS.weights.of("file").weight > 0
    crowd.take(AGENCIES, name="agencies.csv")
    crowd.take(
        claims(("OH", "1", "account", "v-3"), ("PA", "2", "account", "v-4")), name="claims.csv"
    )
    (overlap,) = find_overlaps(crowd.store).overlaps
    assert overlap.meetings[0].bridge_identifier == f"md5:{_RARE}"


def test_case_21_a_hash_in_file_details_links_as_well(desk: Desk) -> None:
    tag = f'<originalFileHash hashType="MD5">{_RARE}</originalFileHash>'
    desk.take(reported("<screenName>one</screenName>"), number="100000001")
    desk.take(file_details("100000001", "f1", tag))
    desk.take(ids_tip("100000002", people=_user("u-2"), files=_file(_RARE)))
    assert desk.reasons("100000001", "100000002") == {("shared identifier", f"md5:{_RARE}")}


def test_case_26_one_address_fourteen_months_apart_is_shown_with_both_times(desk: Desk) -> None:
    desk.take(
        ids_tip("100000001", people=f"{{{capture('198.18.5.5', at='2025-01-10T10:00:00Z')}}}")
    )
    desk.take(
        ids_tip("100000002", people=f"{{{capture('198.18.5.5', at='2026-03-10T10:00:00Z')}}}")
    )
    (reason,) = desk.links("100000001")["100000002"].reasons
    (own,), (other,) = reason.own_times_us, reason.other_times_us
    assert 420 < (other - own) / 86_400_000_000 < 425
