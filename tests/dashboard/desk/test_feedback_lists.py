"""Feedback's lists, its time, and whether a file is the one that was written."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest

from client.resources.feedback import NcmecFeedback
from dashboard.desk.feedback_lists import MAKES, READS, file_name, holds, time_told
from graph.casework.deeds import Deed
from graph.casework.rights import roles_for

NOW = "2026-11-23T12:00:00.000001Z"
LAST = "2026-11-20T00:00:00Z"


def feedback(data: bytes) -> NcmecFeedback:
    """Give a feedback whose CSV is some bytes."""
    return NcmecFeedback(
        key="../ab12cd34ef",
        agency="north",
        from_at=LAST,
        until_at=NOW,
        made_at=NOW,
        made_by="boss.north",
        words="1",
        synthetic=True,
        line_total=1,
        purged_lines=None,
        corrections=0,
        left_out=(),
        csv_sha256=hashlib.sha256(data).hexdigest(),
        json_sha256="0" * 64,
    )


def test_who_does_what_follows_from_the_policies() -> None:
    assert {role.value for role in roles_for(Deed.FEEDBACK_READ)} == READS
    assert {role.value for role in roles_for(Deed.FEEDBACK_MAKE)} == MAKES


def test_a_time_goes_on_where_the_last_ended_and_never_into_the_future() -> None:
    now = datetime(2026, 11, 23, 12, 0, 0, 1, tzinfo=UTC)
    of_day = datetime(2026, 11, 1, tzinfo=UTC)
    assert time_told(last=LAST, since=None, before=None, now=NOW) == (
        datetime(2026, 11, 20, tzinfo=UTC),
        now,
    )
    told = time_told(last=LAST, since=date(2026, 11, 1), before=date(2026, 11, 23), now=NOW)
    assert told == (of_day, datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("last", "since", "before"),
    [
        (None, None, None),
        (None, date(2026, 11, 23), date(2026, 11, 23)),
        (LAST, None, date(2026, 11, 20)),
        (LAST, None, date(2026, 11, 24)),
        (NOW, None, None),
    ],
)
def test_a_time_that_is_none_is_refused(
    last: str | None, since: date | None, before: date | None
) -> None:
    assert time_told(last=last, since=since, before=before, now=NOW) is None


def test_a_file_is_the_one_that_was_written_or_it_is_not_given() -> None:
    row = feedback(b"told")
    assert holds(row, b"told", "csv")
    assert not holds(row, b"told ", "csv")
    assert not holds(row, b"told", "json")
    assert file_name(row, "csv") == "ncmec-feedback-SYNTHETIC-ab12c.csv"
