"""What a file that comes again says anew of investigations and claims that are there."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row


class RoleItem(Params):
    """A claim and the role that it has now."""

    key: str
    role: str


class RolesParams(Params):
    """Claims whose role a file corrects."""

    rows: list[RoleItem]
    at_us: int
    actor: str
    silent_until_us: int
    """Until when an officer's persona is silent."""


class StatedItem(Params):
    """What a file says of an investigation."""

    key: str
    agency: str
    reference: str
    title: str | None
    status: str
    opened_us: int | None
    contact: str | None


class RestateParams(Params):
    """Investigations that a file states again."""

    rows: list[StatedItem]


CORRECT_ROLES = Query(
    name="restating.correct_roles",
    doc="Corrects the roles of claims; what else was decided about them stays.",
    text="""
    UNWIND $rows AS r
    MATCH (c:Claim {key: r.key})
    SET c.visibility = CASE WHEN r.role = 'officer persona' THEN 'silent' ELSE c.visibility END,
        c.silent_until_us = CASE WHEN r.role = 'officer persona' THEN $silent_until_us
                            ELSE c.silent_until_us END,
        c.role = r.role, c.changed_us = $at_us, c.changed_by = $actor,
        c.version = 1 + coalesce(c.version, 0)
    """,
    params=RolesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

RESTATE = Query(
    name="restating.investigations",
    doc="Sets what a file says of investigations where it differs; what it cannot say stays.",
    text="""
    UNWIND $rows AS r
    MATCH (i:Investigation {key: r.key})
    WHERE i.status <> r.status OR coalesce(i.title, '') <> coalesce(r.title, '')
    OR coalesce(i.contact, '') <> coalesce(r.contact, '')
    OR coalesce(i.opened_us, -1) <> coalesce(r.opened_us, -1)
    SET i.title = r.title, i.status = r.status, i.opened_us = r.opened_us, i.contact = r.contact,
        i.version = 1 + coalesce(i.version, 0)
    """,
    params=RestateParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
