"""The second look at the records of an export: which of them its owner may see at this moment.

A list is read page by page, and written for as long as an hour. So each record is asked about
again right before its row is written, when the file is whole, and when it is fetched, by query and
policies alike, as whoever the owner is by then. What is not theirs any more is absent: nothing says
that it was there (28 CFR 23.20(h); decision 20).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from graph.audit.records import agency_of_log, log_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, permits
from graph.casework.vocabulary import UserRole, Visibility
from graph.queries.conflicts import CONFLICTS_BY_KEY, ConflictKeysParams
from graph.queries.exported import (
    CLAIMS,
    CONFLICTS,
    MOST,
    NOTICES,
    ExportedClaimsParams,
    ExportedParams,
)
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.services.conflict_access import as_record, own_side
from graph.store import ReadUnit

StillSeen: TypeAlias = "Callable[[ReadUnit, Caller, Sequence[str]], set[str]]"
"""Gives those of some records, a thousand at most, that a caller may see."""


def seen_of(
    unit: ReadUnit, caller: Caller, records: Collection[str], still_seen: StillSeen
) -> set[str]:
    """Give those of any number of records that a caller may see now.

    Raises:
        StoreError: the store could not answer.
    """
    ordered = sorted(set(records))
    found: set[str] = set()
    for start in range(0, len(ordered), MOST):
        found |= still_seen(unit, caller, ordered[start : start + MOST])
    return found


def tips_seen(deed: Deed) -> StillSeen:
    """Give what tells tips that the policies permit a deed on."""

    def seen(unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
        rows = unit.read(WHOSE, TipKeysParams(keys=list(records)))
        return {
            row.tip
            for row in rows
            if permits(
                caller,
                deed,
                resource=Resource(owner=caller.agency, holders=frozenset(row.holders)),
            )
        }

    return seen


def claims_seen(unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
    """Give the claims that a caller may see."""
    params = ExportedClaimsParams(
        refs=list(records),
        agency=agency_of(caller),
        user=caller.user,
        now_us=caller.as_of_us,
    )
    return {
        row.ref
        for row in unit.read(CLAIMS, params)
        if confirms(
            caller,
            Deed.CLAIM_READ,
            resource=Resource(
                owner=row.agency,
                visibility=row.visibility,
                sealed_to=row.sealed_to,
                entered_by=row.entered_by if row.visibility == Visibility.SEALED else None,
            ),
        )
    }


def conflicts_seen(unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
    """Give the conflicts that a caller's side is told of."""
    found = unit.read(CONFLICTS, _asked(caller, records))
    if len(found) == 0:
        return set()
    rows = unit.read(CONFLICTS_BY_KEY, ConflictKeysParams(keys=[row.key for row in found]))
    return {
        row.ref
        for row in rows
        if confirms(caller, Deed.CONFLICT_READ, resource=as_record(row, own_side(row, caller)))
    }


def notices_seen(unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
    """Give the notices that are a caller's."""
    return {
        row.key
        for row in unit.read(NOTICES, _asked(caller, records))
        if confirms(
            caller,
            Deed.NOTICE_READ,
            resource=Resource(owner=row.agency, addressed=frozenset(row.recipients)),
        )
    }


def checks_seen(_unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
    """Give the askers whose checks a caller may see, all of the caller's agency."""
    own = agency_of(caller)
    return {
        asker
        for asker in records
        if confirms(caller, Deed.CHECK_READ, resource=Resource(owner=own, asked_by=asker))
    }


def log_seen(_unit: ReadUnit, caller: Caller, records: Sequence[str]) -> set[str]:
    """Give the logs that a caller may read: their agency's own."""
    return {
        log
        for log in records
        if log == log_of(caller.agency)
        and permits(caller, Deed.AUDIT_READ, resource=Resource(owner=agency_of_log(log)))
    }


def _asked(caller: Caller, records: Sequence[str]) -> ExportedParams:
    return ExportedParams(
        refs=list(records),
        agency=agency_of(caller),
        user=caller.user,
        is_supervisor=UserRole.SUPERVISOR in caller.roles,
    )
