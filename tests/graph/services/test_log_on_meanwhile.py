"""Log-on beside what ends it or goes around it, and what its time tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from pydantic import SecretStr

from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.errors import LogOnError, RowError
from graph.logon.passwords import Hashing
from graph.queries.logon import SESSIONS_OF
from graph.services import sessions
from graph.services.api_keys import NewApiKey, mint_api_key
from graph.services.enrolment import Enrolment, enrol, invite, offer_second_factor
from graph.services.locked_accounts import end_user_sessions
from graph.services.log_on import REFUSAL, Attempt, log_on
from graph.services.sessions import logged_on, make_session
from graph.services.subjects import link_subject
from graph.store import Store
from graph.units import ReadUnit
from tests.graph.services.logging_on import CHEAP, HASHING, PASSWORD, tried
from tests.graph.services.people import staff


class Interrupted(Hashing):
    """Something happens while a password is being checked."""

    meanwhile: Callable[[], object]

    def is_right(self, password: SecretStr, kept: str | None) -> bool:
        """Look, and let it happen before that is settled."""
        found = super().is_right(password, kept)
        self.meanwhile()
        return found


def test_a_password_that_was_replaced_while_it_was_looked_at_opens_nothing(store: Store) -> None:
    """It neither opens nor comes back at another cost."""
    now = now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]

    def enrols(password: str) -> None:
        code = invite(admin, store, key="lead.north", hours=24)
        wanted = Enrolment(user="lead.north", enrolment_code=code, password=SecretStr(password))
        enrol(store, HASHING, wanted, needs_code=False, at_us=now)

    enrols(PASSWORD)
    fresh = f"{PASSWORD} and more"
    slow = Interrupted(CHEAP.model_copy(update={"argon2_memory_kib": 16}))
    slow.meanwhile = lambda: enrols(fresh)
    attempt = Attempt(user="lead.north", password=SecretStr(PASSWORD), code="AAAA-BBBB")
    with pytest.raises(LogOnError, match=re.escape(REFUSAL)):
        log_on(store, slow, attempt, needs_code=False, at_us=now)
    tried(store, "lead.north", at_us=now, password=fresh, needs_code=False)
    with pytest.raises(LogOnError, match=re.escape(REFUSAL)):
        tried(store, "lead.north", at_us=now, password=PASSWORD, needs_code=False)
    for said in (
        repr(attempt),
        repr(Enrolment(user="x", enrolment_code="AAAA-BBBB", password=SecretStr(""))),
    ):
        assert "AAAA" not in said


def test_all_sessions_end_however_many_there_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(SESSIONS_OF, text=SESSIONS_OF.text.replace("LIMIT 1000", "LIMIT 2"), max_rows=2)
    monkeypatch.setattr(sessions, "SESSIONS_OF", few)
    now = now_us()
    admin = staff(store, "north", at_us=now)["admin.north"]
    tokens = [make_session(store, "lead.north", how="test", at_us=now).text for _ in range(5)]
    assert end_user_sessions(admin, store, key="lead.north") == 5
    for token in tokens:
        with pytest.raises(LogOnError, match="ended by another"):
            logged_on(store, token, at_us=now)


def test_a_program_is_no_subject_of_an_identity_server(store: Store) -> None:
    """It would log on with all that its account may do, past the scopes of its keys."""
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    new = NewApiKey(user="rms.north", scopes=frozenset({Deed.FIGURES_READ}))
    mint_api_key(admin, store, new=new)
    with pytest.raises(RowError, match="a program's account"):
        link_subject(admin, store, key="rms.north", issuer="https://id.example.com", subject="1")
    link_subject(admin, store, key="lead.north", issuer="https://id.example.com", subject="1")


def test_enrolment_asks_the_store_as_often_for_a_name_that_nobody_has(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the time does not tell who is here, as for log-on."""
    staff(store, "north", at_us=now_us())
    asked: list[str] = []
    in_time = ReadUnit._require_time

    def counted(unit: ReadUnit) -> None:
        asked.append(unit._name)
        in_time(unit)

    monkeypatch.setattr(ReadUnit, "_require_time", counted)
    totals = []
    for name in ("lead.north", "no.body"):
        asked.clear()
        with pytest.raises(LogOnError):
            offer_second_factor(store, user=name, enrolment_code="AAAA-BBBB")
        totals.append(len(asked))
    assert totals[0] == totals[1] > 3
