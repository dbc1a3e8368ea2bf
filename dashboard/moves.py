"""Which moves of the queue are offered to whom: the rows of `docs/triage.md`, as buttons need them.

The API decides about each move by itself; what is not offered here would only be refused there. A
test compares this table with the one that decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final, get_args

from client.resources.log_on import WhoAnswer
from client.resources.queue import Move, Outcome, Priority, State

STATES: Final[tuple[State, ...]] = get_args(State)
PRIORITIES: Final[tuple[Priority, ...]] = get_args(Priority)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
OPEN: Final = tuple(state for state in STATES if state not in {"closed", "withdrawn"})

WHY, OUTCOME, ASSIGNEE, RECIPIENT, PRIORITY = (
    *("reason", "outcome", "assignee", "recipient"),
    "priority",
)
_W: Final = frozenset({"analyst", "investigator", "supervisor"})
_A: Final = frozenset({"investigator", "supervisor"})
_L: Final = frozenset({"supervisor"})
ROLES: Final[Mapping[Move, frozenset[str]]] = MappingProxyType(
    {
        "take": _W,
        "start": _W,
        "assign": _A,
        "ask for more": _W,
        "resume": _W,
        "take back": _W,
        "refer": _W,
        "close": _W,
        "put back": _W,
        "reopen": _L,
        "set priority": _L,
        "lift priority": _L,
        "leave as it is": _W,
        "keep apart": _W,
        "fold again": _W,
    }
)
"""By move, in the order in which they are offered: whoever may make it at all."""
_FROM: Final[Mapping[str, tuple[Move, ...]]] = MappingProxyType(
    {
        "new": ("take", "assign", "refer"),
        "in review": ("assign", "ask for more", "refer", "close", "put back"),
        "needs more": ("assign", "resume", "refer", "close", "put back"),
        "referred": ("take back", "close"),
        "assigned": ("start", "assign", "ask for more", "refer", "close", "put back"),
        "investigating": ("assign", "ask for more", "refer", "close"),
        "closed": ("reopen",),
        "withdrawn": (),
    }
)
_NEEDS: Final[Mapping[Move, tuple[str, ...]]] = MappingProxyType(
    {
        "take": (),
        "start": (),
        "resume": (),
        "assign": (ASSIGNEE,),
        "refer": (RECIPIENT, WHY),
        "close": (OUTCOME, WHY),
        "set priority": (PRIORITY, WHY),
    }
)


def leads_on(state: str) -> tuple[Move, ...]:
    """Give the moves that lead on from a state; of one that this version does not know, none."""
    found = _FROM.get(state, ())
    both: tuple[Move, ...] = ("set priority", "lift priority")
    if state not in STATES or state == "withdrawn":
        return found
    always: tuple[Move, ...] = ("leave as it is", "keep apart", "fold again")
    return (*found, *both, *always) if state in OPEN else (*found, *always)


def needs(state: str, move: Move) -> tuple[str, ...]:
    """Give what a move has to be given from a state."""
    if move == "assign" and state in {"assigned", "investigating"}:
        return (ASSIGNEE, WHY)
    return _NEEDS.get(move, (WHY,))


def may_move(who: WhoAnswer | None, owner: str | None) -> bool:
    """Say whether a tip of this owner is somebody's to move: theirs, their unit's, or anybody's."""
    if who is None or owner is None or "supervisor" in who.roles:
        return True
    return owner == who.user or owner in who.units


def offered(
    who: WhoAnswer | None,
    *,
    state: str,
    owner: str | None,
    is_set: bool,
    has_news: bool = False,
    has_records: bool = False,
    is_apart: bool = False,
) -> tuple[Move, ...]:
    """Give the moves that somebody is offered for a tip; None is whoever has the token.

    What would say nothing is not offered: to lift a class that nobody set, to leave a tip as it is
    that has no news, to keep one apart that has no further records.
    """
    # A closed tip is nobody's duty: the policy asks for no team there.
    if state != "closed" and not may_move(who, owner):
        return ()
    roles: Collection[str] = () if who is None else who.roles
    says: Mapping[Move, bool] = {
        "lift priority": is_set,
        "leave as it is": has_news,
        "keep apart": has_records and not is_apart,
        "fold again": is_apart,
    }
    return tuple(
        move
        for move in leads_on(state)
        if (who is None or not ROLES[move].isdisjoint(roles)) and says.get(move, True)
    )
