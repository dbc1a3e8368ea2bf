"""Which of an agency's tips are records of one incident, and in whose row each lies.

Two records of one incident are told by the same provider, the same reported account, a file hash
in common and the same incident time (`domain.md`, section 6, case 8). Both stay as sources: only
their rows in lists become one. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.queries.triage import PlaceRow
from graph.triage.places import order_of
from graph.triage.standing import effective, rowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What tips of one provider and instant have in common."""

    accounts: Mapping[str, frozenset[str]]
    """Tips by the account that they report."""
    hashes: Sequence[frozenset[str]]
    """The tips that have one file hash, for each that several have."""


def folds_of(tips: Collection[str], likeness: Likeness) -> list[tuple[str, ...]]:
    """Give the tips that are records of one incident, two or more together, each tip once.

    One incident is of one account: who is in a bundle with somebody else is no record of the
    other one's. A bundle goes with the first of its accounts that has another record.
    """
    left = set(tips)
    found: list[tuple[str, ...]] = []
    for account in sorted(likeness.accounts):
        sharing = likeness.accounts[account] & left
        for together in joined(sharing, likeness.hashes):
            if len(together) > 1:
                found.append(tuple(sorted(together)))
                left -= together
    return sorted(found)


def joined(tips: Collection[str], bonds: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Give tips in the groups that bonds between them make of them, each tip in one."""
    group = {tip: frozenset({tip}) for tip in tips}
    for bond in bonds:
        there = [tip for tip in sorted(bond) if tip in group]
        if len(there) > 1:
            whole = frozenset[str]().union(*(group[tip] for tip in there))
            group |= dict.fromkeys(whole, whole)
    return sorted(set(group.values()), key=min)


def folded(rows: Iterable[PlaceRow], likeness: Likeness) -> dict[str, str | None]:
    """Give the fold of each place of one agency, provider and instant, by its key.

    What a person keeps apart folds with nothing.
    """
    by_tip = {row.tip: row for row in rows}
    free = [row.tip for row in by_tip.values() if row.incident is not None and row.apart_us is None]
    found: dict[str, str | None] = dict.fromkeys((row.key for row in by_tip.values()), None)
    for together in folds_of(free, likeness):
        found |= {by_tip[tip].key: by_tip[together[0]].key for tip in together}
    return found


def in_rows(rows: Sequence[PlaceRow]) -> list[PlaceRow]:
    """Give the places of folds with the row that each has, or under which it lies.

    One row is of records that stand alike: in one state, with one owner. The most urgent one is
    shown, and of several the one that waited longest.
    """
    alike: dict[tuple[str, str, str], list[PlaceRow]] = {}
    for row in rows:
        alike.setdefault(alike_by(row), []).append(row)
    return [done for group in alike.values() for done in _one_row(group)]


def alike_by(row: PlaceRow) -> tuple[str, str, str]:
    """Give what records have in common that lie in one row."""
    return (row.fold or row.key, row.state, row.owner or "")


def _one_row(group: Sequence[PlaceRow]) -> list[PlaceRow]:
    ordered = sorted(group, key=lambda row: order_of(effective(row), row.since_us, row.tip))
    first, others = ordered[0], ordered[1:]
    oldest_us = min(row.since_us for row in group)
    shown = {"under": None, "row_since_us": oldest_us if len(others) > 0 else None}
    lies = {"under": first.tip, "row_since_us": None}
    return [
        rowed(first.model_copy(update=shown)),
        *(rowed(row.model_copy(update=lies)) for row in others),
    ]
