"""Places in the queue as text: one unique string orders it, so that a page begins at any depth.

Agencies are first in it, then what is asked for, then class, time held since, and tip. A range of
such strings is a range of one index on both engines (`engines.md`, "Speed").
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.casework.keys import part
from graph.triage.priority import RANKS

NOBODY = "-"
"""Stands for no owner; no user is named so."""
_AFTER_BAR = "}"
"""The character after `|`: ends the range of everything that begins with `…|`."""


def triage_key(agency: str, tip: str) -> str:
    """Give the key of a tip's place at an agency."""
    return f"{part(agency)}|{tip}"


def order_of(priority: str, since_us: int, tip: str) -> str:
    """Give what orders a queue: the class, then whoever waited longest, then the tip."""
    return f"{RANKS[priority]}|{since_us:019d}|{tip}"


def place(*parts: str) -> str:
    """Give a place: agency, what is asked for, order."""
    return "|".join([*(part(each) for each in parts[:-1]), parts[-1]])


def since_place(agency: str, since_us: int, tip: str) -> str:
    """Give the place of a tip among all that an agency holds, by when it came."""
    return f"{part(agency)}|{since_us:019d}|{tip}"


def rules_place(agency: str, rules: str, tip: str) -> str:
    """Give the place of a held tip by the version of the table that it stands by."""
    return place(agency, rules, tip)


def other_tables(agency: str, rules: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Give the ranges of an agency's held tips that stand by another version than this."""
    head, own = part(agency), f"{part(agency)}|{part(rules)}"
    return (f"{head}|", f"{own}|"), (f"{own}{_AFTER_BAR}", f"{head}{_AFTER_BAR}")


def move_place(agency: str, kind: str, at_us: int, key: str) -> str:
    """Give the place of a move among an agency's moves of one kind, or out of one state."""
    return f"{part(agency)}|{kind}|{at_us:019d}|{key}"


def held_range(agency: str, after: str) -> tuple[str, str]:
    """Give the range of an agency's tips in the order of lists, after the order of one of them."""
    head = part(agency)
    return f"{head}|{after}", f"{head}{_AFTER_BAR}"


def held_order(found: str) -> str:
    """Give what orders a tip in lists, out of its place there."""
    return found.partition("|")[2]


def order_in(found: str) -> str:
    """Give the order that a place ends with: the same in every index, and without a person."""
    return "|".join(found.rsplit("|", maxsplit=3)[-3:])


def ranges(*parts: str, priorities: Sequence[str], before_us: int | None) -> list[tuple[str, str]]:
    """Give the ranges of places that hold certain classes, held since before a time.

    They follow each other; each begins with, and ends before, the strings that are given.
    """
    head = "|".join(part(each) for each in parts)
    found: list[tuple[str, str]] = []
    for priority in sorted(priorities, key=lambda name: RANKS[name]):
        begin = f"{head}|{RANKS[priority]}|"
        end = begin[:-1] + _AFTER_BAR if before_us is None else f"{begin}{before_us:019d}|"
        found.append((begin, end))
    return found


def incident_of(agency: str, provider: str | None, incident_us: int | None) -> str | None:
    """Give what records of one incident at an agency have in common; None: too little is stated."""
    if provider is None or incident_us is None:
        return None
    return f"{part(agency)}|{part(provider)}|{incident_us:019d}"
