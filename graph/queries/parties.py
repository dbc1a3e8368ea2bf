"""Who takes part in an encounter: investigations, their people and agencies, for the watch."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Params, Query, Row
from graph.queries.scope import AsOf

MOST_KEYS = 5000


class InvestigationsParams(Params):
    """Investigations by key."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class AgenciesParams(AsOf):
    """Agencies, or users, by key."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class ClaimFactRow(Row):
    """What the table of who is told asks of a claim."""

    claim: str
    role: str
    sealed_to: str | None


class PartyRow(Row):
    """An investigation as a party to a conflict: its people, and whom to call."""

    key: str
    agency: str
    reference: str
    status: str
    lead: str | None
    deputies: list[str] | None
    contact: str | None
    unit_contact: str | None
    agency_name: str
    agency_contact: str | None


class StaffRow(Row):
    """A user in service."""

    key: str
    agency: str | None
    roles: list[str]


class HolderPartyRow(Row):
    """An agency as a party to a conflict, and its supervisors in service."""

    key: str
    name: str
    contact: str | None
    supervisors: list[str]


CLAIM_FACTS = Query(
    name="parties.claim_facts",
    doc="What the table of who is told asks of claims.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Claim {key: k})
    RETURN c.key AS claim, c.role AS role, c.sealed_to AS sealed_to
    ORDER BY claim LIMIT 5000
    """,
    params=InvestigationsParams,
    row=ClaimFactRow,
    max_rows=MOST_KEYS,
    public=False,
)


PARTIES = Query(
    name="parties.investigations",
    doc="Investigations as parties to a conflict.",
    text="""
    UNWIND $keys AS k
    MATCH (i:Investigation {key: k})
    WITH i
    MATCH (i)<-[:RUNS]-(g:Agency)
    OPTIONAL MATCH (u:Unit {key: i.unit})
    RETURN i.key AS key, i.agency AS agency, i.reference AS reference, i.status AS status,
           i.lead AS lead, i.deputies AS deputies, i.contact AS contact,
           u.contact AS unit_contact, g.name AS agency_name, g.contact AS agency_contact
    ORDER BY key LIMIT 5000
    """,
    params=InvestigationsParams,
    row=PartyRow,
    max_rows=MOST_KEYS,
    public=False,
)


IN_SERVICE = Query(
    name="parties.in_service",
    doc="Those of some users who are in service.",
    text="""
    UNWIND $keys AS k
    MATCH (u:User {key: k})
    WHERE u.from_us <= $now_us AND u.proof_due_us > $now_us
      AND (u.until_us IS NULL OR u.until_us > $now_us)
    RETURN u.key AS key, u.agency AS agency, u.roles AS roles
    ORDER BY key LIMIT 5000
    """,
    params=AgenciesParams,
    row=StaffRow,
    max_rows=MOST_KEYS,
    public=False,
)


AGENCY_PARTIES = Query(
    name="parties.agencies",
    doc="Agencies as parties to a conflict, with their supervisors in service.",
    text="""
    UNWIND $keys AS k
    MATCH (g:Agency {key: k})
    OPTIONAL MATCH (u:User {agency: g.key})
    WHERE 'supervisor' IN u.roles AND u.from_us <= $now_us AND u.proof_due_us > $now_us
      AND (u.until_us IS NULL OR u.until_us > $now_us)
    WITH g, u ORDER BY u.key
    RETURN g.key AS key, g.name AS name, g.contact AS contact, collect(u.key) AS supervisors
    ORDER BY key LIMIT 5000
    """,
    params=AgenciesParams,
    row=HolderPartyRow,
    max_rows=MOST_KEYS,
    public=False,
)
