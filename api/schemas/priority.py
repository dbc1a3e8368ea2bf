"""An agency's own table of priority on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted


class PriorityClass(Part):
    """A class, and how long a tip of it may wait for its first look."""

    name: str
    look_within_hours: int


class PriorityRule(Part):
    """A rule of the table as the own agency goes by it."""

    rule: str = Field(description="Its name: what holds where it does.")
    to: str = Field(description="Its class at the agency, or `off`.")
    built_in: str = Field(description="Its class in the built-in table.")
    is_changed: bool
    says: str = Field(description="What is shown with a tip where it holds.")
    safety: str | None = Field(
        description="Of a rule for safety: from where. Its class is no lower than the built-in one."
    )


class FallenChange(Part):
    """A change that has no place in the built-in table any more, since an upgrade."""

    rule: str
    to: str
    why: str


class PriorityTableAnswer(Answer):
    """The table of priority that the own agency goes by."""

    agency: str
    version: int = Field(description="Of the agency's changes; 0: it made none.")
    rules_version: str = Field(
        description="As tips name it that stand by it: the built-in version, then the agency's own."
    )
    built_in: str = Field(description="Version of the built-in table.")
    made_by: str | None
    made_at: str | None
    why: str | None
    classes: tuple[PriorityClass, ...]
    rules: tuple[PriorityRule, ...]
    fell_away: tuple[FallenChange, ...]
    to_place: int = Field(
        description="Held tips that do not stand by it yet; at most 10,000 are counted."
    )
    is_more_to_place: bool
    under_way: str | None = Field(description="A sentence where there are any.")


class RuleSetting(Wanted):
    """What becomes of one rule."""

    rule: str = Field(min_length=1, max_length=400, examples=["infant"])
    to: str = Field(max_length=40, description="A class, or `off`.", examples=["at once"])


class TryPriorityTable(Wanted):
    """All changes that the agency would have; a rule that is not named is as built in."""

    changes: tuple[RuleSetting, ...] = Field(max_length=200)


class SetPriorityTable(TryPriorityTable):
    """All changes that the agency is to have, and why."""

    why: str = Field(max_length=2000)


class PriorityChange(Part):
    """A change of one rule."""

    rule: str
    to: str = Field(description="A class, or `off`.")


class PriorityVersion(Part):
    """A version of the agency's changes."""

    number: int
    built_in: str = Field(description="Version of the built-in table that it was made of.")
    changes: tuple[PriorityChange, ...]
    why: str
    made_by: str
    made_at: str


class PriorityHistory(PageAnswer[PriorityVersion]):
    """Versions of the agency's changes, the newest first."""


class PriorityShift(Part):
    """How many tips would come from one class to another by the table."""

    before: str
    after: str
    tips: int
    open: int = Field(description="Of them, neither closed nor withdrawn.")
    set_by_person: int = Field(
        description="Of them, those whose class a person set: that one stands."
    )


class PriorityTrial(Answer):
    """What changes would do to some of the tips that the agency holds."""

    looked_at: int
    changed: int
    shifts: tuple[PriorityShift, ...]
    next_after: str | None = Field(
        description="`after` for the next tips; null: these were the last."
    )
