"""A tip's place at an agency, and what follows from the tip: pure, so that a recount compares."""

from __future__ import annotations

from dataclasses import dataclass

from graph.queries.triage import PlaceRow, StandingRow
from graph.rows import PropertyRow
from graph.triage.expiry import expiring, expiry_placed
from graph.triage.moves import OPEN, State
from graph.triage.places import (
    NOBODY,
    incident_of,
    order_of,
    place,
    rules_place,
    since_place,
    triage_key,
)
from graph.triage.priority import RANKS, PriorityTable, judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a place follows from: the tip as its holder has it, and the table of rules."""

    found: StandingRow
    table: PriorityTable
    own: frozenset[str] = frozenset()
    """Signals that hold at this agency alone."""


def new_place(basis: Basis) -> PlaceRow:
    """Give the place of a tip that the agency has just been given."""
    found = basis.found
    key = triage_key(found.agency, found.tip)
    bare = PlaceRow(
        key=key,
        agency=found.agency,
        tip=found.tip,
        state=State.NEW.value,
        owner=None,
        held=True,
        since_us=found.from_us,
        stood_us=found.from_us,
        due_us=None,
        why=None,
        outcome=None,
        recipient=None,
        priority="",
        reasons=None,
        unknown=None,
        rules="",
        set_priority=None,
        set_why=None,
        set_by=None,
        set_us=None,
        raised_us=None,
        queue_place=None,
        owner_place=None,
        state_place=None,
        since_place=None,
        provider=None,
        lacks=None,
        list_place=None,
        moves=0,
        changed_us=None,
        changed_by=None,
        version=0,
    )
    return derived(bare, basis)


def derived(row: PlaceRow, basis: Basis) -> PlaceRow:
    """Give a place with everything that follows from the tip and the table."""
    found = basis.found
    by_rule = judged({*(found.signals or ()), *basis.own}, basis.table)
    row = row.model_copy(
        update={
            "held": found.until_us is None,
            "list_place": place(found.agency, found.order_key) if found.until_us is None else None,
            "since_us": found.from_us,
            "priority": by_rule.priority.value,
            "reasons": list(by_rule.reasons),
            "unknown": list(by_rule.unknown),
            "rules": basis.table.version,
            "rules_place": _rules_place(basis),
            "incident": incident_by(found),
            "provider": found.provider,
            **expiring(row, found),
            "lacks": ";" + "".join(f"{name};" for name in found.lacks or ()),
        }
    )
    return placed(row, basis.table)


def _rules_place(basis: Basis) -> str | None:
    found = basis.found
    is_held = found.until_us is None
    return rules_place(found.agency, basis.table.version, found.tip) if is_held else None


def placed(row: PlaceRow, table: PriorityTable) -> PlaceRow:
    """Give a place with what orders it, and until when somebody is to look at it."""
    order = order_of(effective(row), row.since_us, row.tip)
    is_open = row.held and row.state in OPEN
    owner = row.owner if row.owner is not None else NOBODY
    waits = row.state == State.NEW and row.held
    # Nothing is late for what was not so before: it is counted from when it stands here like this.
    begins_us = max(row.stood_us, row.set_us or 0, row.raised_us or 0)
    has_news = row.held and len(row.news or ()) > 0 and row.state != State.WITHDRAWN
    row = row.model_copy(
        update={
            "due_us": begins_us + table.look_within_us(effective(row)) if waits else None,
            "queue_place": place(row.agency, order) if is_open else None,
            "owner_place": place(row.agency, owner, order) if is_open else None,
            "state_place": place(row.agency, row.state, order) if row.held else None,
            "since_place": since_place(row.agency, row.since_us, row.tip) if row.held else None,
            **expiry_placed(row, is_open=is_open),
            "news_place": place(row.agency, order) if has_news else None,
        }
    )
    return rowed(row)


def rowed(row: PlaceRow) -> PlaceRow:
    """Give a place with its own row in each list, or with none where it lies under another one.

    A row stands where its most urgent record would that waited as long as the oldest one in it.
    """
    since_us = row.since_us if row.row_since_us is None else row.row_since_us
    order = order_of(effective(row), since_us, row.tip)
    has_row = row.under is None
    owner = row.owner if row.owner is not None else NOBODY
    is_open = has_row and row.queue_place is not None
    is_there = has_row and row.state_place is not None
    return row.model_copy(
        update={
            "queue_row": place(row.agency, order) if is_open else None,
            "owner_row": place(row.agency, owner, order) if is_open else None,
            "state_row": place(row.agency, row.state, order) if is_there else None,
        }
    )


def incident_by(found: StandingRow) -> str | None:
    """Give by what a tip's place folds; nothing of one that is given up or withdrawn."""
    if found.until_us is not None or found.withdrawn_us is not None:
        return None
    return incident_of(found.agency, found.provider, found.incident_us)


def restated(before: PlaceRow, row: PlaceRow, basis: Basis, *, at_us: int) -> PlaceRow:
    """Give a place after what it follows from changed: what rose, or is held again, begins anew.

    Its version rises where the tip itself says that it is more urgent, so that nobody decides
    about what it was.
    """
    update: dict[str, object] = {}
    if RANKS[effective(row)] < RANKS[effective(before)]:
        update["raised_us"] = at_us
        said = judged(basis.found.signals or (), basis.table).priority
        if RANKS[said] < RANKS[before.priority]:
            update["version"] = (row.version or 0) + 1
    if row.held and not before.held and row.state == State.NEW:
        update["stood_us"] = at_us
    return placed(row.model_copy(update=update), basis.table) if len(update) > 0 else row


def effective(row: PlaceRow) -> str:
    """Give the class that counts: a person's over the table's."""
    return row.set_priority if row.set_priority is not None else row.priority


def stored(row: PlaceRow) -> PropertyRow:
    """Give a place as it is stored."""
    values: PropertyRow = row.model_dump()
    return values
