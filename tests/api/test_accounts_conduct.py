"""Routes of accounts are conducted as all others: counted, and their leaves name the request."""

from __future__ import annotations

from api.conduct.allowances import Allowances
from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
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
