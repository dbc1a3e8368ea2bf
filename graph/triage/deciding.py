"""What a move makes of a tip's place, or why it cannot be made; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.keys import text_of
from graph.casework.resource import Resource
from graph.casework.rights import require
from graph.clock import iso
from graph.errors import ChangedError, RowError
from graph.queries.triage import PlaceRow
from graph.triage.moves import Given, Move, Outcome, Owner, Rule, State, deed_of, rule_of
from graph.triage.priority import Priority, PriorityTable
from graph.triage.standing import placed

_SAYS_NOTHING_OF_NEWS = frozenset({Move.PRIORITISE, Move.LIFT, Move.APART, Move.FOLD})
"""Moves of somebody who need not have looked at what the report says more since the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A move, and what it is given."""

    move: Move
    why: str | None = None
    outcome: Outcome | None = None
    assignee: str | None = None
    """Key of a user or a unit of the own agency."""
    override: str | None = None
    """Why a supervisor gives it to somebody who has a conflict of interest."""
    recipient: str | None = None
    """To whom it is referred, in words: an agency, a desk."""
    priority: Priority | None = None


def decided(
    row: PlaceRow, caller: Caller, wanted: Wanted, *, expected: int | None, table: PriorityTable
) -> PlaceRow:
    """Give a place after a move.

    `expected` is the version that the caller looked at; None: whatever it is, for taking.

    Raises:
        ChangedError: somebody moved it meanwhile, or has it; the sentence says who.
        RightsError: the caller may not make this move, or the tip is somebody else's.
        RowError: it is no move from there, or something that it needs is not given.
    """
    _require_version(row, expected, wanted.move)
    rule = rule_of(row.state, wanted.move, what=row.tip)
    require(caller, deed_of(wanted.move), resource=_as_record(row, caller))
    _require_given(wanted, rule)
    return placed(_after(row, caller, wanted, rule), table)


def _as_record(row: PlaceRow, caller: Caller) -> Resource:
    """Give a place as the policies know it: somebody's, or nobody's."""
    team = None if row.state == State.CLOSED else team_of(row.owner, caller)
    return Resource(owner=row.agency, team=team, holders=frozenset({row.agency}))


def team_of(owner: str | None, caller: Caller) -> frozenset[str] | None:
    """Give whose a tip is, as far as the caller is concerned: a unit's tip is each member's."""
    if owner is None:
        return None
    return frozenset({owner, caller.user}) if owner in caller.units else frozenset({owner})


def is_unit(owner: str | None) -> bool:
    """Say whether an owner is a unit: no user's name has its `|`."""
    return owner is not None and "|" in owner


def _require_version(row: PlaceRow, expected: int | None, wanted: Move) -> None:
    is_taken = wanted is Move.TAKE and row.state != State.NEW and row.owner is not None
    if expected is None and not is_taken:
        return
    if is_taken or expected != (row.version or 0):
        raise ChangedError(said_moved(row))


def said_moved(row: PlaceRow) -> str:
    """Say that a place is not as the caller looked at it, who moved it, and where it stands."""
    by = "somebody" if row.changed_by is None else row.changed_by
    when = "" if row.changed_us is None else f" at {iso(row.changed_us)}"
    whose = "nobody's" if row.owner is None else f"{row.owner}'s"
    return (
        f"{row.tip} was moved by {by}{when}: it is {row.state} and {whose}, version "
        f"{row.version or 0}. Nothing was overwritten; look at it again."
    )


def _require_given(wanted: Wanted, rule: Rule) -> None:
    values = {
        Given.WHY: wanted.why,
        Given.OUTCOME: wanted.outcome,
        Given.ASSIGNEE: wanted.assignee,
        Given.RECIPIENT: wanted.recipient,
        Given.PRIORITY: wanted.priority,
    }
    missing = [given.value for given in rule.needs if (values[given] or "").strip() == ""]
    if len(missing) > 0:
        raise RowError(f"`{wanted.move}` needs: {', '.join(missing)}. Nothing was changed.")
    extra = [
        given.value
        for given, value in values.items()
        if value is not None and given not in (*rule.needs, Given.WHY)
    ]
    if len(extra) > 0:
        raise RowError(f"`{wanted.move}` takes no {', no '.join(extra)}. Nothing was changed.")
    if wanted.why is not None and wanted.why.strip() != "":
        text_of(wanted.why, "A reason")
    if wanted.recipient is not None:
        text_of(wanted.recipient, "A recipient", most=200)


def _after(row: PlaceRow, caller: Caller, wanted: Wanted, rule: Rule) -> PlaceRow:
    owners = {
        Owner.SAME: row.owner,
        Owner.NOBODY: None,
        Owner.MAKER: caller.user,
        Owner.ASSIGNEE: wanted.assignee,
        Owner.STARTER: caller.user if is_unit(row.owner) else row.owner,
    }
    update: dict[str, object] = {
        "state": rule.to.value,
        "owner": owners[rule.owner],
        "moves": row.moves + 1,
        "outcome": None if wanted.outcome is None else wanted.outcome.value,
    }
    if rule.to != row.state or wanted.move is Move.ASSIGN:
        update["stood_us"] = caller.as_of_us
    if wanted.why is not None:
        update["why"] = wanted.why.strip()
    if wanted.recipient is not None:
        update["recipient"] = wanted.recipient.strip()
    if wanted.move in {Move.KEEP, Move.APART, Move.FOLD}:
        update |= {"why": row.why, "outcome": row.outcome}
    if wanted.move in {Move.APART, Move.FOLD}:
        is_apart = wanted.move is Move.APART
        update |= {
            "apart_us": caller.as_of_us if is_apart else None,
            "apart_by": caller.user if is_apart else None,
            "apart_why": (wanted.why or "").strip() if is_apart else None,
        }
    if wanted.move not in _SAYS_NOTHING_OF_NEWS:
        update |= {"news": None, "news_us": None}
    if wanted.move in {Move.PRIORITISE, Move.LIFT}:
        is_set = wanted.priority is not None
        update |= {
            "set_priority": None if wanted.priority is None else wanted.priority.value,
            "set_why": update["why"] if is_set else None,
            "set_by": caller.user if is_set else None,
            "set_us": caller.as_of_us if is_set else None,
            "why": row.why,
            "outcome": row.outcome,
        }
    return row.model_copy(update=update)
