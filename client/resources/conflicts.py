"""The API's conflicts: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.investigations import Reason


class Conflict(Part):
    """A conflict as the own side sees it."""

    ref: str
    status: str
    severity: str
    severity_why: tuple[str, ...]
    own_reference: str | None
    other_agency: str
    other_reference: str | None
    other_contact: str
    is_protected: bool
    is_other_told: bool
    opened_at: str
    since_at: str
    due_at: str | None
    seen_at: str | None
    seen_by: str | None
    late_at: str | None
    other_seen_at: str | None
    resolution: str | None
    resolved_at: str | None
    resolved_by: str | None
    resolved_why: str | None
    version: int


class ConflictPage(Answer):
    """Conflicts that the own side is told of: what is not resolved first, urgent first."""

    items: tuple[Conflict, ...]
    next_after: str | None


class AgencyConflicts(Part):
    """How conflicts with one other agency stand."""

    other: str
    total: int
    unresolved: int
    urgent: int
    oldest_at: str | None
    resolving_s: float


class MatrixAnswer(Answer):
    """How conflicts with each other agency stand."""

    items: tuple[AgencyConflicts, ...]


class ConflictReason(Part):
    """One thing in which the sides meet."""

    kind: str
    identifier_kind: str
    own_ref: str | None
    own_role: str | None
    asked_by: str | None
    purpose: str | None
    first_at: str
    last_at: str | None
    times: int
    taken_back_at: str | None


class ConflictMessage(Part):
    """What one side wrote to the other."""

    number: int
    agency: str
    written_by: str
    at: str
    text: str


class ConflictAnswer(Answer):
    """A conflict with its reasons and messages."""

    ref: str
    status: str
    severity: str
    severity_why: tuple[str, ...]
    own_reference: str | None
    other_agency: str
    other_reference: str | None
    other_contact: str
    is_protected: bool
    is_other_told: bool
    opened_at: str
    since_at: str
    due_at: str | None
    seen_at: str | None
    seen_by: str | None
    late_at: str | None
    other_seen_at: str | None
    resolution: str | None
    resolved_at: str | None
    resolved_by: str | None
    resolved_why: str | None
    version: int
    reasons: tuple[ConflictReason, ...]
    messages: tuple[ConflictMessage, ...]


class ConflictStepped(Answer):
    """A conflict after a step."""

    ref: str
    status: str
    version: int


Resolution: TypeAlias = Literal["joined", "transferred", "split", "no conflict"]


class ResolveConflict(Asked):
    """How a conflict ended."""

    resolution: Resolution
    why: str


class WriteMessage(Asked):
    """What the other side is to read."""

    text: str


class Conflicts(Calls):
    """Calls about conflicts."""

    def conflicts(
        self, *, with_resolved: bool = False, after: str = "", limit: int = 50
    ) -> ConflictPage:
        """Conflicts that your side is told of: what is not resolved first, urgent first."""
        return read(
            self._call(
                "GET",
                "conflicts",
                params={"with_resolved": with_resolved, "after": after, "limit": limit},
            ),
            ConflictPage,
        )

    def conflict_matrix(self) -> MatrixAnswer:
        """How conflicts with each other agency stand, and how long resolving takes."""
        return read(self._call("GET", "conflicts/matrix"), MatrixAnswer)

    def conflict(self, conflict: str) -> ConflictAnswer:
        """One conflict: through what you meet, how it stands, and what was written."""
        return read(self._call("GET", f"conflicts/{part(conflict)}"), ConflictAnswer)

    def acknowledge_conflict(self, conflict: str, *, key: str | None = None) -> ConflictStepped:
        """Say that your side knows: its clock ends."""
        return read(
            self._call("POST", f"conflicts/{part(conflict)}/acknowledge", key=once(key)),
            ConflictStepped,
        )

    def coordinate_conflict(
        self, conflict: str, *, version: int, key: str | None = None
    ) -> ConflictStepped:
        """Say that the sides talk."""
        return read(
            self._call(
                "POST", f"conflicts/{part(conflict)}/coordinate", version=version, key=once(key)
            ),
            ConflictStepped,
        )

    def resolve_conflict(
        self, conflict: str, wanted: ResolveConflict, *, version: int, key: str | None = None
    ) -> ConflictStepped:
        """End a conflict; the other side is told and may open it again."""
        return read(
            self._call(
                "POST",
                f"conflicts/{part(conflict)}/resolve",
                body=wanted,
                version=version,
                key=once(key),
            ),
            ConflictStepped,
        )

    def reopen_conflict(
        self, conflict: str, wanted: Reason, *, version: int, key: str | None = None
    ) -> ConflictStepped:
        """Open a conflict again that was resolved too soon."""
        return read(
            self._call(
                "POST",
                f"conflicts/{part(conflict)}/reopen",
                body=wanted,
                version=version,
                key=once(key),
            ),
            ConflictStepped,
        )

    def write_conflict_message(
        self, conflict: str, wanted: WriteMessage, *, key: str | None = None
    ) -> ConflictStepped:
        """Write to the other side; it stays with the conflict."""
        return read(
            self._call("POST", f"conflicts/{part(conflict)}/messages", body=wanted, key=once(key)),
            ConflictStepped,
        )
