"""A tip whose subject may be a child is shown to another agency with care."""

from __future__ import annotations

import pytest

from graph.errors import RowError
from graph.handoff.showing import Level
from graph.handoff.steps import Kind
from graph.services.handoff_offering import NewOffer, offer
from graph.store import Store
from tests.graph.services.handing import WHY
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in


def test_case_16_only_a_supervisor_shows_another_agency_who_a_child_may_be(store: Store) -> None:
    people = staff(store, "north", "south")
    said = ("minorToMinorInteraction",)
    tips = [take_in(store, n, annotations=said) for n in (1, 2)] + [take_in(store, 3)]
    lead, boss = people["lead.north"], people["boss.north"]

    def offered(by: str, tip: str, level: Level) -> str:
        new = NewOffer(tip=tip, to="south", kind=Kind.JOINT, why=WHY, level=level)
        return str(offer(people[by], store, new=new).shown)

    with pytest.raises(RowError, match="may be a child"):
        offered(lead.user, tips[0], Level.SUBJECTS)
    assert "somebody@example.com" not in offered(lead.user, tips[0], Level.POINTER)
    assert "somebody@example.com" in offered(boss.user, tips[1], Level.SUBJECTS)
    assert "somebody@example.com" in offered(lead.user, tips[2], Level.SUBJECTS)
