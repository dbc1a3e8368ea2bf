"""The chance estimate beside the truth, on a small world."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.links.chance import measure_chance
from bench.links.variants import BASE
from bench.progress import silent
from graph.scoring.weights import shipped_weights


def test_the_estimate_stands_beside_the_truth_and_shuffled_data(tmp_path: Path) -> None:
    found = measure_chance(
        tmp_path, shipped_weights(), seed=1, tips=1500, variant=BASE, progress=silent
    )
    assert 0 < found.share < 1
    assert found.share_estimated == pytest.approx(found.share, abs=0.15)
    strong, moderate, weak = found.grades
    assert [grade.grade for grade in found.grades] == ["strong", "moderate", "weak"]
    assert 0 < strong.pairs <= moderate.pairs <= weak.pairs
    assert strong.expected <= moderate.expected <= weak.expected
    assert weak.strangers >= moderate.strangers >= strong.strangers
    # What comes together by accident is seldom as strong as what belongs together.
    assert strong.together > 0
    assert strong.together_shuffled < strong.together


def test_a_table_without_a_calibration_says_nothing(tmp_path: Path) -> None:
    table = shipped_weights("3")
    assert table.calibration is None
    with pytest.raises(ValueError, match="weights 3 carry no calibration"):
        measure_chance(tmp_path, table, seed=1, tips=1500, variant=BASE, progress=silent)
