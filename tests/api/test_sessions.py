"""Sessions over HTTP: made, used, ended; the installation's token beside them."""

from __future__ import annotations

import httpx

from graph.clock import now_us
from graph.store import Store
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.people import staff


def test_a_session_stands_for_its_user_until_it_ends(store: Store) -> None:
    """The token opens a store without people only; afterwards a session does, until log-out."""
    with live_api(opener_of(store)) as live:
        assert live.http.get("/v1/figures").status_code == 200
        assert live.http.get("/v1/sessions/current").status_code == 401
        staff(store, "north", at_us=now_us())
        refused = live.http.get("/v1/figures")
        assert (refused.status_code, refused.json()["code"]) == (401, "log-on")
        assert refused.headers["WWW-Authenticate"] == "Bearer"
        with (
            logged_on_as(live, store, "lead.north") as lead,
            logged_on_as(live, store, "lead.north") as again,
            logged_on_as(live, store, "boss.north") as boss,
        ):
            who = lead.get("/v1/sessions/current").json()["who"]
            assert who == {
                "user": "lead.north",
                "agency": "north",
                "roles": ["investigator"],
                "units": [],
            }
            assert lead.delete("/v1/sessions/current").json() == {"ended": 1}
            over(lead)
            assert again.get("/v1/figures").status_code == 200
            assert again.delete("/v1/sessions").json() == {"ended": 1}
            over(again)
            assert boss.get("/v1/figures").status_code == 200


def over(client: httpx.Client) -> None:
    """Come back when the client's session is over."""
    answer = client.get("/v1/figures")
    assert (answer.status_code, answer.json()["code"]) == (401, "log-on")
    assert "was ended at" in answer.json()["detail"]
