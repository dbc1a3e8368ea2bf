"""The API's priority: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, read


class PriorityClass(Part):
    """A class, and how long a tip of it may wait for its first look."""

    name: str
    look_within_hours: int


class PriorityRule(Part):
    """A rule of the table as the own agency goes by it."""

    rule: str
    to: str
    built_in: str
    is_changed: bool
    says: str
    safety: str | None


class FallenChange(Part):
    """A change that has no place in the built-in table any more, since an upgrade."""

    rule: str
    to: str
    why: str


class PriorityTableAnswer(Answer):
    """The table of priority that the own agency goes by."""

    agency: str
    version: int
    rules_version: str
    built_in: str
    made_by: str | None
    made_at: str | None
    why: str | None
    classes: tuple[PriorityClass, ...]
    rules: tuple[PriorityRule, ...]
    fell_away: tuple[FallenChange, ...]
    to_place: int
    is_more_to_place: bool
    under_way: str | None


class RuleSetting(Asked):
    """What becomes of one rule."""

    rule: str
    to: str


class SetPriorityTable(Asked):
    """All changes that the agency is to have, and why."""

    changes: tuple[RuleSetting, ...]
    why: str


class TryPriorityTable(Asked):
    """All changes that the agency would have; a rule that is not named is as built in."""

    changes: tuple[RuleSetting, ...]


class PriorityShift(Part):
    """How many tips would come from one class to another by the table."""

    before: str
    after: str
    tips: int
    open: int
    set_by_person: int


class PriorityTrial(Answer):
    """What changes would do to some of the tips that the agency holds."""

    looked_at: int
    changed: int
    shifts: tuple[PriorityShift, ...]
    next_after: str | None


class PriorityChange(Part):
    """A change of one rule."""

    rule: str
    to: str


class PriorityVersion(Part):
    """A version of the agency's changes."""

    number: int
    built_in: str
    changes: tuple[PriorityChange, ...]
    why: str
    made_by: str
    made_at: str


class PriorityHistory(Answer):
    """Versions of the agency's changes, the newest first."""

    items: tuple[PriorityVersion, ...]
    next_after: str | None


class Priority(Calls):
    """Calls about priority."""

    def priority_table(self) -> PriorityTableAnswer:
        """The rules that order your agency's tips, its changes of them, and what is under way."""
        return read(self._call("GET", "priority-table"), PriorityTableAnswer)

    def set_priority_table(
        self, wanted: SetPriorityTable, *, version: int, key: str | None = None
    ) -> PriorityTableAnswer:
        """Let these be all of your agency's changes; held tips are placed by them after this."""
        return read(
            self._call("PUT", "priority-table", body=wanted, version=version, key=once(key)),
            PriorityTableAnswer,
        )

    def try_priority_table(
        self, wanted: TryPriorityTable, *, after: str = "", limit: int = 1000
    ) -> PriorityTrial:
        """How many held tips would change class, from which to which. Nothing is written."""
        return read(
            self._call(
                "POST",
                "priority-table/dry-run",
                params={"after": after, "limit": limit},
                body=wanted,
            ),
            PriorityTrial,
        )

    def priority_history(self, *, after: str = "", limit: int = 50) -> PriorityHistory:
        """Every version of your agency's changes, with who made it, when and why."""
        return read(
            self._call("GET", "priority-table/history", params={"after": after, "limit": limit}),
            PriorityHistory,
        )
