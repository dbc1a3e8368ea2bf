"""The API's urgent: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class UrgentTip(Part):
    """A tip that is to be looked at at once, and that nobody acknowledged."""

    tip: str
    at: str
    age_s: int
    told: str
    next_at: str | None
    state: str | None
    owner: str | None
    reasons: tuple[str, ...]


class UrgentPage(Answer):
    """Urgent tips of the own agency that nobody acknowledged, whoever waits longest first."""

    items: tuple[UrgentTip, ...]
    next_after: str | None


class UrgentCount(Answer):
    """How many urgent tips wait at the own agency; at most 200 are counted."""

    waiting: int
    is_more: bool
    oldest_at: str | None
    newest_at: str | None


class UrgentAcknowledged(Answer):
    """That somebody has said that they have seen an urgent tip."""

    tip: str
    by: str
    at: str
    waited_s: int


class UrgentClocks(Answer):
    """An agency's clocks for its urgent tips: minutes of real time."""

    agency: str
    supervisors_minutes: int
    administrators_minutes: int
    unit: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class SetUrgentClocks(Asked):
    """Clocks as a supervisor sets them."""

    supervisors_minutes: int
    administrators_minutes: int
    unit: str | None = None


class Urgent(Calls):
    """Calls about urgent."""

    def urgent_tips(self, *, after: str = "", limit: int = 50) -> UrgentPage:
        """The own agency's urgent tips that nobody acknowledged, whoever waits longest first."""
        return read(
            self._call("GET", "urgent", params={"after": after, "limit": limit}), UrgentPage
        )

    def urgent_count(self) -> UrgentCount:
        """How many urgent tips nobody acknowledged. Asking is no sign of life of a session."""
        return read(self._call("GET", "urgent/count"), UrgentCount)

    def acknowledge_urgent_tip(self, tip: str, *, key: str | None = None) -> UrgentAcknowledged:
        """Say that you have seen an urgent tip; of two at once one does, and 409 names who."""
        return read(
            self._call("POST", f"urgent/{part(tip)}/acknowledge", key=once(key)), UrgentAcknowledged
        )

    def urgent_clocks(self) -> UrgentClocks:
        """How long urgent tips wait until further people are told, and who is on duty."""
        return read(self._call("GET", "urgent/clocks"), UrgentClocks)

    def set_urgent_clocks(
        self, wanted: SetUrgentClocks, *, version: int, key: str | None = None
    ) -> UrgentClocks:
        """Set the clocks, for tips that come to be urgent from now on."""
        return read(
            self._call("PUT", "urgent/clocks", body=wanted, version=version, key=once(key)),
            UrgentClocks,
        )
