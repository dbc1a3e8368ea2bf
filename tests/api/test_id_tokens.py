"""OpenID Connect: one good token logs on once; everything forged is 401."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.key_sets import KeySets
from api.oidc_settings import OidcSettings
from graph.clock import now_us
from graph.errors import SettingsError, StoreUnavailableError
from graph.services.subjects import link_subject
from graph.store import Store
from tests.api.forged_tokens import CLIENT, ISSUER, IdentityServer, forged, good
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import forgive
from tests.graph.services.people import staff


def presented(live: LiveApi, token: str) -> tuple[int, str]:
    """Give status and body of a log-on with a token."""
    forgive(live)
    banner = live.anonymous.get("/v1/log-on").json()["banner_version"]
    answer = live.anonymous.post(
        "/v1/sessions/by-id-token", json={"id_token": token, "banner": banner}
    )
    return answer.status_code, answer.text


def test_one_good_token_logs_on_once_and_nothing_forged_does(store: Store, tmp_path: Path) -> None:
    people = staff(store, "north", at_us=now_us())
    link_subject(people["admin.north"], store, key="lead.north", issuer=ISSUER, subject="f3a1c2")
    server = IdentityServer.new()
    place = tmp_path / "keys.json"
    place.write_text(server.key_set(), encoding="utf-8")
    oidc = OidcSettings(issuer=ISSUER, client_id=CLIENT, jwks=str(place))
    with live_api(opener_of(store), oidc=oidc) as live:

        def nonce() -> str:
            return str(live.anonymous.post("/v1/sessions/nonces").json()["nonce"])

        waiting = nonce()
        forgeries = forged(server, waiting)
        assert len(forgeries) > 40
        answers = {name: presented(live, token) for name, token in forgeries.items()}
        let_in = {name: found for name, found in answers.items() if found[0] != 401}
        assert let_in == {}
        # The last forgery was right but for its subject, so that it used the nonce up.
        assert presented(live, server.token(good(waiting)))[0] == 401
        for key in (server.rsa, server.ec):
            claims = good(nonce()) | {"aud": [CLIENT, "other"], "azp": CLIENT}
            status, text = presented(live, server.token(claims, key=key))
            assert (status, '"user":"lead.north"' in text) == (200, True), text
            assert presented(live, server.token(claims, key=key))[0] == 401
    with live_api(opener_of(store)) as live:
        assert live.anonymous.post("/v1/sessions/nonces").status_code == 422
        assert live.anonymous.get("/v1/log-on").json()["identity_server"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": None},
        {"jwks": None},
        {"algorithms": ("HS256",)},
        {"algorithms": ("none",)},
        {"algorithms": ()},
        {"acr_values": (), "amr_values": ()},
    ],
)
def test_settings_that_would_let_anybody_in_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        OidcSettings.model_validate(
            {"issuer": ISSUER, "client_id": CLIENT, "jwks": "keys.json", **wrong}
        )


def test_keys_come_from_the_one_place_or_not_at_all(tmp_path: Path) -> None:
    for address in ("http://id.example.org/keys", "file:///etc/passwd", "ftp://x"):
        with pytest.raises(SettingsError):
            KeySets(address)
    place = tmp_path / "keys.json"
    with pytest.raises(StoreUnavailableError):
        KeySets(str(place)).key("rsa")
    for content in ("", "[]", '{"keys": 1}', "{" * 9999):
        place.write_text(content, encoding="utf-8")
        with pytest.raises(StoreUnavailableError):
            KeySets(str(place)).key("rsa")
    server = IdentityServer.new()
    place.write_text(server.key_set(), encoding="utf-8")
    keys = KeySets(str(place))
    assert [keys.key(kid) is not None for kid in ("rsa", "ec", "weak", "oct", "x")] == [
        *(True, True),
        *(False, False, False),
    ]
