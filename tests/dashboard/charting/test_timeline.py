"""The timeline: how exactly each time is known, a range of it, and what has no time at all."""

from __future__ import annotations

from typing import Any

import pytest

from client.tips import TipAnswer, TipAssertion, TipFacts
from dashboard.charting.model import Name
from dashboard.charting.timeline import (
    Days,
    brushed,
    in_days,
    moment_rows,
    moments,
    unknown_in,
)
from tests.dashboard.charting.answers import AS_OF, tip_line

A: Name = ("Tip", "ncmec:1")
B: Name = ("Tip", "ncmec:2")


def _said(**more: Any) -> TipAssertion:
    values: dict[str, Any] = dict.fromkeys(TipAssertion.model_fields)
    values |= {"kind": "IpAddress", "identifier": "198.18.0.1", "state": "normal"}
    values |= {"tip_count": 1, "mention_count": 1, "claim_count": 0, "role": "subject"}
    values |= {"linking": True, "mined": False, "path": "x", "event": "login"}
    return TipAssertion(**(values | more))


def made_up_tip(*said: TipAssertion, **more: Any) -> TipAnswer:
    """Give a tip that says some things."""
    line = tip_line("ncmec:1").model_dump()
    values: dict[str, Any] = dict.fromkeys(TipFacts.model_fields)
    facts = TipFacts(**(values | line | {"source": "ncmec"} | more))
    rest = dict.fromkeys(("notes", "details", "files", "references"), ())
    return TipAnswer(
        tip=facts,
        assertions=said,
        investigations=(),
        versions=(),
        as_of=AS_OF,
        synthetic=True,
        queries=(),
        caveat="",
        cut_off=(),
        **rest,
    )


def test_each_time_says_how_exactly_it_is_known_and_the_unknown_is_listed() -> None:
    tip = made_up_tip(
        _said(at="2026-03-05T10:00:00Z", zone_stated=True, time_raw="2026-03-05T10:00:00Z"),
        _said(
            at="2026-03-04T22:00:00Z",
            earliest_at="2026-03-04T10:00:00Z",
            latest_at="2026-03-05T12:00:00Z",
            zone_stated=False,
            time_raw="2026-03-04 22:00",
        ),
        _said(time_raw="yesterday"),
        _said(at="2026-03-01T00:00:00Z", ended_at="2026-04-01T00:00:00Z"),
        incident_at="2026-03-03T00:00:00Z",
    )
    found = moments([A, B], {A: (tip,)})
    assert [(m.at, m.precision, m.zone) for m in found[1:3]] == [
        (
            "2026-03-04T22:00:00Z",
            "within 26 h: 2026-03-04T10:00:00Z to 2026-03-05T12:00:00Z",
            "NOT STATED",
        ),
        ("2026-03-05T10:00:00Z", "to the second", "stated"),
    ]
    assert [(m.at, m.precision) for m in found[4:]] == [
        (None, "time unknown"),
        (None, "not read: expand the tip"),
    ]
    assert unknown_in(found) == 2
    # A range keeps what may have been in it, and everything without a time.
    narrow = in_days(found, "2026-03-05", "2026-03-05")
    assert [m.stated for m in narrow] == [
        "2026-03-04 22:00",
        "2026-03-05T10:00:00Z",
        "yesterday",
        "",
    ]
    assert in_days(found, None, None) == found
    assert moment_rows(narrow)["At (UTC)"][-1] == "unknown"


def test_nothing_of_what_is_not_drawn_is_on_it() -> None:
    tip = made_up_tip(_said(at="2026-03-05T10:00:00Z"))
    assert moments([], {A: (tip,)}) == ()
    assert [m.tip for m in moments([B], {A: (tip,), B: ()})] == ["ncmec:2"]


@pytest.mark.parametrize(
    "found",
    [
        *(None, {}, {"brush": {}}, {"brush": {"from": [1]}}, {"brush": {"from": ["a", "b"]}}),
        *({"brush": {"from": [True, 2]}}, {"brush": {"from": [1e40, 2]}}),
    ],
)
def test_what_is_no_range_narrows_nothing(found: object) -> None:
    assert brushed(found) is None


def test_a_range_is_days_in_their_order() -> None:
    later, earlier = 1_772_700_000_000, 1_772_500_000_000.5
    expected = Days(since="2026-03-03", until="2026-03-05")
    assert brushed({"brush": {"from": [later, earlier]}}) == expected
