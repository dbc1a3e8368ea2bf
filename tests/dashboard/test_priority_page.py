"""The page Priority, over a real API: read by all, tried, put in force, and apart by agency."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dashboard.daily import HOSTILE, Daily, buttons, daily, filled, nothing_is_markup, pressed
from tests.dashboard.opened import cells, words
from tests.stores import RunningStore

pytestmark = pytest.mark.parametrize("running_store", ["embedded"], indirect=True)


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def test_a_rule_is_set_tried_and_put_in_force(here: Daily) -> None:
    page = here.opened("boss.north", "priority")
    said = words(page)
    assert "as built in, your agency changed nothing" in said
    assert "priority-try" not in buttons(page)
    rules = cells(page, "Rule")[0]
    rule = rules[-1]
    before = cells(page, "Class here")[0][-1]
    page = page.selectbox(key="priority-rule").select(rule).run()
    other = next(
        each for each in page.selectbox(key=f"priority-class-{rule}").options if each != before
    )
    page = page.selectbox(key=f"priority-class-{rule}").select(other).run()
    page = pressed(page, "priority-set")
    assert cells(page, "In the draft")[0][-1] == other
    page = pressed(page, "priority-try")
    assert "tips that were looked at would change class." in words(page)
    page = filled(page, "priority-force", Why="")
    assert "Say why" in words(page)
    page = filled(page, "priority-force", Why=HOSTILE)
    assert "holds. Held tips are placed by it now" in words(page)
    assert cells(page, "Class here")[0][-1] == other
    assert cells(page, "Version") == [["1"]]
    assert "priority-try" not in buttons(page)
    nothing_is_markup(page)


def test_a_rule_for_safety_is_offered_no_lower_class(here: Daily) -> None:
    page = here.opened("boss.north", "priority")
    safe = [
        rule
        for rule, why in zip(
            cells(page, "Rule")[0], cells(page, "For safety, from where")[0], strict=True
        )
        if why != ""
    ]
    page = page.selectbox(key="priority-rule").select(safe[0]).run()
    assert page.selectbox(key=f"priority-class-{safe[0]}").options == ["at once"]


def test_an_officer_reads_and_another_agency_has_its_own(here: Daily) -> None:
    page = here.opened("lead.north", "priority")
    assert "Supervisors of your agency change the table." in words(page)
    assert "priority-set" not in buttons(page)
    page = here.opened("lead.south", "priority")
    assert "your agency changed nothing" in words(page)
