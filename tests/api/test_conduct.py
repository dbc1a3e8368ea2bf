"""How requests are kept to once, to a version, to a size, a depth and a number."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import pytest

from api.conduct.allowances import Allowances, TooManyError
from api.conduct.cursors import cursor, place
from api.middleware.crowding import Crowding
from api.middleware.depth import MOST, is_too_deep
from graph.casework.caller import Caller
from graph.errors import ChangedError, QuestionError, StoreUnavailableError
from graph.queries.audit import RangeParams
from graph.queries.leaves import ENTRIES
from graph.queries.once import ONCE, OnceKeyParams
from graph.services import once
from graph.services.callers import caller_of
from graph.store import Store, WriteUnit
from tests.api.offices import Offices, tagged, two_offices

LEAD, BOSS, OTHER = "lead.alder", "boss.alder", "lead.birch"
KEY = {"Idempotency-Key": "key-0001"}


def test_a_request_with_a_key_is_done_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with two_offices(store, LEAD, BOSS, OTHER) as offices:
        _answered_as_before(offices)
        _nobody_else_meets_the_key(offices)
        _refused_requests_free_the_key(offices)
        _a_store_that_failed_frees_the_key(offices, monkeypatch)
        _of_many_at_once_one_is_done(offices)
        _an_answer_that_was_lost_is_said(offices, monkeypatch)
        _a_check_has_its_own_key(offices)


def _open(client: httpx.Client, reference: str, key: str = "key-0001") -> httpx.Response:
    body = {"reference": reference, "purpose": "cybertip"}
    return client.post("/v1/investigations", json=body, headers={"Idempotency-Key": key})


def _answered_as_before(offices: Offices) -> None:
    lead = offices.people[LEAD]
    first, again = _open(lead, "K-1"), _open(lead, "K-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert _leaves(offices, again) == ["answered as before"]
    assert "Idempotent-Replayed" not in first.headers
    other_body = _open(lead, "K-2")
    assert (other_body.status_code, other_body.json()["code"]) == (422, "key-reused")
    why = {"why": "Done."}
    path = "/v1/investigations/K-1/close"
    closed = [
        lead.post(path, json=why, headers=tagged(1) | {"Idempotency-Key": "key-0002"})
        for _ in range(2)
    ]
    assert [answer.json()["version"] for answer in closed] == [2, 2]
    assert lead.post(path, json=why, headers=tagged(1)).status_code == 412


def _leaves(offices: Offices, answer: httpx.Response) -> list[str]:
    """Give how the leaves of a request ended."""
    params = RangeParams(start="", end="~", limit=1000)
    rows = offices.store.read(ENTRIES, params)
    return [row.outcome for row in rows if row.request == answer.headers["X-Request-Id"]]


def _nobody_else_meets_the_key(offices: Offices) -> None:
    for user in (OTHER, BOSS):
        assert _open(offices.people[user], f"{user} 1").status_code == 201


def _refused_requests_free_the_key(offices: Offices) -> None:
    lead = offices.people[LEAD]
    assert _open(lead, "K-1", "key-0003").status_code == 422
    assert _open(lead, "K-3", "key-0003").status_code == 201
    short = _open(lead, "K-4", "short")
    assert (short.status_code, short.json()["code"]) == (422, "request")


def _a_store_that_failed_frees_the_key(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = offices.people[LEAD]

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr("api.routers.cases.open_case", away)
        assert _open(lead, "K-8", "key-0008").status_code == 503
    assert _open(lead, "K-8", "key-0008").status_code == 201


def _of_many_at_once_one_is_done(offices: Offices) -> None:
    lead = offices.people[LEAD]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: _open(lead, "K-5", "key-0005"), range(6)))
    statuses = sorted(answer.status_code for answer in answers)
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert all(a.json()["code"] == "in-flight" for a in answers if a.status_code == 409)
    assert all("Retry-After" in a.headers for a in answers if a.status_code == 409)


def _an_answer_that_was_lost_is_said(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies after the commit: nothing is done again, in the lease or after it."""
    lead = offices.people[LEAD]
    with monkeypatch.context() as patch:
        patch.setattr("api.conduct.keys._keep", lambda *_: None)
        assert _open(lead, "K-6", "key-0006").status_code == 201
    assert _open(lead, "K-6", "key-0006").json()["code"] == "in-flight"
    with monkeypatch.context() as patch:
        patch.setattr(once, "_LEASE_US", -1)
        patch.setattr("api.conduct.keys._keep", lambda *_: None)
        assert _open(lead, "K-7", "key-0007").status_code == 201
    lost = _open(lead, "K-7", "key-0007")
    assert (lost.status_code, lost.json()["code"]) == (409, "answer-lost")
    caller = caller_of(offices.store, LEAD)
    (row,) = offices.store.read(ONCE, OnceKeyParams(key=once.once_key(caller, "key-0007")))
    assert row.done_us is not None
    once.forget_answers(offices.store, at_us=row.expires_us)
    assert offices.store.read(ONCE, OnceKeyParams(key=row.key)) == []


def _a_check_has_its_own_key(offices: Offices) -> None:
    lead = offices.people[LEAD]
    asked = {"investigation": "K-3", "purpose": "cybertip"}
    body = {**asked, "values": [{"value": "n@example.com"}]}
    first, again = (lead.post("/v1/checks", json=body, headers=KEY) for _ in range(2))
    assert first.json()["ref"] == again.json()["ref"]
    body["values"] = [{"value": "m@example.com"}]
    changed = lead.post("/v1/checks", json=body, headers=KEY)
    assert (changed.status_code, changed.json()["code"]) == (422, "key-reused")
    assert lead.get("/v1/checks/budgets").json()["items"][-1]["used"] == 1


def test_what_is_read_is_compressed_and_what_was_typed_is_not(store: Store) -> None:
    with two_offices(store, LEAD) as offices:
        lead = offices.people[LEAD]
        read = lead.get("/v1/schema", headers={"Accept-Encoding": "gzip"})
        assert read.headers["Content-Encoding"] == "gzip"
        asked = lead.post(
            "/v1/search", json={"text": "x" * 1500}, headers={"Accept-Encoding": "gzip"}
        )
        assert "Content-Encoding" not in asked.headers
        deep = lead.post("/v1/queries/meta.counts", content=b"[" * 40)
        assert (deep.status_code, deep.json()["code"]) == (422, "too-deep")
        large = b"value\n" + b"n@example.com\n" * 10_000
        path = "/v1/investigations/none/claims/file"
        csv = {"Content-Type": "text/csv"}
        assert lead.post(path, content=large, headers=csv).status_code in (404, 422)
        assert lead.post("/v1/search", content=large).status_code == 413


def test_how_deep_a_body_is() -> None:
    assert is_too_deep(b"[" * (MOST + 1))
    assert not is_too_deep(b"[" * MOST)
    assert not is_too_deep(b"[]" * 10_000)
    assert not is_too_deep(b'"' + b"[" * 100 + b'"')
    assert is_too_deep(b'"\\"' + b'",' + b"[" * 100)


def test_places_are_text_that_fits_or_is_refused() -> None:
    assert place(cursor(5, "a b"), int, str) == (5, "a b")
    assert place("", int) is None
    for text in ("x", "é", cursor("5"), cursor(5, 6), cursor(1 << 70), "bnVsbA"):
        with pytest.raises(QuestionError):
            place(text, int)


def test_allowances_are_by_user_and_agency() -> None:
    allowances = Allowances(user_minute=2, agency_minute=3)

    waits: list[int] = []

    def taken(user: str, agency: str) -> bool:
        caller = Caller(user=user, agency=agency, roles=frozenset(), as_of_us=0)
        try:
            allowances.take(caller)
        except TooManyError as error:
            waits.append(error.retry_after_s)
            return False
        return True

    asked = [("a", "x"), ("a", "x"), ("a", "x"), ("b", "x"), ("b", "x"), ("c", "y")]
    assert [taken(*each) for each in asked] == [True, True, False, True, False, True]
    assert all(1 <= wait_s <= 60 for wait_s in waits)


def test_a_crowd_is_refused_and_the_admitted_go_on() -> None:
    admitted, leave = threading.Event(), threading.Event()

    async def slow(*_: object) -> None:
        admitted.set()
        while not leave.is_set():
            await anyio.sleep(0.01)

    crowding = Crowding(slow, most=1, exempt=frozenset({"/open"}))
    said: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    async def ask(path: str) -> None:
        scope = {"type": "http", "path": path, "method": "GET", "headers": []}
        await crowding(scope, None, send)  # type: ignore[arg-type]

    async def all_of_it() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, "/a")
            while not admitted.is_set():
                await anyio.sleep(0.01)
            await ask("/b")
            leave.set()
            await ask("/open")
        await ask("/c")

    anyio.run(all_of_it)
    assert [message["status"] for message in said if "status" in message] == [503]


def test_a_change_under_a_key_that_was_taken_over_is_not_made(store: Store) -> None:
    with two_offices(store, LEAD) as offices:
        caller = caller_of(offices.store, LEAD)
        mine = once.reserve(caller, store, named="key-0009", fingerprint="f")
        assert isinstance(mine, once.Reserved)
        mine.release(store)
        marking = once.MarkingStore(store, reserved=mine)

        def nothing(_: WriteUnit) -> None:
            raise AssertionError("was done all the same")

        with pytest.raises(ChangedError):
            marking.writing(nothing, name="a change")
