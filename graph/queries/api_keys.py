"""API keys: found by the digest of the key, listed by agency."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row


class ApiKeyParams(Params):
    """Digest of a key."""

    key: str


class ApiKeyRefParams(Params):
    """What a key begins with."""

    ref: str


class ApiKeysOfParams(Params):
    """An agency."""

    agency: str


class UsedParams(Params):
    """A key, and when it was used."""

    key: str
    at_us: int


class ApiKeyRow(Row):
    """A key, all that is known of it."""

    key: str
    ref: str
    user: str
    agency: str
    scopes: list[str]
    networks: list[str] | None
    made_us: int
    made_by: str
    ends_us: int
    used_us: int | None
    ended_us: int | None
    ended_by: str | None


class TimedApiKeyRow(ApiKeyRow):
    """A key, and what the store's clock says."""

    store_us: int


API_KEY = Query(
    name="api_keys.by_key",
    doc="An API key by its digest, and the store's time.",
    text="""
    MATCH (k:ApiKey {key: $key})
    RETURN k.key AS key, k.ref AS ref, k.user AS user, k.agency AS agency, k.scopes AS scopes,
           k.networks AS networks, k.made_us AS made_us, k.made_by AS made_by,
           k.ends_us AS ends_us, k.used_us AS used_us, k.ended_us AS ended_us,
           k.ended_by AS ended_by, 1000 * timestamp() AS store_us
    LIMIT 1
    """,
    params=ApiKeyParams,
    row=TimedApiKeyRow,
    max_rows=1,
    public=False,
)

API_KEY_BY_REF = Query(
    name="api_keys.by_ref",
    doc="An API key by what it begins with.",
    text="""
    MATCH (k:ApiKey {ref: $ref})
    RETURN k.key AS key, k.ref AS ref, k.user AS user, k.agency AS agency, k.scopes AS scopes,
           k.networks AS networks, k.made_us AS made_us, k.made_by AS made_by,
           k.ends_us AS ends_us, k.used_us AS used_us, k.ended_us AS ended_us,
           k.ended_by AS ended_by
    ORDER BY key LIMIT 1
    """,
    params=ApiKeyRefParams,
    row=ApiKeyRow,
    max_rows=1,
    public=False,
)

API_KEYS_OF = Query(
    name="api_keys.of_agency",
    doc="API keys of an agency, the last one made first.",
    text="""
    MATCH (k:ApiKey {agency: $agency})
    RETURN k.key AS key, k.ref AS ref, k.user AS user, k.agency AS agency, k.scopes AS scopes,
           k.networks AS networks, k.made_us AS made_us, k.made_by AS made_by,
           k.ends_us AS ends_us, k.used_us AS used_us, k.ended_us AS ended_us,
           k.ended_by AS ended_by
    ORDER BY made_us DESC, key LIMIT 1000
    """,
    params=ApiKeysOfParams,
    row=ApiKeyRow,
    public=False,
)

LOCK_API_KEY = Query(
    name="api_keys.lock",
    doc="Takes the write lock of an API key before it is read to decide.",
    text="MATCH (k:ApiKey {ref: $ref}) SET k.ends_us = k.ends_us",
    params=ApiKeyRefParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

USE_API_KEY = Query(
    name="api_keys.use",
    doc="Notes that a key was used.",
    text="MATCH (k:ApiKey {key: $key}) SET k.used_us = $at_us",
    params=UsedParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
