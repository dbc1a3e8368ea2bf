"""Ages by a stated date of birth: leap days, days before and after, fillers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graph.triage.ages import age_at


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2011-05-06", "2024-05-05", 12),
        ("2011-05-06", "2024-05-06", 13),
        ("2012-02-29", "2025-02-28", 12),
        ("2012-02-29", "2025-03-01", 13),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2011-05-06T00:00:00Z", "2024-05-06", 13),
        ("2024-05-06", "2024-05-06", 0),
        ("2024-05-07", "2024-05-06", None),
        ("2011-02-29", "2024-05-06", None),
        ("05/06/2011", "2024-05-06", None),
        ("1900-01-01", "2024-05-06", None),
        ("1970-01-01", "2024-05-06", None),
        ("unknown", "2024-05-06", None),
    ],
)
def test_an_age_is_of_the_day(born: str, day: str, age: int | None) -> None:
    for clock in ("T00:00:00+00:00", "T23:59:59.999999+00:00"):
        at_us = int(datetime.fromisoformat(day + clock).astimezone(UTC).timestamp()) * 1_000_000
        assert age_at(born, at_us) == age
