"""What a caller may see of claims: of the own agency's, and of others' by an identifier named."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.casework.vocabulary import Visibility
from graph.errors import NotFoundError
from graph.queries.audit import PAGE as LEDGER_PAGE
from graph.queries.claims import (
    OWN_BY_REF,
    OWN_DUE,
    OWN_IN_INVESTIGATION,
    ClaimedRow,
    DueParams,
    InInvestigationParams,
    RefParams,
)
from graph.services.acting import About, Seen, look
from graph.services.audit_ledger import ledger_in
from graph.services.audit_reads import ReadLog
from graph.services.case_access import case_there
from graph.store import ReadUnit, Store

PAGE = 1000


def show_claim(caller: Caller, store: Store, *, ref: str, reads: ReadLog) -> ClaimedRow:
    """Give a claim of the caller's agency.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: there is none that the caller may see.
    """

    def work(unit: ReadUnit) -> Seen[ClaimedRow]:
        return Seen(answer=claim_there(unit, caller, ref), outcome="shown")

    deed = Deed.CLAIM_READ
    return look(caller, store, deed=deed, about=About(object=ref), reads=reads, work=work)


def list_claims(
    caller: Caller,
    store: Store,
    *,
    investigation: str,
    reads: ReadLog,
    after: str = "",
    after_ref: str = "",
    limit: int = PAGE,
) -> tuple[ClaimedRow, ...]:
    """Give the claims of an investigation that the caller may see, from a key on.

    `after_ref` names the claim whose key that is: the key itself holds the identifier.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: there is no such investigation, or claim, that the caller may see.
    """

    def work(unit: ReadUnit) -> Seen[tuple[ClaimedRow, ...]]:
        case_there(unit, caller, investigation)
        start = after if after_ref == "" else claim_there(unit, caller, after_ref).key
        params = InInvestigationParams(
            agency=agency_of(caller),
            user=caller.user,
            now_us=caller.as_of_us,
            investigation=investigation,
            after=start,
            limit=min(limit, PAGE),
        )
        return _listed(caller, unit.read(OWN_IN_INVESTIGATION, params))

    about = About(object=investigation, investigation=investigation)
    return look(caller, store, deed=Deed.CLAIM_READ, about=about, reads=reads, work=work)


def list_due(
    caller: Caller, store: Store, *, before_us: int, reads: ReadLog, limit: int = PAGE
) -> tuple[ClaimedRow, ...]:
    """Give the agency's claims that are to be reviewed before a time, the first one first.

    Raises:
        RightsError: the caller does no casework.
    """
    params = DueParams(
        agency=agency_of(caller),
        user=caller.user,
        now_us=caller.as_of_us,
        before_us=before_us,
        limit=min(limit, PAGE),
    )
    return look(
        caller,
        store,
        deed=Deed.CLAIM_READ,
        about=About(),
        reads=reads,
        work=lambda unit: _listed(caller, unit.read(OWN_DUE, params)),
    )


def claim_there(unit: ReadUnit, caller: Caller, ref: str) -> ClaimedRow:
    """Give a claim of the caller's agency; query and policies both see to that.

    Raises:
        NotFoundError: there is none, it is another agency's, sealed to another one, or has
            lapsed: the same answer.
    """
    params = RefParams(agency=agency_of(caller), user=caller.user, now_us=caller.as_of_us, ref=ref)
    rows = unit.read(OWN_BY_REF, params)
    if len(rows) == 0 or not confirms(caller, Deed.CLAIM_READ, resource=_resource(rows[0])):
        raise NotFoundError("There is no such claim that you may see.")
    return rows[0]


def recipients_of(unit: ReadUnit, ref: str, *, owner: str) -> tuple[str, ...]:
    """Give the agencies that were shown a claim, as the log says (28 CFR 23.20(g) and (h))."""
    lines = ledger_in(unit, ref, LEDGER_PAGE)
    return tuple(sorted({line.agency for line in lines if line.agency is not None} - {owner}))


def _listed(caller: Caller, found: list[ClaimedRow]) -> Seen[tuple[ClaimedRow, ...]]:
    """Give claims that were found for a caller, and none that the policies keep from them."""
    rows = tuple(row for row in found if confirms(caller, Deed.CLAIM_READ, resource=_resource(row)))
    disclosed = tuple(row.ref for row in rows)
    return Seen(answer=rows, outcome="listed", disclosed=disclosed)


def _resource(row: ClaimedRow) -> Resource:
    return Resource(
        owner=row.agency,
        visibility=row.visibility,
        # Only sealing asks for names; without them one answer of the policies does for many.
        sealed_to=row.sealed_to,
        entered_by=row.entered_by if row.visibility == Visibility.SEALED else None,
    )
