"""What people do about a tip in their queue: take it, refer it, assign it, close it.

Each move is one transaction: the place is locked, read, and written only where it still has the
version that the move starts from, with the move's record and a leaf in the agency's log.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.keys import text_of
from graph.casework.resource import Resource
from graph.casework.rights import Deed, agency_of, confirms, require, roles_for
from graph.clock import iso
from graph.errors import ChangedError, NotFoundError, RowError
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.queries.triage import LOCK_PLACES, MOVED, PLACES, MovedParams, PlaceKeysParams, PlaceRow
from graph.services.acting import About, act, leaf, named, note
from graph.services.callers import why_out_of_service
from graph.services.triage_places import note_move, table_of
from graph.services.user_rules import users_there
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.moves import Given, Move, Outcome, Owner, Rule, State, rule_of
from graph.triage.places import triage_key
from graph.triage.priority import Priority
from graph.triage.standing import placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A move, and what it is given."""

    move: Move
    why: str | None = None
    outcome: Outcome | None = None
    assignee: str | None = None
    """Key of a user of the own agency."""
    recipient: str | None = None
    """To whom it is referred, in words: an agency, a desk."""
    priority: Priority | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a tip stands after a move."""

    tip: str
    state: str
    owner: str | None
    version: int


def take(caller: Caller, store: Store, *, tip: str) -> Moved:
    """Take a tip that nobody has for review. Of two people at once one gets it.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency holds no such tip.
        ChangedError: somebody has it; the sentence says who.
        RowError: it stands where nothing is taken.
    """
    return _move(caller, store, tip, None, Wanted(move=Move.TAKE))


def move(caller: Caller, store: Store, *, tip: str, expected: int, wanted: Wanted) -> Moved:
    """Make a move from the version of a tip's place that the caller looked at.

    Raises:
        RightsError: the caller may not make this move, or the tip is somebody else's.
        NotFoundError: the agency holds no such tip, or has nobody in service as that assignee.
        ChangedError: somebody moved it meanwhile; the sentence says who.
        RowError: it is no move from there, or something that it needs is not given.
    """
    return _move(caller, store, tip, expected, wanted)


def _move(caller: Caller, store: Store, tip: str, expected: int | None, wanted: Wanted) -> Moved:
    deed = Deed.TRIAGE_ASSIGN if wanted.move is Move.ASSIGN else Deed.TRIAGE_WORK
    if wanted.move in {Move.REOPEN, Move.PRIORITISE, Move.LIFT}:
        deed = Deed.TRIAGE_LEAD
    about = About(object=named(tip))

    def work(unit: WriteUnit) -> Moved:
        before = locked_place(unit, caller, tip)
        _require_version(before, expected, wanted.move)
        rule = rule_of(before.state, wanted.move, what=tip)
        if rule.deed is None:
            raise RowError(
                f"`{wanted.move}` follows from the tip's own withdrawal; nobody makes it. "
                "Nothing was changed."
            )
        require(caller, rule.deed, resource=_as_record(before))
        _require_given(wanted, rule)
        _check_assignee(unit, caller, wanted.assignee)
        after = placed(_after(before, caller, wanted, rule), table_of(unit, before.agency))
        rows = unit.run(MOVED, _params(before, after, caller))
        if len(rows) == 0:
            raise ChangedError(_said_moved(before))
        at_us = caller.as_of_us
        why = None if wanted.why is None else wanted.why.strip()
        note_move(unit, before, after, wanted.move, made_by=caller.user, at_us=at_us, why=why)
        note(unit, caller, [leaf(caller, rule.deed, about, outcome=wanted.move.value)])
        return Moved(tip=tip, state=after.state, owner=after.owner, version=rows[0].version)

    return act(caller, store, deed=deed, about=about, work=work)


def locked_place(unit: WriteUnit, caller: Caller, tip: str) -> PlaceRow:
    """Give a tip's place at the caller's agency, after taking its lock.

    Raises:
        NotFoundError: the agency does not hold it; the same answer as where it is not there.
    """
    keys = PlaceKeysParams(keys=[triage_key(agency_of(caller), tip)])
    unit.run(LOCK_PLACES, keys)
    return place_there(unit, caller, tip)


def place_there(unit: ReadUnit, caller: Caller, tip: str) -> PlaceRow:
    """Give a tip's place at the caller's agency; holders and policies both see to that.

    Raises:
        NotFoundError: as for `locked_place`.
    """
    rows = unit.read(PLACES, PlaceKeysParams(keys=[triage_key(agency_of(caller), tip)]))
    whose = unit.read(WHOSE, TipKeysParams(keys=[tip]))
    holders = frozenset(whose[0].holders) if len(whose) > 0 else frozenset()
    if (
        len(rows) == 0
        or not rows[0].held
        or not confirms(
            caller,
            Deed.TRIAGE_READ,
            resource=Resource(owner=rows[0].agency, holders=holders),
        )
    ):
        raise NotFoundError(f"Your agency holds no tip {tip}. Check the number.")
    return rows[0]


def _as_record(row: PlaceRow) -> Resource:
    """Give a place as the policies know it: somebody's, or nobody's."""
    team = None if row.owner is None or row.state == State.CLOSED else frozenset({row.owner})
    return Resource(owner=row.agency, team=team, holders=frozenset({row.agency}))


def _require_version(row: PlaceRow, expected: int | None, wanted: Move) -> None:
    is_taken = wanted is Move.TAKE and row.state != State.NEW and row.owner is not None
    if expected is None and not is_taken:
        return
    if is_taken or expected != (row.version or 0):
        raise ChangedError(_said_moved(row))


def _said_moved(row: PlaceRow) -> str:
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


def _check_assignee(unit: ReadUnit, caller: Caller, assignee: str | None) -> None:
    """Come back when the agency has somebody in service by that name who works on tips."""
    if assignee is None:
        return
    user = users_there(unit, [assignee]).get(assignee)
    if (
        user is None
        or user.agency != caller.agency
        or why_out_of_service(user, caller.as_of_us) is not None
        or roles_for(Deed.TRIAGE_WORK).isdisjoint(user.roles)
    ):
        raise NotFoundError(
            f"{caller.agency} has nobody in service as {assignee} who works on tips. "
            "Nothing was changed."
        )


def _after(row: PlaceRow, caller: Caller, wanted: Wanted, rule: Rule) -> PlaceRow:
    owners = {
        Owner.SAME: row.owner,
        Owner.NOBODY: None,
        Owner.MAKER: caller.user,
        Owner.ASSIGNEE: wanted.assignee,
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


def _params(before: PlaceRow, after: PlaceRow, caller: Caller) -> MovedParams:
    names = set(MovedParams.model_fields) - {"expected", "at_us", "user"}
    return MovedParams(
        **after.model_dump(include=names),
        expected=before.version or 0,
        at_us=caller.as_of_us,
        user=caller.user,
    )
