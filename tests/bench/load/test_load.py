"""A small run of the load test: real servers, real sessions, every part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.load.measuring import FIRST_RATE, Lengths, measure_load
from bench.load.setting import MIX
from bench.progress import silent
from world.generate import smallest_world

_LIMIT_MS = 20_000.0
"""The machine may be busy with anything: how fast it is, is not asked here."""


@pytest.mark.long
def test_a_small_run_measures_every_part(tmp_path: Path) -> None:
    found = measure_load(
        "embedded",
        tmp_path,
        tips=smallest_world(),
        workers=2,
        limit_ms=_LIMIT_MS,
        seed=3,
        lengths=Lengths(warm_s=1.0, step_s=1.0, half_s=1.0, over_s=1.0, after_s=1.0, narrowings=1),
        progress=silent,
    )
    assert found.capacity >= FIRST_RATE
    assert found.half.failed == found.half_bare.failed == 0
    assert found.half_bare.admitted == found.half_bare.sent > 0
    assert {kind.kind for kind in found.kinds} <= set(MIX)
    assert all(kind.bare_p99_ms > 0 for kind in found.kinds)
    assert found.over.sent > found.half.sent
    assert found.over.failed == 0, f"neither answered nor refused politely: {found.over.statuses}"
    assert found.over.admitted > 0
    assert 0 < found.memory_mib <= found.memory_over_mib < 2048
