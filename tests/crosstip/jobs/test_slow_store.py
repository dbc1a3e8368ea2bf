"""A store that answers five seconds late: documented answers in time, nothing acknowledged lost.

Beside `tests/api/test_silent_store.py`, with the API's own limits and the literal five seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

from graph.clock import now_us
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.api.offices import STATED
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, tips
from tests.faults import Relay, relayed
from tests.graph.services.people import staff
from tests.stores import RunningStore

Ask: TypeAlias = Callable[[], httpx.Response]
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


def timed(ask: Ask) -> tuple[httpx.Response, float]:
    """Ask, and give the answer and how long it took."""
    started = time.monotonic()
    answer = ask()
    return answer, time.monotonic() - started


def back(ask: Ask) -> httpx.Response:
    """Ask until the store is there again, which is soon."""
    until = time.monotonic() + _BACK_S
    while (answer := ask()).status_code == 503:
        assert time.monotonic() < until, answer.text
        time.sleep(0.2)
    return answer


def asked_together(kinds: Mapping[str, Ask]) -> dict[str, tuple[httpx.Response, float]]:
    """Ask all of them at once."""
    with ThreadPoolExecutor(len(kinds)) as pool:
        asked = {name: pool.submit(timed, ask) for name, ask in kinds.items()}
        return {name: one.result() for name, one in asked.items()}


def as_described(name: str, answer: httpx.Response, took_s: float) -> None:
    """Come back when an answer came in time, and is one that the description has."""
    assert took_s < _LONGEST_S, (name, took_s)
    if answer.status_code == 503:
        assert answer.headers["content-type"] == "application/problem+json", name
        assert answer.json()["code"].startswith("store-"), (name, answer.text)
        assert int(answer.headers["Retry-After"]) > 0, name
    else:
        assert answer.is_success, (name, answer.text)


def handing_in(http: httpx.Client, number: int) -> Ask:
    """Give what hands a tip in, under a key."""
    return partial(
        http.post,
        "/v1/documents",
        content=tips(number),
        params={"synthetic": True},
        headers={"Idempotency-Key": f"slow-upload-{number}"},
    )


@contextmanager
def _scene(running: RunningStore, data_dir: Path) -> Iterator[tuple[Relay, LiveApi, Office]]:
    """Give an office behind a relay; somebody else claims what is asked about."""
    staff(running.store, "alder", "birch", at_us=now_us())
    data_dir.chmod(0o700)
    with (
        relayed(running) as (relay, through),
        live_api(opener_of(through), data_dir=data_dir) as live,
        logged_on_as(live, running.store, LEAD) as lead,
        logged_on_as(live, running.store, BOSS) as boss,
        logged_on_as(live, running.store, OTHER) as other,
    ):
        people = {LEAD: lead, BOSS: boss, OTHER: other}
        for http in people.values():
            http.timeout = httpx.Timeout(_LONGEST_S * 2)
        for http, case in ((lead, "A-1"), (other, "B-1")):
            http.post("/v1/investigations", json={"reference": case, "purpose": "cybertip"})
        claimed = {"claims": [{"value": CLAIMED, **STATED}]}
        assert other.post("/v1/investigations/B-1/claims", json=claimed).json()["claimed"] == 1
        yield relay, live, Office(running=running, data_dir=data_dir, people=people)


@pytest.mark.long
@pytest.mark.parametrize("running_store", ["neo4j"], indirect=True)
def test_five_seconds_late_and_cut_in_the_middle(
    running_store: RunningStore, tmp_path: Path
) -> None:
    with _scene(running_store, tmp_path) as (relay, live, at):
        lead, boss = at.people[LEAD], at.people[BOSS]
        upload = handing_in(lead, 198000001)
        check = partial(lead.post, "/v1/checks", json=CHECK)
        export = partial(lead.post, "/v1/exports", json={"list": "tips"})
        relay.delay_s = SLOW_S
        assert timed(partial(live.anonymous.get, "/v1/health"))[1] < SLOW_S, "needs no store"
        answers = asked_together(
            {
                "list": partial(lead.get, "/v1/tips"),
                "record": partial(lead.get, "/v1/investigations/A-1"),
                "check": check,
                "upload": upload,
                "export": export,
                "ready": partial(boss.get, "/v1/ready"),
            }
        )
        relay.delay_s = 0.0
        for name, (answer, took_s) in answers.items():
            as_described(name, answer, took_s)
        said = answers["check"][0]
        if said.status_code == 200:
            assert said.json()["lines"][0]["outcome"] in ("not checked", "hit")
        given = back(upload)
        assert given.status_code in (202, 409), given.text

        # Cut while an upload and an export are under way: said, and nothing half done stays.
        relay.delay_s = 60.0
        relay.holds.clear()
        with ThreadPoolExecutor(2) as pool:
            cut = [pool.submit(ask) for ask in (export, handing_in(boss, 198000002))]
            assert relay.holds.wait(60)
            relay.cut()
            assert {one.result().status_code for one in cut} == {503}
        relay.delay_s = 0.0
        relay.mend()
        assert back(check).json()["lines"][0]["outcome"] == "hit"
        all_is_done(at, "ncmec:198000001" if given.status_code == 202 else None)


def all_is_done(at: Office, tip: str | None) -> None:
    """Come back when everything that was acknowledged is done, and the tip is there."""
    lead = at.people[LEAD]
    acknowledged = lead.get("/v1/jobs").json()["items"]
    at.worked()
    for job in acknowledged:
        assert at.job(job["key"])["state"] == "done", job
    if tip is not None:
        assert tip in {line["key"] for line in lead.get("/v1/tips").json()["tips"]}
