"""The plain form of rows: times renamed and written in UTC, everything else as it is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from api.schemas.wire import fields, wire
from graph.queries.core import Row
from graph.roles import Role


class _Row(Row):
    key: str
    at_us: int | None
    ended_us: int | None
    time_raw: str


@dataclass(frozen=True)
class _Found:
    as_of_us: int
    own_times_us: tuple[int, ...]
    rows: tuple[_Row, ...]
    role: Role


def test_times_become_utc_text() -> None:
    row = _Row(key="k", at_us=1_500_000, ended_us=None, time_raw="tuesday")
    found = _Found(as_of_us=0, own_times_us=(0, 1), rows=(row,), role=Role.VICTIM)
    assert fields(found) == {
        "as_of_at": "1970-01-01T00:00:00Z",
        "own_times": ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000001Z"],
        "rows": [
            {
                "key": "k",
                "at": "1970-01-01T00:00:01.500000Z",
                "ended_at": None,
                "time_raw": "tuesday",
            }
        ],
        "role": "victim",
    }


@pytest.mark.parametrize("value", [b"bytes", {"a": 1}, object()])
def test_what_has_no_plain_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        wire(value)
