"""Weights are estimated from worlds that the scoreboard never measures."""

from __future__ import annotations

import pytest

from bench.links.training import TRAINING
from bench.links.variants import FIT_SEEDS, SEEDS
from graph.scoring.fitting import NEVER_FOR
from graph.scoring.vocabulary import EVIDENCE, SHARED
from graph.scoring.weights import shipped_weights


def test_no_training_world_is_measured_or_gives_a_threshold() -> None:
    assert {seed for seed, _ in TRAINING}.isdisjoint({*SEEDS, *FIT_SEEDS})


@pytest.mark.parametrize("version", ["1", "2", "3", "4"])
def test_a_shipped_table_is_whole_and_makes_sense(version: str) -> None:
    table = shipped_weights(version)
    assert table.version == version
    assert set(table.evidence) == set(EVIDENCE)
    assert all(table.of(name).weight <= 0 for name in NEVER_FOR)
    # Whatever is shared counts, and less the more tips hold it.
    assert all(table.of(name).weight > 0 > table.of(name).per_band for name in SHARED)
    cuts = table.cut_offs
    assert cuts.strong >= cuts.moderate >= cuts.weak > 0
