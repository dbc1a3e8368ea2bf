"""Estimating weights: known ratios are found, and what no pair shows stays as it was."""

from __future__ import annotations

import random

import pytest

from graph.scoring.fitting import Labelled, fit, rescored
from graph.scoring.pairs import weigh
from graph.scoring.weights import Weights, parse_weights, shipped_weights, written
from tests.graph.scoring.profiles import basis, email, file_hash, tip

TABLE = shipped_weights("1")


def pairs(email_bits: int, file_bits: int) -> list[Labelled]:
    """Give pairs whose odds double with every bit of what they share."""
    dice = random.Random(7)
    found: list[Labelled] = []
    for _ in range(20_000):
        is_same = dice.random() < 0.5
        odds = 1.0 if is_same else 0.0
        said = []
        if dice.random() < (0.5 if odds else 0.5 / 2**email_bits):
            said.append(email("a@example.com"))
        if dice.random() < (0.5 if odds else 0.5 / 2**file_bits):
            said.append(file_hash("md5:1"))
        found.append(Labelled(weighed=weigh(tip(*said), tip(*said), basis()), is_same=is_same))
    return found


def fitted(labelled: list[Labelled]) -> Weights:
    return fit(labelled, TABLE, version="t", made="2026-11-22", how="A test.")


def test_the_stronger_evidence_gets_the_greater_weight() -> None:
    table = fitted(pairs(email_bits=5, file_bits=2))
    got_email, got_file = (table.of(name).weight for name in ("email", "file"))
    # The ratio against sharing nothing, which tells a little too.
    assert 5000 < got_email < 7500
    assert 2000 < got_file < 4000


def test_what_no_pair_shows_stays_and_says_so() -> None:
    table = fitted(pairs(5, 2))
    assert table.of("device").weight == TABLE.of("device").weight
    assert table.of("device").why == "No pair showed it: as in version 1."
    assert "pairs of one person" in table.of("email").why


def test_a_fitted_table_is_read_back_as_it_was_written() -> None:
    table = fitted(pairs(5, 2))
    assert parse_weights(written(table), name="test") == table


def test_cut_offs_are_ordered_and_scores_follow_the_new_table() -> None:
    labelled = pairs(5, 2)
    table = fitted(labelled)
    assert table.cut_offs.strong >= table.cut_offs.moderate >= table.cut_offs.weak
    both = weigh(tip(email("a"), file_hash("b")), tip(email("a"), file_hash("b")), basis())
    assert rescored(both, table) == table.of("email").weight + table.of("file").weight


def test_pairs_that_are_all_alike_teach_nothing() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        fitted([pair for pair in pairs(5, 2) if pair.is_same])
