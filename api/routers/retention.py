"""How long records are kept: policies by class, dry runs, records of purges, and legal holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref, TipKey
from api.schemas.cases import Reason
from api.schemas.common import one, page, some
from api.schemas.retention import (
    LegalHoldAnswer,
    LegalHolds,
    PlaceHold,
    ProposeRetention,
    PurgedTipAnswer,
    PurgeRecords,
    RetentionClasses,
    RetentionPage,
    RetentionPolicies,
    RetentionPolicyAnswer,
)
from api.schemas.wire import wire
from graph.queries.retention import HOLDS, MOST, POLICIES, RECORDS, STUBS
from graph.queries.retention_rows import HELD_BEFORE
from graph.retention.classes import NewPolicy, RecordClass
from graph.services.legal_holds import NewHold, end_hold, list_holds, place_hold
from graph.services.retention_policies import confirm_policy, list_policies, propose_policy
from graph.services.retention_views import dry_run, list_records, purged_tip, tally

router = APIRouter(tags=["retention"], route_class=OnceRoute)
_Number = Annotated[int, Path(ge=1, le=1_000_000, description="Version of the policy.")]


@router.get("/retention")
def retention(at: At) -> RetentionClasses:
    """Every class of records: how long it is kept, and how much is due, on hold or open."""
    rows = tally(at.caller, at.store, reads=at.reads)
    return some(RetentionClasses, at, query=HELD_BEFORE.name, items=wire(rows))


@router.get("/retention/records")
def purge_records(at: At, *, after: After = "", limit: PageLimit = 50) -> PurgeRecords:
    """What was purged, by class, version of the policy and day: counts and digests."""
    start = place(after, str)
    rows = list_records(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = cursor(rows[-1].key) if len(rows) == limit else None
    return page(PurgeRecords, rows, at, query=RECORDS.name, next_after=following)


@router.get("/retention/purged/{tip}")
def purged(at: At, tip: TipKey) -> PurgedTipAnswer:
    """When, and under which policy, your agency purged a tip whose number you have again."""
    return one(
        PurgedTipAnswer,
        purged_tip(at.caller, at.store, tip=tip, reads=at.reads),
        at,
        query=STUBS.name,
    )


@router.get("/retention/{kind}/policies")
def retention_policies(at: At, kind: RecordClass) -> RetentionPolicies:
    """Every version of how long your agency keeps records of a class, the newest first."""
    rows = [r for r in list_policies(at.caller, at.store, reads=at.reads) if r.kind == kind]
    at.tag(rows[0].number if len(rows) > 0 else 0)
    return some(RetentionPolicies, at, query=POLICIES.name, items=wire(rows))


@router.post("/retention/{kind}/policies")
def propose_retention(
    at: AtOnce, kind: RecordClass, expected: Expected, wanted: ProposeRetention
) -> RetentionPolicyAnswer:
    """Propose a new version; it has no effect until another person confirms it."""
    new = NewPolicy(
        kind=kind,
        days=wanted.days,
        counts_from=wanted.counts_from,
        name=wanted.name,
        dated=wanted.dated.isoformat(),
        why=wanted.why,
    )
    row = propose_policy(at.caller, at.store, expected=expected, new=new)
    at.tag(row.number)
    return one(RetentionPolicyAnswer, row, at, query=POLICIES.name)


@router.post("/retention/{kind}/policies/{number}/confirm")
def confirm_retention(at: AtOnce, kind: RecordClass, number: _Number) -> RetentionPolicyAnswer:
    """Confirm the newest version: it counts in seven days. Never by whoever proposed it."""
    row = confirm_policy(at.caller, at.store, kind=kind, number=number)
    return one(RetentionPolicyAnswer, row, at, query=POLICIES.name)


@router.get("/retention/{kind}/dry-run")
def retention_dry_run(
    at: At,
    kind: RecordClass,
    *,
    version: Annotated[
        int | None, Query(ge=1, le=1_000_000, description="A version that is only proposed.")
    ] = None,
    after: After = "",
    limit: PageLimit = 50,
) -> RetentionPage:
    """What would go now, and why each record goes or stays. Nothing goes."""
    start = place(after, str)
    found = dry_run(
        at.caller,
        at.store,
        kind=kind,
        reads=at.reads,
        version=version,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return some(
        RetentionPage,
        at,
        query=HELD_BEFORE.name,
        items=wire(found.lines),
        next_after=following,
        version=found.version,
    )


@router.get("/holds")
def legal_holds(at: At) -> LegalHolds:
    """Your agency's legal holds, ended ones too, the newest first."""
    rows = list_holds(at.caller, at.store, reads=at.reads)
    cut_off = [f"Only the newest {MOST} are shown."] if len(rows) == MOST else []
    return some(LegalHolds, at, query=HOLDS.name, items=wire(rows), cut_off=[*cut_off])


@router.post("/holds")
def place_legal_hold(at: AtOnce, wanted: PlaceHold) -> LegalHoldAnswer:
    """Place a legal hold: from then on nothing of it is purged."""
    new = NewHold(
        about=wanted.about, subject=wanted.subject, why=wanted.why, reference=wanted.reference
    )
    return one(LegalHoldAnswer, place_hold(at.caller, at.store, new=new), at, query=HOLDS.name)


@router.post("/holds/{hold}/end")
def end_legal_hold(at: AtOnce, hold: Ref, wanted: Reason) -> LegalHoldAnswer:
    """End a legal hold: what is due goes with the next purge."""
    row = end_hold(at.caller, at.store, hold=hold, why=wanted.why)
    return one(LegalHoldAnswer, row, at, query=HOLDS.name)
