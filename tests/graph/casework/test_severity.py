"""How urgent a conflict is: each row of the table decides once, and clocks follow."""

from __future__ import annotations

import pytest

from graph.casework.severity import CLOCK_US, RECENT_US, RULES, Found, Severity, severity_of, worse

NOW = 1_700_000_000_000_000
OLD = NOW - RECENT_US - 1


def found(kind: str = "check", **more: object) -> Found:
    """Give a reason of long ago."""
    facts: dict[str, object] = {"roles": (None, "suspect"), "urgency": None, "last_us": OLD}
    return Found(kind=kind, **(facts | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reasons", "row"),
    [
        ([found(roles=("officer persona", None))], 0),
        ([found("tip", urgency=0)], 1),
        ([found("tip", urgency=1)], 2),
        ([found("claim")], 3),
        ([found(), found(), found()], 4),
        ([found()], 6),
        ([found("tip", urgency=2)], 6),
    ],
)
def test_a_row_decides(reasons: list[Found], row: int) -> None:
    severity, why = severity_of(reasons, at_us=NOW)
    assert severity is RULES[row].severity
    assert RULES[row].sentence in why


def test_activity_counts_only_what_is_recent() -> None:
    active = [found(last_us=NOW)] * 3
    assert RULES[5].sentence in severity_of(active, at_us=NOW)[1]
    assert RULES[5].sentence not in severity_of([found()] * 3, at_us=NOW)[1]


def test_the_more_urgent_the_shorter_the_clock() -> None:
    clocks = [CLOCK_US[severity] for severity in Severity]
    assert clocks == sorted(clocks)
    assert len(set(clocks)) == len(clocks)
    assert worse("normal", "urgent") is Severity.URGENT
