"""What three agencies did about their tips before Monday, and what a supervisor sees then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosstip.story.people import AGENCIES, HARROW, user_of
from graph.caseload.cells import Cell
from graph.caseload.periods import PeriodStep
from graph.casework.terms import DAY_US
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.caseload import Caseload, show_caseload
from graph.services.caseload_asked import Wanted
from graph.services.triage_steps import move
from graph.store import Store
from graph.triage.deciding import Wanted as Moving
from graph.triage.moves import Move, Outcome

INVESTIGATOR, SUPERVISOR = "investigator", "supervisor"
HELD_DAYS = (8, 5, 3, 1, 0)
"""Days before the last one on which tips came to their agencies, in equal parts."""
_WHY = "Synthetic: as the story has it."
_PLAYED: tuple[tuple[Move, ...], ...] = (
    (Move.ASSIGN, Move.START),
    (Move.ASSIGN, Move.CLOSE),
    (Move.TAKE, Move.CLOSE, Move.REOPEN),
    (Move.TAKE, Move.ASK),
    (Move.TAKE, Move.PUT_BACK),
    (Move.REFER,),
    (Move.TAKE,),
    (Move.ASSIGN,),
)
"""What is done to each of the tips that came first, a day after another."""
_OF_SUPERVISORS = frozenset({Move.REOPEN})


def spread(tips: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Give tips in parts, each with how many days before the last one it came."""
    ordered = sorted(tips)
    for nth, days in enumerate(HELD_DAYS):
        part = ordered[nth :: len(HELD_DAYS)]
        if len(part) > 0:
            yield days, part


def work_the_queues(store: Store, held: dict[str, list[str]], *, end_us: int) -> None:
    """Move the tips that came first at each agency, as its people would have.

    Raises:
        CrosstipError: a move was refused, or the store could not do it.
    """
    for agency in AGENCIES:
        first = next((part for _, part in spread(held[agency])), [])
        for tip, moves in zip(first, _PLAYED, strict=False):
            for version, made in enumerate(moves):
                role = SUPERVISOR if made in _OF_SUPERVISORS else INVESTIGATOR
                at_us = end_us - (HELD_DAYS[0] - 1 - 2 * version) * DAY_US
                caller = caller_of(store, user_of(role, agency), at_us=at_us)
                move(caller, store, tip=tip, expected=version, wanted=_given(made, agency))


def mondays(store: Store, *, end_us: int) -> tuple[str, ...]:
    """Give a supervisor's Monday in two sentences.

    Raises:
        StoreError: the store could not answer.
    """
    agency = next(each for each in AGENCIES if each != HARROW)
    boss = caller_of(store, user_of(SUPERVISOR, agency), at_us=end_us)
    found = show_caseload(
        boss, store, reads=ReadLog(store), wanted=Wanted(step=PeriodStep.WEEK, back=2)
    )
    total = {figure.name: _sum(found, figure.name) for figure in found.figures}
    ages = [cell for cell in _cells(found, "age") if cell.value is not None]
    days = " and ".join(f"{cell.labels[0]} {(cell.value or 0) / 86_400:.1f}" for cell in ages)
    loads = [cell for cell in _cells(found, "workload") if cell.labels[0] != boss.user]
    busiest = f"{user_of(INVESTIGATOR, agency)} has {sum(cell.value or 0 for cell in loads)}"
    return (
        (
            f"{boss.user}'s Monday: {total['open']} tips open, {total['overdue']} that nobody "
            f"looked at in time and {total['due-soon']} due within a day, "
            f"{total['unassigned']} nobody's for more than a day; age in days: {days}."
        ),
        (
            f"{busiest} of them; closed {total['closure']} and reopened {total['reopened']} in two "
            f"weeks, {total['conflicts']} conflicts open. Each number has its rows: "
            f"crosstip caseload show --as {boss.user}."
        ),
    )


def _cells(found: Caseload, name: str) -> tuple[Cell, ...]:
    return next(figure.cells for figure in found.figures if figure.name == name)


def _sum(found: Caseload, name: str) -> int:
    return sum(cell.value or 0 for cell in _cells(found, name))


def _given(made: Move, agency: str) -> Moving:
    return Moving(
        move=made,
        why=_WHY,
        outcome=Outcome.NOT_ENOUGH if made is Move.CLOSE else None,
        assignee=user_of(INVESTIGATOR, agency) if made is Move.ASSIGN else None,
        recipient="A desk of another county (synthetic)" if made is Move.REFER else None,
    )
