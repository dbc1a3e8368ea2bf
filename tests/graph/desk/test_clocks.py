"""Clocks of what providers keep: leap years, changes of the hour, several zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.clock import from_us, to_us
from graph.desk.clocks import (
    CONFIRM,
    DAY_US,
    LETTER_SOURCE,
    MARKS,
    OLD_SOURCE,
    REPORT_ACT,
    UNKNOWN,
    YEAR_SOURCE,
    begin_of,
    letter_clock,
    mark_at,
    next_mark,
    presumed_expiry,
    presumed_source,
    process_clock,
    year_after,
)

ZONES = (
    *("America/New_York", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu", "UTC"),
    *("Pacific/Kiritimati", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo"),
    *("America/Havana", "Atlantic/Azores", "Australia/Lord_Howe"),
)
HOUR_US = 3_600_000_000
zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.datetimes(
    min_value=datetime(2016, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2036, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.dates(min_value=date(2016, 1, 1), max_value=date(2036, 12, 31))


def _at(text: str, zone: str) -> int:
    return to_us(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("submitted", "zone", "ends_on"),
    [
        ("2026-11-23T10:00", "America/Denver", "2027-11-23"),
        # A leap day in between changes nothing; a year from a leap day ends a day earlier.
        ("2027-03-01T00:00", "America/Denver", "2028-03-01"),
        ("2028-02-29T23:59", "America/Denver", "2029-02-28"),
        ("2028-02-28T12:00", "America/Denver", "2029-02-28"),
        ("2028-03-01T00:00", "America/Denver", "2029-03-01"),
        # The hour that is left out, and both of the one that comes twice.
        ("2026-03-08T01:59", "America/New_York", "2027-03-08"),
        ("2026-03-08T03:00", "America/New_York", "2027-03-08"),
        ("2026-11-01T01:30", "America/New_York", "2027-11-01"),
    ],
)
def test_a_year_is_the_same_civil_day_of_the_next_year(
    submitted: str, zone: str, ends_on: str
) -> None:
    clock = presumed_expiry(_at(submitted, zone), ZoneInfo(zone))
    assert clock.ends_on == date.fromisoformat(ends_on)
    assert clock.ends_us == _at(f"{ends_on}T00:00", zone)
    assert (clock.source, clock.says) == (YEAR_SOURCE, CONFIRM)


def test_one_instant_is_another_day_in_another_zone() -> None:
    submitted = _at("2027-01-01T03:00", "UTC")
    found = {zone: presumed_expiry(submitted, ZoneInfo(zone)).ends_on for zone in ZONES}
    assert found["America/New_York"] == date(2027, 12, 31)
    assert found["UTC"] == found["Pacific/Kiritimati"] == date(2028, 1, 1)


def test_what_was_submitted_before_the_report_act_has_ninety_days() -> None:
    zone = ZoneInfo("America/New_York")
    last = presumed_expiry(_at("2024-05-06T23:59", "America/New_York"), zone)
    first = presumed_expiry(_at("2024-05-07T00:00", "America/New_York"), zone)
    assert (last.ends_on, last.source) == (date(2024, 8, 4), OLD_SOURCE)
    assert (first.ends_on, first.source) == (date(2025, 5, 7), YEAR_SOURCE)


def test_a_time_that_is_not_stated_gives_no_date() -> None:
    clock = presumed_expiry(None, ZoneInfo("UTC"))
    assert (clock.ends_on, clock.ends_us, clock.says) == (None, None, UNKNOWN)
    assert not any(letter.isdigit() for letter in clock.says)


def test_a_letter_has_ninety_days_and_once_ninety_more() -> None:
    zone = ZoneInfo("America/Denver")
    first = letter_clock(date(2027, 12, 15), zone, is_renewed=False)
    second = letter_clock(date(2027, 12, 15), zone, is_renewed=True)
    # 2028 is a leap year: 17 days of December, 31, 29, and 13 of March.
    assert (first.ends_on, second.ends_on) == (date(2028, 3, 14), date(2028, 6, 12))
    assert first.source == LETTER_SOURCE
    assert "renewed" in second.source
    # The hour changes in between: not a multiple of 24 hours, and midnight all the same.
    assert first.ends_us == _at("2028-03-14T00:00", "America/Denver")
    assert (first.ends_us - begin_of(date(2027, 12, 15), zone)) % DAY_US == DAY_US - HOUR_US


def test_a_process_ends_when_it_says() -> None:
    clock = process_clock(date(2027, 7, 4), ZoneInfo("Pacific/Honolulu"))
    assert clock.ends_us == _at("2027-07-04T00:00", "Pacific/Honolulu")


def test_a_day_whose_midnight_is_left_out_begins_where_the_gap_ends() -> None:
    # Sao Paulo put its clocks forward at midnight of 4 November 2018; Havana does so still.
    for zone, day in (
        ("America/Sao_Paulo", date(2018, 11, 4)),
        ("America/Havana", date(2027, 3, 14)),
    ):
        place = ZoneInfo(zone)
        begin = begin_of(day, place)
        assert f"{from_us(begin).astimezone(place):%Y-%m-%d %H:%M:%S}" == f"{day} 01:00:00"
        assert from_us(begin - 1).astimezone(place).date() == day - timedelta(days=1)


@given(days, zones)
def test_a_civil_day_begins_where_the_day_before_ends(day: date, zone: ZoneInfo) -> None:
    begin = begin_of(day, zone)
    assert from_us(begin).astimezone(zone).date() == day
    assert from_us(begin - 1).astimezone(zone).date() == day - timedelta(days=1)
    assert 23 * HOUR_US <= begin_of(day + timedelta(days=1), zone) - begin <= 25 * HOUR_US


@given(instants, zones)
def test_no_presumed_end_is_later_than_a_count_by_the_clock(
    submitted: datetime, zone: ZoneInfo
) -> None:
    clock = presumed_expiry(to_us(submitted), zone)
    assert clock.ends_on is not None
    assert clock.ends_us is not None
    local = submitted.astimezone(zone)
    is_old = local.date() < REPORT_ACT
    span = timedelta(days=90) if is_old else year_after(local.date()) - local.date()
    exact = to_us((local.replace(tzinfo=None) + span).replace(tzinfo=zone))
    # Up to a day earlier, with the hour that a day may have more; never later.
    assert 0 <= exact - clock.ends_us <= 25 * HOUR_US
    assert presumed_source(clock.ends_on.isoformat()) == clock.source


@given(days)
def test_a_year_is_365_or_366_days_and_never_skips_a_month(day: date) -> None:
    after = year_after(day)
    assert (after - day).days in {365, 366}
    assert (after.month, after.year) == (day.month, day.year + 1)


@given(st.integers(min_value=0, max_value=60 * 24))
def test_marks_come_one_after_the_other_and_each_once(hours: int) -> None:
    ends_us = _at("2027-01-01T00:00", "America/Denver")
    at_us = ends_us - hours * HOUR_US
    mark = mark_at(ends_us, at_us=at_us)
    following = next_mark(ends_us, told_days=mark)
    reached = [days for days in (30, 14, 7, 1) if hours <= days * 24]
    assert mark == (reached[-1] if len(reached) > 0 else None)
    assert following is None or following > at_us
    assert (following is None) is (mark == MARKS[-1])
