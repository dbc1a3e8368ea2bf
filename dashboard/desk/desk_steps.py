"""Which steps of tasks, requests to providers and assistance are offered: `docs/desk.md` in words.

The API decides about each step by itself. A test compares these tables with those that decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from client.resources.assistance import HelpStep
from client.resources.log_on import WhoAnswer
from client.resources.provider_requests import ProviderStep
from client.resources.tasks import Task, TaskStep

WORKS: Final = frozenset({"analyst", "investigator", "supervisor"})
"""Whoever sees and gives tasks, and sees assistance."""
CASEWORK: Final = WORKS | {"prosecutor"}
"""Whoever reads and writes notes, and sees requests to providers."""
SENDS: Final = frozenset({"investigator", "supervisor"})
"""Whoever asks and answers for assistance, and enters requests to providers."""
LETTER: Final = "preservation letter"

TASK_STEPS: Final[Mapping[TaskStep, bool]] = MappingProxyType(
    {"finish": False, "postpone": True, "hand on": True, "call off": True}
)
"""Steps of an open task, and whether each needs a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpMove:
    """A step of a request for assistance, and what it does, said before it is taken."""

    stage: str
    step: HelpStep
    side: str
    needs_why: bool
    says: str


HELP_STEPS: Final = (
    HelpMove(
        stage="asked",
        step="accept",
        side="helper",
        needs_why=False,
        says="The other agency reads that you will do it. It gives neither side a right to a tip.",
    ),
    HelpMove(
        stage="asked",
        step="decline",
        side="helper",
        needs_why=True,
        says="The other agency reads your reason. Nothing leads on from there.",
    ),
    HelpMove(
        stage="asked",
        step="withdraw",
        side="asker",
        needs_why=True,
        says="The other agency reads your reason. What it has read, it has read.",
    ),
    HelpMove(
        stage="accepted",
        step="deliver",
        side="helper",
        needs_why=True,
        says="Say what was delivered, and how; the thing itself goes by your own ways.",
    ),
    HelpMove(
        stage="accepted",
        step="decline",
        side="helper",
        needs_why=True,
        says="The other agency reads your reason, although you had accepted.",
    ),
    HelpMove(
        stage="accepted",
        step="withdraw",
        side="asker",
        needs_why=True,
        says="The other agency reads your reason. What it has read, it has read.",
    ),
    HelpMove(
        stage="delivered",
        step="receive",
        side="asker",
        needs_why=False,
        says="The other agency gets a receipt that it came.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderMove:
    """A step of a request to a provider."""

    stage: str
    step: ProviderStep
    needs_why: bool
    is_for_letters: bool
    says: str


_RETURN = "Something came back: its clock ends."
_OFF = "It is not wanted any more: its clock ends. Tell the provider yourself."
PROVIDER_STEPS: Final = (
    ProviderMove(
        stage="sent",
        step="renew",
        needs_why=False,
        is_for_letters=True,
        says="You sent a renewed letter: 90 days more (18 U.S.C. 2703(f)(2)), once, before its "
        "end. Confirm with provider.",
    ),
    ProviderMove(stage="sent", step="return", needs_why=False, is_for_letters=False, says=_RETURN),
    ProviderMove(stage="sent", step="call off", needs_why=True, is_for_letters=False, says=_OFF),
    ProviderMove(
        stage="renewed", step="return", needs_why=False, is_for_letters=False, says=_RETURN
    ),
    ProviderMove(stage="renewed", step="call off", needs_why=True, is_for_letters=False, says=_OFF),
    ProviderMove(
        stage="run out",
        step="return",
        needs_why=False,
        is_for_letters=False,
        says="Something came back although its time was over.",
    ),
)


def is_one_of(who: WhoAnswer | None, roles: frozenset[str]) -> bool:
    """Say whether somebody has one of these roles; None is whoever has the token."""
    return who is None or not roles.isdisjoint(who.roles)


def may_settle(who: WhoAnswer | None, task: Task) -> bool:
    """Say whether somebody may move a task on: it is theirs, they gave it, or they lead."""
    if who is None or "supervisor" in who.roles:
        return True
    if not is_one_of(who, WORKS):
        return False
    return who.user in (task.person, task.given_by) or task.unit in who.units


def task_steps(who: WhoAnswer | None, task: Task) -> tuple[TaskStep, ...]:
    """Give the steps of a task that somebody is offered."""
    return tuple(TASK_STEPS) if task.stage == "open" and may_settle(who, task) else ()


def help_steps(who: WhoAnswer | None, *, stage: str, side: str) -> tuple[HelpMove, ...]:
    """Give the steps of a request for assistance that somebody is offered."""
    if not is_one_of(who, SENDS):
        return ()
    return tuple(one for one in HELP_STEPS if one.stage == stage and one.side == side)


def provider_steps(who: WhoAnswer | None, *, stage: str, kind: str) -> tuple[ProviderMove, ...]:
    """Give the steps of a request to a provider that somebody is offered."""
    if not is_one_of(who, SENDS):
        return ()
    return tuple(
        one
        for one in PROVIDER_STEPS
        if one.stage == stage and (kind == LETTER or not one.is_for_letters)
    )
