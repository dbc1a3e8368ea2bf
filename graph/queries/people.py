"""Agencies, units, users and agreements."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, NoParams, Params, Query, Row

MOST_KEYS = 5000
"""Keys in one question."""
PAGE = 1000


class PeopleKeysParams(Params):
    """Keys of nodes."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class PageParams(Params):
    """The key after which a page begins, and how many are wanted."""

    after: str
    limit: int


class OfAgencyParams(Params):
    """An agency, the key after which a page begins, and how many are wanted."""

    agency: str
    after: str
    limit: int


class AgencyRow(Row):
    """An agency, all that is known of it."""

    key: str
    name: str
    kind: str
    state: str | None
    region: str | None
    contact: str | None
    verified: bool | None
    source: str | None
    task_force: str | None
    affiliated_us: int | None
    left_us: int | None
    until_us: int | None
    changed_us: int | None
    changed_by: str | None
    version: int | None
    zone: str | None = None


class UnitRow(Row):
    """A unit."""

    key: str
    agency: str
    name: str
    contact: str | None


class UserRow(Row):
    """A user, all that is known of them."""

    key: str
    name: str
    agency: str | None
    roles: list[str]
    units: list[str] | None
    from_us: int
    until_us: int | None
    proved_us: int | None
    proved_by: str | None
    proof_due_us: int
    added_by: str | None
    changed_us: int | None
    changed_by: str | None
    version: int | None


class AgreementRow(Row):
    """An agreement, all that is known of it."""

    key: str
    first: str
    second: str
    reference: str
    equal_rules: bool
    from_us: int
    until_us: int
    entered_by: str
    entered_us: int
    ended_us: int | None
    ended_by: str | None
    ended_why: str | None


AGENCIES_BY_KEY = Query(
    name="people.agencies_by_key",
    doc="Agencies with these keys.",
    text="""
    UNWIND $keys AS k
    MATCH (a:Agency {key: k})
    RETURN a.key AS key, a.name AS name, a.kind AS kind, a.state AS state, a.region AS region,
           a.contact AS contact, a.verified AS verified, a.source AS source,
           a.task_force AS task_force, a.affiliated_us AS affiliated_us, a.left_us AS left_us,
           a.until_us AS until_us, a.changed_us AS changed_us, a.changed_by AS changed_by,
           a.version AS version, a.zone AS zone
    ORDER BY key LIMIT 5000
    """,
    params=PeopleKeysParams,
    row=AgencyRow,
    max_rows=MOST_KEYS,
    public=False,
)

AGENCIES = Query(
    name="people.agencies",
    doc="Agencies from a key on.",
    text="""
    MATCH (a:Agency)
    WHERE a.key > $after
    RETURN a.key AS key, a.name AS name, a.kind AS kind, a.state AS state, a.region AS region,
           a.contact AS contact, a.verified AS verified, a.source AS source,
           a.task_force AS task_force, a.affiliated_us AS affiliated_us, a.left_us AS left_us,
           a.until_us AS until_us, a.changed_us AS changed_us, a.changed_by AS changed_by,
           a.version AS version, a.zone AS zone
    ORDER BY key LIMIT $limit
    """,
    params=PageParams,
    row=AgencyRow,
    max_rows=PAGE,
    public=False,
)

UNITS = Query(
    name="people.units",
    doc="Units of an agency.",
    text="""
    MATCH (u:Unit {agency: $agency})
    WHERE u.key > $after
    RETURN u.key AS key, u.agency AS agency, u.name AS name, u.contact AS contact
    ORDER BY key LIMIT $limit
    """,
    params=OfAgencyParams,
    row=UnitRow,
    max_rows=PAGE,
    public=False,
)

USERS_BY_KEY = Query(
    name="people.users_by_key",
    doc="Users with these keys.",
    text="""
    UNWIND $keys AS k
    MATCH (u:User {key: k})
    RETURN u.key AS key, u.name AS name, u.agency AS agency, u.roles AS roles, u.units AS units,
           u.from_us AS from_us, u.until_us AS until_us, u.proved_us AS proved_us,
           u.proved_by AS proved_by, u.proof_due_us AS proof_due_us, u.added_by AS added_by,
           u.changed_us AS changed_us, u.changed_by AS changed_by, u.version AS version
    ORDER BY key LIMIT 5000
    """,
    params=PeopleKeysParams,
    row=UserRow,
    max_rows=MOST_KEYS,
    public=False,
)

USERS_OF = Query(
    name="people.users_of",
    doc="Users of an agency, from a key on.",
    text="""
    MATCH (u:User {agency: $agency})
    WHERE u.key > $after
    RETURN u.key AS key, u.name AS name, u.agency AS agency, u.roles AS roles, u.units AS units,
           u.from_us AS from_us, u.until_us AS until_us, u.proved_us AS proved_us,
           u.proved_by AS proved_by, u.proof_due_us AS proof_due_us, u.added_by AS added_by,
           u.changed_us AS changed_us, u.changed_by AS changed_by, u.version AS version
    ORDER BY key LIMIT $limit
    """,
    params=OfAgencyParams,
    row=UserRow,
    max_rows=PAGE,
    public=False,
)

ALL_USERS = Query(
    name="people.users",
    doc="Users of all agencies and of none, from a key on.",
    text="""
    MATCH (u:User)
    WHERE u.key > $after
    RETURN u.key AS key, u.name AS name, u.agency AS agency, u.roles AS roles, u.units AS units,
           u.from_us AS from_us, u.until_us AS until_us, u.proved_us AS proved_us,
           u.proved_by AS proved_by, u.proof_due_us AS proof_due_us, u.added_by AS added_by,
           u.changed_us AS changed_us, u.changed_by AS changed_by, u.version AS version
    ORDER BY key LIMIT $limit
    """,
    params=PageParams,
    row=UserRow,
    max_rows=PAGE,
    public=False,
)

MANAGED_BY_OPERATORS = Query(
    name="people.managed_by_operators",
    doc="Operators and the administrators of all agencies, from a key on.",
    text="""
    MATCH (u:User)
    WHERE u.key > $after AND ('operator' IN u.roles OR 'agency administrator' IN u.roles)
    RETURN u.key AS key, u.name AS name, u.agency AS agency, u.roles AS roles, u.units AS units,
           u.from_us AS from_us, u.until_us AS until_us, u.proved_us AS proved_us,
           u.proved_by AS proved_by, u.proof_due_us AS proof_due_us, u.added_by AS added_by,
           u.changed_us AS changed_us, u.changed_by AS changed_by, u.version AS version
    ORDER BY key LIMIT $limit
    """,
    params=PageParams,
    row=UserRow,
    max_rows=PAGE,
    public=False,
)

AGREEMENTS_OF = Query(
    name="people.agreements_of",
    doc="Agreements of an agency with others, from a key on.",
    text="""
    CALL () {
      MATCH (g:Agreement {first: $agency}) RETURN g
      UNION ALL MATCH (g:Agreement {second: $agency}) RETURN g
    }
    WITH g WHERE g.key > $after
    RETURN g.key AS key, g.first AS first, g.second AS second, g.reference AS reference,
           g.equal_rules AS equal_rules, g.from_us AS from_us, g.until_us AS until_us,
           g.entered_by AS entered_by, g.entered_us AS entered_us, g.ended_us AS ended_us,
           g.ended_by AS ended_by, g.ended_why AS ended_why
    ORDER BY key LIMIT $limit
    """,
    params=OfAgencyParams,
    row=AgreementRow,
    max_rows=PAGE,
    public=False,
)

LOCK_PEOPLE = Query(
    name="people.lock",
    doc="Takes the lock under which accounts, units and agreements are read to decide.",
    text="MATCH (s:StoreInfo {key: 'store'}) SET s.created_us = s.created_us",
    params=NoParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
