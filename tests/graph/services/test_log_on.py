"""Log-on over a real store: guesses, locks, releases, and the traps that others fell into."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, tzinfo

import pytest
from pydantic import SecretStr

import graph.clock
from graph.clock import now_us
from graph.errors import LogOnError, NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.enrolment import Enrolment, enrol, invite, offer_second_factor
from graph.services.locked_accounts import end_user_sessions, list_locked, release_user
from graph.services.log_on import REFUSAL
from graph.services.sessions import IDLE_US, LONGEST_US, MINUTE_US, logged_on
from graph.services.users import UserChange, change_user
from graph.store import Store
from tests.graph.services.logging_on import HASHING, PASSWORD, code_at, enrolled, tried
from tests.graph.services.people import staff
from tests.stores import RunningStore

WRONG = "not the password at all"


def refused(store: Store, user: str, *, at_us: int | None, **more: str | None) -> None:
    """Come back when log-on is refused, in the one sentence for all reasons."""
    with pytest.raises(LogOnError) as raised:
        tried(store, user, at_us=at_us, **more)  # type: ignore[arg-type]
    assert str(raised.value) == REFUSAL


def clock_off_by(minutes: int) -> type[datetime]:
    """Give a host's clock that is wrong."""

    class Off(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Off:
            shifted = datetime.now(tz) + timedelta(minutes=minutes)
            return cls.fromtimestamp(shifted.timestamp(), tz)

    return Off


def leaves_of(found: RunningStore, *actions: str) -> list[tuple[object, ...]]:
    """Give log, actor, object and outcome of the leaves of some actions, as a set in order."""
    return sorted(
        found.rows(
            "MATCH (a:AuditEntry) WHERE a.action IN $actions "
            "RETURN a.log, a.actor, coalesce(a.object, '-'), a.outcome",
            actions=list(actions),
        )
    )


def test_five_failures_lock_until_a_person_releases(running_store: RunningStore) -> None:
    """CJIS AC-7: no clock releases. Unknown, wrong and locked are answered alike."""
    store, now = running_store.store, now_us()
    people = staff(store, "north", "south", at_us=now)
    admin, reads = people["admin.north"], ReadLog(store)
    secret = enrolled(store, admin, "lead.north", at_us=now)
    at = now + MINUTE_US
    refused(store, "no.body", at_us=at)
    refused(store, "SSN 000-00-0000; drop", at_us=at)
    refused(store, "boss.north", at_us=at)  # never enrolled
    for guess in range(4):
        refused(store, "lead.north", at_us=at + guess, password=WRONG)
    token = tried(store, "lead.north", at_us=at, code=code_at(secret, at))
    assert logged_on(store, token, at_us=at).caller.user == "lead.north"
    for guess in range(5):
        refused(store, "lead.north", at_us=at + guess, password=WRONG)
    for later in (1, 16, 60 * 24 * 30):
        then = at + later * MINUTE_US
        refused(store, "lead.north", at_us=then, code=code_at(secret, then))
    assert [row.key for row in list_locked(admin, store, reads=reads)] == ["lead.north"]
    for nobody in ("lead.north", "boss.north", "audit.north"):
        with pytest.raises(RightsError):
            release_user(people[nobody], store, key="lead.north", why="x")
    with pytest.raises(NotFoundError):
        release_user(people["admin.south"], store, key="lead.north", why="x")
    notices = running_store.rows(
        "MATCH (n:Notification {kind: 'account.locked'}) RETURN n.agency, n.recipients, n.object"
    )
    told = ["admin.north", "boss.north", "chief.north", "*supervisors"]
    assert notices == [("north", told, "lead.north")]
    release_user(people["ops"], store, key="lead.north", why="Called back.")
    then = at + 61 * MINUTE_US
    tried(store, "lead.north", at_us=then, code=code_at(secret, then))
    locks = leaves_of(running_store, "account.locked", "user.release")
    assert ("agency:north", "lockout", "lead.north", "5 failures within 15 minutes") in locks
    assert ("operator", "ops", "lead.north", "released: Called back.") in locks
    assert ("agency:north", "ops", "lead.north", "released: Called back.") in locks
    everything = str(running_store.rows("MATCH (a:AuditEntry) RETURN a.object, a.actor, a.outcome"))
    for typed in (WRONG, PASSWORD, secret, "no.body", "000-00", token):
        assert typed not in everything
    assert ("operator", "nobody", "-", "refused: nobody known") in leaves_of(
        running_store, "session.refused"
    )


def test_misp_cve_2020_8891_spellings_of_a_name_are_counted_together(store: Store) -> None:
    now = now_us()
    people = staff(store, "north", at_us=now)
    secret = enrolled(store, people["admin.north"], "lead.north", at_us=now)
    at = now + MINUTE_US
    for name in ("LEAD.north", " lead.north\t", "Lead.North", "ｌｅａｄ.north", "lead.NORTH"):
        refused(store, name, at_us=at, password=WRONG)
    refused(store, "lead.north", at_us=at, code=code_at(secret, at))


def test_misp_cve_2020_8890_only_the_stores_clock_counts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hosts whose clocks are ten minutes apart, and days, get five guesses together."""
    now = now_us()
    people = staff(store, "north", at_us=now)
    secret = enrolled(store, people["admin.north"], "lead.north", at_us=now)
    for minutes in (0, 10, -10, 60 * 24, -60 * 24):
        monkeypatch.setattr(graph.clock, "datetime", clock_off_by(minutes))
        refused(store, "lead.north", at_us=None, password=WRONG)
    assert abs(now_us() - now) > 23 * 60 * MINUTE_US
    for minutes in (0, 60 * 24 * 9):
        monkeypatch.setattr(graph.clock, "datetime", clock_off_by(minutes))
        refused(store, "lead.north", at_us=None, code=code_at(secret, now + MINUTE_US))


def test_a_sixth_guess_is_not_looked_at_however_many_come_at_once(store: Store) -> None:
    now = now_us()
    people = staff(store, "north", at_us=now)
    secret = enrolled(store, people["admin.north"], "lead.north", at_us=now)
    at = now + MINUTE_US

    def guess(number: int) -> str:
        right = number == 19
        try:
            password = PASSWORD if right else WRONG
            code = code_at(secret, at) if right else None
            return tried(store, "lead.north", at_us=at, password=password, code=code)
        except LogOnError:
            return ""

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(guess, range(20))) == [""] * 20
    refused(store, "lead.north", at_us=at + 99 * MINUTE_US)


def test_a_code_is_taken_once_and_has_a_limit_of_its_own(running_store: RunningStore) -> None:
    """OpenCTI CVE-2024-45404: the second factor could be guessed for ever."""
    store, now = running_store.store, now_us()
    people = staff(store, "north", at_us=now)
    admin = people["admin.north"]
    secret = enrolled(store, admin, "lead.north", at_us=now)
    refused(store, "lead.north", at_us=now, code=code_at(secret, now))  # used by enrolment
    at = now + MINUTE_US
    code = code_at(secret, at)
    refused(store, "lead.north", at_us=at, code=code_at(secret, at - 5 * MINUTE_US))
    tried(store, "lead.north", at_us=at, code=f" {code[:3]} {code[3:]} ")
    refused(store, "lead.north", at_us=at + 1, code=code)
    refused(store, "lead.north", at_us=at + 2)
    older = code_at(secret, at - 30_000_000)
    refused(store, "lead.north", at_us=at + 3, code=older)
    at += 20 * MINUTE_US
    tried(store, "lead.north", at_us=at, code=code_at(secret, at))
    for guess in range(10):  # never five within 15 minutes
        refused(store, "lead.north", at_us=at + (1 + guess * 5) * MINUTE_US, code="000000")
    rules = leaves_of(running_store, "account.locked")
    assert [row[3] for row in rules] == ["10 wrong codes within a day"]
    release_user(admin, store, key="lead.north", why="Met in person.")
    at += 60 * MINUTE_US
    tried(store, "lead.north", at_us=at, code=code_at(secret, at))


def test_enrolment_sets_password_and_factor_once(running_store: RunningStore) -> None:
    """Also: no weak password is taken, and the code of an administrator holds once."""
    store, now = running_store.store, now_us()
    people = staff(store, "north", at_us=now)
    admin = people["admin.north"]
    with pytest.raises(RightsError):
        invite(admin, store, key="admin.north", hours=24)
    code = invite(admin, store, key="lead.north", hours=24)

    def enrolling(password: str, factor: str | None, with_code: str = code) -> tuple[str, ...]:
        wanted = Enrolment(
            user="lead.north",
            enrolment_code=with_code,
            password=SecretStr(password),
            code=factor,
        )
        return enrol(store, HASHING, wanted, needs_code=True, at_us=now)

    with pytest.raises(LogOnError):
        offer_second_factor(store, user="lead.north", enrolment_code=f"{code}A", at_us=now)
    with pytest.raises(LogOnError):
        offer_second_factor(store, user="boss.north", enrolment_code=code, at_us=now)
    with pytest.raises(LogOnError):
        offer_second_factor(
            store, user="lead.north", enrolment_code=code, at_us=now + 25 * 60 * MINUTE_US
        )
    secret = offer_second_factor(
        store, user="LEAD.north", enrolment_code=code.lower(), at_us=now
    ).secret
    for weak in ("short", "password1234", "lead.north2026", "x" * 257, "Crosstip-2026"):
        with pytest.raises(RowError):
            enrolling(weak, code_at(secret, now))
    with pytest.raises(RowError):
        enrolling(PASSWORD, None)
    with pytest.raises(LogOnError):
        enrolling(PASSWORD, "000000")
    assert len(set(enrolling(PASSWORD, code_at(secret, now)))) == 10
    with pytest.raises(LogOnError):
        enrolling(PASSWORD, code_at(secret, now))
    kept = str(running_store.rows("MATCH (c:Credential) RETURN c.password, c.enrolment"))
    assert PASSWORD not in kept
    assert code not in kept
    assert "$argon2id$v=19$m=8,t=1,p=1$" in kept


def test_recovery_codes_hold_once_and_enrolling_anew_ends_what_was(
    running_store: RunningStore,
) -> None:
    store, now = running_store.store, now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    code = invite(admin, store, key="lead.north", hours=24)
    secret = offer_second_factor(store, user="lead.north", enrolment_code=code, at_us=now).secret
    wanted = Enrolment(
        user="lead.north",
        enrolment_code=code,
        password=SecretStr(PASSWORD),
        code=code_at(secret, now),
    )
    recovery = enrol(store, HASHING, wanted, needs_code=True, at_us=now)
    at = now + MINUTE_US
    token = tried(store, "lead.north", at_us=at, code=recovery[3].lower())
    refused(store, "lead.north", at_us=at, code=recovery[3])
    again = enrolled(store, admin, "lead.north", at_us=at)
    with pytest.raises(LogOnError, match="enrolled anew"):
        logged_on(store, token, at_us=at)
    at += MINUTE_US
    refused(store, "lead.north", at_us=at, code=recovery[4])
    tried(store, "lead.north", at_us=at, code=code_at(again, at))
    kept = str(running_store.rows("MATCH (c:Credential) RETURN c.recovery"))
    assert recovery[0] not in kept
    assert recovery[0].replace("-", "") not in kept


def test_a_session_ends_idle_after_a_day_of_work_and_with_its_account(store: Store) -> None:
    """CJIS AC-11 and IA-5 j; disabling takes effect at the next request."""
    now = now_us()
    people = staff(store, "north", at_us=now)
    admin = people["admin.north"]
    secret = enrolled(store, admin, "lead.north", at_us=now)
    start = now + MINUTE_US
    token = tried(store, "lead.north", at_us=start, code=code_at(secret, start))
    at = start
    while at < start + LONGEST_US - IDLE_US:
        at += IDLE_US - 2 * MINUTE_US
        logged_on(store, token, at_us=at)
    with pytest.raises(LogOnError, match="12 hours"):
        logged_on(store, token, at_us=start + LONGEST_US)
    idle = tried(store, "lead.north", at_us=at, code=code_at(secret, at))
    logged_on(store, idle, at_us=at + IDLE_US - 1)
    with pytest.raises(LogOnError, match="30 minutes without use"):
        logged_on(store, idle, at_us=at + 2 * IDLE_US)
    at += MINUTE_US
    one = tried(store, "lead.north", at_us=at, code=code_at(secret, at))
    assert end_user_sessions(admin, store, key="lead.north") >= 1
    with pytest.raises(LogOnError, match="ended by another"):
        logged_on(store, one, at_us=at)
    at += MINUTE_US
    last = tried(store, "lead.north", at_us=at, code=code_at(secret, at))
    change_user(admin, store, key="lead.north", expected=1, change=UserChange(until_us=at))
    with pytest.raises(LogOnError, match="out of service"):
        logged_on(store, last, at_us=at)
    at += MINUTE_US
    with pytest.raises(LogOnError, match="out of service"):
        tried(store, "lead.north", at_us=at, code=code_at(secret, at))
    refused(store, "lead.north", at_us=at, password=WRONG)
