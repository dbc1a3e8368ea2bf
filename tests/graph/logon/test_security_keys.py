"""What is believed of a security key, without a store: good ones, broken ones, made-up ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.errors import QuestionError, SettingsError
from graph.logon.key_answers import KeyAnswer, challenge_of, from_text, to_text
from graph.logon.key_settings import KeySettings
from graph.logon.security_keys import SecurityKeys
from graph.queries.security_keys import SecurityKeyRow
from tests.authenticator import ORIGIN, RP_ID, SITE, Manner, SoftKey, flipped

KEYS = SecurityKeys(SITE)
CHALLENGE = to_text(b"c" * 32)
HANDLE = to_text(b"h" * 32)
BAD = (
    Manner(origin="https://crosstip.example.org.evil.example"),
    Manner(origin=f"{ORIGIN}:8443"),
    Manner(origin="http://crosstip.example.org"),
    Manner(rp_id="example.org"),
    Manner(is_verified=False),
    Manner(is_present=False),
    Manner(cross_origin=True),
    Manner(challenge=to_text(b"d" * 32)),
    Manner(kind="payment.get"),
)


def row(key: SoftKey) -> SecurityKeyRow:
    """Give a key as it is kept, added as it should be."""
    options = KEYS.to_add(challenge=CHALLENGE, handle=HANDLE, user="lead.north", known=())
    made = KEYS.added(key.make(options), challenge=CHALLENGE)
    assert made is not None
    assert made.transports == ("usb", "nfc")
    return SecurityKeyRow(
        key="k",
        ref="r",
        user="lead.north",
        name="blue",
        credential=made.credential,
        public_key=made.public_key,
        handle=HANDLE,
        sign_count=made.sign_count,
        transports=list(made.transports),
        made_us=1,
        used_us=None,
    )


def believed(key_answer: KeyAnswer, kept: SecurityKeyRow) -> int | None:
    """Give the count, as the services ask: the challenge is the one the browser names."""
    if challenge_of(key_answer.client_data) != CHALLENGE:
        return None
    return KEYS.count_of(key_answer, kept, challenge=CHALLENGE)


@pytest.mark.parametrize("is_edwards", [False, True])
def test_a_key_is_believed_and_one_that_answers_otherwise_is_not(*, is_edwards: bool) -> None:
    key = SoftKey(is_edwards=is_edwards)
    kept = row(key)
    asked = KEYS.to_prove(challenge=CHALLENGE, known=())
    assert asked["rpId"] == RP_ID
    assert (asked["userVerification"], asked["allowCredentials"]) == ("required", [])
    good = key.sign(asked)
    assert believed(good, kept) == 1
    assert believed(replace(good, user_handle=None), kept) == 1
    for manner in (*BAD, Manner(handle=to_text(b"x" * 32)), Manner(signature=b"")):
        assert believed(key.sign(asked, manner), kept) is None, manner
    assert believed(flipped(good), kept) is None
    other = SoftKey(is_edwards=is_edwards)
    other.credential, other.handle = key.credential, key.handle
    assert believed(other.sign(asked), kept) is None
    newer = key.sign(asked)
    mixed = replace(newer, authenticator_data=good.authenticator_data)
    assert believed(mixed, kept) is None


@pytest.mark.parametrize("manner", BAD)
def test_a_new_key_that_answers_otherwise_is_not_taken(manner: Manner) -> None:
    options = KEYS.to_add(challenge=CHALLENGE, handle=HANDLE, user="lead.north", known=())
    made = SoftKey().make(options, manner)
    is_asked = challenge_of(made.client_data) == CHALLENGE
    assert not is_asked or KEYS.added(made, challenge=CHALLENGE) is None


def test_a_new_key_is_asked_to_be_found_without_its_name_and_known_ones_are_left_out() -> None:
    key = SoftKey()
    kept = row(key)
    options = KEYS.to_add(challenge=CHALLENGE, handle=HANDLE, user="lead.north", known=[kept])
    assert options["excludeCredentials"] == [
        {"id": kept.credential, "type": "public-key", "transports": ["usb", "nfc"]}
    ]
    selection = options["authenticatorSelection"]
    assert isinstance(selection, dict)
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert options["attestation"] == "none"


def test_a_credential_id_is_the_keys_and_only_none_or_its_own_word_is_taken() -> None:
    options = KEYS.to_add(challenge=CHALLENGE, handle=HANDLE, user="lead.north", known=())
    made = SoftKey().make(options)
    other = replace(made, credential=to_text(b"another one"))
    assert KEYS.added(other, challenge=CHALLENGE) is None
    shown = cbor2.loads(from_text(made.attestation) or b"")
    assert isinstance(shown, dict)
    for changed in ({"fmt": "tpm"}, {"fmt": "fido-u2f"}, {"fmt": "?"}, {"attStmt": {"sig": b"x"}}):
        text = to_text(cbor2.dumps({**shown, **changed}))
        assert KEYS.added(replace(made, attestation=text), challenge=CHALLENGE) is None, changed
    assert KEYS.added(made, challenge=CHALLENGE) is not None


TEXTS = st.binary(max_size=120).map(to_text) | st.text(max_size=40)
OBJECTS = st.recursive(
    st.none() | st.integers() | st.binary(max_size=40) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.data())
def test_what_somebody_made_up_is_refused_and_raises_nothing(data: st.DataObject) -> None:
    key, options = SoftKey(), KEYS.to_prove(challenge=CHALLENGE, known=())
    asked = KEYS.to_add(challenge=CHALLENGE, handle=HANDLE, user="lead.north", known=())
    made = key.make(asked)
    kept = row(key)
    part = data.draw(st.sampled_from(("credential", "client_data", "attestation")))
    parts = {
        "fmt": data.draw(st.sampled_from(("none", "packed")) | OBJECTS),
        "attStmt": data.draw(OBJECTS),
        "authData": data.draw(st.binary(max_size=250)),
    }
    text = data.draw(TEXTS | st.just(to_text(cbor2.dumps(parts))))
    if text != getattr(made, part):
        changed = replace(made, **cast("dict[str, Any]", {part: text}))
        assert KEYS.added(changed, challenge=CHALLENGE) is None
    signed = key.sign(options)
    field = data.draw(
        st.sampled_from(("credential", "client_data", "authenticator_data", "signature"))
    )
    text = data.draw(TEXTS)
    if text != getattr(signed, field) and field != "credential":
        assert KEYS.count_of(replace(signed, **{field: text}), kept, challenge=CHALLENGE) is None
    challenge_of(data.draw(TEXTS))


def test_a_public_key_that_is_none_is_refused() -> None:
    """Also deep nesting, which the parser of CBOR may give up on."""
    options = KEYS.to_add(challenge=CHALLENGE, handle=HANDLE, user="lead.north", known=())
    made = SoftKey().make(options)
    shown = cbor2.loads(from_text(made.attestation) or b"")
    assert isinstance(shown, dict)
    data = shown["authData"]
    assert isinstance(data, bytes)
    head = data[: 37 + 16 + 2 + 32]
    for cose in (
        *({}, {1: 2}, {1: 2, 3: -7, -1: 1, -2: b"", -3: b""}, {1: 1, 3: -8, -1: 6, -2: b"x"}),
        *({1: 3, 3: -257, -1: b"", -2: b""}, {1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\1" * 32}),
        *([1], "x", {1: 4, 3: 5}),
    ):
        text = to_text(cbor2.dumps({**shown, "authData": head + cbor2.dumps(cose)}))
        found = KEYS.added(replace(made, attestation=text), challenge=CHALLENGE)
        if found is not None:  # a point that is on no curve is found when it is to check something
            kept = row(SoftKey()).model_copy(update={"public_key": found.public_key})
            asked = KEYS.to_prove(challenge=CHALLENGE, known=())
            assert KEYS.count_of(SoftKey().sign(asked), kept, challenge=CHALLENGE) is None
    deep = to_text(b"\x81" * 8000)
    assert KEYS.added(replace(made, attestation=deep), challenge=CHALLENGE) is None
    assert challenge_of(to_text(b"[" * 8000)) is None


@pytest.mark.parametrize(
    ("rp_id", "origins"),
    [
        ("crosstip.example.org", ()),
        (None, (ORIGIN,)),
        ("https://crosstip.example.org", (ORIGIN,)),
        ("crosstip.example.org:443", (ORIGIN,)),
        ("Crosstip.example.org", (ORIGIN,)),
        ("198.18.0.1", ("https://198.18.0.1",)),
        ("org", ("https://crosstip.org",)),
        (RP_ID, ("http://crosstip.example.org",)),
        (RP_ID, (f"{ORIGIN}/",)),
        (RP_ID, (f"{ORIGIN}:443",)),
        (RP_ID, ("https://example.org",)),
        (RP_ID, ("https://evilcrosstip.example.org",)),
        (RP_ID, ("https://user@crosstip.example.org",)),
        (RP_ID, ("https://crosstip.example.org:port",)),
        (RP_ID, (ORIGIN, "*")),
        ("localhost", ("http://localhost.evil.example",)),
    ],
)
def test_a_site_that_is_not_safe_is_no_site(rp_id: str | None, origins: tuple[str, ...]) -> None:
    with pytest.raises((SettingsError, ValidationError)):
        KeySettings(rp_id=rp_id, origins=origins)


def test_a_site_is_named_or_there_are_no_keys() -> None:
    off = SecurityKeys(KeySettings())
    assert not off.is_on
    with pytest.raises(QuestionError, match="CROSSTIP_WEBAUTHN_RP_ID"):
        off.to_prove(challenge=CHALLENGE, known=())
    for origins in (
        (f"{ORIGIN}:8443", "https://pages.crosstip.example.org"),
        (ORIGIN,),
    ):
        assert SecurityKeys(KeySettings(rp_id=RP_ID, origins=origins)).is_on
    local = KeySettings(rp_id="localhost", origins=("http://localhost:8501",))
    assert SecurityKeys(local).is_on
