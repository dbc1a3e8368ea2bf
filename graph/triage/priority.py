"""How urgent a tip is at an agency: a class, by one versioned table of rules, with its reasons.

Design, no statute: the order of work is each agency's (`docs/decisions/0030-the-triage-queue.md`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import RowError

_FILE = "priority.toml"
_HOUR_US = 3_600_000_000
UNKNOWN = (" not stated", " not known")
"""How a signal ends that says that something is not known."""


class Priority(StrEnum):
    """How soon a tip is to be looked at, the soonest first."""

    AT_ONCE = "at once"
    TODAY = "today"
    THIS_WEEK = "this week"
    IN_TIME = "when there is time"
    NO_ACTION = "not for action"


RANKS = {priority.value: at for at, priority in enumerate(Priority)}
"""Place of each class in the queue."""
_URGENT = (Priority.AT_ONCE, Priority.TODAY)
OWN_CASE = "own investigation"
"""The signal that somebody here works on it already: then it is not put off."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ClassRule(_Part):
    """How long a tip of one class may wait for its first look."""

    name: Priority
    look_within_hours: Annotated[int, Field(ge=1, le=24 * 366)]


class SignalRule(_Part):
    """One row: where all of `when` hold, a tip is of the class."""

    when: Annotated[tuple[str, ...], Field(min_length=1)]
    priority: Priority = Field(alias="class")
    says: Annotated[str, Field(min_length=10, max_length=300)]
    safety: Annotated[str, Field(min_length=10, max_length=300)] | None = None
    """Of a rule that says that a child may be in danger: from where. No agency may put it lower."""

    @property
    def name(self) -> str:
        """The rule's name: what holds where it does."""
        return " and ".join(self.when)


class PriorityTable(_Part):
    """The table."""

    version: Annotated[str, Field(min_length=1, max_length=40)]
    made: str
    how: str
    classes: Annotated[tuple[ClassRule, ...], Field(alias="class")]
    rules: Annotated[tuple[SignalRule, ...], Field(alias="rule", max_length=200)]

    def look_within_us(self, priority: str) -> int:
        """Give how long a tip of a class may wait for its first look, microseconds."""
        hours = {rule.name: rule.look_within_hours for rule in self.classes}
        return hours[Priority(priority)] * _HOUR_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How urgent a tip is, and why."""

    priority: Priority
    reasons: tuple[str, ...]
    """A sentence for each rule that holds, the deciding ones first."""
    unknown: tuple[str, ...]
    """What is not stated and would bear on it."""


def judged(signals: Collection[str], table: PriorityTable) -> Judged:
    """Give how urgent a tip with these signals is."""
    held = frozenset(signals)
    holding = [rule for rule in table.rules if held.issuperset(rule.when)]
    raising = [rule.priority for rule in holding if rule.priority is not Priority.NO_ACTION]
    top = min(raising, key=lambda p: RANKS[p], default=Priority.IN_TIME)
    is_put_off = len(raising) < len(holding) and top not in _URGENT and OWN_CASE not in held
    priority = Priority.NO_ACTION if is_put_off else top
    ordered = sorted(holding, key=lambda rule: rule.priority is not priority)
    return Judged(
        priority=priority,
        reasons=tuple(rule.says for rule in ordered) or ("No rule of the table holds.",),
        unknown=tuple(sorted(name for name in held if name.endswith(UNKNOWN))),
    )


def parse_priority_table(text: str) -> PriorityTable:
    """Give the table that a TOML text holds.

    Raises:
        RowError: it is none, or does not name every class once.
    """
    try:
        found = PriorityTable.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RowError(f"This is no table of priorities: {error}") from error
    if sorted(rule.name for rule in found.classes) != sorted(Priority):
        raise RowError(
            f"A table of priorities names every class once: {', '.join(Priority)}. "
            "Nothing was changed."
        )
    if len({frozenset(rule.when) for rule in found.rules}) < len(found.rules):
        raise RowError("A table of priorities has one rule for what holds. Nothing was changed.")
    # Of a lower class a rule of "not for action" could put it off, which no floor would stop.
    if any(rule.safety is not None and rule.priority not in _URGENT for rule in found.rules):
        raise RowError(f"A rule for safety is of {' or '.join(_URGENT)}. Nothing was changed.")
    return found


@lru_cache(maxsize=1)
def shipped_priority_table() -> PriorityTable:
    """Give the table that comes with Crosstip.

    Raises:
        RowError: it is malformed.
        OSError: it is missing. Install Crosstip again.
    """
    path = files("graph").joinpath("data", _FILE)
    return parse_priority_table(path.read_text(encoding="utf-8"))
