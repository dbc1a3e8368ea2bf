"""The search for garbage is rare while intake runs, and as it was afterwards."""

from __future__ import annotations

import gc

import pytest

from ingest.collecting import rarely_collected


def test_everything_is_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with rarely_collected():
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_the_outermost_of_several_runs_decides() -> None:
    before = gc.get_threshold()
    with rarely_collected():
        during = gc.get_threshold()
        with rarely_collected():
            assert gc.get_threshold() == during
        assert gc.get_threshold() == during
    assert gc.get_threshold() == before


def test_an_error_leaves_nothing_behind() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), rarely_collected():
        _ = 1 // 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
