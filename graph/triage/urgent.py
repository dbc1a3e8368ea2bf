"""When a tip in a queue is an alert, and when that is over; nothing is written here.

Design, no statute: Officers cannot tell which tip matters most (Stanford Internet Observatory,
2024, see `docs/decisions/0033-urgent-tips.md`). Clocks are spans of real time: neither office hours
nor a change of the clock's hour stretch or shorten them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.queries.triage import PlaceRow
from graph.triage.moves import Move, State
from graph.triage.priority import Priority, PriorityTable
from graph.triage.standing import effective

MINUTE_US = 60_000_000
SUPERVISORS_MINUTES, ADMINISTRATORS_MINUTES = 15, 60
"""Until further people are told, where an agency has set nothing else."""
LONGEST_MINUTES = 24 * 60
ACKNOWLEDGED = "acknowledged"
_LOOKED_AT = frozenset(
    {Move.TAKE, Move.RESUME, Move.REFER, Move.TAKE_BACK, Move.START, Move.CLOSE}
) | {Move.ASK, Move.REOPEN, Move.KEEP}
"""Moves of somebody who has thereby seen the tip. Who assigns a hundred at once has seen none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place before and after something; before is None where it is new."""

    before: PlaceRow | None
    after: PlaceRow
    made: Move | None = None
    """The move that somebody made of it; None: it followed from the tip."""


def is_urgent(row: PlaceRow) -> bool:
    """Say whether a tip is to be looked at at once: held, and not withdrawn; closed ones too."""
    return _is_there(row) and effective(row) == Priority.AT_ONCE


def _is_there(row: PlaceRow) -> bool:
    return row.held and row.state != State.WITHDRAWN


def raised(changes: Iterable[Change], tables: Mapping[str, PriorityTable]) -> list[PlaceRow]:
    """Give the places that have come to be urgent, are nobody's again, or say more that is urgent.

    Whoever acknowledged or closed a tip did so of what it said then: an agency's new table (they
    are given by agency) opens nothing again that says no more than it did.
    """
    urgent = {agency: _urgent_sentences(table) for agency, table in tables.items()}
    return [
        change.after
        for change in changes
        if _is_there(change.after)
        and not _is_closed_and_says_no_more(change)
        and (_has_become_urgent(change) or _says_more(change, urgent[change.after.agency]))
    ]


def _urgent_sentences(table: PriorityTable) -> frozenset[str]:
    return frozenset(rule.says for rule in table.rules if rule.priority is Priority.AT_ONCE)


def _is_closed_and_says_no_more(change: Change) -> bool:
    before, after = change.before, change.after
    if before is None or after.state != State.CLOSED or before.rules == after.rules:
        return False
    return frozenset(after.reasons or ()) <= frozenset(before.reasons or ())


def _has_become_urgent(change: Change) -> bool:
    return is_urgent(change.after) and (
        change.before is None or not is_urgent(change.before) or change.made is Move.PUT_BACK
    )


def _says_more(change: Change, urgent: frozenset[str]) -> bool:
    """Say whether a tip says more that is urgent, also where a person set a lower class before."""
    if change.before is None:
        return False
    new = frozenset(change.after.reasons or ()) - frozenset(change.before.reasons or ())
    return len(urgent & new) > 0


def ended(changes: Iterable[Change]) -> dict[str, list[str]]:
    """Give the keys of places whose alert is over, by how it came to be."""
    found: dict[str, list[str]] = {}
    for change in changes:
        how = _how(change)
        if how is not None:
            found.setdefault(how, []).append(change.after.key)
    return {how: sorted(keys) for how, keys in sorted(found.items())}


def _how(change: Change) -> str | None:
    before, after = change.before, change.after
    if before is None:
        return None
    # Of a tip that a person set to a lower class there may be an alert as well: it said more then.
    if change.made in _LOOKED_AT:
        return str(change.made)
    if before.held and not after.held:
        return "held no longer"
    if after.state == State.WITHDRAWN and before.state != State.WITHDRAWN:
        return "withdrawn"
    return "another class" if is_urgent(before) and not is_urgent(after) else None
