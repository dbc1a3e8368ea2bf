"""Checks that were made, as their askers and their supervisors see them.

What was asked is in none of it: a check keeps no identifier for longer than a day.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.casework.vocabulary import UserRole
from graph.queries.checks import KEPT, MOST_KEPT, KeptParams, KeptRow
from graph.services.acting import About, Seen, look
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store

_LATEST_US = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPlace:
    """Where a list of checks goes on."""

    at_us: int = _LATEST_US
    key: str = ""


def list_checks(
    caller: Caller,
    store: Store,
    *,
    reads: ReadLog,
    after: CheckPlace | None = None,
    limit: int = 200,
) -> tuple[KeptRow, ...]:
    """Give checks, the newest first: a supervisor sees the agency's, others their own.

    Raises:
        RightsError: the caller makes no checks.
        StoreError: the store could not answer; nothing is known then.
    """
    sees_all = UserRole.SUPERVISOR in caller.roles
    place = after if after is not None else CheckPlace()
    params = KeptParams(
        agency=agency_of(caller),
        asker="" if sees_all else caller.user,
        before_us=place.at_us,
        after=place.key,
        limit=min(limit, MOST_KEPT),
    )

    def work(unit: ReadUnit) -> Seen[tuple[KeptRow, ...]]:
        rows = tuple(row for row in unit.read(KEPT, params) if _may_see(caller, row))
        refs = tuple(dict.fromkeys(row.ref for row in rows))
        return Seen(answer=rows, outcome="listed", disclosed=refs)

    return look(caller, store, deed=Deed.CHECK_READ, about=About(), reads=reads, work=work)


def _may_see(caller: Caller, row: KeptRow) -> bool:
    of = Resource(owner=row.agency, asked_by=row.asker)
    return confirms(caller, Deed.CHECK_READ, resource=of)
