"""Link times are measured on a store that really holds the tips, and a crowd really comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.links.speed import measure_speed


@pytest.mark.long
def test_links_are_timed_before_and_after_a_crowd_came(tmp_path: Path) -> None:
    said: set[str] = set()
    speed = measure_speed(
        "embedded",
        tmp_path,
        tips=300,
        seed=1,
        crowd=400,
        around=2,
        progress=lambda doing, _done, _total: said.add(doing),
    )
    assert speed.tips >= 300
    assert speed.links.p95 >= speed.links.p50 > 0
    assert speed.gain > 1
    assert speed.crowd is not None
    assert (speed.crowd.tips, speed.crowd.true_pairs > 0) == (400, True)
    assert speed.crowd.unexplained <= speed.crowd.moved
    assert speed.around is not None
    assert (speed.around.tips, speed.around.groups.p50 > 0, speed.around.paths.p50 > 0) == (
        2,
        True,
        True,
    )
    assert said == {
        "taking the world in",
        "links of one tip",
        "groups and chains",
        "letting strangers in",
    }
