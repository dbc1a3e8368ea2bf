"""What a caller may see of investigations, and who may change one."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import investigation_key
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, require
from graph.errors import NotFoundError
from graph.queries.casework import (
    LOCK,
    OWN,
    OWN_PAGE,
    CountedCaseRow,
    LockParams,
    OneParams,
    OwnPageParams,
)
from graph.queries.people import PAGE
from graph.services.acting import About, Seen, look
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit


def own_key(caller: Caller, reference: str) -> str:
    """Give the key of the caller's agency's investigation of that reference."""
    return investigation_key(agency_of(caller), reference.strip())


def list_cases(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = PAGE
) -> tuple[CountedCaseRow, ...]:
    """Give the investigations of the caller's agency, from a key on.

    Raises:
        RightsError: the caller does no casework.
    """
    params = OwnPageParams(
        agency=agency_of(caller),
        user=caller.user,
        now_us=caller.as_of_us,
        after=after,
        limit=min(limit, PAGE),
    )

    def work(unit: ReadUnit) -> Seen[tuple[CountedCaseRow, ...]]:
        rows = tuple(unit.read(OWN_PAGE, params))
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.key for row in rows))

    deed = Deed.INVESTIGATION_READ
    return look(caller, store, deed=deed, about=About(), reads=reads, work=work)


def show_case(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> CountedCaseRow:
    """Give an investigation of the caller's agency.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: there is none that the caller may see.
    """
    about = About(object=key, investigation=key)

    def work(unit: ReadUnit) -> Seen[CountedCaseRow]:
        return Seen(answer=case_there(unit, caller, key), outcome="shown")

    return look(caller, store, deed=Deed.INVESTIGATION_READ, about=about, reads=reads, work=work)


def case_there(unit: ReadUnit, caller: Caller, key: str) -> CountedCaseRow:
    """Give an investigation of the caller's agency; query and policies both see to that.

    Raises:
        NotFoundError: there is none, or it is another agency's: the same answer.
    """
    rows = unit.read(OWN, own_params(caller, key))
    if len(rows) == 0 or not confirms(
        caller, Deed.INVESTIGATION_READ, resource=Resource(owner=rows[0].agency)
    ):
        raise NotFoundError("There is no such investigation that you may see.")
    return rows[0]


def locked_case(
    unit: WriteUnit, caller: Caller, key: str, *, deed: Deed = Deed.INVESTIGATION_UPDATE
) -> CountedCaseRow:
    """Give an investigation that the caller works on, after taking its lock.

    Raises:
        NotFoundError: there is none that the caller may see.
        RightsError: the caller may not do this deed to it: `duties.team`.
    """
    case_there(unit, caller, key)
    unit.run(LOCK, LockParams(key=key))
    row = case_there(unit, caller, key)
    team: frozenset[str] = frozenset(row.deputies or ())
    if row.lead is not None:
        team |= {row.lead}
    require(caller, deed, resource=Resource(owner=row.agency, team=team))
    return row


def own_params(caller: Caller, key: str) -> OneParams:
    """Give the parameters of a question about one investigation."""
    return OneParams(agency=agency_of(caller), user=caller.user, now_us=caller.as_of_us, key=key)
