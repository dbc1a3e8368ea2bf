"""A store that answers five seconds late: documented answers in time, nothing acknowledged lost.

Beside `tests/api/test_silent_store.py`, with the API's own limits and the literal five seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.api.offices import STATED
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, tips
from tests.faults import relayed
from tests.graph.services.people import staff
from tests.stores import RunningStore

SLOW_S = 5.0
_LONGEST_S = 90.0
"""A request finds out who asks (5 s), works (30 s), and notes what failed: each with its margin."""
_BACK_S = 60.0
CLAIMED = "known@example.com"
CHECK = {
    "investigation": "A-1",
    "purpose": "cybertip",
    "values": [{"value": CLAIMED}],
}


def timed(ask: Callable[[], httpx.Response]) -> tuple[httpx.Response, float]:
    """Ask, and give the answer and how long it took."""
    started = time.monotonic()
    answer = ask()
    return answer, time.monotonic() - started


def back(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask until the store is there again, which is soon."""
    until = time.monotonic() + _BACK_S
    while (answer := ask()).status_code == 503:
        assert time.monotonic() < until, answer.text
        time.sleep(0.2)
    return answer


@pytest.mark.long
@pytest.mark.parametrize("running_store", ["neo4j"], indirect=True)
def test_five_seconds_late_and_cut_in_the_middle(
    running_store: RunningStore, tmp_path: Path
) -> None:
    staff(running_store.store, "alder", "birch", at_us=now_us())
    tmp_path.chmod(0o700)
    with (
        relayed(running_store) as (relay, through),
        live_api(opener_of(through), data_dir=tmp_path) as live,
        logged_on_as(live, running_store.store, LEAD) as lead,
        logged_on_as(live, running_store.store, BOSS) as boss,
        logged_on_as(live, running_store.store, OTHER) as other,
    ):
        at = Office(running=running_store, data_dir=tmp_path, people={LEAD: lead, BOSS: boss})
        for http in (lead, boss):
            http.timeout = httpx.Timeout(_LONGEST_S * 2)
        for http, case in ((lead, "A-1"), (other, "B-1")):
            http.post("/v1/investigations", json={"reference": case, "purpose": "cybertip"})
        claimed = {"claims": [{"value": CLAIMED, **STATED}]}
        assert other.post("/v1/investigations/B-1/claims", json=claimed).json()["claimed"] == 1
        upload = partial(
            lead.post,
            "/v1/documents",
            content=tips(198000001),
            params={"synthetic": True},
            headers={"Idempotency-Key": "slow-upload-1"},
        )
        kinds: dict[str, Callable[[], httpx.Response]] = {
            "list": partial(lead.get, "/v1/tips"),
            "record": partial(lead.get, "/v1/investigations/A-1"),
            "check": partial(lead.post, "/v1/checks", json=CHECK),
            "upload": upload,
            "export": partial(lead.post, "/v1/exports", json={"list": "tips"}),
            "ready": partial(boss.get, "/v1/ready"),
        }
        relay.delay_s = SLOW_S
        assert timed(partial(live.anonymous.get, "/v1/health"))[1] < SLOW_S, "needs no store"
        with ThreadPoolExecutor(len(kinds)) as pool:
            asked = {name: pool.submit(timed, ask) for name, ask in kinds.items()}
            answers = {name: one.result() for name, one in asked.items()}
        relay.delay_s = 0.0
        for name, (answer, took_s) in answers.items():
            assert took_s < _LONGEST_S, (name, took_s)
            if answer.status_code == 503:
                assert answer.headers["content-type"] == "application/problem+json", name
                assert answer.json()["code"].startswith("store-"), (name, answer.text)
                assert int(answer.headers["Retry-After"]) > 0, name
            else:
                assert answer.is_success, (name, answer.text)
        said = answers["check"][0]
        if said.status_code == 200:
            assert said.json()["lines"][0]["outcome"] in ("not checked", "hit")
        given = back(upload)
        assert given.status_code in (202, 409), given.text

        # Cut while an upload and an export are under way: said, and nothing half done stays.
        relay.delay_s = 60.0
        relay.holds.clear()
        with ThreadPoolExecutor(2) as pool:
            cut = [
                pool.submit(partial(lead.post, "/v1/exports", json={"list": "tips"})),
                pool.submit(
                    partial(
                        boss.post,
                        "/v1/documents",
                        content=tips(198000002),
                        params={"synthetic": True},
                    )
                ),
            ]
            assert relay.holds.wait(60)
            relay.cut()
            assert {one.result().status_code for one in cut} == {503}
        relay.delay_s = 0.0
        relay.mend()
        assert back(partial(lead.get, "/v1/tips")).status_code == 200
        answer = back(partial(lead.post, "/v1/checks", json=CHECK))
        assert [line["outcome"] for line in answer.json()["lines"]] == ["hit"]
        # Everything that was acknowledged is done, and what was not is not told as if it were.
        acknowledged = lead.get("/v1/jobs").json()["items"]
        at.worked()
        for job in acknowledged:
            assert at.job(job["key"])["state"] == "done", job
        held = {line["key"] for line in lead.get("/v1/tips").json()["tips"]}
        if given.status_code == 202:
            assert "ncmec:198000001" in held
