"""The measurement of intake: what it compares is the same, and its figures hang together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bench.figures import IngestFigures, Sizes
from bench.ingest import MeasurementError, measure_ingest, require_equal

pytestmark = pytest.mark.long

TIPS = 200


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[IngestFigures, list[str]]:
    """One small measurement, and what it said it was doing."""
    said: list[str] = []
    figures = measure_ingest(
        "embedded",
        tmp_path_factory.mktemp("bench"),
        tips=TIPS,
        batch_tips=100,
        batches=(1_000,),
        progress=lambda doing, _done, _total: said.append(doing),
    )
    return figures, said


def test_both_loops_wrote_the_same_graph(measured: tuple[IngestFigures, list[str]]) -> None:
    figures, _ = measured
    sizes = figures.whole.sizes
    assert [loop.sizes for loop in figures.bare] == [sizes]
    assert sizes.nodes["Tip"] >= TIPS
    assert sizes.edges["ASSERTS"] > TIPS
    assert sizes.nodes["Document"] == sizes.edges["STATED_IN"] == figures.whole.documents - 2


def test_the_rates_follow_from_the_times(measured: tuple[IngestFigures, list[str]]) -> None:
    figures, _ = measured
    whole, (bare,) = figures.whole, figures.bare
    rates = (whole.tips_per_s * whole.spent.seconds, bare.tips_per_s * bare.spent.seconds)
    assert rates == pytest.approx((TIPS, TIPS))
    rows = (whole.rows_per_s * whole.spent.seconds, bare.rows_per_s * bare.spent.seconds)
    # The store's own node was there before both.
    assert rows == pytest.approx((whole.sizes.rows, whole.sizes.rows - 1))
    assert figures.ratio == pytest.approx(bare.spent.seconds / whole.spent.seconds)


def test_every_step_is_measured_apart(measured: tuple[IngestFigures, list[str]]) -> None:
    figures, _ = measured
    assert [stage.name for stage in figures.stages] == [
        "read files",
        "screen and spool",
        "parse and normalise",
        "seal into the vault",
        "write to the store",
    ]
    assert all(stage.spent.seconds > 0 for stage in figures.stages)
    assert [stage.rows_per_s is not None for stage in figures.stages] == [False] * 4 + [True]


def test_memory_is_marked_on_the_way(measured: tuple[IngestFigures, list[str]]) -> None:
    figures, _ = measured
    marks = figures.whole.memory
    assert [mark.tips for mark in marks] == sorted(mark.tips for mark in marks)
    assert (marks[0].tips, marks[-1].tips) == (0, TIPS)
    peaks = [mark.python_mib for mark in marks if mark.python_mib is not None]
    assert len(peaks) == len(marks)
    # Linux adds up what its threads use in batches (proc(5)): a peak may read some kB lower.
    assert all(later > earlier - 1 for earlier, later in pairwise(peaks))
    assert peaks[0] > 20


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")
def test_the_engine_that_worked_is_the_one_that_was_watched(
    measured: tuple[IngestFigures, list[str]],
) -> None:
    figures, _ = measured
    assert figures.whole.spent.engine_s is not None
    # A second engine that nobody writes to, which an earlier version watched, uses next to none.
    assert figures.whole.spent.engine_s > 0.5
    assert figures.whole.memory[-1].engine_mib is not None


def test_it_says_what_it_is_doing(measured: tuple[IngestFigures, list[str]]) -> None:
    _, said = measured
    assert list(dict.fromkeys(said)) == [
        "making a world",
        "the whole pipeline",
        "reading the rows out again",
        "the bare loop, batches of 1,000",
        "each step by itself",
    ]


def test_unequal_graphs_are_no_measurement() -> None:
    pipeline = Sizes(nodes={"Tip": 3}, edges={"ASSERTS": 2})
    require_equal(pipeline, Sizes(nodes={"Tip": 3}, edges={"ASSERTS": 2}))
    with pytest.raises(MeasurementError, match="cannot be compared"):
        require_equal(pipeline, Sizes(nodes={"Tip": 3}, edges={"ASSERTS": 1}))
