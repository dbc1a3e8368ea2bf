"""A store that falls silent in the middle of a request, without a reset, and one that is slow.

The answer is the documented one within the request's time; nothing is taken for a miss; when the
store speaks again nothing needs a restart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import httpx
import pytest

from api.conduct import allowances
from graph import patience, store
from tests.api.offices import SUBJECT, Offices, two_offices
from tests.faults import Relay, relayed
from tests.stores import RunningStore

LEAD, OTHER = "lead.alder", "lead.birch"
_LIMIT_S = 1.0
_SOON_S = 30.0
"""Far more than a few limits, far less than a system waits for a silent peer (two hours)."""
_BUDGET = b"b.used = b.used"
"""In the statement with which the work of a check begins, and in none before it."""
_PAGE = b"order_key"
"""In the statement of a page of tips."""
_ASKERS = 60
"""More than there are places."""


@contextmanager
def _hurried() -> Iterator[None]:
    """Let requests have a second of the store's time instead of fifteen or thirty.

    Only while the store is silent or slow: else a busy machine would fail what is right.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("READ_S", "CHANGE_S", "LONG_S"):
            patch.setattr(allowances, name, _LIMIT_S)
        patch.setattr(patience, "MARGIN_S", 0.2)
        patch.setattr(store, "_PING_S", 0.2)
        yield


@contextmanager
def _scene(running: RunningStore) -> Iterator[tuple[Relay, Offices]]:
    with relayed(running) as (relay, through), two_offices(through, LEAD, OTHER) as offices:
        offices.opened(LEAD, "A-1")
        offices.claimed(LEAD, "A-1", SUBJECT)
        offices.opened(OTHER, "B-1")
        yield relay, offices


def _check(offices: Offices, key: str) -> httpx.Response:
    return offices.people[OTHER].post(
        "/v1/checks",
        json={"investigation": "B-1", "purpose": "cybertip", "values": [{"value": SUBJECT}]},
        headers={"Idempotency-Key": key},
    )


def _outcomes(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [line["outcome"] for line in answer.json()["lines"]]


def _soon(work: Callable[[], httpx.Response]) -> httpx.Response:
    started = time.monotonic()
    answer = work()
    assert time.monotonic() - started < _SOON_S
    return answer


def _is_away(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] in ("store-unavailable", "store-timeout", "store-failed")
    assert int(answer.headers["Retry-After"]) > 0


def _is_back(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask until it answers, which is soon: the first ones may find the store dropped."""
    until = time.monotonic() + _SOON_S
    while (answer := ask()).status_code == 503:
        assert time.monotonic() < until, answer.text
        time.sleep(0.1)
    return answer


def test_silence_in_the_middle_of_requests(running_store: RunningStore) -> None:
    with _scene(running_store) as (relay, offices):
        page = partial(offices.people[OTHER].get, "/v1/tips")
        assert page().status_code == 200

        relay.silent_from = _PAGE
        with _hurried():
            _is_away(_soon(page))
        relay.speak()
        assert _is_back(page).json()["tips"] == []

        relay.silent_from = _BUDGET
        with _hurried():
            assert _outcomes(_soon(partial(_check, offices, "key-00001"))) == ["not checked"]
        assert relay.lost > 0
        relay.speak()
        # The same question under the same key, as its asker is told to do.
        assert _outcomes(_is_back(partial(_check, offices, "key-00001"))) == ["hit"]
        assert offices.live.http.get("/v1/health").status_code == 200


@pytest.mark.long
def test_a_crowd_before_a_silent_store_holds_nothing_up(running_store: RunningStore) -> None:
    with _scene(running_store) as (relay, offices):
        page = partial(offices.people[OTHER].get, "/v1/tips")
        assert page().status_code == 200
        relay.is_silent = True
        with _hurried(), ThreadPoolExecutor(_ASKERS) as pool:
            asked = [pool.submit(partial(_soon, page)) for _ in range(_ASKERS)]
            # Every thread that works on them waits; what needs none answers all the same.
            assert offices.live.anonymous.get("/v1/health").status_code == 200
            assert not all(one.done() for one in asked)
            answers = [one.result() for one in asked]
        assert {answer.status_code for answer in answers} <= {429, 503}
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
        relay.speak()
        assert _is_back(page).status_code == 200


@pytest.mark.long
def test_slower_than_the_time_that_a_request_has(running_store: RunningStore) -> None:
    with _scene(running_store) as (relay, offices):
        page = partial(offices.people[OTHER].get, "/v1/tips")
        assert page().status_code == 200
        relay.delay_s = 2 * _LIMIT_S
        with _hurried():
            _is_away(_soon(page))
            said = _soon(partial(_check, offices, "key-00002"))
        if said.status_code == 200:
            assert _outcomes(said) == ["not checked"]
        else:
            _is_away(said)
        relay.delay_s = 0.0
        assert _is_back(page).status_code == 200
        assert _outcomes(_is_back(partial(_check, offices, "key-00002"))) == ["hit"]
