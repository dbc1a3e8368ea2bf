"""A store that goes away and comes back: documented answers meanwhile, and no restart after it."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from tests.api.county import LINKED, URGENT, fill
from tests.api.live import LiveApi, live_api, opener_of
from tests.by_hand import BY_HAND
from tests.faults import relayed
from tests.stores import RunningStore

_BACK_S = 60.0


def ask(live: LiveApi) -> httpx.Response:
    """Ask for something that only the store knows."""
    return live.http.get(f"/v1/tips/{URGENT}/links")


def away(live: LiveApi, seconds: float) -> int:
    """Ask for so long while the store is away, and give how often."""
    until, asked = time.monotonic() + seconds, 0
    while time.monotonic() < until or asked < 2:
        answer = ask(live)
        asked += 1
        assert answer.status_code == 503, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] in ("store-unavailable", "store-failed")
        assert int(answer.headers["Retry-After"]) > 0
        assert live.http.get("/v1/ready").status_code == 503
        # Whoever looks whether the process lives must not have it restarted for that.
        assert live.anonymous.get("/v1/health").status_code == 200
        time.sleep(0.2)
    return asked


def back(live: LiveApi) -> None:
    """Come back when it answers, which is soon, and rightly."""
    started = time.monotonic()
    while (answer := ask(live)).status_code == 503:
        assert time.monotonic() - started < _BACK_S
        time.sleep(0.1)
    assert answer.status_code == 200
    assert LINKED in {link["tip"]["key"] for link in answer.json()["links"]}
    assert live.http.get("/v1/ready").json()["is_ready"] is True


def test_away_slow_cut_in_the_middle_and_back(running_store: RunningStore) -> None:
    fill(running_store.store)
    with (
        relayed(running_store) as (relay, store),
        live_api(opener_of(store), pause_s=0.2) as live,
    ):
        assert ask(live).status_code == 200
        relay.cut()
        assert away(live, 1.0) >= 2
        relay.mend()
        back(live)

        relay.delay_s = 0.3
        started = time.monotonic()
        assert ask(live).status_code == 200
        assert time.monotonic() - started > 0.3, "slow, and right"
        answers: list[httpx.Response] = []
        relay.delay_s = 60.0
        relay.holds.clear()
        asking = threading.Thread(target=lambda: answers.append(ask(live)))
        asking.start()
        assert relay.holds.wait(60), "its answer is under way"
        relay.cut()
        asking.join(60)
        assert [answer.status_code for answer in answers] == [503]
        relay.delay_s = 0.0
        relay.mend()
        back(live)


@BY_HAND
@pytest.mark.long
@pytest.mark.parametrize("running_store", ["neo4j"], indirect=True)
def test_away_for_a_minute(running_store: RunningStore) -> None:
    fill(running_store.store)
    with (
        relayed(running_store) as (relay, store),
        live_api(opener_of(store), pause_s=5.0) as live,
    ):
        assert ask(live).status_code == 200
        relay.cut()
        assert away(live, 60.0) > 20
        relay.mend()
        back(live)
