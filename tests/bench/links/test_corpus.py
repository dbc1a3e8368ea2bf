"""What counts as a shared observation and as a true pair, on corpora that can be seen through."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.links.candidates import candidate_pairs, shared_values
from bench.links.corpus import Corpus, corpus_of, read_corpus
from bench.links.postings import EQUAL, KINDS, NO_TIME, OBSERVED
from bench.links.reading import CorpusError
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from tests.bench.links.corpora import corpus
from tests.deliveries import HOUR_US, MONDAY_US, email, file_hash, says
from world.generate import smallest_world, write_world

_SLASH_64 = ("ipv6-64|2001:db8:1:2::/64",)


@pytest.fixture(scope="module")
def four() -> Corpus:
    """Person x has tips 1 to 3; 1 and 2 share a mail, 3 shares only a victim's mail."""
    return corpus(
        {
            "1": [email("a@mail.example"), email("v@mail.example", role=Role.VICTIM)],
            "2": [email("a@mail.example"), file_hash("md5:00")],
            "3": [email("v@mail.example", role=Role.VICTIM), file_hash("md5:01")],
            "4": [file_hash("md5:00")],
        },
        {"x": ["1", "2", "3"]},
    )


def test_true_pairs_share_a_value_that_links(four: Corpus) -> None:
    assert four.tips == ("ncmec:1", "ncmec:2", "ncmec:3", "ncmec:4")
    assert {tip: others.tolist() for tip, others in four.true.items()} == {0: [1], 1: [0]}
    assert four.true_pair_count == 1
    assert four.untold_kin(0).tolist() == [2]
    assert four.untold_kin(2).tolist() == [0, 1]
    assert four.true_kin(3).tolist() == []


def test_one_slash_64_is_an_observation_and_no_equal_value() -> None:
    found = corpus(
        {
            "1": [says(IdentifierKind.IP_ADDRESS, "2001:db8:1:2::1", hints=_SLASH_64)],
            "2": [says(IdentifierKind.IP_ADDRESS, "2001:db8:1:2::2", hints=_SLASH_64)],
        },
        {"x": ["1", "2"]},
    )
    assert found.true_pair_count == 1
    assert len(candidate_pairs(found.postings, most_holders=2, kinds=OBSERVED).first) == 1
    assert len(candidate_pairs(found.postings, most_holders=2, kinds=EQUAL).first) == 0


def test_what_was_ended_or_does_not_link_makes_no_posting(four: Corpus) -> None:
    names = [(KINDS[k], n) for k, n in zip(four.postings.kind, four.postings.names, strict=True)]
    assert ("Email", "v@mail.example") not in names
    assert len(names) == len(set(names)) == 3


def test_postings_keep_times_ports_and_the_strongest_standing() -> None:
    found = corpus(
        {
            "1": [
                says(IdentifierKind.IP_ADDRESS, "198.18.0.1", at_us=MONDAY_US + HOUR_US, port=99),
                says(IdentifierKind.IP_ADDRESS, "198.18.0.1", at_us=MONDAY_US, role=Role.FILE),
            ],
            "2": [email("b@mail.example", mined=True)],
        },
        {},
    )
    postings = found.postings
    assert postings.times.tolist() == [
        [MONDAY_US, MONDAY_US + HOUR_US, MONDAY_US + HOUR_US],
        [NO_TIME] * 3,
    ]
    assert postings.port.tolist() == [99, 0]
    assert postings.standing.tolist() == [0, 4]


def test_hubs_find_no_candidates() -> None:
    tips = {str(n): [file_hash("md5:hub"), email(f"{n // 2}@mail.example")] for n in range(6)}
    found = corpus(tips, {})
    pairs = candidate_pairs(found.postings, most_holders=5)
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == [
        (0, 1),
        (2, 3),
        (4, 5),
    ]
    assert len(candidate_pairs(found.postings, most_holders=6).first) == 15


def test_every_query_is_answered_and_rows_are_whole(four: Corpus) -> None:
    (block,) = shared_values(four.postings, np.array([0, 2]), most_holders=None)
    assert block.queries.tolist() == [0, 2]
    assert [(int(q), int(o)) for q, o in zip(block.query, block.other, strict=True)] == [(0, 1)]
    assert four.postings.tip[block.own_posting].tolist() == [0]
    assert four.postings.tip[block.other_posting].tolist() == [1]


def test_a_person_with_a_tip_that_is_not_there_is_refused(four: Corpus) -> None:
    with pytest.raises(CorpusError, match="names tip 9"):
        corpus_of(four.states, {"x": ["1", "9"]})


def test_an_empty_corpus_is_a_corpus() -> None:
    found = corpus({}, {})
    assert (found.size, found.true_pair_count) == (0, 0)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest world."""
    folder = tmp_path_factory.mktemp("links") / "world"
    write_world(folder, seed=3, tips=smallest_world())
    return folder


def test_a_world_is_read_whole(world: Path) -> None:
    found = read_corpus(world, workers=1)
    assert found.truth is not None
    assert found.size == found.truth.tips
    told = {tip for offender in found.truth.offenders for tip in offender.tips}
    assert {found.tips[tip].partition(":")[2] for tip in found.persons} == told
    assert found.true_pair_count > 0
    assert len(found.claims) > 0
    # The second delivery ended what only the first one said.
    again = found.truth.redelivered[0]
    withdrawn = {value.value for value in again.withdrawn}
    number = found.tips.index(f"ncmec:{again.tip}")
    postings = found.postings
    own = postings.value[postings.starts[number] : postings.starts[number + 1]]
    assert len(withdrawn) > 0
    assert withdrawn.isdisjoint(postings.names[value] for value in own)


def test_a_document_that_does_not_go_in_stops_the_measurement(world: Path) -> None:
    broken = next((world / "tips").iterdir()) / "CyberTip_999.json"
    broken.write_text('{"reportId": ', encoding="utf-8")
    try:
        with pytest.raises(CorpusError, match="did not go in"):
            read_corpus(world, workers=1)
    finally:
        broken.unlink()
