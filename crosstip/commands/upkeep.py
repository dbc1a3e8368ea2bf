"""Commands about what runs by itself: the timetable and each duty's last run; the worker."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict

from crosstip.commands.wording import Json
from crosstip.identity import As, Desk, desk
from crosstip.output import complain, print_json, print_table, say
from crosstip.session import sentences
from crosstip.upkeep.duties import DUTIES
from crosstip.upkeep.table import DAY_S, HOUR_S, MINUTE_S, Duty
from graph.casework.deeds import Deed
from graph.clock import iso, now_us
from graph.errors import NotFoundError
from graph.queries.upkeep import DutyRow, RunnerRow
from graph.services.timetable import SECOND_US, duties_of, make_due, runner_of

_NOT_WELL = 4
"""Exit code of `--check`, for monitors."""
_LATE_US = 10 * MINUTE_S * SECOND_US
"""A duty may be so late, or one of its intervals, before somebody has to look."""
_Check = Annotated[
    bool,
    typer.Option("--check", help="End with 4 when no worker runs, or a duty fails or is overdue."),
]
_Now = Annotated[str | None, typer.Option("--now", help="Have this duty run at once.")]


class DutyLine(BaseModel):
    """A duty as `crosstip upkeep --json` gives it. Times are ISO 8601 in UTC."""

    model_config = ConfigDict(frozen=True)

    duty: str
    what: str
    every_s: int
    command: str
    not_run: str | None
    """Why it is not run with the settings of this command's environment."""
    last_begun: str | None
    last_ended: str | None
    last_success: str | None
    next_due: str | None
    overdue: bool
    """Nobody ran it when it was due, or its run does not end."""
    failures: int
    outcome: str | None
    without: str


class UpkeepAnswer(BaseModel):
    """The timetable of a store."""

    model_config = ConfigDict(frozen=True)

    worker: str | None
    """Who runs it now; none: nothing runs by itself."""
    user: str | None
    since: str | None
    duties: tuple[DutyLine, ...]


def upkeep(*, now: _Now = None, check: _Check = False, user: As = None, json: Json = False) -> None:
    """Show what runs by itself: each duty's last run, next run and last failure."""
    with desk(user, Deed.UPKEEP_READ if now is None else Deed.UPKEEP_RUN) as at:
        if now is not None:
            _make_due(at, now)
        at_us = now_us()
        answer = answer_of(runner_of(at.whole, at_us=at_us), duties_of(at.whole), at_us=at_us)
    if json:
        print_json(answer)
    else:
        _print(answer)
    if check and not is_well(answer):
        raise typer.Exit(_NOT_WELL)


def worker(*, user: As = None) -> None:
    """Run what runs by itself, until told to end. One worker of a store works at a time."""
    from crosstip.serving.worker import serve_worker

    with sentences():
        serve_worker(user)


def _make_due(at: Desk, name: str) -> None:
    if name not in {duty.name for duty in DUTIES}:
        raise NotFoundError(f"There is no duty {name[:40]!r}; `crosstip upkeep` lists them.")
    make_due(at.whole, name)
    at.shows(name, outcome="made due")
    say(f"The worker runs {name} within half a minute.")


def is_well(answer: UpkeepAnswer) -> bool:
    """Tell whether a worker runs, and each duty that is set up is run in time and works."""
    kept = [line for line in answer.duties if line.not_run is None]
    return answer.worker is not None and not any(line.overdue or line.failures > 0 for line in kept)


def answer_of(runner: RunnerRow | None, rows: dict[str, DutyRow], *, at_us: int) -> UpkeepAnswer:
    """Give the timetable as of a time with what the store says of each duty."""
    return UpkeepAnswer(
        worker=None if runner is None else runner.holder,
        user=None if runner is None else runner.user,
        since=None if runner is None else iso(runner.since_us),
        duties=tuple(_line(duty, rows.get(duty.name), runner, at_us=at_us) for duty in DUTIES),
    )


def _line(duty: Duty, row: DutyRow | None, runner: RunnerRow | None, *, at_us: int) -> DutyLine:
    due_us = _due_us(duty, row, runner)
    return DutyLine(
        duty=duty.name,
        what=duty.doc,
        every_s=duty.every_s,
        command=duty.command,
        not_run=duty.missing(),
        last_begun=_at(None if row is None else row.began_us),
        last_ended=_at(None if row is None else row.ended_us),
        last_success=_at(None if row is None else row.done_us),
        next_due=_at(due_us),
        overdue=due_us is not None and at_us > due_us + max(duty.every_s * SECOND_US, _LATE_US),
        failures=0 if row is None else row.failures,
        outcome=None if row is None else row.outcome,
        without=duty.without,
    )


def _due_us(duty: Duty, row: DutyRow | None, runner: RunnerRow | None) -> int | None:
    """Give when a duty is due; None where nobody runs it, or it is due now."""
    if row is not None:
        return row.due_us if row.due_us > 0 else None
    return None if runner is None else runner.since_us + duty.first_after_s * SECOND_US


def _at(at_us: int | None) -> str | None:
    return None if at_us is None else iso(at_us)


def _print(answer: UpkeepAnswer) -> None:
    if answer.worker is None:
        complain(
            "NOTHING RUNS BY ITSELF: no worker has the timetable. `crosstip up` and `crosstip "
            "serve worker` run one."
        )
    else:
        say(f"Run by {answer.worker} as {answer.user} since {answer.since}.")
    print_table(
        "What runs by itself",
        ("duty", "every", "last run", "next", "failures", "last outcome"),
        [
            (
                line.duty,
                _every(line.every_s),
                _short(line.last_ended),
                "not run here" if line.not_run is not None else _short(line.next_due),
                str(line.failures) if line.failures > 0 else "",
                line.not_run or line.outcome or "",
            )
            for line in answer.duties
        ],
    )
    for line in answer.duties:
        if line.overdue and line.not_run is None:
            complain(
                f"{line.duty} is overdue since {line.next_due}: nobody ran it, or its run does not "
                f"end. Until then {line.without}. By hand: {line.command}"
            )
        if line.failures > 0:
            success = line.last_success or "never"
            complain(
                f"{line.duty} fails ({line.failures} times, last success {success}): "
                f"{line.outcome} Until then {line.without}. By hand: {line.command}"
            )


def _every(seconds: int) -> str:
    for size, unit in ((DAY_S, "d"), (HOUR_S, "h"), (MINUTE_S, "min")):
        if seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _short(at: str | None) -> str:
    return "" if at is None else at[:19].replace("T", " ")
