"""How many urgent tips wait, asked by a page every few seconds: right, quiet, no sign of life."""

from __future__ import annotations

import pytest

from graph.clock import now_us
from graph.services.audit_reads import ReadLog
from graph.services.sessions import sessions_of
from graph.services.urgent_tips import acknowledge_urgent, count_urgent, list_urgent
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

COUNT = "/v1/urgent/count"


def test_what_is_counted_is_what_the_own_agency_s_list_shows(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    for number in (1, 2, 3):
        take_in(store, number, said=f"{number}@example.com", urgency=0)
    take_in(store, 4, said="4@example.com", urgency=0, holder="south")
    take_in(store, 5, said="5@example.com")
    for user, expected in (("deputy.north", 3), ("admin.north", 3), ("boss.south", 1)):
        counted = count_urgent(people[user], store)
        lines = list_urgent(people[user], store, reads=ReadLog(store)).lines
        assert (counted.waiting, counted.is_more) == (len(lines), False) == (expected, False)
        assert counted.oldest_us == min(line.at_us for line in lines)
        assert counted.newest_us == max(line.at_us for line in lines)
    acknowledge_urgent(people["deputy.north"], store, tip="ncmec:2")
    assert count_urgent(people["lead.north"], store).waiting == 2
    for tip in ("ncmec:1", "ncmec:3"):
        acknowledge_urgent(people["deputy.north"], store, tip=tip)
    none = count_urgent(people["lead.north"], store)
    assert (none.waiting, none.oldest_us, none.newest_us) == (0, None, None)


def test_counting_is_not_logged_and_keeps_no_session_alive(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    with live_api(opener_of(store)) as live:
        staff(store, "north", at_us=now_us() - DAY_US)
        assert live.anonymous.get(COUNT).status_code == 401
        with (
            logged_on_as(live, store, "lead.north") as lead,
            logged_on_as(live, store, "audit.north") as audit,
        ):
            assert audit.get(COUNT).status_code == 403
            # Every use counts as more than a minute after the last one.
            monkeypatch.setattr("graph.services.sessions.MINUTE_US", 0)
            before = (sessions_of(store, "lead.north")[0].seen_us, _leaves(running_store))
            for _ in range(3):
                assert lead.get(COUNT).json()["waiting"] == 0
            assert (sessions_of(store, "lead.north")[0].seen_us, _leaves(running_store)) == before
            assert lead.get("/v1/urgent").status_code == 200
            assert sessions_of(store, "lead.north")[0].seen_us > before[0]
            assert _leaves(running_store) > before[1]


def _leaves(running: RunningStore) -> int:
    return int(str(running.rows("MATCH (l:AuditEntry) RETURN count(l) AS n")[0][0]))
