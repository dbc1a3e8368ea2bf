"""Where a hand-off stands, which step leads where, and what it shows to whom: one table.

From `HANDOFFS` come the tests and `docs/handoff.md`; who may take a step is its deed's policies
(`graph/data/policies/handoff.cedar`), so that nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.casework.deeds import Deed
from graph.errors import RowError


class Kind(StrEnum):
    """What is offered; chosen with the offer and never changed."""

    TRANSFER = "transfer"
    """The receiver holds the tip from then on, the giver no longer."""
    JOINT = "joint"
    """Both hold it."""
    PROSECUTION = "prosecution"
    """A prosecutor's office holds it beside the giver, for a stated scope, until a stated time."""


class Stage(StrEnum):
    """Where a hand-off stands."""

    NONE = "not offered"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """Nobody answered in time, or the giver gave the tip up before anybody did."""
    RETURNED = "returned"
    ENDED = "ended"
    """What was handed to a prosecutor's office is there no longer."""


OPEN = frozenset({Stage.OFFERED})
"""What waits for an answer."""


class HandoffStep(StrEnum):
    """What may happen to a hand-off."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RETURN = "return"
    RECALL = "recall"
    EXPIRE = "expire"


class Side(StrEnum):
    """Whose step it is."""

    GIVER = "giver"
    RECEIVER = "receiver"
    CLOCK = "clock"


class Shows(StrEnum):
    """What the receiver sees of the tip from a step on."""

    NOTHING = "nothing"
    CHOSEN = "the level that the offer chose"
    WHOLE = "the whole tip"


class Holding(StrEnum):
    """What a step does to whose the tip is."""

    SAME = "as before"
    GIVES = "the receiver holds it; of a transfer the giver no longer"
    GIVES_BACK = "the receiver no longer; of a transfer the giver again"
    ENDS = "the receiver no longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a step leads to from one stage."""

    to: Stage
    side: Side
    deed: Deed | None
    """What a policy must permit; None: the clock does it, and nobody else."""
    shows: Shows
    needs_why: bool = True
    holding: Holding = Holding.SAME
    kinds: frozenset[Kind] = frozenset(Kind)


_S, _T, _OFFER, _ANSWER = Stage, HandoffStep, Deed.HANDOFF_OFFER, Deed.HANDOFF_ANSWER
_FOR_A_TIME = frozenset({Kind.PROSECUTION})
HANDOFFS: Mapping[tuple[Stage, HandoffStep], Rule] = MappingProxyType(
    {
        (_S.NONE, _T.OFFER): Rule(to=_S.OFFERED, side=Side.GIVER, deed=_OFFER, shows=Shows.CHOSEN),
        (_S.OFFERED, _T.ACCEPT): Rule(
            to=_S.ACCEPTED,
            side=Side.RECEIVER,
            deed=_ANSWER,
            shows=Shows.WHOLE,
            needs_why=False,
            holding=Holding.GIVES,
        ),
        (_S.OFFERED, _T.DECLINE): Rule(
            to=_S.DECLINED, side=Side.RECEIVER, deed=_ANSWER, shows=Shows.NOTHING
        ),
        (_S.OFFERED, _T.WITHDRAW): Rule(
            to=_S.WITHDRAWN, side=Side.GIVER, deed=_OFFER, shows=Shows.NOTHING
        ),
        (_S.OFFERED, _T.EXPIRE): Rule(
            to=_S.EXPIRED, side=Side.CLOCK, deed=None, shows=Shows.NOTHING, needs_why=False
        ),
        (_S.ACCEPTED, _T.RETURN): Rule(
            to=_S.RETURNED,
            side=Side.RECEIVER,
            deed=_ANSWER,
            shows=Shows.NOTHING,
            holding=Holding.GIVES_BACK,
        ),
        (_S.ACCEPTED, _T.RECALL): Rule(
            to=_S.ENDED,
            side=Side.GIVER,
            deed=_OFFER,
            shows=Shows.NOTHING,
            holding=Holding.ENDS,
            kinds=_FOR_A_TIME,
        ),
        (_S.ACCEPTED, _T.EXPIRE): Rule(
            to=_S.ENDED,
            side=Side.CLOCK,
            deed=None,
            shows=Shows.NOTHING,
            needs_why=False,
            holding=Holding.ENDS,
            kinds=_FOR_A_TIME,
        ),
    }
)
"""What is not in the table cannot be done."""


def deed_of(step: HandoffStep) -> Deed:
    """Give the deed that a step needs, from whichever stage: `HANDOFFS` names one for each.

    Raises:
        RowError: nobody takes it.
    """
    (deed,) = {rule.deed for (_, taken), rule in HANDOFFS.items() if taken is step}
    if deed is None:
        raise RowError(f"`{step}` is the clock's; nobody takes it. Nothing was changed.")
    return deed


def rule_of(stage: Stage, step: HandoffStep, *, kind: Kind) -> Rule:
    """Give what a step leads to from a stage.

    Raises:
        RowError: it leads nowhere from there.
    """
    found = HANDOFFS.get((stage, step))
    if found is None or kind not in found.kinds:
        ways = [
            taken.value
            for (at, taken), rule in HANDOFFS.items()
            if at is stage and rule.deed is not None and kind in rule.kinds
        ]
        can = f"From there: {', '.join(ways)}." if len(ways) > 0 else "From there nothing leads on."
        raise RowError(
            f"The hand-off ({kind}) is {stage}: `{step}` is no step from there. {can} "
            "Nothing was changed."
        )
    return found


def shown_at(stage: Stage) -> Shows:
    """Give what the receiver sees while a hand-off stands somewhere."""
    (shows,) = {rule.shows for rule in HANDOFFS.values() if rule.to is stage} or {Shows.NOTHING}
    return shows
