"""Security keys at log-on, and everything that they are refused for: nothing is changed by it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pydantic import SecretStr

from graph.errors import LogOnError, QuestionError, RightsError
from graph.logon.key_answers import KeyAnswer
from graph.logon.key_settings import KeySettings
from graph.logon.security_keys import SecurityKeys
from graph.services.audit_reads import ReadLog
from graph.services.key_challenges import CHALLENGE_US
from graph.services.log_on import challenge_to_log_on
from graph.services.own_keys import (
    challenge_to_prove,
    offer_key,
)
from graph.services.own_log_on import change_password
from graph.services.users import UserChange, change_user, show_user
from tests.authenticator import Manner, SoftKey, flipped
from tests.graph.services.keyed import KEYS, day, kept_keys, outcomes, refused
from tests.graph.services.logging_on import HASHING
from tests.stores import RunningStore

NEW = SecretStr("nine amber ladders in rain")
USER, OTHER = "lead.north", "deputy.north"


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
            new=NEW,
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
