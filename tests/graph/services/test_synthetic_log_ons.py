"""Log-ons that a synthetic store gives away, and a real one never."""

from __future__ import annotations

import pytest

from graph.casework.deeds import Deed
from graph.casework.vocabulary import UserRole
from graph.clock import now_us
from graph.errors import LogOnError, WrongStoreError
from graph.opening import OpenStore
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO
from graph.services.api_keys import NewApiKey, mint_api_key
from graph.services.credentials import keep, locked_credential
from graph.services.sessions import MINUTE_US
from graph.services.synthetic_log_ons import MOST, synthetic_log_ons
from graph.services.user_rules import NewUser
from graph.services.users import UserChange, add_user, change_user
from graph.store import WriteUnit
from tests.graph.services.logging_on import HASHING, PASSWORD, code_at, enrolled, tried
from tests.graph.services.people import staff
from tests.linking import BASIS
from tests.stores import RunningStore


def opened(running: RunningStore) -> OpenStore:
    """Give the store with what it says of itself now."""
    store = running.store
    return OpenStore(store=store, info=store.read(STORE_INFO, NoParams())[0], basis=BASIS)


def test_everybody_in_service_gets_a_password_once(running_store: RunningStore) -> None:
    """Nobody who has one, no program, nobody whose service ended; `anew` no second factor's."""
    store, now = running_store.store, now_us()
    people = staff(store, "north", at_us=now)
    admin = people["admin.north"]
    secret = enrolled(store, admin, "lead.north", at_us=now)
    change_user(
        admin, store, key="audit.north", expected=1, change=UserChange(until_us=now, emergency=True)
    )
    scopes = frozenset({Deed.FIGURES_READ})
    mint_api_key(admin, store, new=NewApiKey(user="rms.north", scopes=scopes))
    found = opened(running_store)
    given = synthetic_log_ons(found, HASHING, actor="test")
    users = ["admin.north", "boss.north", "chief.north", "deputy.north", "ops"]
    assert [one.user for one in given] == users
    passwords = {one.user: one.password.get_secret_value() for one in given}
    assert len(set(passwords.values())) == len(users)
    at = now + MINUTE_US
    for user, password in passwords.items():
        tried(store, user, at_us=at, password=password, needs_code=False)
        with pytest.raises(LogOnError):
            tried(store, user, at_us=at, password=password, needs_code=True)
    assert not any(text in repr(given) for text in passwords.values())
    assert synthetic_log_ons(found, HASHING, actor="test") == ()

    def lock(unit: WriteUnit) -> None:
        row = locked_credential(unit, "boss.north")
        keep(unit, row.model_copy(update={"locked_us": now}))

    store.writing(lock, name="locking")
    anew = {
        one.user: one.password.get_secret_value()
        for one in synthetic_log_ons(found, HASHING, actor="test", anew=True)
    }
    assert sorted(anew) == users
    for user in users:
        tried(store, user, at_us=at, password=anew[user], needs_code=False)
        with pytest.raises(LogOnError):
            tried(store, user, at_us=at, password=passwords[user], needs_code=False)
    tried(store, "lead.north", at_us=at, password=PASSWORD, code=code_at(secret, at))
    leaves = running_store.rows(
        "MATCH (a:AuditEntry {outcome: 'password set for a synthetic store'}) "
        "RETURN a.actor, count(a)"
    )
    assert leaves == [("test", 2 * len(users))]
    kept = str(running_store.rows("MATCH (n) RETURN properties(n)"))
    assert not any(text in kept for text in (*passwords.values(), *anew.values()))


def test_a_real_store_gives_none_and_a_large_one_the_first_twenty(
    running_store: RunningStore,
) -> None:
    store, now = running_store.store, now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    for number in range(MOST):
        new = NewUser(
            key=f"a{number:02}.north", name="A", agency="north", roles=(UserRole.ANALYST,)
        )
        add_user(admin, store, new=new)
    first = synthetic_log_ons(opened(running_store), HASHING, actor="test")
    assert [one.user for one in first] == [f"a{number:02}.north" for number in range(MOST)]
    running_store.wipe(synthetic=False)
    staff(store, "north", at_us=now)
    with pytest.raises(WrongStoreError, match="Nothing was done"):
        synthetic_log_ons(opened(running_store), HASHING, actor="test", anew=True)
    assert running_store.rows("MATCH (c:Credential) RETURN count(c)") == [(0,)]
