"""Every move by everybody in every state, against the rules written out by hand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.casework.vocabulary import UserRole as R
from graph.errors import ChangedError, CrosstipError, RightsError, RowError
from graph.queries.triage import PlaceRow, StandingRow
from graph.triage.deciding import Wanted, decided
from graph.triage.moves import MOVES, OPEN, Move, Outcome, State
from graph.triage.priority import Priority, shipped_priority_table
from graph.triage.standing import Basis, new_place, placed
from tests.deliveries import MONDAY_US

TABLE = shipped_priority_table()
WORKS = {R.ANALYST, R.INVESTIGATOR, R.SUPERVISOR}
LEADS = {R.INVESTIGATOR, R.SUPERVISOR}
BOSS = {R.SUPERVISOR}
WHY = {"why": "Because of the test."}
CLOSE = {**WHY, "outcome": Outcome.NO_OFFENCE}
REFER = {**WHY, "recipient": "Another desk"}
TO = {"assignee": "deputy.north"}
SET = {**WHY, "priority": Priority.TODAY}
GIVEN = {
    Move.TAKE: {},
    Move.RESUME: {},
    Move.START: {},
    Move.CLOSE: CLOSE,
    Move.REFER: REFER,
    Move.ASSIGN: {**WHY, **TO},
    Move.PRIORITISE: SET,
}
"""Everything that a move needs; a reason where nothing is said."""
BY_HAND: dict[tuple[str, str], tuple[str, set[R]]] = {
    ("new", "take"): ("in review", WORKS),
    ("new", "refer"): ("referred", WORKS),
    ("new", "assign"): ("assigned", LEADS),
    ("in review", "put back"): ("new", WORKS),
    ("in review", "ask for more"): ("needs more", WORKS),
    ("in review", "refer"): ("referred", WORKS),
    ("in review", "assign"): ("assigned", LEADS),
    ("in review", "close"): ("closed", WORKS),
    ("needs more", "put back"): ("new", WORKS),
    ("needs more", "resume"): ("in review", WORKS),
    ("needs more", "refer"): ("referred", WORKS),
    ("needs more", "assign"): ("assigned", LEADS),
    ("needs more", "close"): ("closed", WORKS),
    ("referred", "take back"): ("in review", WORKS),
    ("referred", "close"): ("closed", WORKS),
    ("assigned", "put back"): ("new", WORKS),
    ("assigned", "ask for more"): ("needs more", WORKS),
    ("assigned", "refer"): ("referred", WORKS),
    ("assigned", "assign"): ("assigned", LEADS),
    ("assigned", "start"): ("investigating", WORKS),
    ("assigned", "close"): ("closed", WORKS),
    ("investigating", "ask for more"): ("needs more", WORKS),
    ("investigating", "refer"): ("referred", WORKS),
    ("investigating", "assign"): ("assigned", LEADS),
    ("investigating", "close"): ("closed", WORKS),
    ("closed", "reopen"): ("in review", BOSS),
    **{(state.value, "set priority"): (state.value, BOSS) for state in OPEN},
    **{(state.value, "lift priority"): (state.value, BOSS) for state in OPEN},
    **{
        (state, move): (state, WORKS)
        for state in (*(open_.value for open_ in OPEN), "closed")
        for move in ("leave as it is", "keep apart", "fold again")
    },
}
"""Where each move leads to and who may make it; what is not here cannot be done by anybody."""


def standing(state: State, owner: str | None, *, version: int = 3) -> PlaceRow:
    """Give a place that stands somewhere."""
    found = StandingRow(
        tip="ncmec:1",
        agency="north",
        from_us=MONDAY_US,
        until_us=None,
        order_key="2|ncmec:1",
        signals=["enticement"],
        provider=None,
        lacks=None,
        withdrawn_us=None,
        withdrawn_why=None,
    )
    row = new_place(Basis(found=found, table=TABLE))
    update = {"state": state.value, "owner": owner, "version": version, "moves": version}
    return placed(row.model_copy(update=update), TABLE)


def caller_as(role: R, user: str = "somebody.north") -> Caller:
    """Give somebody with one role."""
    agency = None if role is R.OPERATOR else "north"
    return Caller(user=user, agency=agency, roles=frozenset({role}), as_of_us=MONDAY_US)


def asked(move: Move, **more: object) -> Wanted:
    """Give a move with everything that it needs."""
    return Wanted(move=move, **{**GIVEN.get(move, WHY), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("state", list(State))
def test_every_move_by_every_role_in_every_state(state: State) -> None:
    for move, role, whose in itertools.product(Move, R, ("mine", "another's", "nobody's")):
        place = (state.value, move.value, role.value, whose)
        owner = {"mine": "somebody.north", "another's": "else.north"}.get(whose)
        row = standing(state, owner)
        to, roles = BY_HAND.get((state.value, move.value), ("", set[R]()))
        team = whose != "another's" or role is R.SUPERVISOR or state is State.CLOSED
        # A tip that somebody has is not there to be taken, and the answer says whose it is.
        has_it = move is Move.TAKE and state is not State.NEW and owner is not None
        after, refused = row, None
        try:
            after = decided(row, caller_as(role), asked(move), expected=3, table=TABLE)
        except CrosstipError as error:
            refused = type(error)
        if role not in roles or not team:
            expected = ChangedError if has_it else RightsError if to != "" else RowError
            assert refused is expected, place
            continue
        assert refused is None, place
        assert (after.state, after.moves) == (to, row.moves + 1), place
        assert (after.queue_place is not None) is (to in OPEN), place
        assert after.tip in (after.state_place or ""), place


def test_the_table_is_the_one_that_is_written_out() -> None:
    made = {(s.value, m.value) for (s, m), rule in MOVES.items() if rule.deed is not None}
    assert made == set(BY_HAND)
    withdrawn = {s for (s, m), rule in MOVES.items() if m is Move.WITHDRAW}
    assert withdrawn == OPEN
    assert all(m is Move.WITHDRAW for (_, m), rule in MOVES.items() if rule.deed is None)


@given(st.sampled_from(sorted(MOVES)), st.sampled_from([*WHY, *CLOSE, *REFER, *TO, *SET]))
def test_what_a_move_needs_is_asked_for(where: tuple[State, Move], left_out: str) -> None:
    state, move = where
    needs = {given.value for given in MOVES[where].needs}
    wanted = asked(move, **{left_out: None})
    name = {"why": "reason"}.get(left_out, left_out)
    if MOVES[where].deed is None:
        return
    boss = caller_as(R.SUPERVISOR)
    row = standing(state, None)
    if name in needs:
        with pytest.raises(RowError, match=name):
            decided(row, boss, wanted, expected=3, table=TABLE)
    else:
        decided(row, boss, wanted, expected=3, table=TABLE)


def test_what_a_move_does_not_take_is_refused() -> None:
    boss = caller_as(R.SUPERVISOR)
    for move, more in ((Move.TAKE, CLOSE), (Move.ASSIGN, REFER), (Move.REFER, TO)):
        with pytest.raises(RowError, match="takes no"):
            decided(standing(State.NEW, None), boss, asked(move, **more), expected=3, table=TABLE)
    for text in ("", " ", "x" * 2001):
        with pytest.raises(RowError, match=r"reason|A reason"):
            decided(
                standing(State.IN_REVIEW, None),
                boss,
                asked(Move.PUT_BACK, why=text),
                expected=3,
                table=TABLE,
            )


def test_whoever_looked_at_another_version_is_told_who_moved_it() -> None:
    row = standing(State.NEW, None).model_copy(
        update={"changed_by": "lead.north", "changed_us": MONDAY_US}
    )
    with pytest.raises(ChangedError, match=r"lead\.north.*new.*nobody's, version 3"):
        decided(row, caller_as(R.ANALYST), asked(Move.REFER), expected=2, table=TABLE)
    taken = standing(State.IN_REVIEW, "lead.north")
    with pytest.raises(ChangedError, match=r"lead\.north's"):
        decided(taken, caller_as(R.ANALYST), asked(Move.TAKE), expected=None, table=TABLE)


def test_a_persons_class_stands_over_the_tables_until_it_is_lifted() -> None:
    boss = caller_as(R.SUPERVISOR)
    row = standing(State.NEW, None)
    assert row.priority == "this week"
    raised = decided(row, boss, asked(Move.PRIORITISE), expected=3, table=TABLE)
    assert (raised.set_priority, raised.set_by, raised.priority) == (
        "today",
        "somebody.north",
        "this week",
    )
    assert (raised.queue_place or "") < (row.queue_place or "")
    assert (raised.due_us or 0) < (row.due_us or 0)
    again = raised.model_copy(update={"version": 4})
    lifted = decided(again, boss, asked(Move.LIFT), expected=4, table=TABLE)
    assert (lifted.set_priority, lifted.set_why) == (None, None)
    assert lifted.queue_place == row.queue_place
