"""What administrators do about log-ons, for the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.logon.tokens import digest_of
from graph.queries.security_keys import SecurityKeyRow
from graph.services.api_keys import NewApiKey, end_api_key, list_api_keys, mint_api_key
from graph.services.credentials import keep, locked_credential
from graph.services.enrolment import invite
from graph.services.locked_accounts import end_user_sessions, list_locked, release_user
from graph.services.subjects import link_subject
from graph.services.user_keys import end_user_key, list_user_keys
from graph.store import Store, WriteUnit
from tests.graph.services.rights_trying import Operation

LOCKED = ("chief.north", "lead.south", "admin.south", "second.ops")

ACCOUNTS: Mapping[str, Operation] = {
    "enrolment.invite": lambda at: invite(at.caller, at.store, key=at.key, hours=1),
    "locked_accounts.release_user": lambda at: release_user(
        at.caller, at.store, key=at.key, why="Called back."
    ),
    "locked_accounts.end_user_sessions": lambda at: end_user_sessions(
        at.caller, at.store, key=at.key
    ),
    "locked_accounts.list_locked": lambda at: list_locked(at.caller, at.store, reads=at.reads),
    "user_keys.list_user_keys": lambda at: list_user_keys(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
    "user_keys.end_user_key": lambda at: end_user_key(
        at.caller, at.store, key=at.key, ref=key_ref(at.key)
    ),
    "subjects.link_subject": lambda at: link_subject(
        at.caller, at.store, key=at.key, issuer="https://id.example.org", subject="f3a1c2"
    ),
    "api_keys.mint_api_key": lambda at: mint_api_key(at.caller, at.store, new=_new("new.program")),
    "api_keys.list_api_keys": lambda at: list_api_keys(at.caller, at.store, reads=at.reads),
    "api_keys.end_api_key": lambda at: end_api_key(at.caller, at.store, ref=at.key),
}


def account_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Lock some accounts, give everybody a security key, make an API key for each agency, and give
    what names the keys.
    """

    def lock(unit: WriteUnit) -> None:
        for user in LOCKED:
            row = locked_credential(unit, user)
            keep(unit, row.model_copy(update={"locked_us": people["ops"].as_of_us}))

        unit.insert_nodes(
            "SecurityKey", [_security_key(user).model_dump() for user in {*people, *LOCKED}]
        )

    store.writing(lock, name="locking")
    return {
        name: mint_api_key(people[f"admin.{agency}"], store, new=_new(f"rms.{agency}")).ref
        for name, agency in (("own key", "north"), ("another agency's key", "south"))
    }


def key_ref(user: str) -> str:
    """Give what names the security key of a user."""
    return digest_of(user)[:32]


def _security_key(user: str) -> SecurityKeyRow:
    return SecurityKeyRow(
        key=digest_of(f"credential of {user}"),
        ref=key_ref(user),
        user=user,
        name="blue",
        credential="AAAA",
        public_key="AAAA",
        handle="AAAA",
        sign_count=0,
        transports=None,
        made_us=1,
        used_us=None,
    )


def _new(user: str) -> NewApiKey:
    return NewApiKey(user=user, scopes=frozenset({Deed.TIP_READ}))
