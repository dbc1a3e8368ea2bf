"""Days and weeks of zones: over clock changes, leap days, and zones of odd offsets."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.caseload.periods import MOST_BACK, PeriodStep, buckets_of, runs_of, zone_of
from graph.clock import from_us, to_us
from graph.errors import QuestionError

HOUR_US = 3_600_000_000
ZONES = ("UTC", "America/Denver", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana")


def at(text: str) -> int:
    return to_us(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "zone", "hours"),
    [
        ("2026-03-09T18:00", "America/Denver", {"2026-03-07": 24, "2026-03-08": 23}),
        ("2026-11-02T18:00", "America/Denver", {"2026-10-31": 24, "2026-11-01": 25}),
        ("2026-03-30T18:00", "Europe/Berlin", {"2026-03-29": 23, "2026-03-30": 24}),
        # Half an hour, as nowhere else; and clocks that leap over midnight itself.
        ("2026-04-06T18:00", "Australia/Lord_Howe", {"2026-04-05": 24.5}),
        ("2026-03-09T18:00", "America/Havana", {"2026-03-08": 23, "2026-03-09": 24}),
        ("2028-03-01T12:00", "Asia/Kathmandu", {"2028-02-28": 24, "2028-02-29": 24}),
        ("2026-03-01T12:00", "Asia/Kathmandu", {"2026-02-28": 24, "2026-03-01": 24}),
    ],
)
def test_a_day_has_as_many_hours_as_its_zone_gives_it(
    now: str, zone: str, hours: dict[str, float]
) -> None:
    found = buckets_of(at(now), zone_of(zone), step=PeriodStep.DAY, back=5)
    lasting = {each.label: (each.end_us - each.begin_us) / HOUR_US for each in found}
    assert {day: lasting[day] for day in hours} == hours


def test_today_is_the_zones_day_not_utcs() -> None:
    now_us = at("2026-03-01T05:00")
    days = {
        zone: buckets_of(now_us, zone_of(zone), step=PeriodStep.DAY, back=1)[0].label
        for zone in ("America/Denver", "UTC", "Pacific/Auckland")
    }
    assert days == {
        "America/Denver": "2026-02-28",
        "UTC": "2026-03-01",
        "Pacific/Auckland": "2026-03-01",
    }
    assert (
        buckets_of(now_us - 1, zone_of("UTC"), step=PeriodStep.DAY, back=1)[0].label == "2026-03-01"
    )


def test_weeks_begin_on_monday_and_are_named_as_iso_has_it() -> None:
    found = buckets_of(
        at("2027-01-03T12:00"), zone_of("America/Denver"), step=PeriodStep.WEEK, back=2
    )
    assert [each.label for each in found] == ["2026-W52", "2026-W53"]
    monday = from_us(found[-1].begin_us).astimezone(ZoneInfo("America/Denver"))
    assert (monday.weekday(), monday.hour) == (0, 0)


@given(
    st.integers(at("1990-01-01T00:00"), at("2037-12-31T00:00")),
    st.sampled_from(ZONES),
    st.sampled_from(list(PeriodStep)),
    st.integers(1, 60),
)
def test_buckets_follow_each_other_and_runs_find_them_again(
    now_us: int, name: str, step: PeriodStep, back: int
) -> None:
    found = buckets_of(now_us, zone_of(name), step=step, back=back)
    assert len(found) == back
    assert found[-1].begin_us <= now_us < found[-1].end_us
    assert all(a.end_us == b.begin_us for a, b in itertools.pairwise(found))
    runs = runs_of(found)
    assert [each for run in runs for each in run.buckets] == list(found)
    for run in runs:
        for nth, bucket in enumerate(run.buckets):
            for us in (bucket.begin_us, bucket.end_us - 1):
                assert (us - run.begin_us) // run.width_us == nth
    for bucket in found:
        local = from_us(bucket.begin_us).astimezone(ZoneInfo(name))
        before = from_us(bucket.begin_us - 1).astimezone(ZoneInfo(name))
        assert local.date() - before.date() == timedelta(days=1)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "America"])
def test_no_zone(name: str) -> None:
    with pytest.raises(QuestionError, match="no such time zone"):
        zone_of(name)


@pytest.mark.parametrize("back", [0, MOST_BACK + 1])
def test_no_period(back: int) -> None:
    with pytest.raises(QuestionError, match="1 to 400"):
        buckets_of(0, zone_of("UTC"), step=PeriodStep.DAY, back=back)
