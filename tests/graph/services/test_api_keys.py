"""API keys over a real store: what they may do, from where, until when, and above nobody's rank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.casework.vocabulary import UserRole
from graph.clock import now_us
from graph.errors import CrosstipError, LogOnError, NotFoundError, RightsError, RowError
from graph.services.api_keys import (
    NewApiKey,
    caller_with_key,
    end_api_key,
    list_api_keys,
    mint_api_key,
)
from graph.services.audit_reads import ReadLog
from graph.services.enrolment import invite
from graph.services.sessions import MINUTE_US
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore

R = UserRole
WANTED = NewApiKey(
    user="rms.north",
    scopes=frozenset({Deed.CHECK_RUN, Deed.TIP_READ}),
    roles=frozenset({R.INVESTIGATOR}),
    networks=("198.18.0.0/24", "2001:db8::/32"),
    days=30,
)


def test_a_key_acts_as_a_program_within_its_scopes(running_store: RunningStore) -> None:
    store, now = running_store.store, now_us()
    people = staff(store, "north", "south", at_us=now)
    admin, reads = people["admin.north"], ReadLog(store)
    fresh = mint_api_key(admin, store, new=WANTED)
    assert fresh.text not in repr(fresh)

    def used(
        address: str | None = "198.18.0.9", *, at_us: int = now, text: str = fresh.text
    ) -> Caller:
        return caller_with_key(store, text or fresh.text, address=address, at_us=at_us)

    caller = used("::ffff:198.18.0.9")
    assert (caller.user, caller.agency) == ("rms.north", "north")
    assert caller.roles == frozenset({R.INVESTIGATOR})
    require(caller, Deed.TIP_READ)
    with pytest.raises(RightsError, match=r"duties\.scopes"):
        require(caller, Deed.CLAIM_ADD)
    with pytest.raises(RightsError):
        mint_api_key(caller, store, new=WANTED)
    for address in ("198.18.1.9", "10.0.0.1", "", None, "not an address", "2001:db9::1"):
        with pytest.raises(LogOnError, match="address"):
            used(address)
    assert used("2001:db8::1").user == "rms.north"
    bent = fresh.text[:-1] + ("E" if fresh.text.endswith("A") else "A")
    for text in (bent, fresh.text.upper(), "ctk_", f"ctk_{fresh.ref}_" + "A" * 43):
        with pytest.raises(LogOnError):
            used(text=text)
    with pytest.raises(LogOnError, match="ended"):
        used(at_us=now + 30 * DAY_US)
    used(at_us=now + 2 * MINUTE_US)
    (row,) = list_api_keys(admin, store, reads=reads)
    assert (row.ref, row.made_by, row.used_us) == (fresh.ref, "admin.north", now + 2 * MINUTE_US)
    assert fresh.text not in str(running_store.rows("MATCH (k:ApiKey) RETURN properties(k)"))
    assert list_api_keys(people["admin.south"], store, reads=reads) == ()
    with pytest.raises(NotFoundError):
        end_api_key(people["admin.south"], store, ref=fresh.ref)
    second = mint_api_key(admin, store, new=replace(WANTED, networks=()))
    end_api_key(admin, store, ref=fresh.ref)
    with pytest.raises(LogOnError, match="ended"):
        used()
    assert used(None, text=second.text).user == "rms.north"
    with pytest.raises(RowError):
        invite(admin, store, key="rms.north", hours=1)
    leaves = running_store.rows(
        "MATCH (a:AuditEntry) WHERE a.action STARTS WITH 'api_key.' AND a.decision = 'permit' "
        "RETURN a.log, a.actor, a.outcome ORDER BY a.at_us, a.outcome"
    )
    assert ("agency:north", "admin.north", f"made {fresh.ref} for 30 days") in leaves
    assert ("agency:north", "admin.north", f"withdrew {fresh.ref}") in leaves


def test_misp_cve_2019_12794_and_cve_2026_44380_no_key_above_its_maker(
    running_store: RunningStore,
) -> None:
    """Nor for a person, another agency's program, a scope beyond its roles, or for ever."""
    found, store = running_store, running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    admin = people["admin.north"]
    mint_api_key(people["admin.south"], store, new=replace(WANTED, user="rms.south"))
    wrong = (
        replace(WANTED, roles=frozenset({R.SUPERVISOR})),
        replace(WANTED, roles=frozenset({R.AGENCY_ADMINISTRATOR})),
        replace(WANTED, roles=frozenset({R.INVESTIGATOR, R.AUDITOR})),
        replace(WANTED, roles=frozenset({R.OPERATOR})),
        replace(WANTED, user="boss.north"),
        replace(WANTED, user="lead.north"),
        replace(WANTED, user="ops"),
        replace(WANTED, user="rms.south"),
        replace(WANTED, scopes=frozenset({Deed.CLAIM_PURGE})),
        replace(WANTED, scopes=frozenset({Deed.USER_ADD})),
        replace(WANTED, scopes=frozenset()),
        replace(WANTED, days=91),
        replace(WANTED, networks=("198.18.0.1/24",)),
    )
    for new in wrong:
        with pytest.raises(CrosstipError):
            mint_api_key(admin, store, new=new)
    for user in ("ops", "boss.north", "audit.north", "lead.north"):
        with pytest.raises(RightsError):
            mint_api_key(people[user], store, new=WANTED)
    assert found.rows("MATCH (k:ApiKey) WHERE k.user <> 'rms.south' RETURN k.key") == []
    assert found.rows("MATCH (u:User) WHERE u.key STARTS WITH 'rms.n' RETURN u.key") == []
