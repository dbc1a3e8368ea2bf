"""A person changes their own log-on: proved again, counted like log-on, and told of it."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from graph.clock import now_us
from graph.errors import LogOnError, RightsError, RowError
from graph.services.enrolment import Enrolment, enrol, invite, offer_second_factor
from graph.services.own_log_on import (
    change_password,
    offer_own_factor,
    replace_factor,
)
from graph.services.own_proof import Proof
from graph.services.sessions import MINUTE_US, LoggedOn, logged_on, make_session
from graph.store import Store
from tests.graph.services.logging_on import HASHING, PASSWORD, code_at, enrolled, tried
from tests.graph.services.people import staff
from tests.stores import RunningStore

NEW = "nine amber ladders in rain"
WRONG = "not the password at all"
USER = "lead.north"


def proof(code: str | None, password: str = PASSWORD) -> Proof:
    """Give what is shown again."""
    return Proof(password=SecretStr(password), code=code)


def changed(
    store: Store, session: LoggedOn, shown: Proof, *, at_us: int, new: str = NEW, code: bool = True
) -> int:
    """Change the password; errors as `change_password`."""
    return change_password(
        store, HASHING, session, proof=shown, new=SecretStr(new), needs_code=code, at_us=at_us
    )


def test_a_password_is_changed_by_its_owner_and_everybody_else_is_out(
    running_store: RunningStore,
) -> None:
    store, now = running_store.store, now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    secret = enrolled(store, admin, USER, at_us=now)
    at = now + MINUTE_US
    mine = tried(store, USER, at_us=at, code=code_at(secret, at))
    other = make_session(store, USER, how="test", at_us=at).text
    session = logged_on(store, mine, at_us=at)
    used = code_at(secret, at)
    at += MINUTE_US
    right = code_at(secret, at)
    for weak in ("short", "password1234", "lead.north2026", PASSWORD):
        with pytest.raises(RowError):
            changed(store, session, proof(right), at_us=at, new=weak)
    for shown in (proof(used), proof(None), proof(right, WRONG)):
        with pytest.raises(RightsError, match="Nothing was changed"):
            changed(store, session, shown, at_us=at)
    assert changed(store, session, proof(right), at_us=at) == 1
    logged_on(store, mine, at_us=at)
    with pytest.raises(LogOnError, match="password changed"):
        logged_on(store, other, at_us=at)
    with pytest.raises(RightsError):  # the code is used up, so that nothing is done twice
        changed(store, session, proof(right, NEW), at_us=at, new=PASSWORD)
    at += MINUTE_US
    with pytest.raises(LogOnError):
        tried(store, USER, at_us=at, code=code_at(secret, at))
    tried(store, USER, at_us=at, password=NEW, code=code_at(secret, at))
    told = running_store.rows(
        "MATCH (n:Notification) RETURN n.kind, n.agency, n.recipients, n.object"
    )
    assert told == [("account.password_changed", "north", [USER], USER)]
    leaves = running_store.rows(
        "MATCH (a:AuditEntry) WHERE a.action STARTS WITH 'account.' AND a.action <> $enrolled "
        "RETURN a.log, a.actor, a.object, a.outcome",
        enrolled="account.enrolled",
    )
    log = "agency:north"
    assert sorted(map(str, leaves)) == sorted(
        str((log, USER, USER, outcome))
        for outcome in (
            *("refused: wrong code", "refused: wrong code", "refused: wrong password"),
            *("refused: wrong code", "password changed"),
        )
    )
    kept = str(running_store.rows("MATCH (n) RETURN properties(n)"))
    assert not any(text in kept for text in (PASSWORD, NEW, WRONG))


def test_a_stolen_session_is_no_way_of_guessing(running_store: RunningStore) -> None:
    """Five wrong proofs lock as five wrong log-ons do, and the session is out as well."""
    store, now = running_store.store, now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    secret = enrolled(store, admin, USER, at_us=now)
    at = now + MINUTE_US
    token = make_session(store, USER, how="test", at_us=at).text
    session = logged_on(store, token, at_us=at)
    with pytest.raises(LogOnError):
        tried(store, USER, at_us=at, password=WRONG)
    for guess in range(4):
        with pytest.raises(RightsError):
            changed(store, session, proof(code_at(secret, at), WRONG), at_us=at + guess)
    with pytest.raises(LogOnError, match="account locked"):
        logged_on(store, token, at_us=at)
    at += 99 * MINUTE_US
    with pytest.raises(RightsError):
        changed(store, session, proof(code_at(secret, at)), at_us=at)
    with pytest.raises(LogOnError):
        tried(store, USER, at_us=at, code=code_at(secret, at))


def test_a_device_is_replaced_by_the_one_that_was_offered_to_this_session(
    running_store: RunningStore,
) -> None:
    store, now = running_store.store, now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    secret = enrolled(store, admin, USER, at_us=now)
    at = now + MINUTE_US
    session = logged_on(store, make_session(store, USER, how="test", at_us=at).text, at_us=at)
    other = make_session(store, USER, how="test", at_us=at).text
    foreign = offer_own_factor(store, logged_on(store, other, at_us=at)).secret

    def replaced(new_code: str, old: str | None = None) -> tuple[str, ...]:
        shown = proof(code_at(secret, at) if old is None else old)
        return replace_factor(
            store, HASHING, session, proof=shown, new_code=new_code, needs_code=True, at_us=at
        )

    with pytest.raises(RowError, match="not offered"):
        replaced(code_at(foreign, at))
    new = offer_own_factor(store, session).secret
    with pytest.raises(RowError, match="not offered"):
        replaced(code_at(foreign, at))
    with pytest.raises(RightsError):  # the new device alone proves nothing
        replaced(code_at(new, at), code_at(new, at))
    recovery = replaced(code_at(new, at))
    assert len(set(recovery)) == 10
    with pytest.raises(LogOnError, match="second factor changed"):
        logged_on(store, other, at_us=at)
    with pytest.raises(RowError, match="not offered"):
        replaced(code_at(new, at))
    at += MINUTE_US
    with pytest.raises(LogOnError):
        tried(store, USER, at_us=at, code=code_at(secret, at))
    tried(store, USER, at_us=at, code=code_at(new, at))
    # The device is lost: a recovery code is the proof, once.
    latest = offer_own_factor(store, session).secret
    replaced(code_at(latest, at), recovery[0])
    newest = offer_own_factor(store, session).secret
    with pytest.raises(RightsError):
        replaced(code_at(newest, at), recovery[1])
    assert running_store.rows(
        "MATCH (n:Notification {kind: 'account.factor_changed'}) RETURN count(n)"
    ) == [(2,)]


def test_an_enrolment_and_a_session_do_not_confirm_each_others_offers(store: Store) -> None:
    now = now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    enrolled(store, admin, USER, at_us=now)
    at = now + MINUTE_US
    session = logged_on(store, make_session(store, USER, how="test", at_us=at).text, at_us=at)
    code = invite(admin, store, key=USER, hours=1)
    theirs = offer_second_factor(store, user=USER, enrolment_code=code, at_us=at).secret
    with pytest.raises(RowError):
        replace_factor(
            store,
            HASHING,
            session,
            proof=proof(None),
            new_code=code_at(theirs, at),
            needs_code=False,
            at_us=at,
        )
    mine = offer_own_factor(store, session).secret
    wanted = Enrolment(
        user=USER, enrolment_code=code, password=SecretStr(NEW), code=code_at(mine, at)
    )
    with pytest.raises(LogOnError):
        enrol(store, HASHING, wanted, needs_code=True, at_us=at)


def test_who_has_no_password_here_is_told_where(store: Store) -> None:
    """Also: an operator, who gets no notices, is told by an alert that the others see."""
    now = now_us()
    people = staff(store, "north", at_us=now)
    session = logged_on(store, make_session(store, "ops", how="test", at_us=now).text, at_us=now)
    with pytest.raises(RowError, match="identity server"):
        changed(store, session, proof(None), at_us=now)
    with pytest.raises(RowError, match="identity server"):
        offer_own_factor(store, session)
    del people
