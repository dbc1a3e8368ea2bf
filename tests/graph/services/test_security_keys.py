"""Security keys: added, named and ended; and what a new one is refused for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import JsonValue

from graph.errors import NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.key_challenges import CHALLENGE_US
from graph.services.log_on import challenge_to_log_on
from graph.services.own_key_list import list_own_keys, rename_own_key
from graph.services.own_keys import add_key, end_own_key, offer_key
from graph.services.sessions import logged_on
from graph.services.user_keys import end_user_key, list_user_keys
from tests.authenticator import USUAL, Manner, SoftKey
from tests.graph.services.keyed import KEYS, day, kept_keys, outcomes, refused
from tests.graph.services.logging_on import HASHING, enrolled
from tests.stores import RunningStore

USER, OTHER = "lead.north", "deputy.north"


def test_a_key_is_added_and_opens_in_place_of_a_code(running_store: RunningStore) -> None:
    at = day(running_store.store, USER)
    mine = at.session(USER)
    at.session(USER)
    key, second = SoftKey(), SoftKey(is_edwards=True)
    added = at.add(mine, key)
    assert added.ended == 1
    at.later()
    token = at.log_on(USER, at.signed(USER, key))
    present = logged_on(at.store, token, at_us=at.at)
    assert present.session.how == "password and security key"
    assert kept_keys(running_store) == [(USER, "blue", 1, at.at)]
    at.log_on("LEAD.north", at.signed(" lead.north", key))
    # A code opens as before, and a key proves in a session what a code does.
    at.log_on(USER, None, code=at.code(USER))
    at.add(present, second, proof=at.prove(present, key), name="safe")
    rows = list_own_keys(at.store, present, reads=ReadLog(at.store))
    assert [(row.name, row.transports) for row in rows] == [
        ("blue", ["usb", "nfc"]),
        ("safe", ["usb", "nfc"]),
    ]
    renamed = rename_own_key(at.store, present, ref=rows[0].ref, name=" red ", at_us=at.at)
    assert renamed.name == "red"
    at.later()
    at.log_on(USER, at.signed(USER, second))
    proof = at.prove(present, second)
    ended = end_own_key(
        *(at.store, HASHING, KEYS, present),
        proof=proof,
        ref=rows[1].ref,
        needs_code=True,
        at_us=at.at,
    )
    assert ended == 1
    refused(at, USER, at.signed(USER, second))
    refs = [added.key.ref, rows[1].ref]
    assert outcomes(running_store, "account.keys_changed") == sorted(
        [f"security key {ref} added" for ref in refs] + [f"security key {refs[1]} ended"]
    )
    assert outcomes(running_store, "account.key_named") == [f"security key {refs[0]} named anew"]
    told = running_store.rows(
        "MATCH (n:Notification) WHERE n.kind STARTS WITH 'account.key' "
        "RETURN n.kind, n.recipients ORDER BY n.kind"
    )
    assert told == [("account.key_named", [USER])] + [("account.keys_changed", [USER])] * 3
    logged = str(running_store.rows("MATCH (a:AuditEntry) RETURN properties(a)"))
    assert not any(row.credential in logged for row in (added.key, renamed))
    assert added.key.key not in logged


def test_what_a_new_key_is_refused_for(running_store: RunningStore) -> None:
    at = day(running_store.store, USER, OTHER)
    mine, second, theirs = at.session(USER), at.session(USER), at.session(OTHER)
    key = SoftKey()

    def add(options: dict[str, JsonValue], manner: Manner = USUAL) -> None:
        made = key.make(options, manner)
        add_key(
            *(at.store, HASHING, KEYS, mine),
            proof=proof,
            name="blue",
            attestation=made,
            needs_code=True,
            at_us=at.at,
        )

    proof = at.proof(USER)
    for offered in (second, theirs):
        with pytest.raises(RowError, match="begin anew"):
            add(dict(offer_key(at.store, KEYS, offered, at_us=at.at)))
    for manner in (
        Manner(origin="https://evil.example"),
        Manner(rp_id="evil.example"),
        Manner(is_verified=False),
        Manner(kind="webauthn.get"),
    ):
        with pytest.raises(RowError, match="begin anew"):
            add(dict(offer_key(at.store, KEYS, mine, at_us=at.at)), manner)
    wrong_one = challenge_to_log_on(at.store, KEYS, user=USER, at_us=at.at)
    offer = dict(offer_key(at.store, KEYS, mine, at_us=at.at))
    with pytest.raises(RowError, match="begin anew"):
        add({**offer, "challenge": wrong_one["challenge"]})
    at.at += CHALLENGE_US
    with pytest.raises(RowError, match="begin anew"):
        add(offer)
    for shown in (replace(proof, code=None), replace(proof, code="x")):
        with pytest.raises(RightsError):
            at.add(mine, key, proof=shown)
    with pytest.raises(RowError, match="name"):
        at.add(mine, key, name=" ")
    assert kept_keys(running_store) == []
    at.later(16)
    at.add(mine, key)
    with pytest.raises(RowError, match="already"):
        at.add(mine, key)
    with pytest.raises(RowError, match="already"):
        at.add(theirs, key)
    assert [row[0] for row in kept_keys(running_store)] == [USER]


def test_ten_keys_are_enough_and_others_keys_are_not_there(running_store: RunningStore) -> None:
    at = day(running_store.store, USER, OTHER)
    mine, theirs = at.session(USER), at.session(OTHER)
    key = SoftKey()
    first = at.add(mine, key).key
    for _ in range(9):
        at.add(mine, SoftKey(), proof=at.prove(mine, key))
    with pytest.raises(RowError, match="10 security keys at most"):
        at.add(mine, SoftKey(), proof=at.prove(mine, key))
    assert len(kept_keys(running_store)) == 10
    handles = running_store.rows("MATCH (k:SecurityKey) RETURN DISTINCT k.handle")
    assert len(handles) == 1, "a device knows one person, however many keys"
    with pytest.raises(NotFoundError):
        rename_own_key(at.store, theirs, ref=first.ref, name="mine")
    with pytest.raises(NotFoundError):
        end_own_key(
            *(at.store, HASHING, KEYS, theirs),
            proof=at.proof(OTHER),
            ref=first.ref,
            needs_code=True,
            at_us=at.at,
        )
    assert list_own_keys(at.store, theirs, reads=ReadLog(at.store)) == []


def test_administrators_end_a_key_and_an_enrolment_ends_all(running_store: RunningStore) -> None:
    at = day(running_store.store, USER)
    admin = at.people["admin.north"]
    mine = at.session(USER)
    at.add(mine, lost := SoftKey())
    at.add(mine, held := SoftKey(), name="safe")
    reads = ReadLog(at.store)
    rows = list_user_keys(admin, at.store, key=USER, reads=reads)
    assert [row.name for row in rows] == ["blue", "safe"]
    end_user_key(admin, at.store, key=USER, ref=rows[0].ref)
    refused(at, USER, at.signed(USER, lost))
    at.log_on(USER, at.signed(USER, held))
    with pytest.raises(NotFoundError):
        end_user_key(admin, at.store, key=USER, ref=rows[0].ref)
    with pytest.raises(RightsError):
        end_user_key(at.people["boss.north"], at.store, key=USER, ref=rows[1].ref)
    told = running_store.rows(
        "MATCH (n:Notification {kind: 'account.keys_changed'}) RETURN n.recipients, n.text"
    )
    assert sum("by admin.north" in str(row[1]) for row in told) == 1
    at.later()
    enrolled(at.store, admin, USER, at_us=at.at)
    assert kept_keys(running_store) == []
    refused(at, USER, at.signed(USER, held))
    assert "password and second factor set, 1 security keys ended" in outcomes(
        running_store, "account.enrolled"
    )
