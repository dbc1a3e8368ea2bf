"""What look-ups cost so far, and lists that wait for a supervisor."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf


class BudgetKeysParams(Params):
    """Keys of budgets."""

    keys: list[str] = Field(max_length=5000)


class OneRequestParams(Params):
    """Key of a request."""

    key: str


class ListParams(AsOf):
    """A list by its digest, and who asks."""

    question: str
    asker: str


class RequestsParams(AsOf):
    """Whose requests: those of one asker, or of all where none is named."""

    agency: str
    asker: str


class AlertsParams(Params):
    """Who looks at alerts: a supervisor's agency, or empty for an operator; and since when."""

    agency: str
    user: str
    since_us: int


class AlertRow(Row):
    """An alert."""

    key: str
    rule: str
    text: str
    asker: str
    asker_agency: str
    investigation: str | None
    purpose: str
    object: str
    at_us: int


class BudgetRow(Row):
    """What a user or an agency has used."""

    key: str
    day_us: int
    used: int
    paid_until_us: int
    alerted: list[str] | None


class RequestRow(Row):
    """A list that waits, or was approved."""

    key: str
    agency: str
    asker: str
    investigation: str
    purpose: str
    question: str
    lines: int
    kinds: list[str]
    filed_us: int
    until_us: int
    approved_by: str | None
    approved_us: int | None


LOCK_BUDGETS = Query(
    name="budgets.lock",
    doc="Takes the write lock of budgets before they are read to decide.",
    text="UNWIND $keys AS k MATCH (b:Budget {key: k}) SET b.used = b.used",
    params=BudgetKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

BUDGETS = Query(
    name="budgets.by_key",
    doc="Budgets with these keys.",
    text="""
    UNWIND $keys AS k
    MATCH (b:Budget {key: k})
    RETURN b.key AS key, b.day_us AS day_us, b.used AS used,
           b.paid_until_us AS paid_until_us, b.alerted AS alerted
    ORDER BY key LIMIT 5000
    """,
    params=BudgetKeysParams,
    row=BudgetRow,
    max_rows=5000,
    public=False,
)

LOCK_REQUEST = Query(
    name="budgets.lock_request",
    doc="Takes the write lock of a request before it is read to decide.",
    text="MATCH (r:CheckRequest {key: $key}) SET r.lines = r.lines",
    params=OneRequestParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

REQUEST = Query(
    name="budgets.request",
    doc="A request by its key.",
    text="""
    MATCH (r:CheckRequest {key: $key})
    RETURN r.key AS key, r.agency AS agency, r.asker AS asker,
           r.investigation AS investigation, r.purpose AS purpose, r.question AS question,
           r.lines AS lines, r.kinds AS kinds, r.filed_us AS filed_us, r.until_us AS until_us,
           r.approved_by AS approved_by, r.approved_us AS approved_us
    LIMIT 1
    """,
    params=OneRequestParams,
    row=RequestRow,
    max_rows=1,
    public=False,
)

REQUEST_OF_LIST = Query(
    name="budgets.request_of_list",
    doc="The request of a user for one list, while it counts.",
    text="""
    MATCH (r:CheckRequest {question: $question})
    WHERE r.asker = $asker AND r.until_us > $now_us
    RETURN r.key AS key, r.agency AS agency, r.asker AS asker,
           r.investigation AS investigation, r.purpose AS purpose, r.question AS question,
           r.lines AS lines, r.kinds AS kinds, r.filed_us AS filed_us, r.until_us AS until_us,
           r.approved_by AS approved_by, r.approved_us AS approved_us
    ORDER BY r.approved_us IS NULL, key LIMIT 1
    """,
    params=ListParams,
    row=RequestRow,
    max_rows=1,
    public=False,
)

REQUESTS = Query(
    name="budgets.requests",
    doc="Requests of an agency that wait for a supervisor, the first one first.",
    text="""
    MATCH (r:CheckRequest {agency: $agency})
    WHERE r.approved_us IS NULL AND r.until_us > $now_us
      AND ($asker = '' OR r.asker = $asker)
    RETURN r.key AS key, r.agency AS agency, r.asker AS asker,
           r.investigation AS investigation, r.purpose AS purpose, r.question AS question,
           r.lines AS lines, r.kinds AS kinds, r.filed_us AS filed_us, r.until_us AS until_us,
           r.approved_by AS approved_by, r.approved_us AS approved_us
    ORDER BY filed_us, key LIMIT 1000
    """,
    params=RequestsParams,
    row=RequestRow,
    public=False,
)

ALERTS = Query(
    name="budgets.alerts",
    doc="Alerts to a supervisor, or the operators, about others, since a time, last one first.",
    text="""
    MATCH (w:Alert {to_agency: $agency})
    WHERE w.at_us >= $since_us AND (w.to_user IS NULL OR w.to_user = $user)
      AND w.asker <> $user
    RETURN w.key AS key, w.rule AS rule, w.text AS text, w.asker AS asker,
           w.asker_agency AS asker_agency, w.investigation AS investigation,
           w.purpose AS purpose, w.object AS object, w.at_us AS at_us
    ORDER BY w.at_us DESC, key LIMIT 1000
    """,
    params=AlertsParams,
    row=AlertRow,
    public=False,
)
