"""Log-on over HTTP: the whole way from an administrator's code to a session, and the traps."""

from __future__ import annotations

import time

import httpx
import pytest

from api.log_on_desk import FAILURES
from graph.clock import now_us
from graph.services.enrolment import invite
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import forgive, logged_on_as
from tests.by_hand import BY_HAND
from tests.graph.services.logging_on import PASSWORD, code_at, enrolled
from tests.graph.services.people import staff

WRONG = "not the password at all"


def body(live: LiveApi, user: str, **more: str) -> dict[str, str]:
    """Give the body of a log-on with the banner accepted."""
    version = live.anonymous.get("/v1/log-on").json()["banner_version"]
    return {"user": user, "password": PASSWORD, "banner": version, **more}


def bearer(token: str) -> dict[str, str]:
    """Give the header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def test_from_an_enrolment_code_to_a_session_and_out(store: Store) -> None:
    people = staff(store, "north", at_us=now_us())
    with live_api(opener_of(store)) as live:
        http = live.anonymous
        offered = http.get("/v1/log-on").json()
        assert (offered["opens"], offered["code_always"]) == ("account", False)
        with logged_on_as(live, store, "admin.north") as admin:
            made = admin.post("/v1/users/lead.north/enrolments").json()
            assert admin.post("/v1/users/no.body/enrolments").status_code == 404
            assert admin.post("/v1/users/admin.north/enrolments").status_code == 403
        asked = {"user": "lead.north", "enrolment_code": made["enrolment_code"]}
        offer = http.post("/v1/enrolments/offers", json=asked).json()
        assert offer["address"].startswith("otpauth://totp/Crosstip:lead.north?secret=")
        code = code_at(offer["secret"], now_us())
        weak = http.post("/v1/enrolments", json={**asked, "password": "password1234", "code": code})
        assert (weak.status_code, weak.json()["code"]) == (422, "row")
        assert "password1234" not in weak.text
        done = http.post("/v1/enrolments", json={**asked, "password": PASSWORD, "code": code})
        recovery = done.json()["recovery_codes"]
        assert len(recovery) == 10
        question = body(live, "lead.north", code=recovery[0])
        stale = http.post("/v1/sessions", json={**question, "banner": "another"})
        assert (stale.status_code, stale.json()["code"]) == (409, "changed")
        answer = http.post("/v1/sessions", json=question)
        assert answer.status_code == 200, answer.text
        token = answer.json()["token"]
        assert answer.json()["session"]["how"] == "password and code"
        assert http.get("/v1/figures", headers=bearer(token)).status_code == 200
        assert http.delete("/v1/sessions", headers=bearer(token)).json() == {"ended": 1}
        assert http.get("/v1/figures", headers=bearer(token)).status_code == 401
    del people


def test_misp_cve_2018_12649_and_cve_2020_8892_no_other_method_guesses_uncounted(
    store: Store,
) -> None:
    """PUT and others never look at a password; five POSTs lock, however the path is written."""
    people = staff(store, "north", at_us=now_us())
    enrolled(store, people["admin.north"], "lead.north", at_us=now_us())
    with live_api(opener_of(store)) as live:
        http = live.anonymous
        right, wrong = body(live, "lead.north"), body(live, "lead.north", password=WRONG)
        for method in ("PUT", "PATCH", "DELETE", "GET", "HEAD", "OPTIONS", "post"):
            answer = http.request(method, "/v1/sessions", json=right)
            assert answer.status_code in (400, 401, 405), (method, answer.text)
        for path in ("/v1/sessions/", "//v1/sessions", "/v1/Sessions", "/v1/sessions;x"):
            answer = http.post(path, json=right)
            assert answer.status_code == 401, path
            assert "token" not in answer.json() or answer.json()["code"] == "token"
        override = {"X-HTTP-Method-Override": "PUT"}
        refused = [
            http.post("/v1/sessions", json=wrong, headers=override if n % 2 else {})
            for n in range(6)
        ]
        unknown = http.post("/v1/sessions", json=body(live, "no.body"))
        assert {answer.status_code for answer in (*refused, unknown)} == {401}
        assert len({answer.text for answer in (*refused, unknown)}) == 1
        assert WRONG not in unknown.text
        with logged_on_as(live, store, "admin.north") as admin:
            locked = admin.get("/v1/locked-users").json()["users"]
            assert [user["key"] for user in locked] == ["lead.north"]
            why = {"why": "Called back."}
            assert admin.post("/v1/users/lead.north/release", json=why).json() == {"done": True}
            assert admin.get("/v1/locked-users").json()["users"] == []


def test_an_address_that_fails_too_often_waits_and_locks_no_more(store: Store) -> None:
    people = staff(store, "north", at_us=now_us())
    enrolled(store, people["admin.north"], "lead.north", at_us=now_us())
    with live_api(opener_of(store)) as live:
        http = live.anonymous
        question = body(live, "no.body", password=WRONG)
        answers = [http.post("/v1/sessions", json=question) for _ in range(FAILURES + 1)]
        assert [answer.status_code for answer in answers] == [401] * FAILURES + [429]
        assert answers[-1].headers["Retry-After"] == "300"
        asked = {"user": "lead.north", "enrolment_code": "x"}
        assert http.post("/v1/enrolments/offers", json=asked).status_code == 429
        with logged_on_as(live, store, "admin.north") as admin:
            assert admin.get("/v1/locked-users").json()["users"] == []


def test_an_api_key_over_http(store: Store) -> None:
    people = staff(store, "north", at_us=now_us())
    with live_api(opener_of(store)) as live, logged_on_as(live, store, "admin.north") as admin:
        wanted = {"user": "rms.north", "scopes": ["figures.read"], "networks": ["127.0.0.1"]}
        made = admin.post("/v1/api-keys", json=wanted).json()
        far = admin.post("/v1/api-keys", json={**wanted, "networks": ["198.18.0.0/24"]}).json()
        above = {**wanted, "user": "boss2.north", "roles": ["supervisor"]}
        assert admin.post("/v1/api-keys", json=above).status_code == 403
        other = {**wanted, "roles": ["prosecutor"]}
        assert admin.post("/v1/api-keys", json=other).status_code == 422
        key = bearer(made["key"])
        http = live.anonymous
        assert http.get("/v1/figures", headers=bearer(far["key"])).status_code == 401
        assert http.get("/v1/figures", headers=key).status_code == 200
        assert http.get("/v1/sessions/current", headers=key).status_code == 401
        assert http.get("/v1/api-keys", headers=key).status_code == 403
        (line,) = [line for line in admin.get("/v1/api-keys").json()["keys"] if line["used_at"]]
        assert line["ref"] == made["ref"]
        assert made["key"] not in admin.get("/v1/api-keys").text
        assert admin.delete(f"/v1/api-keys/{made['ref']}").json() == {"done": True}
        assert http.get("/v1/figures", headers=key).status_code == 401
    del people


@BY_HAND
@pytest.mark.long
def test_unknown_wrong_and_locked_take_the_same_time(store: Store) -> None:
    """The medians of 60 tries each differ by less than a fifth."""
    people = staff(store, "north", "south", at_us=now_us())
    for agency in ("north", "south"):
        admin = people[f"admin.{agency}"]
        enrolled(store, admin, f"lead.{agency}", at_us=now_us())
    assert invite(people["admin.north"], store, key="boss.north", hours=1)
    with live_api(opener_of(store)) as live:
        asked = {
            "unknown": body(live, "no.body", password=WRONG),
            "locked": body(live, "lead.north", password=WRONG),
            "never enrolled": body(live, "boss.north", password=WRONG),
        }
        took: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(60):
            for name, question in asked.items():
                took[name].append(seconds(live.anonymous, question))
                forgive(live)
        medians = {name: sorted(times)[30] for name, times in took.items()}
        assert max(medians.values()) < 1.2 * min(medians.values()), medians


def seconds(http: httpx.Client, question: dict[str, str]) -> float:
    """Give how long a refusal takes."""
    started = time.perf_counter()
    assert http.post("/v1/sessions", json=question).status_code == 401
    return time.perf_counter() - started
