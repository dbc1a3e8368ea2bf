"""One world in both engines: the same answers byte for byte, and the true ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from graph.services.neighbourhood import neighbourhood
from graph.services.overlaps import Overlap, find_overlaps
from graph.services.search import search
from graph.services.tips import list_tips, show_tip
from graph.store import Store
from ingest.receiving import Declared
from ingest.sources import find_files
from tests.answers import written
from tests.ingest.desk import open_desk
from tests.linking import BASIS, links_of
from tests.stores import RunningStore
from world.generate import write_world
from world.truth import CollisionTruth, FalseFriendsTruth, Truth

pytestmark = pytest.mark.long

_TIPS = 300
_SHOWN = 20
SHUFFLED = "embedded, in another order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one engine answers, as text by question."""

    texts: dict[str, str]
    met: frozenset[frozenset[str]]
    """Pairs of investigations that overlap."""
    protective: frozenset[frozenset[str]]
    """Pairs of investigations that share a child."""
    direct: frozenset[str]
    """Tips linked to the ring's start tip."""
    indirect: frozenset[str]
    """Tips linked to these."""


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> tuple[Truth, Path]:
    """A world and where it is written."""
    world = tmp_path_factory.mktemp("world")
    return write_world(world, seed=7, tips=_TIPS), world


@pytest.fixture(scope="module")
def answers(
    _open_engines: dict[str, RunningStore],
    truth: tuple[Truth, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Answers]:
    """The answers of both engines to the same questions about the same documents, and in another
    order of arrival."""
    found = {}
    for name in ("embedded", "neo4j", SHUFFLED):
        engine = "embedded" if name == SHUFFLED else name
        running = _open_engines[engine]
        running.wipe(synthetic=True)
        with open_desk(running, tmp_path_factory.mktemp("desk")) as desk:
            world = truth[1]
            files = find_files([world / "agencies.csv", world / "claims.csv", world / "tips"])
            if name == SHUFFLED:
                # Claims name agencies, which must be there; all else may come as it likes.
                files = [files[0], *Random(5).sample(files[1:], len(files) - 1)]
            batch = 37 if name == SHUFFLED else 100
            summary = desk.intake(batch_tips=batch).ingest(files, declared=Declared(synthetic=True))
            assert (summary.quarantined, summary.unreadable) == (0, [])
            assert sum(summary.recorded.values()) == truth[0].documents
            found[name] = _asked(desk.store, truth[0])
    return found


def _asked(store: Store, truth: Truth) -> Answers:
    tips = [line.key for line in list_tips(store, limit=200).tips]
    ring = [f"ncmec:{number}" for number in truth.showcase.tips]
    chosen = list(dict.fromkeys([*ring, *tips[:: len(tips) // _SHOWN]]))
    assert len(chosen) >= _SHOWN
    texts = {"list": written(list_tips(store, limit=200))}
    for tip in chosen:
        texts[f"links {tip}"] = written(links_of(store, tip))
        texts[f"show {tip}"] = written(show_tip(store, tip))
        texts[f"picture {tip}"] = written(neighbourhood(store, tip, basis=BASIS))
    for one in truth.offenders[:12]:
        for shared in one.shared[:2]:
            texts[f"search {shared.value}"] = written(search(store, shared.value))
    for text in (truth.showcase.start, truth.showcase.start[:4], "nobody at all", "198.18.0.1"):
        texts[f"search {text}"] = written(search(store, text))
    overlaps = find_overlaps(store)
    texts["overlaps"] = written(overlaps)
    direct = {link.tip.key for link in links_of(store, f"ncmec:{truth.showcase.start}").links}
    return Answers(
        texts=texts,
        met=_pairs(overlaps.overlaps),
        protective=_pairs(overlaps.protective),
        direct=frozenset(key.removeprefix("ncmec:") for key in direct),
        indirect=frozenset(
            link.tip.key.removeprefix("ncmec:")
            for key in sorted(direct)
            for link in links_of(store, key).links
        ),
    )


@pytest.mark.timeout(900)
def test_any_order_of_arrival_gives_the_same_answers(answers: dict[str, Answers]) -> None:
    """Links and scores to the last unit, pictures, overlaps: whatever came first."""
    ordered, shuffled = answers["embedded"].texts, answers[SHUFFLED].texts
    assert ordered.keys() == shuffled.keys()
    for question, text in ordered.items():
        assert text == shuffled[question], question


@pytest.mark.timeout(900)
def test_both_engines_answer_byte_for_byte_alike(answers: dict[str, Answers]) -> None:
    embedded, neo4j = answers["embedded"].texts, answers["neo4j"].texts
    assert embedded.keys() == neo4j.keys()
    assert len(embedded) > 80
    assert sum(len(text) for text in embedded.values()) > 200_000
    for question, text in embedded.items():
        assert text == neo4j[question], question


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_every_true_collision_is_found_and_no_false_friend(
    answers: dict[str, Answers], truth: tuple[Truth, Path], engine: str
) -> None:
    met = answers[engine].met
    missed = [one for one in truth[0].collisions if _pair(one) not in met]
    assert (len(truth[0].collisions) > 5, missed) == (True, [])
    # A persona's claim is silent: a question of nobody in particular must not show who met it.
    assert len(truth[0].persona_meetings) > 0
    assert [one for one in truth[0].persona_meetings if _pair(one) in met] == []
    fooled = [one for one in truth[0].false_friends if _pair(one) in met]
    assert (len(truth[0].false_friends) > 2, fooled) == (True, [])
    assert met - {_pair(one) for one in truth[0].collisions} == frozenset()
    assert answers[engine].protective <= {_pair(one) for one in truth[0].false_friends}
    assert len(answers[engine].protective) == 1


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_the_ring_hangs_together(
    answers: dict[str, Answers], truth: tuple[Truth, Path], engine: str
) -> None:
    ring = truth[0].showcase
    assert len(ring.direct) > 2
    assert set(ring.direct) <= answers[engine].direct
    assert len(ring.indirect) > 0
    assert set(ring.indirect) <= answers[engine].indirect


def _pairs(overlaps: Iterable[Overlap]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((o.first.reference, o.second.reference)) for o in overlaps)


def _pair(one: CollisionTruth | FalseFriendsTruth) -> frozenset[str]:
    return frozenset((one.first.reference, one.second.reference))
