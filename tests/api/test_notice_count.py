"""How many notices wait, asked by pages every few seconds: right, quiet, and no sign of life."""

from __future__ import annotations

import pytest

from graph.services.sessions import MINUTE_US, sessions_of
from graph.store import Store
from tests.api.offices import SUBJECT, Offices, two_offices
from tests.stores import RunningStore

LEAD, OTHER, BOSS, AUDIT = "lead.alder", "lead.birch", "boss.birch", "audit.birch"
COUNT = "/v1/notifications/count"


def test_nobody_is_told_how_many_without_a_log_on(store: Store) -> None:
    with two_offices(store) as offices:
        assert offices.live.anonymous.get(COUNT).status_code == 401


def test_what_is_counted_is_what_the_list_shows(store: Store) -> None:
    with two_offices(store, LEAD, OTHER, BOSS, AUDIT) as offices:
        for user in (LEAD, OTHER, BOSS):
            assert _count(offices, user) == 0
        _meet(offices)
        for user in (LEAD, OTHER, BOSS):
            assert _count(offices, user) == len(_listed(offices, user)), user
        assert _count(offices, OTHER) > 0
        assert offices.people[AUDIT].get(COUNT).status_code == 403
        for notice in _listed(offices, OTHER):
            done = offices.people[OTHER].post(f"/v1/notifications/{notice}/acknowledge")
            assert done.status_code == 200
        assert _count(offices, OTHER) == 0
        assert _count(offices, LEAD) > 0, "another agency's acknowledgement is not ours"


def test_looking_is_not_logged_and_keeps_no_session_alive(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    with two_offices(store, OTHER) as offices:
        client = offices.people[OTHER]
        assert client.get("/v1/sessions/current").status_code == 200
        # Every use counts as more than a minute after the last one.
        monkeypatch.setattr("graph.services.sessions.MINUTE_US", 0)
        assert MINUTE_US > 0
        before = (sessions_of(store, OTHER)[0].seen_us, _leaves(running_store))
        for _ in range(3):
            assert client.get(COUNT).status_code == 200
        assert (sessions_of(store, OTHER)[0].seen_us, _leaves(running_store)) == before
        client.get("/v1/notifications")
        after = (sessions_of(store, OTHER)[0].seen_us, _leaves(running_store))
        assert after[0] > before[0]
        assert after[1] > before[1]


def test_looks_do_not_use_up_what_people_ask_with(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSTIP_API_USER_MINUTE", "8")
    with two_offices(store, OTHER) as offices:
        client = offices.people[OTHER]
        codes = [client.get(COUNT).status_code for _ in range(10)]
        assert codes == [200] * 8 + [429] * 2
        assert client.get("/v1/notifications").status_code == 200


def _meet(offices: Offices) -> None:
    for user, reference in ((LEAD, "A-1"), (OTHER, "B-1")):
        offices.opened(user, reference)
        offices.claimed(user, reference, SUBJECT)


def _count(offices: Offices, user: str) -> int:
    answer = offices.people[user].get(COUNT)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["is_more"] is False
    assert (said["newest_at"] is None) == (said["unseen"] == 0)
    return int(said["unseen"])


def _listed(offices: Offices, user: str) -> list[str]:
    items = offices.people[user].get("/v1/notifications").json()["items"]
    return [str(item["key"]) for item in items]


def _leaves(running: RunningStore) -> int:
    return int(str(running.rows("MATCH (l:AuditEntry) RETURN count(l) AS n")[0][0]))
