"""The API's assistance: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read

HelpDirection: TypeAlias = Literal["asked", "helped"]


class HelpShown(Part):
    """What the helper is shown: all of it, and nothing else."""

    asker: str
    reference: str
    kind: str
    needed: str
    contact: str
    due_at: str


class AssistanceRequest(Part):
    """A request for assistance, as both sides see it."""

    ref: str
    side: str
    asker: str
    helper: str
    kind: str
    stage: str
    shown: HelpShown
    shown_sha256: str
    asked_at: str
    asked_by: str
    due_at: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class AssistancePage(Answer):
    """What waits first, the oldest first; then what is done, the newest first."""

    items: tuple[AssistanceRequest, ...]
    next_after: str | None


HelpKind: TypeAlias = Literal["imaging", "header analysis", "forensic preview", "other"]


class AskAssistance(Asked):
    """What is asked of another agency; it sees this and nothing else."""

    to: str
    kind: HelpKind
    reference: str
    needed: str
    due_at: datetime
    contact: str | None = None


class AssistanceAnswer(Answer):
    """A request for assistance."""

    ref: str
    side: str
    asker: str
    helper: str
    kind: str
    stage: str
    shown: HelpShown
    shown_sha256: str
    asked_at: str
    asked_by: str
    due_at: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class HelpPreview(Answer):
    """What the helper would be shown; nothing was sent."""

    asker: str
    reference: str
    kind: str
    needed: str
    contact: str
    due_at: str


class HelpReceipt(Part):
    """A receipt of the own side, and whether it still holds."""

    number: int
    step: str
    at: str
    body: str
    sha256: str
    prior: str | None
    leaf: str
    holds: bool
    faults: tuple[str, ...]


class AssistanceStoryAnswer(Answer):
    """A request for assistance, and the own side's receipts."""

    request: AssistanceRequest
    receipts: tuple[HelpReceipt, ...]


HelpStep: TypeAlias = Literal["ask", "accept", "decline", "deliver", "receive", "withdraw"]


class StepAssistance(Asked):
    """A step, and the text that the other side reads."""

    step: HelpStep
    why: str | None = None


class Assistance(Calls):
    """Calls about assistance."""

    def assistance_requests(
        self,
        *,
        direction: HelpDirection = "helped",
        with_done: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> AssistancePage:
        """What the own agency asked of others, or was asked: what waits first."""
        return read(
            self._call(
                "GET",
                "assistance",
                params={
                    "direction": direction,
                    "with_done": with_done,
                    "after": after,
                    "limit": limit,
                },
            ),
            AssistancePage,
        )

    def ask_assistance(self, wanted: AskAssistance, *, key: str | None = None) -> AssistanceAnswer:
        """Ask another agency for assistance. It gives it no access to any tip."""
        return read(self._call("POST", "assistance", body=wanted, key=once(key)), AssistanceAnswer)

    def preview_assistance(self, wanted: AskAssistance) -> HelpPreview:
        """Exactly what the other agency would be shown; nothing is sent."""
        return read(self._call("POST", "assistance/preview", body=wanted), HelpPreview)

    def assistance_request(self, request: str) -> AssistanceStoryAnswer:
        """A request of the own agency's, and the own side's receipts, each checked."""
        return read(self._call("GET", f"assistance/{part(request)}"), AssistanceStoryAnswer)

    def step_assistance(
        self, request: str, wanted: StepAssistance, *, version: int, key: str | None = None
    ) -> AssistanceAnswer:
        """Accept, decline, deliver, receive or withdraw, from the version that you looked at."""
        return read(
            self._call(
                "POST",
                f"assistance/{part(request)}/steps",
                body=wanted,
                version=version,
                key=once(key),
            ),
            AssistanceAnswer,
        )
