"""Parts of tests of log-on: cheap passwords, somebody enrolled, codes of a second factor."""

from __future__ import annotations

from typing import Final

import pyotp
from pydantic import SecretStr

from graph.casework.caller import Caller
from graph.logon.codes import STEP_S
from graph.logon.passwords import Hashing
from graph.logon.settings import LogOnSettings
from graph.services.enrolment import (
    Enrolment,
    enrol,
    invite,
    invite_by_machine,
    offer_second_factor,
)
from graph.services.log_on import Attempt, log_on
from graph.store import Store

CHEAP: Final = LogOnSettings(argon2_memory_kib=8, argon2_passes=1, argon2_lanes=1)
HASHING: Final = Hashing(CHEAP)
PASSWORD: Final = "violet kettle under 9 moons"
"""Of everybody in tests."""


def enrolled(store: Store, admin: Caller, user: str, *, at_us: int) -> str:
    """Enrol a user with the password of all and give the secret of the second factor."""
    return _enrolled(store, user, invite(admin, store, key=user, hours=24), at_us=at_us)


def enrolled_by_machine(store: Store, user: str, *, at_us: int) -> str:
    """Enrol whom nobody above them can invite, such as the first operator; as `enrolled`."""
    code = invite_by_machine(store, key=user, actor="machine", why="test", hours=1)
    return _enrolled(store, user, code, at_us=at_us)


def _enrolled(store: Store, user: str, code: str, *, at_us: int) -> str:
    offer = offer_second_factor(store, user=user, enrolment_code=code, at_us=at_us)
    enrolment = Enrolment(
        user=user,
        enrolment_code=code,
        password=SecretStr(PASSWORD),
        code=code_at(offer.secret, at_us),
    )
    enrol(store, HASHING, enrolment, needs_code=True, at_us=at_us)
    return offer.secret


def code_at(secret: str, at_us: int) -> str:
    """Give the code of a second factor at a time."""
    return pyotp.TOTP(secret, interval=STEP_S).at(at_us // 1_000_000)


def tried(
    store: Store,
    user: str,
    *,
    at_us: int | None,
    password: str = PASSWORD,
    code: str | None = None,
    needs_code: bool = True,
) -> str:
    """Log on and give the session's token; errors as `log_on`."""
    attempt = Attempt(user=user, password=SecretStr(password), code=code)
    return log_on(store, HASHING, attempt, needs_code=needs_code, at_us=at_us).text
