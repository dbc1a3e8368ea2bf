"""One's own log-on over HTTP: a password and a device are changed, and nothing secret is kept."""

from __future__ import annotations

from client.client import CrosstipClient
from client.resources.log_on import FactorQuestion, PasswordQuestion
from graph.clock import now_us
from graph.services.sessions import make_session
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.logging_on import PASSWORD, code_at, enrolled
from tests.graph.services.people import staff
from tests.stores import RunningStore

NEW = "nine amber ladders in rain"


def test_password_and_device_are_changed_over_http(running_store: RunningStore) -> None:
    store, now = running_store.store, now_us()
    # Enrolled a while ago, so that the present code was not used by it.
    before = now - 3_600_000_000
    admin = staff(store, "north", at_us=before)["admin.north"]
    secret = enrolled(store, admin, "lead.north", at_us=before)
    token = make_session(store, "lead.north", how="test").text
    with live_api(opener_of(store)) as live, logged_on_as(live, store, "lead.north") as other:
        with CrosstipClient(live.url, token) as client:
            wanted = {"password": PASSWORD, "new_password": NEW, "code": "000000"}
            refused = other.post("/v1/account/password", json={**wanted, "password": "x"})
            assert (refused.status_code, refused.json()["code"]) == (403, "rights")
            weak = other.post("/v1/account/password", json={**wanted, "new_password": "short"})
            assert (weak.status_code, weak.json()["code"]) == (422, "row")
            assert PASSWORD not in weak.text
            code = code_at(secret, now_us())
            done = client.change_own_password(
                PasswordQuestion(password=PASSWORD, code=code, new_password=NEW)
            )
            assert done.ended == 1
            assert other.get("/v1/sessions/current").status_code == 401
            offer = client.offer_own_second_factor()
            assert offer.address.startswith("otpauth://totp/Crosstip:lead.north?secret=")
            # The step after the one that was used; RFC 6238 lets clocks differ by one.
            later = code_at(secret, now_us() + 30_000_000)
            codes = client.replace_own_second_factor(
                FactorQuestion(password=NEW, code=later, new_code=code_at(offer.secret, now_us()))
            )
            assert len(codes.recovery_codes) == 10
        for path in ("password", "second-factor", "second-factor/offers"):
            assert live.anonymous.post(f"/v1/account/{path}", json={}).status_code == 401
            assert live.http.post(f"/v1/account/{path}", json={}).status_code == 401
    kept = str(running_store.rows("MATCH (n) RETURN properties(n)"))
    assert not any(text in kept for text in (PASSWORD, NEW, token))
