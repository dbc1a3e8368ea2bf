"""Claims of one's own agency in an extract: those whose handling codes permit it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.leaving import kept_back, may_leave
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, require
from graph.casework.vocabulary import Visibility
from graph.exchange.extract import ClaimOut, Extract
from graph.queries.claims_leaving import (
    MOST_KEYS,
    OWN_BY_REFS,
    OWN_ON,
    LeavingRow,
    OwnOnParams,
    OwnRefsParams,
)
from graph.services.export_rights import StillSeen, tips_seen
from graph.store import ReadUnit, Store


def with_claims(caller: Caller, store: Store, extract: Extract) -> Extract:
    """Give an extract with the claims of the caller's agency on what is in it.

    What a handling code forbids to leave stays behind, and is counted with its reason. Whoever
    calls logs the claims before a byte of it is given out.

    Raises:
        RightsError: the caller reads no claims.
        StoreError: the store could not answer.
    """
    require(caller, Deed.CLAIM_READ)
    inside = {(value.kind, value.key) for value in extract.identifiers}
    rows = [
        row
        for row in _own(caller, store, sorted({key for _, key in inside}))
        if (row.kind, row.identifier) in inside and _is_seen(caller, row)
    ]
    return replace(
        extract,
        claims=tuple(_claim(row) for row in rows if may_leave(row)),
        left_out=(*extract.left_out, *kept_back(rows)),
    )


def extract_seen(unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
    """Give the tips and claims of an extract that its owner sees, and that may leave, now."""
    seen: StillSeen = tips_seen(Deed.TIP_READ)
    found = seen(unit, caller, records)
    others = sorted(set(records) - found)
    if len(others) == 0 or caller.agency is None:
        return found
    params = OwnRefsParams(
        agency=caller.agency, user=caller.user, now_us=caller.as_of_us, refs=others
    )
    rows = unit.read(OWN_BY_REFS, params)
    return found | {row.ref for row in rows if _is_seen(caller, row) and may_leave(row)}


def _own(caller: Caller, store: Store, keys: Sequence[str]) -> Iterator[LeavingRow]:
    for start in range(0, len(keys), MOST_KEYS):
        params = OwnOnParams(
            agency=agency_of(caller),
            user=caller.user,
            now_us=caller.as_of_us,
            keys=list(keys[start : start + MOST_KEYS]),
        )
        yield from store.read(OWN_ON, params)


def _is_seen(caller: Caller, row: LeavingRow) -> bool:
    is_sealed = row.visibility == Visibility.SEALED
    resource = Resource(
        owner=row.agency,
        visibility=row.visibility,
        sealed_to=row.sealed_to,
        entered_by=row.entered_by if is_sealed else None,
    )
    return confirms(caller, Deed.CLAIM_READ, resource=resource)


def _claim(row: LeavingRow) -> ClaimOut:
    return ClaimOut(
        ref=row.ref,
        agency=row.agency,
        reference=row.reference,
        kind=row.kind,
        identifier=row.identifier,
        role=row.role,
        handling=row.handling or "",
        reliability=row.reliability,
        content=row.content,
        entered_us=row.entered_us,
    )
