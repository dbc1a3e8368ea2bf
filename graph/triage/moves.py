"""Where a tip stands at one agency that holds it, and which move leads where: one table.

From `MOVES` come the tests and `docs/triage.md`; who may make a move is its deed's policies
(`graph/data/policies/triage.cedar`), so that nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.casework.deeds import Deed
from graph.errors import RowError


class State(StrEnum):
    """Where a tip stands."""

    NEW = "new"
    """Nobody has taken it."""
    IN_REVIEW = "in review"
    """Somebody looks at it."""
    NEEDS_MORE = "needs more"
    """It waits for something that its reason names."""
    REFERRED = "referred"
    """It was passed to somebody else, who is named; the agency still holds it."""
    ASSIGNED = "assigned"
    """Somebody is to work it."""
    INVESTIGATING = "investigating"
    """Somebody works it."""
    CLOSED = "closed"
    """It is done, with an outcome."""
    WITHDRAWN = "withdrawn"
    """The tip itself was withdrawn: nothing is done with it any more."""


OPEN = frozenset(State) - {State.CLOSED, State.WITHDRAWN}
"""What the queue shows."""

NOBODYS = frozenset({State.NEW, State.REFERRED})
"""States in which a tip is always nobody's; in every other open one it is somebody's."""


class Outcome(StrEnum):
    """How work on a tip ended; the closed list of outcomes."""

    CHILD_SAFEGUARDED = "child safeguarded"
    ARREST = "arrest"
    PROSECUTION = "prosecution"
    JOINED = "joined to an investigation"
    ELSEWHERE = "worked by another agency"
    NO_OFFENCE = "no offence"
    NOT_ENOUGH = "not enough to act on"
    NOT_PURSUED = "not pursued"
    DUPLICATE = "duplicate"
    VIRAL = "viral or meme"
    SPAM = "spam"


class Move(StrEnum):
    """What may happen to a tip at an agency."""

    TAKE = "take"
    PUT_BACK = "put back"
    ASK = "ask for more"
    RESUME = "resume"
    REFER = "refer"
    TAKE_BACK = "take back"
    ASSIGN = "assign"
    START = "start"
    CLOSE = "close"
    REOPEN = "reopen"
    PRIORITISE = "set priority"
    LIFT = "lift priority"
    KEEP = "leave as it is"
    APART = "keep apart"
    FOLD = "fold again"
    WITHDRAW = "withdraw"


class Given(StrEnum):
    """What a move is given."""

    WHY = "reason"
    OUTCOME = "outcome"
    ASSIGNEE = "assignee"
    RECIPIENT = "recipient"
    PRIORITY = "priority"


class Owner(StrEnum):
    """Whose a tip is after a move."""

    SAME = "as before"
    NOBODY = "nobody's"
    MAKER = "whoever makes the move"
    ASSIGNEE = "whom the move names"
    STARTER = "as before; of a unit: whoever starts it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a move leads to from one state."""

    to: State
    deed: Deed | None
    """What a policy must permit; None: it follows from something else, and nobody makes it."""
    needs: tuple[Given, ...] = ()
    owner: Owner = Owner.SAME


_S, _M, _G, _O = State, Move, Given, Owner
_TAKE = Rule(to=_S.IN_REVIEW, deed=Deed.TRIAGE_WORK, owner=_O.MAKER)
_BACK = Rule(to=_S.NEW, deed=Deed.TRIAGE_WORK, needs=(_G.WHY,), owner=_O.NOBODY)
_ASK = Rule(to=_S.NEEDS_MORE, deed=Deed.TRIAGE_WORK, needs=(_G.WHY,))
_REFER = Rule(to=_S.REFERRED, deed=Deed.TRIAGE_WORK, needs=(_G.RECIPIENT, _G.WHY), owner=_O.NOBODY)
_ASSIGN = Rule(to=_S.ASSIGNED, deed=Deed.TRIAGE_ASSIGN, needs=(_G.ASSIGNEE,), owner=_O.ASSIGNEE)
_REASSIGN = Rule(
    to=_S.ASSIGNED, deed=Deed.TRIAGE_ASSIGN, needs=(_G.ASSIGNEE, _G.WHY), owner=_O.ASSIGNEE
)
_CLOSE = Rule(to=_S.CLOSED, deed=Deed.TRIAGE_WORK, needs=(_G.OUTCOME, _G.WHY))
_AGAIN = Rule(to=_S.IN_REVIEW, deed=Deed.TRIAGE_WORK, needs=(_G.WHY,), owner=_O.MAKER)
_TABLE: dict[tuple[State, Move], Rule] = {
    (_S.NEW, _M.TAKE): _TAKE,
    (_S.NEW, _M.REFER): _REFER,
    (_S.NEW, _M.ASSIGN): _ASSIGN,
    (_S.IN_REVIEW, _M.PUT_BACK): _BACK,
    (_S.IN_REVIEW, _M.ASK): _ASK,
    (_S.IN_REVIEW, _M.REFER): _REFER,
    (_S.IN_REVIEW, _M.ASSIGN): _ASSIGN,
    (_S.IN_REVIEW, _M.CLOSE): _CLOSE,
    (_S.NEEDS_MORE, _M.PUT_BACK): _BACK,
    (_S.NEEDS_MORE, _M.RESUME): _TAKE,
    (_S.NEEDS_MORE, _M.REFER): _REFER,
    (_S.NEEDS_MORE, _M.ASSIGN): _ASSIGN,
    (_S.NEEDS_MORE, _M.CLOSE): _CLOSE,
    (_S.REFERRED, _M.TAKE_BACK): _AGAIN,
    (_S.REFERRED, _M.CLOSE): _CLOSE,
    (_S.ASSIGNED, _M.PUT_BACK): _BACK,
    (_S.ASSIGNED, _M.ASK): _ASK,
    (_S.ASSIGNED, _M.REFER): _REFER,
    (_S.ASSIGNED, _M.ASSIGN): _REASSIGN,
    (_S.ASSIGNED, _M.START): Rule(to=_S.INVESTIGATING, deed=Deed.TRIAGE_WORK, owner=_O.STARTER),
    (_S.ASSIGNED, _M.CLOSE): _CLOSE,
    (_S.INVESTIGATING, _M.ASK): _ASK,
    (_S.INVESTIGATING, _M.REFER): _REFER,
    (_S.INVESTIGATING, _M.ASSIGN): _REASSIGN,
    (_S.INVESTIGATING, _M.CLOSE): _CLOSE,
    (_S.CLOSED, _M.REOPEN): Rule(
        to=_S.IN_REVIEW, deed=Deed.TRIAGE_LEAD, needs=(_G.WHY,), owner=_O.MAKER
    ),
}
for _state in sorted(OPEN):
    _TABLE[_state, _M.PRIORITISE] = Rule(
        to=_state, deed=Deed.TRIAGE_LEAD, needs=(_G.PRIORITY, _G.WHY)
    )
    _TABLE[_state, _M.LIFT] = Rule(to=_state, deed=Deed.TRIAGE_LEAD, needs=(_G.WHY,))
    _TABLE[_state, _M.WITHDRAW] = Rule(to=_S.WITHDRAWN, deed=None)
for _state in sorted(frozenset(State) - {State.WITHDRAWN}):
    for _move in (_M.KEEP, _M.APART, _M.FOLD):
        _TABLE[_state, _move] = Rule(to=_state, deed=Deed.TRIAGE_WORK, needs=(_G.WHY,))

MOVES: Mapping[tuple[State, Move], Rule] = MappingProxyType(_TABLE)
"""What is not in the table cannot be done. Where a tip is somebody's, only they and supervisors
move it (the policy `duties.team`)."""


def deed_of(move: Move) -> Deed:
    """Give the deed that a move needs, from whichever state: `MOVES` names one for each.

    Raises:
        RowError: nobody makes it.
    """
    found = {rule.deed for (_, made), rule in MOVES.items() if made is move}
    (deed,) = found
    if deed is None:
        raise RowError(
            f"`{move}` follows from the tip's own withdrawal; nobody makes it. Nothing was changed."
        )
    return deed


def rule_of(state: str, move: Move, *, what: str) -> Rule:
    """Give what a move leads to from a state.

    Raises:
        RowError: it leads nowhere from there.
    """
    found = MOVES.get((State(state), move))
    if found is None:
        ways = [m.value for s, m in MOVES if s == state and MOVES[s, m].deed is not None]
        can = f"From there: {', '.join(ways)}." if len(ways) > 0 else "From there nothing leads on."
        raise RowError(f"{what} is {state}: `{move}` is no move from there. {can}")
    return found
