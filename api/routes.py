"""Every route under `/v1`, with the errors that it may answer."""

from __future__ import annotations

from typing import Any, TypeAlias

from fastapi import APIRouter, FastAPI

from api.errors import Problem
from api.routers import (
    accounts,
    assignments,
    assistance,
    audit,
    caseload,
    cases,
    chart_reports,
    checks,
    claims,
    conflicts,
    custody,
    desk,
    evidence,
    exports,
    extracts,
    feedback,
    handoffs,
    health,
    incidents,
    jobs,
    judgements,
    log_on,
    notices,
    overlaps,
    own_log_on,
    people,
    priority,
    providers,
    quarantine,
    queue,
    ready,
    retention,
    reviews,
    routing,
    search,
    security_keys,
    sessions,
    states,
    store,
    suggestions,
    tables,
    tips,
    urgent,
    webhooks,
    workspaces,
)

_Responses: TypeAlias = "dict[int | str, dict[str, Any]]"
_SAID: dict[int, str] = {
    400: "The request cannot be read.",
    401: "Nobody is logged on.",
    403: "No policy permits it, or one forbids it.",
    404: "There is no such record that you may see.",
    408: "The body did not come in time.",
    409: "It was changed meanwhile, or is being done.",
    412: "It was changed since the version that `If-Match` names.",
    413: "The body is too large.",
    421: "Addressed to another host.",
    422: "The request does not fit.",
    428: "`If-Match` is missing.",
    429: "Too many requests.",
    500: "A defect or a wrong setting.",
    503: "The store does not answer, or too much is asked at once: nothing is known.",
    507: "There is no room left on a disk of the API: nothing of it was kept.",
}
_OPEN = (421, 429, 500, 503)
_LOG_ON = (400, 401, 408, 409, 413, 421, 422, 429, 500, 503)
_ALL = (400, 401, 403, 404, 408, 409, 412, 413, 421, 422, 428, 429, 500, 503)
ROUTERS: tuple[APIRouter, ...] = (
    tips.router,
    queue.router,
    incidents.router,
    caseload.router,
    urgent.router,
    priority.router,
    evidence.router,
    custody.router,
    feedback.router,
    handoffs.router,
    assignments.router,
    desk.router,
    providers.router,
    assistance.router,
    routing.router,
    search.router,
    suggestions.router,
    overlaps.router,
    cases.router,
    reviews.router,
    claims.router,
    checks.router,
    conflicts.router,
    notices.router,
    webhooks.router,
    judgements.router,
    people.router,
    states.router,
    sessions.router,
    own_log_on.router,
    security_keys.router,
    retention.router,
    accounts.router,
    audit.router,
    jobs.router,
    tables.router,
    exports.router,
    chart_reports.router,
    workspaces.router,
    extracts.router,
    quarantine.router,
    store.router,
    ready.router,
)
"""All but those that anybody may ask: health and version."""
_WRITES_FILES = (
    jobs.router,
    tables.router,
    exports.router,
    extracts.router,
    quarantine.router,
    webhooks.router,
)
"""What keeps documents, lists or keys on a disk."""


def include_routes(app: FastAPI, *, prefix: str) -> None:
    """Put every route into the application."""
    app.include_router(health.router, prefix=prefix, responses=_problems(*_OPEN))
    app.include_router(log_on.router, prefix=prefix, responses=_problems(*_LOG_ON))
    for router in ROUTERS:
        statuses = (*_ALL, 507) if router in _WRITES_FILES else _ALL
        app.include_router(router, prefix=prefix, responses=_problems(*statuses))


def _problems(*statuses: int) -> _Responses:
    return {status: {"model": Problem, "description": _SAID[status]} for status in statuses}
