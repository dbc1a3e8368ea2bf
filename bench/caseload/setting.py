"""A store with one agency, 200 people, and tips in every state, of every age."""

from __future__ import annotations

import random
from functools import partial
from typing import Final

from bench.progress import Progress
from graph.casework.caller import Caller
from graph.casework.terms import DAY_US
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.queries.triage import PlaceRow, StandingRow
from graph.rows import PropertyRow
from graph.services.agencies import NewAgency, add_agency
from graph.services.callers import caller_of
from graph.services.triage_places import counted
from graph.services.user_rules import NewUser
from graph.services.users import add_user, first_operator
from graph.store import Store, WriteUnit
from graph.triage.moves import Move, Outcome, State
from graph.triage.priority import shipped_priority_table
from graph.triage.standing import Basis, new_place, placed, stored

AGENCY: Final = "bench"
PEOPLE: Final = 200
_TOGETHER = 5000
_YEAR_DAYS = 365
_STATES = (
    *((State.CLOSED, None) for _ in range(60)),
    *((State.NEW, None) for _ in range(12)),
    *((State.REFERRED, None) for _ in range(3)),
    *((State.IN_REVIEW, "user") for _ in range(5)),
    *((State.NEEDS_MORE, "user") for _ in range(3)),
    *((State.ASSIGNED, "user") for _ in range(10)),
    *((State.INVESTIGATING, "user") for _ in range(7)),
)
"""Of a hundred tips: assumed, four in ten are open."""
_SIGNALS = (
    ("NCMEC priority 2",),
    ("enticement",),
    ("spam",),
    ("informational, says the provider",),
    (),
)
_LACKS = ((), ("location",), ("location", "port of the IP address"), ("IP address",))


def furnish(store: Store, *, at_us: int) -> Caller:
    """Enter the agency and its people, and give its supervisor.

    Raises:
        StoreError: the store could not do it.
    """
    first_operator(store, key="operator", name="Operator", actor="bench", at_us=at_us)
    operator = caller_of(store, "operator", at_us=at_us)
    new = NewAgency(key=AGENCY, name="Bench", kind=AgencyKind.TASK_FORCE)
    add_agency(operator, store, new=new)
    admin = NewUser(
        key="admin", name="Admin", agency=AGENCY, roles=(UserRole.AGENCY_ADMINISTRATOR,)
    )
    add_user(operator, store, new=admin)
    administrator = caller_of(store, "admin", at_us=at_us)
    boss = NewUser(key="boss", name="Boss", agency=AGENCY, roles=(UserRole.SUPERVISOR,))
    add_user(administrator, store, new=boss)
    for number in range(PEOPLE):
        name = f"user{number:03}"
        one = NewUser(key=name, name=name, agency=AGENCY, roles=(UserRole.INVESTIGATOR,))
        add_user(administrator, store, new=one)
    return caller_of(store, "boss", at_us=at_us)


def fill(store: Store, *, begin: int, end: int, at_us: int, progress: Progress) -> None:
    """Write places, and of those that were moved their moves, as triage would have.

    Tips hang behind nothing: figures are counted by places and moves. `progress` is told how many.

    Raises:
        StoreError: the store could not do it.
    """
    dice = random.Random(begin + 11)
    for start in range(begin, end, _TOGETHER):
        numbers = range(start, min(start + _TOGETHER, end))
        places = [_place(number, dice, at_us=at_us) for number in numbers]
        closings = [_closing(row) for row in places if row.state == State.CLOSED]
        store.writing(partial(_write, places=places, closings=closings), name="bench places")
        progress("places", numbers.stop, end)


def _write(
    unit: WriteUnit, *, places: list[PlaceRow], closings: list[tuple[str, PropertyRow]]
) -> None:
    unit.insert_nodes("Triage", [stored(row) for row in places])
    unit.insert_nodes("TriageMove", [row for _, row in closings])
    edges: list[tuple[str, str, PropertyRow]] = [
        (place, str(row["key"]), {}) for place, row in closings
    ]
    unit.insert_rels("HAS_MOVE", ("Triage", "TriageMove"), edges)


def _place(number: int, dice: random.Random, *, at_us: int) -> PlaceRow:
    since_us = at_us - int(dice.random() ** 2 * _YEAR_DAYS * DAY_US) - 1
    found = StandingRow(
        tip=f"ncmec:{200_000_000 + number}",
        agency=AGENCY,
        from_us=since_us,
        until_us=None,
        order_key=f"2|{number:019d}",
        signals=list(dice.choice(_SIGNALS)),
        provider=f"provider-{int(dice.random() ** 2 * 12):02}",
        lacks=list(dice.choice(_LACKS)),
        withdrawn_us=None,
        withdrawn_why=None,
        received_us=since_us - DAY_US,
    )
    table = shipped_priority_table()
    row = new_place(Basis(found=found, table=table))
    state, owner = dice.choice(_STATES)
    if state is State.NEW:
        return row
    stood_us = since_us + int(dice.random() * (at_us - since_us))
    update: dict[str, object] = {"state": state.value, "stood_us": stood_us, "moves": 1}
    if owner is not None:
        update["owner"] = f"{owner}{dice.randrange(PEOPLE):03}"
    if state is State.CLOSED:
        update["outcome"] = dice.choice(list(Outcome)).value
    return placed(row.model_copy(update=update), table)


def _closing(after: PlaceRow) -> tuple[str, PropertyRow]:
    """Give the closing of a place, and the place's key."""
    key = f"m{after.key}"
    before = after.model_copy(update={"state": State.IN_REVIEW.value, "stood_us": after.since_us})
    row: PropertyRow = {
        "key": key,
        "number": 1,
        "move": Move.CLOSE.value,
        "from_state": before.state,
        "to_state": after.state,
        "made_by": "boss",
        "at_us": after.stood_us,
        "why": None,
        "outcome": after.outcome,
        "owner": None,
        "recipient": None,
        "priority": None,
        **counted(before, after, key, move=Move.CLOSE, at_us=after.stood_us),
    }
    return after.key, row
