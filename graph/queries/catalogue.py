"""All named queries by name. Putting one in twice, or leaving one out, fails at import."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from graph.errors import SchemaError
from graph.queries import (
    api_keys,
    assignments,
    assistance,
    audit,
    bands,
    budgets,
    carried,
    caseload,
    caseload_expiry,
    caseload_filling,
    caseload_flow,
    caseload_rows,
    casework,
    chance,
    checks,
    claims,
    conflict_views,
    conflicts,
    credentials,
    custody,
    decisions,
    desk_notes,
    desk_tasks,
    disuse,
    evidence,
    exported,
    feedback,
    filling,
    folds,
    gathered,
    handoffs,
    hash_lists,
    held,
    history,
    holders,
    identifiers,
    investigations,
    job_turns,
    jobs,
    judgements,
    leaves,
    links,
    logon,
    meeting,
    meta,
    near,
    notices,
    once,
    outbox,
    overlaps,
    parties,
    people,
    places_due,
    providers,
    purging,
    queue,
    queued,
    recording,
    restating,
    routing,
    security_keys,
    seen,
    sighted,
    states,
    subnets,
    taken_back,
    telling,
    tips,
    triage,
    upkeep,
    urgent,
    versions,
    webhook_outbox,
    webhook_standing,
    webhooks,
)
from graph.queries.core import Query

_MODULES: tuple[ModuleType, ...] = (
    api_keys,
    assignments,
    assistance,
    audit,
    bands,
    budgets,
    carried,
    caseload,
    caseload_expiry,
    caseload_filling,
    caseload_flow,
    caseload_rows,
    casework,
    chance,
    checks,
    claims,
    conflict_views,
    conflicts,
    credentials,
    custody,
    decisions,
    desk_notes,
    desk_tasks,
    disuse,
    evidence,
    exported,
    feedback,
    filling,
    folds,
    gathered,
    handoffs,
    hash_lists,
    held,
    history,
    holders,
    identifiers,
    investigations,
    job_turns,
    jobs,
    judgements,
    leaves,
    links,
    logon,
    meeting,
    meta,
    near,
    notices,
    once,
    outbox,
    overlaps,
    parties,
    people,
    places_due,
    providers,
    purging,
    queue,
    queued,
    recording,
    restating,
    routing,
    security_keys,
    seen,
    sighted,
    states,
    subnets,
    taken_back,
    telling,
    tips,
    triage,
    upkeep,
    urgent,
    versions,
    webhook_outbox,
    webhook_standing,
    webhooks,
)


def _collect() -> dict[str, Query[Any, Any]]:
    found: dict[str, Query[Any, Any]] = {}
    for module in _MODULES:
        for query in _queries(module):
            prefix = module.__name__.rpartition(".")[2]
            if query.name in found or not query.name.startswith(prefix + "."):
                raise SchemaError(f"query {query.name} is doubled or in the wrong module")
            found[query.name] = query
    return dict(sorted(found.items()))


def _queries(module: ModuleType) -> Iterator[Query[Any, Any]]:
    for value in vars(module).values():
        if isinstance(value, Query):
            yield value
        elif isinstance(value, dict):
            yield from (item for item in value.values() if isinstance(item, Query))


CATALOGUE: dict[str, Query[Any, Any]] = _collect()
