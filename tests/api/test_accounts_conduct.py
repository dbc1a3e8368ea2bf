"""Routes of accounts are conducted as all others: counted, and their leaves name the request."""

from __future__ import annotations

from api.conduct.allowances import Allowances
from graph.clock import now_us
from graph.services.credentials import keep, locked_credential
from graph.store import WriteUnit
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.logging_on import PASSWORD, code_at, enrolled
from tests.graph.services.people import staff
from tests.stores import RunningStore


def test_administrators_have_an_allowance_too(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", at_us=now_us())
    with live_api(opener_of(store)) as live, logged_on_as(live, store, "admin.north") as http:
        live.app.state.allowances = Allowances(user_minute=2, agency_minute=100)
        assert http.delete("/v1/users/lead.north/sessions").status_code == 200
        answer = http.get("/v1/api-keys")
        assert http.get("/v1/locked-users").status_code == 429
    listed = running_store.rows("MATCH (a:AuditEntry {action: 'api_key.read'}) RETURN a.request")
    assert listed == [(answer.headers["X-Request-Id"],)]


def test_a_log_on_that_is_sent_again_is_refused_and_a_key_that_is_made_is_made_once(
    running_store: RunningStore,
) -> None:
    """A log-on takes no Idempotency-Key: what was taken once opens nothing, whatever it carries."""
    store, now = running_store.store, now_us()
    before = now - 3_600_000_000
    admin_of = staff(store, "north", at_us=before)["admin.north"]
    secret = enrolled(store, admin_of, "lead.north", at_us=before)

    def lock(unit: WriteUnit) -> None:
        row = locked_credential(unit, "boss.north")
        keep(unit, row.model_copy(update={"locked_us": now}))

    store.writing(lock, name="locking")
    key = {"Idempotency-Key": "5f0c9a52-5b7e"}
    with live_api(opener_of(store)) as live, logged_on_as(live, store, "admin.north") as http:
        banner = live.anonymous.get("/v1/log-on").json()["banner_version"]
        body = {"user": "lead.north", "password": PASSWORD, "banner": banner}
        body["code"] = code_at(secret, now_us())
        first = live.anonymous.post("/v1/sessions", json=body, headers=key)
        again = live.anonymous.post("/v1/sessions", json=body, headers=key)
        assert (first.status_code, again.status_code) == (200, 401)
        assert first.json()["token"] not in again.text
        wanted = {"user": "rms.north", "scopes": ["figures.read"]}
        made = http.post("/v1/api-keys", json=wanted, headers=key)
        lost = http.post("/v1/api-keys", json=wanted, headers=key)
        assert made.status_code == 200, made.text
        assert (lost.status_code, lost.json()["code"]) == (409, "in-flight"), "later `answer-lost`"
        assert len(http.get("/v1/api-keys").json()["keys"]) == 1
        why = {"why": "Called back."}
        done = [http.post("/v1/users/boss.north/release", json=why, headers=key) for _ in range(2)]
        assert [one.status_code for one in done] == [422, 422], "the key is another request's"
        mine = {"Idempotency-Key": "5f0c9a52-5b7f"}
        done = [http.post("/v1/users/boss.north/release", json=why, headers=mine) for _ in "ab"]
        assert [one.json() for one in done] == [{"done": True}] * 2
    kept = str(running_store.rows("MATCH (n) RETURN properties(n)"))
    assert not any(text in kept for text in (PASSWORD, first.json()["token"], made.json()["key"]))
