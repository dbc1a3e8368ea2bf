"""Times in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.desk.times import age, clock, is_older, span

NOON = "2026-11-22T12:00:00Z"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h 0 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d 0 h"),
        (90_000, "1 d 1 h"),
    ],
)
def test_a_span_has_its_two_largest_units(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_ages_are_as_of_a_time() -> None:
    assert age("2026-11-22T10:30:00.5Z", as_of=NOON) == "1 h 29 min"
    assert age(None, as_of=NOON) == ""


def test_a_clock_is_stopped_runs_or_has_run_out() -> None:
    assert clock(None, done=None, as_of=NOON) == "no clock runs"
    assert clock("2026-11-22T13:00:00Z", done=None, as_of=NOON) == "1 h 0 min left"
    assert clock("2026-11-22T11:59:00Z", done=None, as_of=NOON) == "OVERDUE by 1 min"
    assert clock("2026-11-22T11:00:00Z", done=NOON, as_of=NOON) == f"acknowledged {NOON}"


def test_an_answer_is_old_after_its_time_and_not_at_it() -> None:
    hour = timedelta(hours=1)
    at = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    assert not is_older(NOON, than=hour, at=at)
    assert is_older(NOON, than=hour, at=at + timedelta(microseconds=1))
