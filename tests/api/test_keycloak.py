"""The realm of `deploy/keycloak`, in a real Keycloak: what it gives is taken once, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api import key_sets
from api.key_sets import KeySets
from api.oidc_settings import OidcSettings
from graph.clock import now_us
from graph.errors import SettingsError
from graph.services.subjects import link_subject
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import forgive
from tests.graph.services.people import staff
from tests.keycloak import CLIENT, REALM, Keycloak, Person, id_token, keycloak
from tests.stores import RunningStore

_SECRETS = {"secret", "password", "value", "privatekey", "users", "credentials", "secretdata"}


def names_in(said: object) -> set[str]:
    """Give the names of all members, in lower case."""
    if isinstance(said, dict):
        return {str(name).lower() for name in said}.union(*map(names_in, said.values()))
    return set().union(*map(names_in, said)) if isinstance(said, list) else set()


def test_the_realm_has_no_secret_and_nobody_in_it() -> None:
    realm = json.loads(REALM.read_text(encoding="utf-8"))
    assert names_in(realm).isdisjoint(_SECRETS)
    (client,) = realm["clients"]
    assert client["publicClient"], "a program on somebody's machine keeps no secret"
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"
    assert not client["implicitFlowEnabled"]
    assert not client["directAccessGrantsEnabled"]
    lockout = (realm["bruteForceProtected"], realm["permanentLockout"], realm["failureFactor"])
    assert lockout == (True, True, 5)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none", encoding="utf-8")
    for place in (tmp_path / "ca.pem", tmp_path / "missing.pem"):
        with pytest.raises(SettingsError, match="CROSSTIP_OIDC_CA"):
            KeySets("https://id.example.org/keys", ca=place)


def presented(live: LiveApi, token: str) -> tuple[int, str]:
    """Give status and body of a log-on with a token."""
    forgive(live)
    banner = live.anonymous.get("/v1/log-on").json()["banner_version"]
    answer = live.anonymous.post(
        "/v1/sessions/by-id-token", json={"id_token": token, "banner": banner}
    )
    return answer.status_code, answer.text


@pytest.mark.long
@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_a_log_on_at_keycloak_opens_once(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's engine has no part in it, so that one is enough."""
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    with keycloak(tmp_path) as server:
        oidc = OidcSettings(
            issuer=server.issuer,
            client_id=CLIENT,
            jwks=server.jwks,
            ca=server.ca,
            amr_values=("otp",),
        )
        people = [server.add_user(f"lead{number}") for number in range(5)]
        for person in people:
            # A code is taken once in half a minute, so that each log-on is another subject's.
            link_subject(
                admin, store, key="lead.north", issuer=server.issuer, subject=person.subject
            )
        stranger = server.add_user("stranger")
        with live_api(opener_of(store), oidc=oidc) as live:
            first = _logged_on(live, server, people[0])
            assert presented(live, first)[0] == 401, "the nonce is used up"
            _tampered(live, server, people[1], people[2])
            assert presented(live, id_token(server, stranger, nonce=_nonce(live)))[0] == 401
            assert id_token(server, people[3], nonce=_nonce(live), code="000000") == ""
            server.rotate()
            monkeypatch.setattr(key_sets, "_AGAIN_S", 0.0)
            second = _logged_on(live, server, people[3])
            assert second.partition(".")[0] != first.partition(".")[0], "another key"
        elsewhere = OidcSettings(**(oidc.model_dump() | {"ca": None}))
        with live_api(opener_of(store), oidc=elsewhere) as live:
            token = id_token(server, people[4], nonce=_nonce(live))
            assert presented(live, token)[0] == 503, "nobody vouches for that certificate"


def _nonce(live: LiveApi) -> str:
    return str(live.anonymous.post("/v1/sessions/nonces").json()["nonce"])


def _logged_on(live: LiveApi, server: Keycloak, person: Person) -> str:
    token = id_token(server, person, nonce=_nonce(live))
    status, text = presented(live, token)
    assert (status, '"user":"lead.north"' in text) == (200, True), text
    assert '"how":"OpenID Connect"' in text
    return token


def _tampered(live: LiveApi, server: Keycloak, person: Person, other_one: Person) -> None:
    """A token whose claims or whose signature was changed is refused, and then is no good."""
    header, claims, signature = id_token(server, person, nonce=_nonce(live)).split(".")
    other = "B" if signature[10] == "A" else "A"
    bent = signature[:10] + other + signature[11:]
    assert presented(live, f"{header}.{claims}.{bent}")[0] == 401
    foreign = id_token(server, other_one, nonce=_nonce(live)).split(".")[1]
    assert presented(live, f"{header}.{foreign}.{signature}")[0] == 401
    status, _ = presented(live, f"{header}.{claims}.{signature}")
    assert status == 200, "as it was given it is taken: a forged one used nothing up"
