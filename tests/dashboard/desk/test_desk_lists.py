"""The desk's lists: overdue first, whose, until when, and clocks that promise nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from client.resources.provider_requests import RunningOut
from dashboard.desk.desk_lists import (
    About,
    about,
    at_utc,
    ends_columns,
    left_days,
    overdue_first,
    task_columns,
    task_due,
    task_line,
)
from tests.dashboard.desk.test_desk_steps import AT, task

NOON = "2026-11-23T12:00:00Z"


def end(left: int | None, *, on: str | None = "2026-12-01") -> RunningOut:
    """Give a presumed end."""
    return RunningOut(
        ref=None,
        kind="presumed end",
        tip="ncmec:1",
        investigation=None,
        provider="a\u202eb",
        ends_on=on,
        ends_at=None,
        left_days=left,
        source="18 U.S.C. 2258A(h)(1)",
        says="Presumed: confirm with provider.",
    )


def test_overdue_tasks_stand_first_and_done_ones_last() -> None:
    tasks = [
        task(ref="done", stage="done"),
        task(ref="next"),
        task(ref="late", is_overdue=True),
        task(ref="last"),
    ]
    assert [one.ref for one in overdue_first(tasks)] == ["late", "next", "last", "done"]


def test_a_task_says_until_when_it_is_whose_and_about_what() -> None:
    assert task_due(task(), as_of=NOON) == "OVERDUE by 2 h 0 min"
    assert task_due(task(due_at=NOON), as_of=AT) == "2 h 0 min left"
    assert task_due(task(stage="called off"), as_of=NOON) == "called off"
    columns = task_columns(
        [task(person=None, unit="north|night"), task(tip=None, investigation="26|7")], as_of=NOON
    )
    assert columns["Whose"] == ["unit north|night", "x"]
    assert columns["About"] == ["ncmec:1", "investigation 26|7"]
    assert task_line(task(text="a\nb\u202e", is_overdue=True)) == "OVERDUE: a b\\u202e (ncmec:1)"


def test_a_clock_says_no_more_than_is_known_and_always_what_to_confirm() -> None:
    assert [left_days(end(days)) for days in (None, -1, 0, 30)] == [
        "not known",
        "OVER",
        "0 d",
        "30 d",
    ]
    columns = ends_columns([end(None, on=None)])
    assert columns["Ends on"] == ["no date"]
    assert columns["Says"] == ["Presumed: confirm with provider."]
    assert columns["Where the time comes from"] == ["18 U.S.C. 2258A(h)(1)"]
    assert columns["Provider"] == ["a\\u202eb"]


@pytest.mark.parametrize(
    ("tip", "case", "found"),
    [
        ("7", "", About("ncmec:7", None)),
        (" state:7 ", " ", About("state:7", None)),
        ("", " 26-1 ", About(None, "26-1")),
        ("", "", None),
        ("7", "26-1", None),
    ],
)
def test_it_is_about_one_of_two(tip: str, case: str, found: About | None) -> None:
    assert about(tip, case) == found


def test_a_day_without_a_time_is_its_end() -> None:
    day = date(2026, 12, 1)
    assert at_utc(None, time(3)) is None
    assert at_utc(day, None) == datetime(2026, 12, 1, 23, 59, tzinfo=UTC)
    assert at_utc(day, time(3, 30)) == datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
