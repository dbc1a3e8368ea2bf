"""The API's assignments: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class CarriedTips(Part):
    """Open tips of one class that somebody carries."""

    priority: str
    total: int


class AssignmentCandidate(Part):
    """Somebody whom the tip may be given to, with what bears on it."""

    key: str
    name: str
    is_unit: bool
    members: tuple[str, ...]
    units: tuple[str, ...]
    load: tuple[CarriedTips, ...]
    total: int
    urgent: int
    oldest_at: str | None
    stood_at: str | None
    skills: tuple[str, ...]
    matching: tuple[str, ...]
    away_until_at: str | None
    conflicts: tuple[str, ...]
    relations: tuple[str, ...]


class CandidatesAnswer(Answer):
    """Everybody whom a tip may be given to, in the order in which they are proposed."""

    items: tuple[AssignmentCandidate, ...]


class GivenTip(Asked):
    """A tip, and its version in the queue."""

    tip: str
    version: int


class AssignTips(Asked):
    """Tips that somebody is to have."""

    tips: tuple[GivenTip, ...]
    assignee: str
    why: str
    override: str | None = None


class AssignedTip(Part):
    """What became of one tip."""

    tip: str
    is_done: bool
    said: str
    version: int | None


class AssignedAnswer(Answer):
    """What became of each tip, in the order in which they were named."""

    items: tuple[AssignedTip, ...]


class StaffRecord(Part):
    """A skill, an absence or a conflict of interest of somebody of the own agency."""

    key: str
    kind: str
    user: str | None
    about: str | None
    subject: str | None
    from_at: str | None
    until_at: str | None
    why: str | None
    entered_by: str
    entered_at: str
    ended_at: str | None
    ended_by: str | None
    ended_why: str | None


class StaffAnswer(Answer):
    """What counts of the own agency's people."""

    items: tuple[StaffRecord, ...]


RecordKind: TypeAlias = Literal["listed skill", "skill", "absence", "conflict"]

Subject: TypeAlias = Literal["tip", "investigation", "relation"]


class KeepRecord(Asked):
    """What a supervisor keeps of somebody, or a skill for the agency's list."""

    kind: RecordKind
    user: str | None = None
    about: Subject | None = None
    subject: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    why: str | None = None


class StaffRecordAnswer(Answer):
    """One record."""

    key: str
    kind: str
    user: str | None
    about: str | None
    subject: str | None
    from_at: str | None
    until_at: str | None
    why: str | None
    entered_by: str
    entered_at: str
    ended_at: str | None
    ended_by: str | None
    ended_why: str | None


class DeclareConflict(Asked):
    """A conflict of interest of one's own; no identifier stands in it."""

    about: Subject
    subject: str
    why: str


class EndRecord(Asked):
    """Why it is ended."""

    why: str


class Assignments(Calls):
    """Calls about assignments."""

    def assignment_candidates(self, *, tip: str, skills: str = "") -> CandidatesAnswer:
        """Everybody whom a tip may be given to, with load, skills, absence and conflicts."""
        return read(
            self._call("GET", "assignments/candidates", params={"tip": tip, "skills": skills}),
            CandidatesAnswer,
        )

    def assign_some(self, wanted: AssignTips, *, key: str | None = None) -> AssignedAnswer:
        """Give tips to somebody; one that was moved meanwhile is left, and said by whom."""
        return read(self._call("POST", "assignments", body=wanted, key=once(key)), AssignedAnswer)

    def staff(self) -> StaffAnswer:
        """What counts of the own agency's people: skills, absences, conflicts of interest."""
        return read(self._call("GET", "staff"), StaffAnswer)

    def keep_staff_record(self, wanted: KeepRecord, *, key: str | None = None) -> StaffRecordAnswer:
        """Keep a skill, an absence or a conflict of interest; or list a skill."""
        return read(self._call("POST", "staff", body=wanted, key=once(key)), StaffRecordAnswer)

    def declare_own_conflict(
        self, wanted: DeclareConflict, *, key: str | None = None
    ) -> StaffRecordAnswer:
        """Declare a conflict of interest of your own."""
        return read(
            self._call("POST", "staff/conflicts", body=wanted, key=once(key)), StaffRecordAnswer
        )

    def end_staff_record(
        self, record: str, wanted: EndRecord, *, key: str | None = None
    ) -> StaffRecordAnswer:
        """End something that is kept; it stays on record."""
        return read(
            self._call("POST", f"staff/{part(record)}/end", body=wanted, key=once(key)),
            StaffRecordAnswer,
        )
