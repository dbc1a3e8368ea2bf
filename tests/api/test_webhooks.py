"""Webhooks over HTTP: what is shown once, done once, and changed from the version looked at."""

from __future__ import annotations

from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.people import staff
from tests.stores import RunningStore

URL = "https://hooks.example.org/in"


def test_webhooks_over_http(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", at_us=now_us())
    with live_api(opener_of(store)) as live, logged_on_as(live, store, "admin.north") as http:
        refused = http.post("/v1/webhooks", json={"url": "https://169.254.169.254/latest"})
        assert (refused.status_code, refused.json()["code"]) == (422, "row")
        assert "169.254" not in refused.text
        assert http.post("/v1/webhooks", json={"url": URL, "x": 1}).status_code == 422
        once = {"Idempotency-Key": "register-1"}
        made = http.post("/v1/webhooks", json={"url": URL}, headers=once)
        assert made.headers["ETag"] == '"1"'
        secret = made.json()["secret"]
        assert secret.startswith("whsec_")
        # The answer is kept nowhere, so that a repetition does nothing and shows no secret.
        again = http.post("/v1/webhooks", json={"url": URL}, headers=once)
        assert again.status_code == 409
        assert secret not in str(running_store.rows("MATCH (o:Once) RETURN o"))
        (line,) = http.get("/v1/webhooks").json()["webhooks"]
        place = f"/v1/webhooks/{line['key']}"
        assert secret not in str(line)
        assert http.post(f"{place}/rotate", json={}).status_code == 428
        stale = http.post(f"{place}/rotate", json={}, headers={"If-Match": '"7"'})
        assert stale.status_code == 412
        rotated = http.post(f"{place}/rotate", json={}, headers={"If-Match": '"1"'})
        assert (rotated.status_code, rotated.headers["ETag"]) == (200, '"2"')
        assert rotated.json()["secret"] != secret
        tests = [http.post(f"{place}/test").json()["notice"] for _ in range(3)]
        first = http.get(f"{place}/deliveries", params={"limit": 2}).json()
        rest = http.get(
            f"{place}/deliveries", params={"limit": 2, "after": first["next_after"]}
        ).json()
        listed = [row["notice"] for row in (*first["items"], *rest["items"])]
        assert sorted(listed) == sorted(tests)
        assert rest["next_after"] is None
        gone = http.get(f"{place}/deliveries", params={"state": "dead"}).json()
        assert gone["items"] == []
        assert http.post(f"{place}/deliveries/retry", json={}).json() == {"retried": 0}
        on = http.post(f"{place}/resume", headers={"If-Match": '"2"'})
        assert on.status_code == 422
        assert http.delete(place).json()["state"] == "ended"
        assert http.delete(place).status_code == 422
        assert http.get("/v1/webhooks/none/deliveries").status_code == 404
