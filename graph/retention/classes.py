"""The classes of records, and for each either what a policy may say or the rule that binds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from graph.casework.keys import part, text_of
from graph.errors import RowError

DAY_US = 86_400_000_000
FEWEST_DAYS, MOST_DAYS = 30, 36_525
"""A slip of the pen is not to empty a store: nothing goes within a month of what it counts from."""
GRACE_US = 7 * DAY_US
"""Between confirmation and effect, in which whoever must can place a hold."""


CONFLICT_DAYS = ASSISTANCE_DAYS = WORKSPACE_DAYS = 1826
"""Five years, as long as 28 CFR 23.20(h) lets a claim stand that nobody validated."""


class RecordClass(StrEnum):
    """What a policy can be about."""

    TIPS = "tips"
    INVESTIGATIONS = "investigations"
    CHECKS = "checks"
    NOTICES = "notices"


class CountsFrom(StrEnum):
    """From when the days are counted."""

    CLOSING = "closing"
    ACTIVITY = "last activity"
    RECEIPT = "receipt"


ALLOWED: Mapping[RecordClass, frozenset[CountsFrom]] = MappingProxyType(
    {
        RecordClass.TIPS: frozenset(CountsFrom),
        RecordClass.INVESTIGATIONS: frozenset({CountsFrom.CLOSING, CountsFrom.ACTIVITY}),
        RecordClass.CHECKS: frozenset({CountsFrom.RECEIPT}),
        RecordClass.NOTICES: frozenset({CountsFrom.RECEIPT}),
    }
)
"""What the days of a class may be counted from."""

MEANING: Mapping[RecordClass, str] = MappingProxyType(
    {
        RecordClass.TIPS: "Tips with their documents, versions, files, places, moves, hand-offs "
        "and notices. Only what is closed or withdrawn goes; what is open never does.",
        RecordClass.INVESTIGATIONS: "Closed investigations with their claims, checks and notices. "
        "One that is party to a conflict stays until that goes.",
        RecordClass.CHECKS: "That somebody asked about identifiers, for what, and the counts.",
        RecordClass.NOTICES: "Notices that somebody acknowledged, with their deliveries.",
    }
)

FIXED: Mapping[str, str] = MappingProxyType(
    {
        "claims": "At their review date they are in no answer, and are purged daily; never more "
        "than five years without validation (28 CFR 23.20(h)). No policy can lengthen it.",
        "conflicts": "Five years after anything last happened to a resolved one whose "
        "investigations are closed, with its messages and notices, for both sides at once; one "
        "that is not resolved stays. A legal hold of either side keeps it.",
        "requests for assistance": "Five years after the last step of a settled one, with both "
        "sides' receipts; they name no tip. A legal hold on everything of either side keeps it.",
        "saved charts": "Five years after they were changed last, also where their keeper has "
        "left. What is drawn on them goes with the record. A legal hold on all of the agency "
        "keeps them.",
        "feedback to NCMEC": "Its line about a tip goes with the tip. What it counted and the "
        "hashes of its files stay; the file cannot be written again.",
        "hand-off records": "With the tip, when the last agency's holding of it ends.",
        "jobs and exports": "Seven days after they ended (decision 27).",
        "sessions": "When the user logs on after they have ended (decision 22).",
        "log": "Kept for good, at least one year (CJIS AU-11). Nothing deletes or rewrites it.",
    }
)
"""Classes that no policy is about, each with its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    """How long records of a class are kept, as somebody proposes it."""

    kind: RecordClass
    days: int | None
    """None: kept for good, as is everything that nobody has set a policy for."""
    counts_from: CountsFrom
    name: str
    """Of the retention schedule or order that it follows."""
    dated: str
    """Date of that, `YYYY-MM-DD`."""
    why: str


def checked(new: NewPolicy) -> NewPolicy:
    """Give a policy as it is kept.

    Raises:
        RowError: days, basis or date make no sense, or a text is missing.
    """
    if new.days is not None and not FEWEST_DAYS <= new.days <= MOST_DAYS:
        raise RowError(
            f"Records are kept for {FEWEST_DAYS} to {MOST_DAYS:,} days, or for good. Nothing was "
            "entered."
        )
    if new.counts_from not in ALLOWED[new.kind]:
        said = " or ".join(sorted(ALLOWED[new.kind]))
        raise RowError(f"Days of {new.kind} are counted from {said}. Nothing was entered.")
    try:
        dated = date.fromisoformat(new.dated.strip()).isoformat()
    except ValueError as error:
        raise RowError("A date is written like 2026-03-01. Nothing was entered.") from error
    return NewPolicy(
        kind=new.kind,
        days=new.days,
        counts_from=new.counts_from,
        name=text_of(new.name, "The name of the schedule or order", most=200),
        dated=dated,
        why=text_of(new.why, "What it rests on"),
    )


def policy_key(agency: str, kind: RecordClass, number: int) -> str:
    """Give the key of a version of a policy."""
    return f"{part(agency)}|{kind.value}|{number:06d}"


def cutoff_us(days: int, *, at_us: int) -> int:
    """Give the latest instant to count from that makes a record due: whole days of real time."""
    return at_us - days * DAY_US
