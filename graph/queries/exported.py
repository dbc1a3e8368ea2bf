"""Records of an export, asked about again: those that the caller may still see.

The filters are those of the lists that the records came from.
"""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Params, Query, Row
from graph.queries.scope import AsOf

MOST = 1000


class ExportedClaimsParams(AsOf):
    """Claims by their names, and who asks."""

    refs: list[str] = Field(max_length=MOST)
    agency: str
    user: str


class ExportedParams(Params):
    """Conflicts or notices by their names, and who asks."""

    refs: list[str] = Field(max_length=MOST)
    agency: str
    user: str
    is_supervisor: bool


class ExportedClaimRow(Row):
    """A claim, as far as the policies must know it."""

    ref: str
    agency: str
    visibility: str
    sealed_to: str | None
    entered_by: str


class ExportedNoticeRow(Row):
    """A notice, as far as the policies must know it."""

    key: str
    agency: str
    recipients: list[str]


class ExportedConflictRow(Row):
    """A conflict's name and key."""

    ref: str
    key: str


CLAIMS = Query(
    name="exported.claims",
    doc="Those of some claims that the caller may see.",
    text="""
    UNWIND $refs AS r
    MATCH (c:Claim {ref: r})
    WHERE c.agency = $agency AND c.review_due_us > $now_us
    AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    RETURN c.ref AS ref, c.agency AS agency, c.visibility AS visibility,
           c.sealed_to AS sealed_to, c.entered_by AS entered_by
    ORDER BY ref LIMIT 1000
    """,
    params=ExportedClaimsParams,
    row=ExportedClaimRow,
    public=False,
)

CONFLICTS = Query(
    name="exported.conflicts",
    doc="Those of some conflicts that the caller's side is told of.",
    text="""
    UNWIND $refs AS r
    MATCH (f:Conflict {ref: r})
    WHERE (f.first_agency = $agency
           AND (f.first_told = 'officer' OR (f.first_told = 'supervisor' AND $is_supervisor))
           AND (f.first_sealed_to IS NULL OR f.first_sealed_to = $user))
       OR (f.second_agency = $agency
           AND (f.second_told = 'officer' OR (f.second_told = 'supervisor' AND $is_supervisor))
           AND (f.second_sealed_to IS NULL OR f.second_sealed_to = $user))
    RETURN f.ref AS ref, f.key AS key
    ORDER BY ref, key LIMIT 1000
    """,
    params=ExportedParams,
    row=ExportedConflictRow,
    public=False,
)

NOTICES = Query(
    name="exported.notices",
    doc="Those of some notices that are the caller's.",
    text="""
    UNWIND $refs AS r
    MATCH (n:Notification {key: r})
    WHERE n.agency = $agency
      AND ($user IN n.recipients OR ($is_supervisor AND '*supervisors' IN n.recipients))
    RETURN n.key AS key, n.agency AS agency, n.recipients AS recipients
    ORDER BY key LIMIT 1000
    """,
    params=ExportedParams,
    row=ExportedNoticeRow,
    public=False,
)
