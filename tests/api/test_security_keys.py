"""Security keys over HTTP: added, used to log on, named, ended; with the client."""

from __future__ import annotations

from dataclasses import replace

from api.log_on_desk import Throttle
from client.client import CrosstipClient
from client.resources.log_on import (
    ChallengeQuestion,
    LogOnQuestion,
    PasswordQuestion,
    SignedChallenge,
)
from client.resources.security_keys import (
    AddKeyQuestion,
    EndKeyQuestion,
    KeyAttestation,
    NameKeyQuestion,
)
from graph.clock import now_us
from graph.logon.key_answers import Attestation, KeyAnswer
from graph.services.sessions import make_session
from tests.api.live import LiveApi, live_api, opener_of
from tests.authenticator import SITE, Manner, SoftKey, flipped
from tests.graph.services.logging_on import PASSWORD, code_at, enrolled
from tests.graph.services.people import staff
from tests.stores import RunningStore

USER = "lead.north"


def signed(shown: KeyAnswer) -> SignedChallenge:
    """Give a key's answer for the client."""
    return SignedChallenge(
        credential=shown.credential,
        client_data=shown.client_data,
        authenticator_data=shown.authenticator_data,
        signature=shown.signature,
        user_handle=shown.user_handle,
    )


def attested(made: Attestation) -> KeyAttestation:
    """Give a new key for the client."""
    return KeyAttestation(
        credential=made.credential,
        client_data=made.client_data,
        attestation=made.attestation,
        transports=made.transports,
    )


def how_it_ends(live: LiveApi, banner: str, shown: KeyAnswer) -> tuple[int, str, str]:
    """Log on by a key; give status, code and words."""
    body = {
        "user": USER,
        "password": PASSWORD,
        "banner": banner,
        "key_answer": signed(shown).model_dump(),
    }
    answer = live.anonymous.post("/v1/sessions", json=body)
    said = answer.json()
    return answer.status_code, said.get("code", ""), said.get("detail", "")


def managed_by_both(mine: CrosstipClient, managed: CrosstipClient, key: SoftKey, ref: str) -> None:
    """Name a key, prove oneself by it, add another, and end one each."""
    line = mine.name_own_key(ref, NameKeyQuestion(name="red"))
    assert line.name == "red"
    proof = signed(key.sign(mine.begin_own_proof().options))
    new = "nine amber ladders in rain"
    changed = mine.change_own_password(
        PasswordQuestion(password=PASSWORD, new_password=new, key_answer=proof)
    )
    assert changed.ended == 1
    seen = managed.keys_of_user(USER)
    assert [one.name for one in seen.keys] == ["red"]
    assert seen.keys == mine.own_keys().keys
    again = SoftKey()
    proof = signed(key.sign(mine.begin_own_proof().options))
    extra = mine.add_own_key(
        AddKeyQuestion(
            password=new,
            key_answer=proof,
            name="safe",
            attestation=attested(again.make(mine.offer_own_key().options)),
        )
    )
    proof = signed(again.sign(mine.begin_own_proof().options))
    mine.end_own_key(ref, EndKeyQuestion(password=new, key_answer=proof))
    managed.end_key_of_user(USER, extra.key.ref)
    assert mine.own_keys().keys == ()


def test_a_key_is_added_opens_and_is_ended_over_http(running_store: RunningStore) -> None:
    store, before = running_store.store, now_us() - 3_600_000_000
    admin = staff(store, "north", at_us=before)["admin.north"]
    secret = enrolled(store, admin, USER, at_us=before)
    first = make_session(store, USER, how="test").text
    managing = make_session(store, "admin.north", how="test").text
    key = SoftKey()
    with live_api(opener_of(store), keys=SITE) as live, CrosstipClient(live.url) as anonymous:
        there = anonymous.how_to_log_on()
        assert there.security_keys
        with CrosstipClient(live.url, first) as mine:
            made = key.make(mine.offer_own_key().options)
            wanted = AddKeyQuestion(
                password=PASSWORD,
                code=code_at(secret, now_us()),
                name="blue",
                attestation=attested(made),
            )
            added = mine.add_own_key(wanted)
            assert (added.key.name, added.key.transports) == ("blue", ("usb", "nfc"))
        asked = anonymous.begin_with_key(ChallengeQuestion(user=USER))
        nobody = anonymous.begin_with_key(ChallengeQuestion(user="nobody.north"))
        assert {**nobody.options, "challenge": ""} == {**asked.options, "challenge": ""}
        answer = key.sign(asked.options)
        done = anonymous.log_on(
            LogOnQuestion(
                user=USER, password=PASSWORD, banner=there.banner_version, key_answer=signed(answer)
            )
        )
        assert done.session.how == "password and security key"
        other = key.sign(
            anonymous.begin_with_key(ChallengeQuestion(user=USER)).options,
            Manner(origin="https://evil.example"),
        )
        replayed = how_it_ends(live, there.banner_version, answer)
        assert replayed[:2] == (401, "log-on")
        assert how_it_ends(live, there.banner_version, other) == replayed
        assert how_it_ends(live, there.banner_version, flipped(answer)) == replayed
        with (
            CrosstipClient(live.url, done.token) as mine,
            CrosstipClient(live.url, managing) as managed,
        ):
            managed_by_both(mine, managed, key, added.key.ref)
        listed = live.anonymous.get("/v1/account/security-keys")
        assert listed.status_code == 401
    logged = str(running_store.rows("MATCH (a:AuditEntry) RETURN properties(a)"))
    assert made.credential not in logged


def test_where_no_site_is_named_there_are_no_keys(running_store: RunningStore) -> None:
    """Also: what is no answer of a key does not fit, before anything is counted."""
    store = running_store.store
    staff(store, "north", at_us=now_us())
    token = make_session(store, USER, how="test").text
    parts = {"credential": "AA", "client_data": "AA", "authenticator_data": "AA", "signature": "AA"}
    body = {"user": USER, "password": "x", "banner": "x"}
    with live_api(opener_of(store)) as live, CrosstipClient(live.url, token) as mine:
        assert not mine.how_to_log_on().security_keys
        for path in ("/sessions/challenges", "/account/security-keys/offers"):
            carried = {"Authorization": f"Bearer {token}"}
            off = live.anonymous.post(f"/v1{path}", json={"user": USER}, headers=carried)
            assert (off.status_code, off.json()["code"]) == (422, "question")
            assert "CROSSTIP_WEBAUTHN_RP_ID" in off.json()["detail"]
        for broken in (
            {"credential": "not base64 +/"},
            {"credential": "A" * 1401},
            {"client_data": ""},
            {"signature": None},
            {"more": "x"},
        ):
            sent = {**body, "key_answer": {**parts, **broken}}
            assert live.anonymous.post("/v1/sessions", json=sent).status_code == 422, broken
        # Whoever asks without end, before anybody is known, is told to wait.
        live.app.state.log_on = replace(live.app.state.log_on, askings=Throttle(failures=2))
        asked = [
            live.anonymous.post("/v1/sessions/challenges", json={"user": USER}) for _ in range(3)
        ]
        assert [answer.status_code for answer in asked] == [422, 422, 429]
        assert asked[-1].json()["code"] == "throttled"
    assert running_store.rows("MATCH (c:KeyChallenge) RETURN c") == []
