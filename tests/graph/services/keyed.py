"""Parts of tests of security keys: a day with somebody enrolled, logged on, and a key of theirs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import LogOnError
from graph.logon.key_answers import KeyAnswer
from graph.logon.security_keys import SecurityKeys
from graph.services.log_on import REFUSAL, Attempt, challenge_to_log_on, log_on
from graph.services.own_keys import Added, add_key, challenge_to_prove, offer_key
from graph.services.own_proof import Proof
from graph.services.sessions import MINUTE_US, LoggedOn, logged_on, make_session
from graph.store import Store
from tests.authenticator import SITE, USUAL, Manner, SoftKey
from tests.graph.services.logging_on import HASHING, PASSWORD, code_at, enrolled
from tests.graph.services.people import staff
from tests.stores import RunningStore

KEYS = SecurityKeys(SITE)


@dataclass(slots=True, kw_only=True)
class Day:
    """A store with people, and a time that goes on."""

    store: Store
    people: dict[str, Caller]
    at: int
    secrets: dict[str, str]

    def later(self, minutes: float = 1) -> int:
        """Go on, and give the time."""
        self.at += int(minutes * MINUTE_US)
        return self.at

    def code(self, user: str) -> str:
        """Give a code that was not used, a minute later."""
        return code_at(self.secrets[user], self.later())

    def session(self, user: str) -> LoggedOn:
        """Give a new session of somebody."""
        token = make_session(self.store, user, how="test", at_us=self.at).text
        return logged_on(self.store, token, at_us=self.at)

    def proof(self, user: str) -> Proof:
        """Give a proof by code."""
        return Proof(password=SecretStr(PASSWORD), code=self.code(user))

    def add(
        self,
        session: LoggedOn,
        key: SoftKey,
        *,
        proof: Proof | None = None,
        manner: Manner = USUAL,
        name: str = "blue",
    ) -> Added:
        """Add a key; errors as `add_key`."""
        made = key.make(offer_key(self.store, KEYS, session, at_us=self.at), manner)
        return add_key(
            self.store,
            HASHING,
            KEYS,
            session,
            proof=self.proof(session.caller.user) if proof is None else proof,
            name=name,
            attestation=made,
            needs_code=True,
            at_us=self.at,
        )

    def prove(self, session: LoggedOn, key: SoftKey) -> Proof:
        """Give a proof by key."""
        asked = challenge_to_prove(self.store, KEYS, session, at_us=self.at)
        return Proof(password=SecretStr(PASSWORD), key_answer=key.sign(asked))

    def signed(self, user: str, key: SoftKey, manner: Manner = USUAL) -> KeyAnswer:
        """Give an answer to a challenge of log-on."""
        return key.sign(challenge_to_log_on(self.store, KEYS, user=user, at_us=self.at), manner)

    def log_on(
        self,
        user: str,
        key_answer: KeyAnswer | None,
        *,
        password: str = PASSWORD,
        code: str | None = None,
        keys: SecurityKeys | None = KEYS,
    ) -> str:
        """Log on and give the token; errors as `log_on`."""
        attempt = Attempt(user=user, password=SecretStr(password), code=code, key_answer=key_answer)
        return log_on(self.store, HASHING, attempt, needs_code=True, keys=keys, at_us=self.at).text


def day(store: Store, *users: str) -> Day:
    """Give a day with users enrolled by the administrator of north."""
    now = now_us()
    people = staff(store, "north", at_us=now)
    admin = people["admin.north"]
    secrets = {user: enrolled(store, admin, user, at_us=now) for user in users}
    return Day(store=store, people=people, at=now, secrets=secrets)


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
