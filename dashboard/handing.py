"""Steps of a hand-off, whose they are, and what each discloses: `docs/handoff.md` in words.

The API decides about each step by itself. A test compares this table with the one that decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from client.resources.handoffs import HandoffStep, Kind, Level
from client.resources.log_on import WhoAnswer

GIVERS: Final = frozenset({"investigator", "supervisor"})
"""Who offers, withdraws and recalls."""
PROSECUTOR: Final = "prosecutor"
"""Answers what is offered for prosecution, beside those who offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step, whose it is, and what it does, said before it is taken."""

    stage: str
    step: HandoffStep
    side: str
    needs_why: bool
    says: str
    kinds: frozenset[Kind] = frozenset({"transfer", "joint", "prosecution"})


STEPS: Final = (
    Step(
        stage="offered",
        step="accept",
        side="receiver",
        needs_why=False,
        says="Your agency then sees the whole tip and holds it; of a transfer the giver no longer "
        "does. Your receipt names every version that you could read from then on.",
    ),
    Step(
        stage="offered",
        step="decline",
        side="receiver",
        needs_why=True,
        says="Nothing more is disclosed, and you see nothing of it any more. The giver reads your "
        "reason.",
    ),
    Step(
        stage="offered",
        step="withdraw",
        side="giver",
        needs_why=True,
        says="The other agency sees nothing of it from then on. What the offer showed it has seen.",
    ),
    Step(
        stage="accepted",
        step="return",
        side="receiver",
        needs_why=True,
        says="Your agency then neither holds nor sees the tip; of a transfer the giver holds it "
        "again. The giver reads your reason.",
    ),
    Step(
        stage="accepted",
        step="recall",
        side="giver",
        needs_why=True,
        says="The prosecutor's office then neither holds nor sees the tip. What it read, it has "
        "read.",
        kinds=frozenset({"prosecution"}),
    ),
)

LEVELS: Final[Mapping[Level, Mapping[str, str]]] = MappingProxyType(
    {
        "pointer": {
            "tip": "the tip's number",
            "giver": "your agency",
            "contact": "whom to call",
            "why": "your reason",
            "kind": "what kind of hand-off it is",
            "purpose": "the purpose",
            "priority": "its class of urgency with you",
            "provider": "the provider",
            "files": "how many files it describes",
            "place": "the general place that you enter",
            "scope": "the scope that you enter",
            "investigation": "the reference of your investigation that you enter",
            "until_us": "until when it is handed over",
        },
        "subjects": {
            "incident_types": "the kinds of incident",
            "incident_us": "when it was",
            "reasons": "why it is of that class",
            "identifiers": "THE IDENTIFIERS that the tip states of the reported person",
            "cut_off": "what was left out",
        },
    }
)
"""By level: what it shows. The second shows what the first does, and this."""

KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "transfer": "Once accepted the other agency holds the tip, and yours no longer.",
        "joint": "Once accepted both hold it; several agencies may.",
        "prosecution": "A prosecutor's office holds it beside yours, for a stated scope, until a "
        "stated time or until you recall it.",
    }
)


def shown_by(level: Level) -> str:
    """Say in words what an offer of a level shows before it is accepted."""
    fields = list(LEVELS["pointer"].values())
    if level == "subjects":
        fields += LEVELS["subjects"].values()
    return ", ".join(fields)


def offered(who: WhoAnswer | None, *, stage: str, side: str, kind: str) -> tuple[Step, ...]:
    """Give the steps that somebody is offered; None is whoever has the token."""
    return tuple(
        step
        for step in STEPS
        if step.stage == stage
        and step.side == side
        and kind in step.kinds
        and (who is None or _may(who, side, kind))
    )


def _may(who: WhoAnswer, side: str, kind: str) -> bool:
    if not GIVERS.isdisjoint(who.roles):
        return True
    return side == "receiver" and kind == "prosecution" and PROSECUTOR in who.roles
