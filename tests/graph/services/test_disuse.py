"""Accounts that nobody uses, on a clock of the test's own: warned, locked, let in again."""

from __future__ import annotations

import pytest

from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.errors import LogOnError
from graph.logon.disuse import DAY_US, UNUSED_US, WARNED_US
from graph.services.api_keys import NewApiKey, caller_with_key, mint_api_key
from graph.services.disuse import Disused, lock_unused
from graph.services.locked_accounts import release_user
from graph.services.sessions import MINUTE_US, logged_on, make_session
from graph.services.subjects import ProvedSubject, link_subject, log_on_by_subject, new_nonce
from graph.store import Store
from tests.graph.services.logging_on import code_at, enrolled, tried
from tests.graph.services.people import later, staff
from tests.stores import RunningStore

ISSUER = "https://id.example.org"


def looked(store: Store, at_us: int) -> tuple[int, int]:
    """Give how many accounts a look locks and warns."""
    found = lock_unused(store, at_us=at_us)
    assert lock_unused(store, at_us=at_us) == Disused(locked=0, warned=0), "once is enough"
    return found.locked, found.warned


def locked(running: RunningStore) -> list[object]:
    """Give who is locked."""
    rows = running.rows(
        "MATCH (c:Credential) WHERE c.locked_us IS NOT NULL "
        "RETURN c.key, c.locked_why ORDER BY c.key"
    )
    assert {why for _, why in rows} <= {"not used for 90 days"}
    return [key for key, _ in rows]


def test_ninety_days_without_use_lock_after_a_warning(running_store: RunningStore) -> None:
    """CJIS AC-2(3). Who used it meanwhile, by whatever way, is left alone."""
    store, now = running_store.store, now_us()
    people = staff(store, "north", at_us=now)
    admin = people["admin.north"]
    secrets = {
        user: enrolled(store, admin, user, at_us=now) for user in ("lead.north", "boss.north")
    }
    link_subject(admin, store, key="deputy.north", issuer=ISSUER, subject="d1")
    scopes = frozenset({Deed.FIGURES_READ})
    key = mint_api_key(admin, store, new=NewApiKey(user="rms.north", scopes=scopes)).text
    used = now + 30 * DAY_US
    session = tried(store, "boss.north", at_us=used, code=code_at(secrets["boss.north"], used))
    used += 10 * MINUTE_US
    logged_on(store, session, at_us=used)
    assert looked(store, now + WARNED_US - 1) == (0, 0)
    assert looked(store, now + WARNED_US + DAY_US) == (0, 2)
    told = running_store.rows(
        "MATCH (n:Notification {kind: 'account.unused'}) "
        "RETURN n.object, n.recipients ORDER BY n.object"
    )
    assert told == [(who, [who, "admin.north"]) for who in ("deputy.north", "lead.north")]
    at = now + UNUSED_US
    assert looked(store, at - 1) == (0, 0)
    # Used on the last day: the next ninety begin.
    tried(store, "lead.north", at_us=at - 1, code=code_at(secrets["lead.north"], at - 1))
    assert looked(store, at) == (1, 0)
    assert locked(running_store) == ["deputy.north"]
    nonce = new_nonce(store, at_us=at)
    proved = ProvedSubject(issuer=ISSUER, subject="d1", nonce=nonce)
    with pytest.raises(LogOnError):
        log_on_by_subject(store, proved, banner=None, at_us=at)
    assert looked(store, used + UNUSED_US - 1) == (0, 1)
    assert looked(store, used + UNUSED_US - 1 + 6 * DAY_US) == (1, 0)
    assert locked(running_store) == ["boss.north", "deputy.north"]
    at = used + UNUSED_US + 6 * DAY_US
    with pytest.raises(LogOnError):
        tried(store, "boss.north", at_us=at, code=code_at(secrets["boss.north"], at))
    with pytest.raises(LogOnError):  # a key ends after 90 days whether it was used or not
        caller_with_key(store, key, address=None, at_us=at)
    release_user(later(admin, at - now), store, key="boss.north", why="Back from leave.")
    assert looked(store, at + DAY_US) == (0, 0)
    tried(store, "boss.north", at_us=at, code=code_at(secrets["boss.north"], at))


def test_what_nothing_opens_and_what_ended_is_not_looked_at(running_store: RunningStore) -> None:
    """Also: a worker that stood still for a year warns first, and locks within the week."""
    store, now = running_store.store, now_us()
    people = staff(store, "north", at_us=now)
    enrolled(store, people["admin.north"], "lead.north", at_us=now)
    make_session(store, "deputy.north", how="test", at_us=now)
    late = now + 200 * DAY_US
    assert looked(store, late) == (0, 1)
    assert looked(store, late + 5 * DAY_US) == (0, 0)
    assert looked(store, late + 7 * DAY_US) == (1, 0)
    assert locked(running_store) == ["lead.north"]
    leaves = running_store.rows(
        "MATCH (a:AuditEntry) WHERE a.action IN ['account.unused', 'account.locked'] "
        "RETURN a.log, a.action, a.object, a.outcome ORDER BY a.action"
    )
    assert leaves == [
        ("agency:north", "account.locked", "lead.north", "not used for 90 days"),
        ("agency:north", "account.unused", "lead.north", "warned"),
    ]
