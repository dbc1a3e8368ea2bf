"""API keys of an agency: made, listed, withdrawn, and resolved to who asks with one.

A key acts as an account of its own, so that the log names the program and not a person. It never
supervises, manages or audits, whoever makes it (CVE-2019-12794, CVE-2026-44380: administrators of
MISP organisations made and reset keys above their own rank), and does at most the deeds that are
named when it is made.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import user_key
from graph.casework.rights import agency_of, require, roles_for
from graph.casework.vocabulary import UserRole
from graph.clock import now_us
from graph.errors import LogOnError, NotFoundError, RightsError, RowError
from graph.logon.tokens import Fresh, api_key, digest_of, is_api_key
from graph.queries.api_keys import (
    API_KEY,
    API_KEY_BY_REF,
    API_KEYS_OF,
    LOCK_API_KEY,
    USE_API_KEY,
    ApiKeyParams,
    ApiKeyRefParams,
    ApiKeyRow,
    ApiKeysOfParams,
    TimedApiKeyRow,
    UsedParams,
)
from graph.queries.core import NoParams
from graph.queries.people import LOCK_PEOPLE, UserRow
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_in
from graph.services.credentials import keep, locked_credential
from graph.services.sessions import MINUTE_US
from graph.services.user_rules import NewUser, account, insert_user, new_row, users_there
from graph.store import ReadUnit, Store, WriteUnit

LONGEST_DAYS = 90
_DAY_US = 24 * 60 * MINUTE_US
_MOST_NETWORKS = 100
_WORKS = frozenset({UserRole.ANALYST, UserRole.INVESTIGATOR, UserRole.PROSECUTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKey:
    """A key as an administrator wants it."""

    user: str
    """The program's account; made with the first key."""
    scopes: frozenset[Deed]
    roles: frozenset[UserRole] | None = None
    """Of the account where it is made, an analyst's when not given; else what it has."""
    networks: tuple[str, ...] = ()
    days: int = LONGEST_DAYS


def mint_api_key(caller: Caller, store: Store, *, new: NewApiKey) -> Fresh:
    """Give a new key, which is shown once.

    Raises:
        RightsError: the caller does not manage this agency's accounts, or the key would be above
            those that work on investigations.
        RowError: a scope is beyond the account's roles, a network or the days are not as they must
            be, or the account is a person's.
    """
    user = user_key(new.user)
    row = None if caller.agency is None else _new_program(caller, user, new.roles)
    networks = _networks(new.networks)
    if not 1 <= new.days <= LONGEST_DAYS:
        raise RowError(f"An API key holds for 1 to {LONGEST_DAYS} days.")
    fresh = api_key()
    about = About(object=user)

    def work(unit: WriteUnit) -> Fresh:
        unit.run(LOCK_PEOPLE, NoParams())
        found = _program(unit, caller, user, row, new.roles)
        _check_scopes(new.scopes, found)
        made: dict[str, str | int | bool | bytes | list[str] | None] = {
            "key": fresh.digest,
            "ref": fresh.ref,
            "user": found.key,
            "agency": found.agency,
            "scopes": sorted(deed.value for deed in new.scopes),
            "networks": networks,
            "made_us": caller.as_of_us,
            "made_by": caller.user,
            "ends_us": caller.as_of_us + new.days * _DAY_US,
        }
        unit.insert_nodes("ApiKey", [made])
        said = f"made {fresh.ref} for {new.days} days"
        note(unit, caller, [leaf(caller, Deed.API_KEY_MINT, about, outcome=said)])
        return fresh

    return act(caller, store, deed=Deed.API_KEY_MINT, about=about, work=work)


def list_api_keys(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[ApiKeyRow, ...]:
    """Give the keys of the caller's agency, the last one made first; those that ended too.

    Raises:
        RightsError: the caller does not manage, supervise or audit the agency.
    """
    params = ApiKeysOfParams(agency=agency_of(caller))

    def work(unit: ReadUnit) -> Seen[tuple[ApiKeyRow, ...]]:
        return Seen(answer=tuple(unit.read(API_KEYS_OF, params)), outcome="listed")

    return look(caller, store, deed=Deed.API_KEY_READ, about=About(), reads=reads, work=work)


def end_api_key(caller: Caller, store: Store, *, ref: str) -> ApiKeyRow:
    """Withdraw a key; it opens nothing from now on.

    Raises:
        RightsError: the caller does not manage this agency's accounts.
        NotFoundError: the agency has no such key.
        RowError: it was withdrawn before.
    """
    about = About(object=named(ref) or "an API key")

    def work(unit: WriteUnit) -> ApiKeyRow:
        unit.run(LOCK_API_KEY, ApiKeyRefParams(ref=ref))
        rows = unit.read(API_KEY_BY_REF, ApiKeyRefParams(ref=ref))
        if len(rows) == 0 or rows[0].agency != caller.agency:
            raise NotFoundError("Your agency has no API key that begins so.")
        if rows[0].ended_us is not None:
            raise RowError(f"The API key {ref} was withdrawn before.")
        ended = {"ended_us": caller.as_of_us, "ended_by": caller.user}
        row = rows[0].model_copy(update=ended)
        unit.update_nodes("ApiKey", [row.model_dump()])
        of_user = About(object=row.user)
        note(unit, caller, [leaf(caller, Deed.API_KEY_END, of_user, outcome=f"withdrew {ref}")])
        return row

    return act(caller, store, deed=Deed.API_KEY_END, about=about, work=work)


def caller_with_key(
    store: Store, text: str, *, address: str | None, at_us: int | None = None
) -> Caller:
    """Give the caller that an API key stands for, and note that it was used.

    Raises:
        LogOnError: there is no such key, it has ended, its account is out of service, or it was
            used from an address that is none of its networks'.
        StoreError: the store could not answer; nobody may do anything then.
    """
    if not is_api_key(text):
        raise LogOnError("That is no API key of this installation.")
    key = digest_of(text)

    def work(unit: ReadUnit) -> tuple[TimedApiKeyRow, Caller]:
        rows = unit.read(API_KEY, ApiKeyParams(key=key))
        if len(rows) == 0:
            raise LogOnError("That is no API key of this installation.")
        row = rows[0]
        now = row.store_us if at_us is None else at_us
        if row.ended_us is not None or now >= row.ends_us:
            raise LogOnError(f"The API key {row.ref} has ended. An administrator makes another.")
        if not _is_within(address, row.networks or ()):
            raise LogOnError(f"The API key {row.ref} may not be used from this address.")
        try:
            found = caller_in(unit, row.user, now_us() if at_us is None else at_us)
        except RightsError as error:
            raise LogOnError(str(error)) from error
        if not found.roles <= _WORKS:
            raise LogOnError(f"The account {row.user} has a role that no program may have.")
        return row, replace(found, scopes=frozenset(row.scopes))

    row, caller = store.reading(work, name="resolving an API key")
    now = row.store_us if at_us is None else at_us
    if row.used_us is None or now - row.used_us >= MINUTE_US:
        used = UsedParams(key=key, at_us=now)
        store.writing(lambda unit: unit.run(USE_API_KEY, used), name="using an API key")
    return caller


def _new_program(caller: Caller, user: str, roles: frozenset[UserRole] | None) -> UserRow:
    new = NewUser(
        key=user,
        name=f"Program {user}",
        agency=caller.agency,
        roles=tuple(roles if roles is not None else {UserRole.ANALYST}),
    )
    return new_row(new, added_by=caller.user, at_us=caller.as_of_us)


def _program(
    unit: WriteUnit,
    caller: Caller,
    user: str,
    row: UserRow | None,
    roles: frozenset[UserRole] | None,
) -> UserRow:
    """Give the program's account, made when it is not there; a person's is refused."""
    found = users_there(unit, [user]).get(user, row)
    if found is None:
        raise RightsError("API keys are an agency's: an operator makes none. Nothing was done.")
    require(caller, Deed.API_KEY_MINT, resource=account(found))
    kept = locked_credential(unit, user)
    if found is row:
        insert_user(unit, found)
        keep(unit, kept.model_copy(update={"service": True}))
    elif kept.service is not True:
        raise RowError(f"{user} is a person's account: a program has one of its own.")
    elif roles is not None and {role.value for role in roles} != set(found.roles):
        raise RowError(f"{user} has the roles {', '.join(found.roles)}; change them there.")
    return found


def _check_scopes(scopes: frozenset[Deed], user: UserRow) -> None:
    if len(scopes) == 0:
        raise RowError("An API key names what it may do: at least one deed.")
    held = {UserRole(role) for role in user.roles}
    beyond = sorted(deed.value for deed in scopes if held.isdisjoint(roles_for(deed)))
    if len(beyond) > 0:
        raise RowError(
            f"{user.key} has the roles {', '.join(user.roles)}, which do not allow: "
            f"{', '.join(beyond)}. Nothing was made."
        )


def _networks(texts: tuple[str, ...]) -> list[str] | None:
    if len(texts) > _MOST_NETWORKS:
        raise RowError(f"An API key has at most {_MOST_NETWORKS} networks.")
    try:
        found = sorted({str(ipaddress.ip_network(text.strip())) for text in texts})
    except ValueError as error:
        raise RowError("A network is written as `198.18.0.0/24` or as one address.") from error
    return found if len(found) > 0 else None


def _is_within(address: str | None, networks: list[str] | tuple[str, ...]) -> bool:
    if len(networks) == 0:
        return True
    try:
        asked = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(asked, ipaddress.IPv6Address) and asked.ipv4_mapped is not None:
        asked = asked.ipv4_mapped
    return any(asked in ipaddress.ip_network(network) for network in networks)
