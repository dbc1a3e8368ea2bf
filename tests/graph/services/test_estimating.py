"""Estimates from the store: what chance gives, weights from judged pairs, versions compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.errors import SettingsError
from graph.roles import Role
from graph.scoring.weights import Grade, parse_weights, shipped_weights, written
from graph.services import links
from graph.services.chance import NO_CALIBRATION, NO_CHANCE
from graph.services.estimating import (
    LEAST_JUDGED,
    chance_if_due,
    estimate_chance,
    fit_on_judged,
)
from graph.services.explaining import explain
from graph.services.judgements import judge
from graph.services.judging import Verdict
from graph.services.recording import record
from graph.services.sampling import sample_of
from graph.services.snapshot import take_snapshot
from graph.services.weight_versions import compare_versions
from graph.services.withdrawal import withdraw
from graph.store import Store
from tests.deliveries import delivery, email
from tests.linking import BASIS, links_of

OTHER = replace(BASIS, weights=shipped_weights("3"))
PAIRS = LEAST_JUDGED


@pytest.fixture
def judged(store: Store) -> Store:
    """Pairs with one mail address that people found to be right, and found to be wrong."""
    for n in range(2 * PAIRS):
        name = f"{'same' if n < PAIRS else 'apart'}{n}@example.com"
        shared = [email(name)] if n < PAIRS else [email(name, mined=True)]
        record(store, [delivery(f"{n}{side}", shared) for side in (1, 2)], actor="test")
    take_snapshot(store, actor="test")
    for n in range(2 * PAIRS):
        verdict = Verdict.SAME if n < PAIRS else Verdict.NOT_SAME
        judge(
            store, f"ncmec:{n}1", f"ncmec:{n}2", verdict=verdict, why="seen", basis=BASIS,
            actor="ann",
        )  # fmt: skip
    return store


def test_a_link_says_how_many_so_strong_are_of_strangers(store: Store) -> None:
    record(
        store,
        [delivery(str(n), [email(f"{n // 2}@example.com")]) for n in range(2, 42)],
        actor="test",
    )
    answer = links.links_of(store, "ncmec:2", basis=BASIS)
    assert answer.links[0].chance == NO_CHANCE
    taken = estimate_chance(store, basis=BASIS, actor="test")
    assert taken.tips == 40
    (link,) = links.links_of(store, "ncmec:2", basis=BASIS).links
    assert link.chance.startswith("Of 16 to 31 pairs of tips at least this strong here, fewer than")
    assert explain(store, "ncmec:3", "ncmec:2", basis=BASIS).chance == link.chance


def test_an_estimate_of_other_weights_is_not_told(store: Store) -> None:
    record(store, [delivery(n, [email("x@example.com")]) for n in ("1", "2")], actor="test")
    assert links_of(store, "ncmec:1").links[0].chance.startswith("Fewer than 5 pairs")
    answer = links.links_of(store, "ncmec:1", basis=OTHER)
    assert answer.links[0].chance == NO_CALIBRATION
    with pytest.raises(SettingsError, match="links fit"):
        estimate_chance(store, basis=OTHER, actor="test")


def test_the_estimate_is_made_anew_after_values_were_counted_anew(store: Store) -> None:
    record(store, [delivery(n, [email("x@example.com")]) for n in ("1", "2")], actor="test")
    take_snapshot(store, actor="test")
    assert chance_if_due(store, basis=BASIS, actor="test") is not None
    assert chance_if_due(store, basis=BASIS, actor="test") is None
    assert chance_if_due(store, basis=OTHER, actor="test") is None
    take_snapshot(store, actor="test")
    assert chance_if_due(store, basis=BASIS, actor="test") is not None


def test_the_sample_does_not_depend_on_the_order_and_leaves_withdrawn_ones_out(
    store: Store,
) -> None:
    keys = [str(n) for n in range(1, 13)]
    record(store, [delivery(n, [email(f"{n}@example.com")]) for n in reversed(keys)], actor="test")
    withdraw(store, "ncmec:3", why="test", actor="test")
    found = sample_of(store, size=5)
    assert found.of == 11
    assert len(found.tips) == 5
    assert "ncmec:3" not in sample_of(store, size=100).tips
    assert list(found.tips) == sorted(found.tips)


def test_weights_are_estimated_from_what_people_judged(judged: Store) -> None:
    fitted = fit_on_judged(judged, basis=BASIS, version="site-1")
    assert (fitted.same, fitted.not_same, fitted.unsure, fitted.gone) == (PAIRS, PAIRS, 0, 0)
    mined = "quality.mined"
    assert fitted.weights.of(mined).weight < BASIS.weights.of(mined).weight
    assert fitted.weights.calibration is not None
    assert parse_weights(written(fitted.weights), name="again") == fitted.weights
    assert f"{PAIRS} pairs" in fitted.weights.how


def test_too_few_judged_pairs_estimate_nothing(store: Store) -> None:
    record(store, [delivery(n, [email("x@example.com")]) for n in ("1", "2")], actor="test")
    judge(store, "ncmec:1", "ncmec:2", verdict=Verdict.SAME, why="seen", basis=BASIS, actor="ann")
    with pytest.raises(SettingsError, match="1 pairs that share identifiers were judged"):
        fit_on_judged(store, basis=BASIS, version="site-1")


def test_unsure_and_withdrawn_pairs_are_left_out_and_said(judged: Store) -> None:
    record(judged, [delivery(n, [email("u@example.com")]) for n in ("8001", "8002")], actor="test")
    judge(
        judged, "ncmec:8001", "ncmec:8002", verdict=Verdict.UNSURE, why="?", basis=BASIS,
        actor="ann",
    )  # fmt: skip
    record(judged, [delivery(n, [email("v@example.com")]) for n in ("8003", "8004")], actor="test")
    judge(
        judged, "ncmec:8003", "ncmec:8004", verdict=Verdict.SAME, why="!", basis=BASIS,
        actor="ann",
    )  # fmt: skip
    withdraw(judged, "ncmec:8004", why="test", actor="test")
    fitted = fit_on_judged(judged, basis=BASIS, version="site-1")
    assert (fitted.unsure, fitted.gone) == (1, 1)


def test_two_versions_are_compared_on_the_same_pairs(judged: Store) -> None:
    fitted = replace(BASIS, weights=fit_on_judged(judged, basis=BASIS, version="site-1").weights)
    found = compare_versions(judged, BASIS, fitted)
    assert (found.first, found.second) == (BASIS.weights.version, "site-1")
    assert found.pairs == 2 * PAIRS == sum(cell.pairs for cell in found.grades)
    before, after = found.judged
    assert before.same_of == after.same_of == PAIRS
    assert after.apart > before.apart
    assert after.same == PAIRS
    moved = [c for c in found.changes if c.own.endswith("1") and c.second is not Grade.STRONG]
    assert len(moved) > 0


def test_a_version_beside_itself_changes_nothing(judged: Store) -> None:
    found = compare_versions(judged, BASIS, BASIS)
    assert found.changes == ()
    assert all(cell.first is cell.second for cell in found.grades)


def test_judged_pairs_that_share_nothing_are_left_out_and_said(judged: Store) -> None:
    record(
        judged, [delivery(n, [email(f"{n}@example.com")]) for n in ("9001", "9002")], actor="test"
    )
    judge(
        judged, "ncmec:9001", "ncmec:9002", verdict=Verdict.SAME, why="known", basis=BASIS,
        actor="ann",
    )  # fmt: skip
    fitted = fit_on_judged(judged, basis=BASIS, version="site-1")
    assert (fitted.same, fitted.unlinked) == (PAIRS, 1)


def test_a_link_stronger_than_all_that_were_asked_is_not_called_weak(store: Store) -> None:
    record(store, [delivery("1", [email("x@example.com")])], actor="test")
    take_snapshot(store, actor="test")
    estimate_chance(store, basis=BASIS, actor="test")
    record(store, [delivery("2", [email("x@example.com")])], actor="test")
    (link,) = links.links_of(store, "ncmec:1", basis=BASIS).links
    assert "how often strangers are so strong is not known" in link.chance


def test_an_estimate_of_another_table_with_the_same_version_is_not_told(store: Store) -> None:
    record(store, [delivery(n, [email("x@example.com")]) for n in ("1", "2")], actor="test")
    assert links_of(store, "ncmec:1").links[0].chance.startswith("Fewer than 5 pairs")
    twice = {
        name: item.model_copy(update={"weight": 2 * item.weight})
        for name, item in BASIS.weights.evidence.items()
    }
    other = replace(BASIS, weights=BASIS.weights.model_copy(update={"evidence": twice}))
    assert links.links_of(store, "ncmec:1", basis=other).links[0].chance == NO_CHANCE


def test_what_links_no_subjects_has_no_chance(store: Store) -> None:
    child = email("x@example.com", role=Role.VICTIM)
    record(store, [delivery("1", [child]), delivery("2", [email("x@example.com")])], actor="test")
    (link,) = links_of(store, "ncmec:2").links
    assert link.chance == "Nothing here links subjects, so nothing is said of chance."
