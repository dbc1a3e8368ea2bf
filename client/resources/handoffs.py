"""The API's handoffs: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read

Direction: TypeAlias = Literal["given", "received"]


class ShownTip(Part):
    """What an offer shows of a tip; what its level does not show is null."""

    tip: str
    giver: str
    contact: str
    why: str
    kind: str
    purpose: str
    priority: str
    provider: str | None
    files: int | None
    place: str | None
    scope: str | None
    investigation: str | None
    until_at: str | None
    incident_types: tuple[str, ...] | None
    incident_at: str | None
    reasons: tuple[str, ...] | None
    identifiers: tuple[str, ...] | None
    cut_off: str | None


class Handoff(Part):
    """A hand-off as the own side sees it."""

    ref: str
    tip: str
    side: str
    stage: str
    kind: str
    giver: str
    receiver: str
    level: str
    purpose: str
    offered_at: str
    offered_by: str
    due_at: str
    until_at: str | None
    answered_at: str | None
    answered_by: str | None
    answered_why: str | None
    permitted: str
    agreement: str | None
    shown_sha256: str
    shown: ShownTip | None
    version: int


class HandoffPage(Answer):
    """What waits first, the oldest first; then what is done, the newest first."""

    items: tuple[Handoff, ...]
    next_after: str | None


Kind: TypeAlias = Literal["transfer", "joint", "prosecution"]

Level: TypeAlias = Literal["pointer", "subjects"]


class OfferTip(Asked):
    """A tip that is offered to another agency."""

    tip: str
    to: str
    kind: Kind
    why: str
    level: Level = "pointer"
    purpose: str = "cybertip"
    contact: str | None = None
    place: str | None = None
    due_at: datetime | None = None
    scope: str | None = None
    until_at: datetime | None = None
    investigation: str | None = None


class HandoffAnswer(Answer):
    """A hand-off."""

    ref: str
    tip: str
    side: str
    stage: str
    kind: str
    giver: str
    receiver: str
    level: str
    purpose: str
    offered_at: str
    offered_by: str
    due_at: str
    until_at: str | None
    answered_at: str | None
    answered_by: str | None
    answered_why: str | None
    permitted: str
    agreement: str | None
    shown_sha256: str
    shown: ShownTip | None
    version: int


class HandoffReceipt(Part):
    """A receipt of the own side, and whether it still holds."""

    number: int
    step: str
    at: str
    body: str
    sha256: str
    prior: str | None
    disclosed: str | None
    disclosed_sha256: str | None
    leaf: str
    holds: bool
    faults: tuple[str, ...]


class HandoffReceipts(Answer):
    """The own side's receipts."""

    items: tuple[HandoffReceipt, ...]


HandoffStep: TypeAlias = Literal[
    "offer", "accept", "decline", "withdraw", "return", "recall", "expire"
]


class StepHandoff(Asked):
    """A step, and its reason; which needs one is in `docs/handoff.md`."""

    step: HandoffStep
    why: str | None = None


class Handoffs(Calls):
    """Calls about handoffs."""

    def handoffs(
        self,
        *,
        direction: Direction = "received",
        with_done: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> HandoffPage:
        """What the own agency was offered, or offered: what waits first."""
        return read(
            self._call(
                "GET",
                "handoffs",
                params={
                    "direction": direction,
                    "with_done": with_done,
                    "after": after,
                    "limit": limit,
                },
            ),
            HandoffPage,
        )

    def offer_tip(self, wanted: OfferTip, *, key: str | None = None) -> HandoffAnswer:
        """Offer a tip to another agency; of two at once one does, and 409 names who."""
        return read(self._call("POST", "handoffs", body=wanted, key=once(key)), HandoffAnswer)

    def handoff(self, handoff: str) -> HandoffAnswer:
        """A hand-off of the own agency, as giver or as receiver."""
        return read(self._call("GET", f"handoffs/{part(handoff)}"), HandoffAnswer)

    def handoff_receipts(self, handoff: str) -> HandoffReceipts:
        """The own side's receipts, each checked against its text, the one before, and the log."""
        return read(self._call("GET", f"handoffs/{part(handoff)}/receipts"), HandoffReceipts)

    def step_handoff(
        self, handoff: str, wanted: StepHandoff, *, version: int, key: str | None = None
    ) -> HandoffAnswer:
        """Accept, decline, withdraw, return or recall, from the version that you looked at."""
        return read(
            self._call(
                "POST",
                f"handoffs/{part(handoff)}/steps",
                body=wanted,
                version=version,
                key=once(key),
            ),
            HandoffAnswer,
        )
