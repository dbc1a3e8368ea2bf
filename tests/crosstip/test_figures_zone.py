"""Figures are cut by the days of the agency's own zone, over HTTP and by command."""

from __future__ import annotations

import pytest

from graph.clock import now_us
from graph.services.agencies import AgencyChange, change_agency
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.crosstip.test_desk_commands import Terminal
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore

ZONE = "Pacific/Kiritimati"
"""Fourteen hours ahead of UTC: its day is another one for most of the day."""


def test_the_agency_s_zone_is_meant_where_none_is_named(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    change = AgencyChange(zone=ZONE)
    change_agency(people["admin.north"], store, key="north", expected=1, change=change)
    with live_api(opener_of(store)) as live:
        assert live.anonymous.get("/v1/caseload").status_code == 401
        with logged_on_as(live, store, "boss.north") as boss:
            found = boss.get("/v1/caseload/inflow").json()
            assert found["zone"] == ZONE
            named = boss.get("/v1/caseload/inflow", params={"zone": "UTC"}).json()
            assert named["zone"] == "UTC"
            assert found["begin_at"] != named["begin_at"]
            label = found["figures"][0]["cells"][-1]["labels"][0]
            rows = boss.get("/v1/caseload/inflow/rows", params={"label": label})
            assert rows.status_code == 200
        with logged_on_as(live, store, "lead.north") as lead:
            assert lead.get("/v1/caseload/own").json()["zone"] == ZONE
        with logged_on_as(live, store, "boss.south") as other:
            assert other.get("/v1/caseload/inflow").json()["zone"] == "UTC"
    at = Terminal(running_store, monkeypatch)
    said = at.run("boss.north", "caseload", "show", "open", "inflow")
    # Beside each figure, not only at the head.
    assert said.count(f"days of {ZONE}.") == 2
    assert "days of UTC." in at.run("boss.north", "caseload", "show", "open", "--zone", "UTC")
