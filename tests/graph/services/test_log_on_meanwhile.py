"""Log-on while somebody else changes what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from pydantic import SecretStr

from graph.clock import now_us
from graph.errors import LogOnError
from graph.logon.passwords import Hashing
from graph.services.enrolment import Enrolment, enrol, invite
from graph.services.log_on import REFUSAL, Attempt, log_on
from graph.store import Store
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
