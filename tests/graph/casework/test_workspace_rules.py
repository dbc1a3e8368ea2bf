"""What a saved chart may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.casework.workspace_rules import (
    LOOKS,
    MOST_GROUPS,
    Drawing,
    Group,
    Kept,
    Shared,
    Thing,
    checked,
    readers_of,
)
from graph.errors import RowError

_TIP = Thing(kind="Tip", key="ncmec:1", x=0, y=0)
_KEPT = Kept(name=" Ring ", note=" ", drawing=Drawing(things=(_TIP,)))


def test_a_chart_is_kept_in_order() -> None:
    found = checked(replace(_KEPT, drawing=Drawing(kinds_off=("Url", "Email", "Url"))))
    assert (found.name, found.note) == ("Ring", None)
    assert found.drawing.kinds_off == ("Email", "Url")
    assert len(LOOKS) == MOST_GROUPS


@pytest.mark.parametrize(
    "drawing",
    [
        Drawing(things=(_TIP, replace(_TIP, x=5))),
        Drawing(things=(replace(_TIP, kind="User"),)),
        Drawing(things=(replace(_TIP, key=""),)),
        Drawing(things=(replace(_TIP, x=10_000_001),)),
        Drawing(things=(replace(_TIP, in_group=0),)),
        Drawing(things=tuple(replace(_TIP, key=f"ncmec:{at}") for at in range(1001))),
        Drawing(groups=(Group(name="A", look="red"),)),
        Drawing(groups=(Group(name=" ", look="black"),)),
        Drawing(groups=(Group(name="A", look="black"),) * 9),
        Drawing(kinds_off=("Nothing",)),
        Drawing(grades_off=("Nothing",)),
        Drawing(since="yesterday"),
        Drawing(budget=1001),
        Drawing(budget=0),
    ],
)
def test_what_is_no_chart_is_refused(drawing: Drawing) -> None:
    with pytest.raises(RowError):
        checked(replace(_KEPT, drawing=drawing))


def test_readers_are_named_where_it_is_shared_with_people_and_nowhere_else() -> None:
    assert readers_of(Shared.PEOPLE, [" B ", "a", "keeper"], keeper="keeper") == ("a", "b")
    assert readers_of(Shared.AGENCY, [], keeper="keeper") == ()
    for shared, people in (
        (Shared.PEOPLE, ["keeper"]),
        (Shared.AGENCY, ["a"]),
        (Shared.NOBODY, ["a"]),
        (Shared.PEOPLE, [str(at) for at in range(51)]),
    ):
        with pytest.raises(RowError):
            readers_of(shared, people, keeper="keeper")
