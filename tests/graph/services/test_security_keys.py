"""Security keys: added, named, ended, used to log on; and everything that they are refused for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pydantic import JsonValue, SecretStr

from graph.errors import LogOnError, NotFoundError, QuestionError, RightsError, RowError
from graph.logon.key_answers import KeyAnswer
from graph.logon.key_settings import KeySettings
from graph.logon.security_keys import SecurityKeys
from graph.services.audit_reads import ReadLog
from graph.services.key_challenges import CHALLENGE_US
from graph.services.log_on import REFUSAL, challenge_to_log_on
from graph.services.own_keys import (
    add_key,
    challenge_to_prove,
    end_own_key,
    list_own_keys,
    offer_key,
    rename_own_key,
)
from graph.services.own_log_on import change_password
from graph.services.sessions import logged_on
from graph.services.user_keys import end_user_key, list_user_keys
from graph.services.users import UserChange, change_user, show_user
from tests.authenticator import USUAL, Manner, SoftKey, flipped
from tests.graph.services.keyed import KEYS, Day, day
from tests.graph.services.logging_on import HASHING, PASSWORD, enrolled
from tests.stores import RunningStore

HASHING_NEW = SecretStr("nine amber ladders in rain")
USER, OTHER = "lead.north", "deputy.north"


def refused(
    at: Day,
    user: str,
    key_answer: KeyAnswer,
    *,
    password: str = PASSWORD,
    keys: SecurityKeys | None = KEYS,
) -> None:
    """Log-on fails in the words of every failure."""
    with pytest.raises(LogOnError) as error:
        at.log_on(user, key_answer, password=password, keys=keys)
    assert str(error.value) == REFUSAL


def kept_keys(running: RunningStore) -> list[tuple[object, ...]]:
    """Give what stands of keys."""
    return running.rows(
        "MATCH (k:SecurityKey) RETURN k.user, k.name, k.sign_count, k.used_us ORDER BY k.made_us"
    )


def outcomes(running: RunningStore, action: str) -> list[object]:
    """Give outcomes of leaves, in order of their words."""
    rows = running.rows(
        "MATCH (a:AuditEntry {action: $action}) RETURN a.outcome ORDER BY a.outcome", action=action
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize("is_edwards", [False, True])
def test_a_key_is_added_and_opens_in_place_of_a_code(
    running_store: RunningStore, *, is_edwards: bool
) -> None:
    at = day(running_store.store, USER)
    mine = at.session(USER)
    at.session(USER)
    key = SoftKey(is_edwards=is_edwards)
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
    second = SoftKey()
    at.add(present, second, proof=at.prove(present, key), name="safe")
    rows = list_own_keys(at.store, present, reads=ReadLog(at.store))
    assert [(row.name, row.transports) for row in rows] == [
        ("blue", ["usb", "nfc"]),
        ("safe", ["usb", "nfc"]),
    ]
    renamed = rename_own_key(at.store, present, ref=rows[0].ref, name=" red ", at_us=at.at)
    assert renamed.name == "red"
    at.later()
    proof = at.prove(present, second)
    ended = end_own_key(
        *(at.store, HASHING, KEYS, present),
        proof=proof,
        ref=rows[1].ref,
        needs_code=True,
        at_us=at.at,
    )
    assert ended == 0
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


def test_what_a_key_is_refused_for_at_log_on(running_store: RunningStore) -> None:
    """One scenario, as each refusal leaves everything as it was; never five in a quarter hour."""
    at = day(running_store.store, USER, OTHER)
    key, theirs = SoftKey(), SoftKey()
    at.add(at.session(USER), key)
    at.add(at.session(OTHER), theirs)
    before = kept_keys(running_store)
    good = at.signed(USER, key)
    in_session = at.session(USER)
    stale = at.signed(USER, key)
    at.at += CHALLENGE_US
    tries: tuple[Callable[[], KeyAnswer], ...] = (
        lambda: stale,
        lambda: at.signed(USER, key, Manner(origin="https://evil.example")),
        lambda: at.signed(USER, key, Manner(rp_id="evil.example")),
        lambda: at.signed(USER, key, Manner(is_verified=False)),
        lambda: at.signed(USER, key, Manner(is_present=False)),
        lambda: at.signed(USER, key, Manner(cross_origin=True)),
        lambda: at.signed(USER, key, Manner(challenge="A" * 43)),
        lambda: replace(at.signed(USER, key), client_data="e30"),
        lambda: at.signed(USER, key, Manner(handle="A" * 43)),
        lambda: at.signed(USER, theirs),
        lambda: at.signed(OTHER, key),
        lambda: at.signed("nobody.north", key),
        lambda: flipped(at.signed(USER, key)),
        lambda: key.sign(challenge_to_prove(at.store, KEYS, in_session, at_us=at.at)),
        lambda: key.sign(offer_key(at.store, KEYS, in_session, at_us=at.at)),
        lambda: SoftKey().sign(challenge_to_log_on(at.store, KEYS, user=USER, at_us=at.at)),
    )
    for number, attempt in enumerate(tries):
        at.later(4)
        if number % 6 == 5:  # a day later, so that ten wrong codes are not within one
            at.later(24 * 60)
        refused(at, USER, attempt())
    at.later(16)
    refused(at, USER, good)
    assert kept_keys(running_store) == before
    assert running_store.rows("MATCH (s:Session) WHERE s.how <> 'test' RETURN s.key") == []
    at.later(24 * 60)
    key.count += 100
    refused(at, USER, at.signed(USER, key), keys=None)
    refused(at, USER, at.signed(USER, key), keys=SecurityKeys(KeySettings()))
    fine = at.signed(USER, key)
    refused(at, USER, fine, password="not the password")
    refused(at, USER, fine)  # the wrong password used it up
    assert kept_keys(running_store) == before
    at.later(16)
    at.log_on(USER, at.signed(USER, key))
    assert running_store.rows("MATCH (c:KeyChallenge) WHERE c.purpose = 'log on' RETURN c") == []


def test_a_challenge_is_answered_once_even_by_two_at_the_same_time(
    running_store: RunningStore,
) -> None:
    at = day(running_store.store, USER)
    at.add(at.session(USER), key := SoftKey())
    signed = at.signed(USER, key)

    def attempt(_: int) -> bool:
        try:
            at.log_on(USER, signed)
        except LogOnError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]
    assert running_store.rows("MATCH (s:Session) WHERE s.how <> 'test' RETURN count(s)") == [(1,)]
    # A key that does not count is held by its challenge alone.
    still = SoftKey(step=0)
    mine = at.session(USER)
    at.add(mine, still)
    at.log_on(USER, again := at.signed(USER, still))
    refused(at, USER, again)
    at.log_on(USER, at.signed(USER, still))


def test_wrong_keys_lock_as_wrong_codes_do_and_a_locked_account_has_none(
    running_store: RunningStore,
) -> None:
    at = day(running_store.store, USER)
    mine = at.session(USER)
    at.add(mine, key := SoftKey())
    for number in range(5):
        at.later(0.1)
        if number % 2 == 0:
            refused(at, USER, flipped(at.signed(USER, key)))
        else:
            wrong = replace(at.prove(mine, key), key_answer=flipped(at.signed(USER, key)))
            with pytest.raises(RightsError):
                at.add(mine, SoftKey(), proof=wrong)
    refused(at, USER, at.signed(USER, key))
    at.later(99)
    refused(at, USER, at.signed(USER, key))
    assert outcomes(running_store, "account.locked") == ["5 failures within 15 minutes"]
    assert len(kept_keys(running_store)) == 1


def test_a_count_that_goes_back_is_refused_and_told_and_locks_nothing(
    running_store: RunningStore,
) -> None:
    at = day(running_store.store, USER)
    mine = at.session(USER)
    at.add(mine, key := SoftKey())
    copy = key.twin()
    for _ in range(3):
        at.log_on(USER, at.signed(USER, key))
    before = kept_keys(running_store)
    for _ in range(3):
        at.later(0.1)
        refused(at, USER, at.signed(USER, copy))
    assert kept_keys(running_store) == before
    copy.count -= 2
    at.later(0.1)
    with pytest.raises(RightsError):
        change_password(
            *(at.store, HASHING, mine),
            proof=at.prove(mine, copy),
            new=HASHING_NEW,
            needs_code=True,
            keys=KEYS,
            at_us=at.at,
        )
    # Whoever has no copy of the key cannot cry wolf: its signature is looked at first.
    at.later(0.1)
    refused(at, USER, flipped(at.signed(USER, copy)))
    told = running_store.rows(
        "MATCH (n:Notification {kind: 'account.key_cloned'}) RETURN n.recipients"
    )
    assert told == [([USER, "admin.north"],)] * 4
    assert len(outcomes(running_store, "account.key_cloned")) == 4
    assert outcomes(running_store, "account.locked") == []
    at.log_on(USER, at.signed(USER, key))
    at.log_on(USER, None, code=at.code(USER))


def test_before_log_on_everybody_is_asked_the_same(running_store: RunningStore) -> None:
    at = day(running_store.store, USER, OTHER)
    at.add(at.session(USER), key := SoftKey())
    asked = [
        challenge_to_log_on(at.store, KEYS, user=user, at_us=at.at)
        for user in (USER, OTHER, "nobody.north", "?", "\x00 no name", "x" * 200)
    ]
    assert len({str(answer.pop("challenge")) for answer in asked}) == 6
    assert all(answer == asked[0] for answer in asked)
    typed = str(running_store.rows("MATCH (c:KeyChallenge) RETURN properties(c)"))
    assert "nobody" not in typed
    refused(at, OTHER, at.signed(OTHER, key))
    refused(at, "nobody.north", at.signed("nobody.north", key))
    with pytest.raises(QuestionError):
        challenge_to_log_on(at.store, SecurityKeys(KeySettings()), user=USER)


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


def test_a_key_of_an_account_that_is_out_of_service_opens_nothing(
    running_store: RunningStore,
) -> None:
    at = day(running_store.store, USER)
    at.add(at.session(USER), key := SoftKey())
    before = kept_keys(running_store)
    admin = at.people["admin.north"]
    row = show_user(admin, at.store, key=USER, reads=ReadLog(at.store))
    change = UserChange(until_us=at.at + 1)
    change_user(admin, at.store, key=USER, change=change, expected=row.version or 0)
    at.later()
    with pytest.raises(LogOnError):
        at.log_on(USER, at.signed(USER, key))
    assert kept_keys(running_store) == before
