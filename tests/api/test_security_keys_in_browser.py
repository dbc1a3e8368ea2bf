"""A real browser and its virtual security key: a page of the site asks, the API believes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from graph.clock import now_us
from graph.logon.key_settings import KeySettings
from graph.services.sessions import make_session
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.watched import browser
from tests.graph.services.logging_on import PASSWORD, code_at, enrolled
from tests.graph.services.people import staff

pytestmark = pytest.mark.browser
USER, ORIGIN = "lead.north", "http://localhost:8501"
SITE = KeySettings(rp_id="localhost", origins=(ORIGIN,))
# As the guide has it.
MAKE = """async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const made = (await navigator.credentials.create({publicKey})).toJSON()
  return {credential: made.id, client_data: made.response.clientDataJSON,
          attestation: made.response.attestationObject, transports: made.response.transports}
}"""
SIGN = """async (options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const signed = (await navigator.credentials.get({publicKey})).toJSON()
  return {credential: signed.id, client_data: signed.response.clientDataJSON,
          authenticator_data: signed.response.authenticatorData,
          signature: signed.response.signature, user_handle: signed.response.userHandle}
}"""


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of the site, with a virtual security key that verifies its user."""
    with browser() as running:
        opened = running.new_page()

        def answered(route: Route) -> None:
            route.fulfill(body="<title>A page</title>", content_type="text/html")

        opened.route(f"{ORIGIN}/", answered)
        opened.goto(f"{ORIGIN}/")
        devtools = opened.context.new_cdp_session(opened)
        devtools.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "usb",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        yield opened


def asked(live: LiveApi, path: str, body: object, token: str | None = None) -> object:
    """Give the answer of a POST."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = live.anonymous.post(f"/v1{path}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_browser_makes_a_key_and_logs_on_with_it(store: Store, page: Page) -> None:
    before = now_us() - 3_600_000_000
    admin = staff(store, "north", at_us=before)["admin.north"]
    secret = enrolled(store, admin, USER, at_us=before)
    token = make_session(store, USER, how="test").text
    with live_api(opener_of(store), keys=SITE) as live:
        offer = asked(live, "/account/security-keys/offers", {}, token)
        assert isinstance(offer, dict)
        made = page.evaluate(MAKE, offer["options"])
        wanted = {
            "password": PASSWORD,
            "code": code_at(secret, now_us()),
            "name": "virtual",
            "attestation": made,
        }
        added = asked(live, "/account/security-keys", wanted, token)
        assert '"transports": ["usb"]' in json.dumps(added)
        banner = live.anonymous.get("/v1/log-on").json()["banner_version"]
        body: dict[str, object] = {}
        for _ in range(2):
            challenge = asked(live, "/sessions/challenges", {"user": USER})
            assert isinstance(challenge, dict)
            answer = page.evaluate(SIGN, challenge["options"])
            body = {
                "user": USER,
                "password": PASSWORD,
                "banner": banner,
                "key_answer": answer,
            }
            done = asked(live, "/sessions", body)
            assert '"how": "password and security key"' in json.dumps(done)
        again = live.anonymous.post("/v1/sessions", json=body)
        assert again.status_code == 401
