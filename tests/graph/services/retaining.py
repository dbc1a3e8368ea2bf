"""Policies, closed tips and holds for tests of retention."""

from __future__ import annotations

from typing import Final

from graph.casework.caller import Caller
from graph.queries.retention import PolicyRow
from graph.retention.classes import DAY_US, CountsFrom, NewPolicy, RecordClass
from graph.services.retention_policies import confirm_policy, propose_policy
from graph.services.triage_steps import move, take
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.graph.services.people import later

YEAR: Final = 365
WHY: Final = "Because of the test."


def wanted(kind: RecordClass = RecordClass.TIPS, **more: object) -> NewPolicy:
    """Give a policy of a year."""
    facts: dict[str, object] = {
        "kind": kind,
        "days": YEAR,
        "counts_from": CountsFrom.RECEIPT
        if kind in (RecordClass.CHECKS, RecordClass.NOTICES)
        else CountsFrom.CLOSING,
        "name": "County schedule 7",
        "dated": "2023-01-01",
        "why": "The county's retention schedule.",
    }
    return NewPolicy(**(facts | more))  # type: ignore[arg-type]


def in_force(
    people: dict[str, Caller], store: Store, agency: str, kind: RecordClass, **more: object
) -> PolicyRow:
    """Let an agency have a policy: proposed by one, confirmed by another."""
    admin, boss = people[f"admin.{agency}"], people[f"boss.{agency}"]
    row = propose_policy(admin, store, expected=0, new=wanted(kind, **more))
    return confirm_policy(boss, store, kind=kind, number=row.number)


def closed(caller: Caller, store: Store, tip: str) -> None:
    """Take and close a tip."""
    take(caller, store, tip=tip)
    how = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    move(caller, store, tip=tip, expected=1, wanted=how)


def years_later(caller: Caller, days: int = 2 * YEAR) -> Caller:
    """Give the same caller so many days later."""
    return later(caller, days * DAY_US)
