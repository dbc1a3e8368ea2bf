"""The API's provider-requests: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.tasks import DeskStep


class RunningOut(Part):
    """Something whose time runs out."""

    ref: str | None
    kind: str
    tip: str | None
    investigation: str | None
    provider: str | None
    ends_on: str | None
    ends_at: str | None
    left_days: int | None
    source: str
    says: str


class RunningOutPage(Answer):
    """What runs out, the first end first."""

    items: tuple[RunningOut, ...]
    next_after: str | None


class ProviderRequest(Part):
    """A request to a provider, and its clock."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    provider: str
    reference: str
    stage: str
    sent_on: str
    ends_on: str
    ends_at: str
    zone: str
    source: str
    says: str
    renewed_on: str | None
    answered_on: str | None
    entered_at: str
    entered_by: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class ProviderClocks(Answer):
    """What was asked of providers about a tip or an investigation; of a tip its presumed end."""

    presumed: RunningOut | None
    requests: tuple[ProviderRequest, ...]


ProviderKind: TypeAlias = Literal["preservation letter", "subpoena", "court order", "warrant"]


class EnterProviderRequest(Asked):
    """What was sent to a provider. Crosstip sends nothing."""

    tip: str | None = None
    investigation: str | None = None
    kind: ProviderKind
    provider: str
    reference: str
    sent_on: str
    due_on: str | None = None


class ProviderRequestAnswer(Answer):
    """A request to a provider."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    provider: str
    reference: str
    stage: str
    sent_on: str
    ends_on: str
    ends_at: str
    zone: str
    source: str
    says: str
    renewed_on: str | None
    answered_on: str | None
    entered_at: str
    entered_by: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class ProviderStoryAnswer(Answer):
    """A request to a provider and its steps."""

    request: ProviderRequest
    steps: tuple[DeskStep, ...]


ProviderStep: TypeAlias = Literal["send", "renew", "return", "call off", "run out"]


class StepProviderRequest(Asked):
    """A step of a request, and what it needs."""

    step: ProviderStep
    on: str | None = None
    why: str | None = None


class ProviderRequests(Calls):
    """Calls about provider-requests."""

    def running_out(self, *, after: str = "", limit: int = 50) -> RunningOutPage:
        """Letters, processes and presumed ends of open tips, whichever runs out first."""
        return read(
            self._call("GET", "running-out", params={"after": after, "limit": limit}),
            RunningOutPage,
        )

    def provider_requests(
        self, *, tip: str | None = None, investigation: str | None = None
    ) -> ProviderClocks:
        """What was asked of providers about a tip or an investigation."""
        return read(
            self._call(
                "GET", "provider-requests", params={"tip": tip, "investigation": investigation}
            ),
            ProviderClocks,
        )

    def enter_provider_request(
        self, wanted: EnterProviderRequest, *, key: str | None = None
    ) -> ProviderRequestAnswer:
        """Enter a letter or a process that was sent; its clock follows from kind and day."""
        return read(
            self._call("POST", "provider-requests", body=wanted, key=once(key)),
            ProviderRequestAnswer,
        )

    def provider_request(self, request: str) -> ProviderStoryAnswer:
        """A request to a provider and its steps."""
        return read(self._call("GET", f"provider-requests/{part(request)}"), ProviderStoryAnswer)

    def step_provider_request(
        self, request: str, wanted: StepProviderRequest, *, version: int, key: str | None = None
    ) -> ProviderRequestAnswer:
        """Renew, return or call off a request, from the version that you looked at."""
        return read(
            self._call(
                "POST",
                f"provider-requests/{part(request)}/steps",
                body=wanted,
                version=version,
                key=once(key),
            ),
            ProviderRequestAnswer,
        )
