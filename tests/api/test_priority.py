"""The table of priority over HTTP: versions by their tags, a trial, and its agency alone."""

from __future__ import annotations

from httpx import codes

from client.client import CrosstipClient
from client.resources.priority import RuleSetting, SetPriorityTable, TryPriorityTable
from graph.clock import now_us
from graph.services.places_due import catch_up
from graph.services.sessions import make_session
from tests.api.live import LiveApi, live_api, opener_of
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

TABLE = "/v1/priority-table"
CHANGES = (RuleSetting(rule="solicitation", to="today"),)


def _client(live: LiveApi, running: RunningStore, user: str) -> CrosstipClient:
    return CrosstipClient(live.url, make_session(running.store, user, how="test").text)


def test_a_supervisor_changes_the_own_agency_s_table(running_store: RunningStore) -> None:
    store = running_store.store
    with live_api(opener_of(store)) as live:
        staff(store, "north", "south", at_us=now_us() - DAY_US)
        for number in (1, 2, 3):
            take_in(store, number, said=f"{number}@example.com", annotations=("csamSolicitation",))
        for path in (TABLE, f"{TABLE}/history"):
            assert live.anonymous.get(path).status_code == codes.UNAUTHORIZED
        boss = _client(live, running_store, "boss.north")
        south = _client(live, running_store, "boss.south")
        trial = boss.try_priority_table(TryPriorityTable(changes=CHANGES), limit=2)
        rest = boss.try_priority_table(
            TryPriorityTable(changes=CHANGES), limit=2, after=trial.next_after or ""
        )
        assert [(t.looked_at, t.changed) for t in (trial, rest)] == [(2, 2), (1, 1)]
        assert rest.next_after is None
        assert (trial.shifts[0].before, trial.shifts[0].after) == ("this week", "today")
        wanted = SetPriorityTable(changes=CHANGES, why="Asking for more comes first here.")
        done = boss.set_priority_table(wanted, version=0, key="once-for-this")
        assert (done.version, done.to_place) == (1, 3)
        assert done.under_way is not None
        assert boss.set_priority_table(wanted, version=0, key="once-for-this").version == 1
        catch_up(store)
        assert boss.priority_table().under_way is None
        _what_is_refused(live, running_store)
        assert [v.number for v in boss.priority_history().items] == [1]
        assert boss.priority_history().items[0].changes[0].rule == "solicitation"
        assert south.priority_history().items == ()
        found = south.priority_table()
        assert (found.agency, found.version, found.to_place) == ("south", 0, 0)
        assert south.try_priority_table(TryPriorityTable(changes=CHANGES)).looked_at == 0


def _what_is_refused(live: LiveApi, running: RunningStore) -> None:
    token = make_session(running.store, "chief.north", how="test").text
    chief = {"Authorization": f"Bearer {token}"}
    http = live.anonymous
    assert http.get(TABLE, headers=chief).headers["ETag"] == '"1"'
    body = {"changes": [{"rule": "imminent danger", "to": "off"}], "why": "Because of the test."}
    assert http.put(TABLE, json=body, headers=chief).status_code == 428
    old = http.put(TABLE, json=body, headers={**chief, "If-Match": '"0"'})
    assert old.status_code == codes.PRECONDITION_FAILED
    low = http.put(TABLE, json=body, headers={**chief, "If-Match": '"1"'})
    assert low.status_code == codes.UNPROCESSABLE_ENTITY
    assert "a rule for safety and stays at least 'at once'" in low.json()["detail"]
    assert "28 CFR 23.20(e)" in low.json()["detail"]
