"""Spans of time as pages say them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.spans import left, since, span
from dashboard.views.handoff_offer import end_of
from dashboard.views.staff_records import bounds

NOW = "2026-11-23T12:00:00Z"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 min"),
        (59, "0 min"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h 0 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d 0 h"),
        (200_000, "2 d 7 h"),
        (-61, "-1 min"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_how_long_ago_and_how_long_until() -> None:
    assert since("2026-11-23T10:30:00.5Z", NOW) == "1 h 29 min"
    assert since(None, NOW) == ""
    assert left("2026-11-23T12:15:00Z", NOW) == "in 15 min"
    assert left("2026-11-22T12:00:00Z", NOW) == "over since 1 d 0 h"
    assert left(None, NOW) == ""
    # Over a change of the hour (1 November 2026 in Denver) a span stays what it is.
    assert since("2026-11-01T06:30:00Z", "2026-11-01T09:30:00Z") == "3 h 0 min"


def test_days_are_whole_days_in_utc() -> None:
    day = date(2028, 2, 29)
    assert bounds(day, day) == (
        datetime(2028, 2, 29, tzinfo=UTC),
        datetime(2028, 3, 1, tzinfo=UTC),
    )
    assert end_of(date(2026, 12, 31)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert end_of(None) is None
