"""What the pages offer is what the graph's tables say."""

from __future__ import annotations

from typing import get_args

import pytest

from client.resources.handoffs import Level
from client.resources.log_on import WhoAnswer
from dashboard import handing, moves
from dashboard.handing import STEPS, Step
from graph.casework.rights import roles_for
from graph.handoff.showing import LEVELS
from graph.handoff.steps import HANDOFFS
from graph.handoff.steps import Kind as HandoffKind
from graph.triage.moves import MOVES, Given, State


def _with(*roles: str, user: str = "somebody", units: tuple[str, ...] = ()) -> WhoAnswer:
    return WhoAnswer(user=user, agency="north", roles=roles, units=units)


@pytest.mark.parametrize("state", State)
def test_the_moves_from_each_state_are_those_of_the_table(state: State) -> None:
    made = {move: rule for (at, move), rule in MOVES.items() if at is state and rule.deed}
    assert set(moves.leads_on(state)) == {move.value for move in made}
    for move, rule in made.items():
        assert moves.needs(state, move.value) == tuple(
            sorted((given.value for given in rule.needs), key=_order)
        )
        assert rule.deed is not None
        assert moves.ROLES[move.value] == {role.value for role in roles_for(rule.deed)}


def _order(name: str) -> int:
    return [*(g.value for g in Given if g is not Given.WHY), Given.WHY.value].index(name)


def test_whose_a_tip_is_to_move() -> None:
    analyst = _with("analyst", user="a", units=("north|icac",))
    assert moves.may_move(analyst, None)
    assert moves.may_move(analyst, "a")
    assert moves.may_move(analyst, "north|icac")
    assert not moves.may_move(analyst, "b")
    assert not moves.may_move(analyst, "south|icac")
    assert moves.may_move(_with("supervisor"), "b")
    assert moves.offered(analyst, state="in review", owner="b", is_set=False) == ()
    assert moves.offered(analyst, state="new", owner=None, is_set=True) == ("take", "refer")
    assert "lift priority" in moves.offered(
        _with("supervisor"), state="new", owner=None, is_set=True
    )
    assert "lift priority" not in moves.offered(None, state="new", owner=None, is_set=False)
    assert moves.offered(None, state="what is this", owner=None, is_set=False) == ()


def test_the_steps_of_hand_offs_are_those_of_the_table() -> None:
    ours: dict[tuple[str, str], Step] = {(step.stage, step.step): step for step in STEPS}
    theirs = {
        (stage.value, step.value): rule
        for (stage, step), rule in HANDOFFS.items()
        if rule.deed is not None and stage.value != "not offered"
    }
    assert set(ours) == set(theirs)
    for name, rule in theirs.items():
        assert ours[name].side == rule.side
        assert ours[name].needs_why == rule.needs_why
        assert ours[name].kinds == {kind.value for kind in rule.kinds}
        assert rule.deed is not None
        roles = {role.value for role in roles_for(rule.deed)}
        for role in ("analyst", "investigator", "prosecutor", "supervisor", "auditor"):
            for kind in HandoffKind:
                may = role in roles and (role != "prosecutor" or kind is HandoffKind.PROSECUTION)
                offered = handing.offered(
                    _with(role), stage=name[0], side=rule.side.value, kind=kind.value
                )
                assert (ours[name] in offered) == (may and kind in rule.kinds)


def test_what_a_level_shows_is_said_of_each_field() -> None:
    names = list[str]()
    for level in get_args(Level):
        names += handing.LEVELS[level]
        assert tuple(names) == LEVELS[level]
        for words in handing.LEVELS[level].values():
            assert words in handing.shown_by(level)
    assert "IDENTIFIERS" not in handing.shown_by("pointer")
