from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.clock import iso, to_us
from graph.times import UNSTATED_US, StatedTime, parse_time

HOUR_US = 3_600_000_000


def _stated(text: str) -> StatedTime:
    return parse_time(text, reference_us=to_us(datetime(2026, 11, 23, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-22T03:42:19Z", "2026-11-22T03:42:19Z"),
        ("2026-11-22t03:42:19z", "2026-11-22T03:42:19Z"),
        (" 2026-11-22 03:42:19 UTC ", "2026-11-22T03:42:19Z"),
        ("2026-11-22T03:42:19.5Z", "2026-11-22T03:42:19.500000Z"),
        ("2026-11-22T03:42:19,123456789Z", "2026-11-22T03:42:19.123456Z"),
        ("2026-11-22T03:42:19+0530", "2026-11-21T22:12:19Z"),
        ("2026-11-22T03:42:19+05:30", "2026-11-21T22:12:19Z"),
        ("2026-11-22T03:42:19-08", "2026-11-22T11:42:19Z"),
        ("2026-11-22T03:42:19-00:00", "2026-11-22T03:42:19Z"),
        ("2026-11-22T03:42:19+14:00", "2026-11-21T13:42:19Z"),
        ("2026-11-22T03:42:19+01:00[Europe/Berlin]", "2026-11-22T02:42:19Z"),
        ("2026-11-22 03:42:19 GMT+2", "2026-11-22T01:42:19Z"),
        ("2026-11-22 03:42:19 PM UTC", "2026-11-22T15:42:19Z"),
        ("2026-11-22 12:00:00 am UTC", "2026-11-22T00:00:00Z"),
        ("20261122T034219Z", "2026-11-22T03:42:19Z"),
        ("Sun, 22 Nov 2026 03:42:19 +0000", "2026-11-22T03:42:19Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    ],
)
def test_a_full_time_with_zone_is_an_instant(text: str, instant: str) -> None:
    found = _stated(text)
    assert found.us is not None
    assert iso(found.us) == instant
    assert found.earliest_us == found.latest_us == found.us
    assert (found.zone_stated, found.reason, found.raw) == (True, None, text)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_time_is_no_time(text: str | None) -> None:
    found = parse_time(text)
    assert (found.us, found.earliest_us, found.zone_stated, found.reason) == (
        None,
        None,
        False,
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T03:42:19",
        "2026-11-22 03:42:19 EST",
        "2026-11-22 03:42:19 Eastern Daylight Time",
        "2026-11-22 03:42:19 America/New_York",
        "2026-11-22T03:42:19+15:00",
        "2026-11-22T03:42:19-13:00",
        "2026-11-22T03:42:19+01:75",
    ],
)
def test_case_25_a_time_without_a_sure_zone_is_an_interval(text: str) -> None:
    found = _stated(text)
    reading = to_us(datetime(2026, 11, 22, 3, 42, 19, tzinfo=UTC))
    assert found.us is None
    assert (found.earliest_us, found.latest_us) == (reading - UNSTATED_US, reading + UNSTATED_US)
    assert UNSTATED_US == 14 * HOUR_US
    assert found.zone_stated is False
    assert found.reason is not None


def test_case_25_the_missing_hour_of_summer_time_is_no_guess() -> None:
    found = _stated("2026-03-08T02:30:00 America/New_York")
    assert found.us is None
    assert found.latest_us is not None
    assert found.earliest_us is not None
    assert found.latest_us - found.earliest_us == 2 * UNSTATED_US


@pytest.mark.parametrize(
    "text",
    [
        "1970-01-01T00:00:00Z",
        "1970-01-01",
        "1969-12-31T19:00:00-05:00",
        "1970-01-01T05:30:00",
        "0001-01-01T00:00:00",
        "0000-00-00 00:00:00",
        "1601-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ],
)
def test_case_25_fillers_are_no_times(text: str) -> None:
    found = _stated(text)
    assert (found.us, found.earliest_us, found.latest_us) == (None, None, None)
    assert found.reason is not None
    assert "filler" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-22T24:00:01Z",
        "2026-11-22T25:00:00Z",
        "2026-11-22T03:60:00Z",
        "2026-11-22T03:42:61Z",
        "2026-11-22 13:00 pm UTC",
        "2026-11-22 00:30 am UTC",
        "1492-10-12T00:00:00Z",
        "2200-01-01T00:00:00Z",
        "1700000000",
        "20261122034219",
        "11/22/2026 03:42:19",
        "22 Xyz 2026",
        "yesterday",
        "2026-11-22T03:42:19 to 2026-11-23",
        "٢٠٢٦-11-22",
        "2026-11-22T03:42:19Z" + "x" * 100,
    ],
)
def test_case_25_impossible_and_doubtful_texts_give_a_reason_only(text: str) -> None:
    found = _stated(text)
    assert (found.us, found.earliest_us, found.latest_us) == (None, None, None)
    assert found.reason is not None


def test_case_25_midnight_as_24_is_a_day() -> None:
    found = _stated("2026-11-22T24:00:00Z")
    assert found.us is None
    assert found.earliest_us == to_us(datetime(2026, 11, 22, tzinfo=UTC))
    assert found.latest_us == to_us(datetime(2026, 11, 23, tzinfo=UTC))
    assert found.reason is not None


def test_a_leap_second_is_two_seconds() -> None:
    found = _stated("2016-12-31T23:59:60Z")
    assert found.us is None
    assert found.earliest_us == to_us(datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert found.latest_us == to_us(datetime(2017, 1, 1, 0, 0, 1, tzinfo=UTC)) - 1


def test_a_day_alone_is_an_interval() -> None:
    found = _stated("2026-11-22")
    start = to_us(datetime(2026, 11, 22, tzinfo=UTC))
    assert found.us is None
    assert found.earliest_us == start - UNSTATED_US
    assert found.latest_us == start + 24 * HOUR_US - 1 + UNSTATED_US
    with_zone = _stated("2026-11-22Z")
    assert (with_zone.us, with_zone.earliest_us, with_zone.zone_stated) == (None, start, True)


def test_a_time_to_the_minute_says_so() -> None:
    found = _stated("2026-11-22T03:42Z")
    assert found.us == found.earliest_us == to_us(datetime(2026, 11, 22, 3, 42, tzinfo=UTC))
    assert found.latest_us == found.us + 59_999_999
    assert found.reason is not None


def test_future_and_early_times_are_flagged_and_kept() -> None:
    future = _stated("2026-11-23T00:00:00.000001Z")
    assert future.us is not None
    assert future.reason is not None
    assert "Later" in future.reason
    assert parse_time("2026-11-24T00:00:00Z").reason is None
    assert _stated("2026-11-23T13:59:59").reason == _stated("2026-11-22T03:42:19").reason
    early = _stated("1985-01-01T05:00:00Z")
    assert early.us is not None
    assert early.reason is not None


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2026, 1, 1)))  # noqa: DTZ001
def test_what_the_clock_writes_is_read_back(when: datetime) -> None:
    us = to_us(when.replace(tzinfo=UTC))
    assert parse_time(iso(us)).us == us


@given(
    st.text(st.characters(exclude_categories=()), max_size=40), st.none() | st.integers(0, 2**52)
)
def test_no_text_raises(text: str, reference_us: int | None) -> None:
    found = parse_time(text, reference_us=reference_us)
    assert found.us is None or found.zone_stated


@given(st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{4})?\Z"))
def test_every_shape_of_digits_is_an_instant_an_interval_or_a_reason(text: str) -> None:
    found = parse_time(text)
    if found.earliest_us is None or found.latest_us is None:
        assert found.us is None
        assert found.reason is not None
    else:
        assert found.earliest_us <= found.latest_us
