"""The API's quarantine: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Part
from client.calls import Calls, once, part, read
from client.resources.investigations import Reason
from client.resources.jobs import JobAnswer


class QuarantineLine(Part):
    """A document that could not be taken in."""

    id: str
    state: str
    reason: str
    where: str | None
    name: str
    size: int
    sha256: str
    position: int | None
    report_number: str | None
    provider: str | None
    channel: str
    attempts: int
    deliveries: int
    first_at: str
    last_at: str
    dismissed_by: str | None
    dismissed_why: str | None
    dismissed_at: str | None


class QuarantinePage(Answer):
    """What was handed in for your agency and could not be taken in; the oldest first."""

    items: tuple[QuarantineLine, ...]
    next_after: str | None


class ProviderTally(Part):
    """What one provider's documents in quarantine come to."""

    provider: str | None
    waiting: int
    dismissed: int
    oldest_at: str | None


class QuarantineTallyAnswer(Answer):
    """Your agency's quarantine by provider, most waiting first; nothing is left out."""

    items: tuple[ProviderTally, ...]


class QuarantineAnswer(Answer):
    """One document that could not be taken in."""

    id: str
    state: str
    reason: str
    where: str | None
    name: str
    size: int
    sha256: str
    position: int | None
    report_number: str | None
    provider: str | None
    channel: str
    attempts: int
    deliveries: int
    first_at: str
    last_at: str
    dismissed_by: str | None
    dismissed_why: str | None
    dismissed_at: str | None


class Quarantine(Calls):
    """Calls about quarantine."""

    def quarantine(self, *, after: str = "", limit: int = 50) -> QuarantinePage:
        """What was handed in for your agency and could not be taken in, with why."""
        return read(
            self._call("GET", "quarantine", params={"after": after, "limit": limit}), QuarantinePage
        )

    def tally_quarantine(self) -> QuarantineTallyAnswer:
        """Your agency's quarantine by the provider that each document names."""
        return read(self._call("GET", "quarantine/tally"), QuarantineTallyAnswer)

    def quarantined(self, entry: str) -> QuarantineAnswer:
        """One document that could not be taken in; its text stays where it is."""
        return read(self._call("GET", f"quarantine/{part(entry)}"), QuarantineAnswer)

    def retry_quarantined(self, entry: str, *, key: str | None = None) -> JobAnswer:
        """Have a document tried again, for example after an update; a job does it."""
        return read(self._call("POST", f"quarantine/{part(entry)}/retry", key=once(key)), JobAnswer)

    def dismiss_quarantined(
        self, entry: str, wanted: Reason, *, key: str | None = None
    ) -> QuarantineAnswer:
        """Decide that a document is not taken in: its text goes, who, when and why stay."""
        return read(
            self._call("POST", f"quarantine/{part(entry)}/dismiss", body=wanted, key=once(key)),
            QuarantineAnswer,
        )
