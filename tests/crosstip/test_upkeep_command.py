"""What a monitor is told of the timetable: `crosstip upkeep --check`."""

from __future__ import annotations

from crosstip.commands.upkeep import answer_of, is_well
from crosstip.upkeep.duties import DUTIES
from graph.queries.upkeep import DutyRow, RunnerRow
from graph.services.timetable import SECOND_US

_NOW = 1_800_000_000_000_000
_RUNNER = RunnerRow(holder="one", user="worker", since_us=_NOW, until_us=_NOW + SECOND_US, fence=1)
_KEPT = tuple(duty for duty in DUTIES if duty.missing() is None)
_LEFT = tuple(duty for duty in DUTIES if duty.missing() is not None)


def _rows(**changed: dict[str, int]) -> dict[str, DutyRow]:
    return {
        duty.name: DutyRow.model_validate(
            {
                "key": duty.name,
                "due_us": _NOW + duty.every_s * SECOND_US,
                "began_us": _NOW,
                "ended_us": _NOW,
                "done_us": _NOW,
                "outcome": "done",
                "failures": 0,
                "fence": 1,
                **changed.get(duty.name, {}),
            }
        )
        for duty in DUTIES
    }


def _well(rows: dict[str, DutyRow], *, runner: RunnerRow | None = _RUNNER) -> bool:
    return is_well(answer_of(runner, rows, at_us=_NOW))


def test_it_is_well_while_each_duty_is_run_in_time_and_works() -> None:
    assert _well(_rows())
    assert _well({})
    assert not _well(_rows(), runner=None)


def test_a_duty_that_fails_or_that_nobody_runs_is_told() -> None:
    for duty in _KEPT:
        allowed = max(duty.every_s, 600) * SECOND_US
        assert not _well(_rows(**{duty.name: {"failures": 1}})), duty.name
        assert _well(_rows(**{duty.name: {"due_us": _NOW - allowed}})), duty.name
        assert not _well(_rows(**{duty.name: {"due_us": _NOW - allowed - 1}})), duty.name
        assert _well(_rows(**{duty.name: {"due_us": 0}})), "made due by hand: due now"


def test_a_duty_that_is_not_set_up_any_more_is_not_told() -> None:
    assert len(_LEFT) > 0
    for duty in _LEFT:
        assert _well(_rows(**{duty.name: {"failures": 3, "due_us": 1}})), duty.name
