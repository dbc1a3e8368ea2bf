"""Claims of the own agency: added, listed, corrected, shown to others, validated, purged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query

from api import claim_lines
from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce, AtOnceUnkept
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref, Reference
from api.ports import CaseFiles
from api.schemas.cases import Reason
from api.schemas.claims import (
    ClaimAnswer,
    ClaimChanged,
    ClaimLinesAnswer,
    ClaimPage,
    ClaimPurged,
    ClaimThese,
    DueClaims,
    EditClaim,
    LapsedPurged,
    ShowClaim,
    ValidateClaim,
)
from api.schemas.common import micro, one, page, some
from api.schemas.wire import wire
from graph.casework.terms import DAY_US
from graph.queries.claims import OWN_BY_REF, OWN_DUE, OWN_IN_INVESTIGATION
from graph.queries.purging import LAPSED
from graph.services.case_access import own_key
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claims import Changed, ClaimEdit, edit_claim, show_to_others, validate_claim
from graph.services.purging import purge_claim, purge_lapsed

router = APIRouter(tags=["claims"], route_class=OnceRoute)


@router.get("/investigations/{investigation}/claims")
def claims(at: At, reference: Reference, after: After = "", limit: PageLimit = 50) -> ClaimPage:
    """Claims of an investigation of your agency that you may see."""
    found = place(after, str)
    rows = list_claims(
        at.caller,
        at.store,
        investigation=own_key(at.caller, reference),
        reads=at.reads,
        after_ref="" if found is None else str(found[0]),
        limit=limit,
    )
    following = cursor(rows[-1].ref) if len(rows) == limit else None
    return page(ClaimPage, rows, at, query=OWN_IN_INVESTIGATION.name, next_after=following)


@router.post("/investigations/{investigation}/claims")
def add_claims(at: AtOnce, reference: Reference, wanted: ClaimThese) -> ClaimLinesAnswer:
    """Claim identifiers; each is claimed, was before, or says why not."""
    return claim_lines.claim_all(at, own_key(at.caller, reference), wanted)


@router.post("/investigations/{investigation}/claims/file")
def add_claims_file(
    at: AtOnce,
    reference: Reference,
    files: CaseFiles,
    text: Annotated[bytes, Body(media_type="text/csv", description="Columns kind, value, …")],
) -> ClaimLinesAnswer:
    """Claim what a CSV file names; each line is claimed, was before, or says why not."""
    return claim_lines.claim_file(at, reference, text, files)


@router.get("/claims/due")
def due_claims(
    at: At,
    days: Annotated[int, Query(ge=1, le=1825, description="Within so many days.")] = 30,
    limit: PageLimit = 200,
) -> DueClaims:
    """Claims of your agency that are to be reviewed soon; after that day they are gone."""
    before_us = at.caller.as_of_us + days * DAY_US
    rows = list_due(at.caller, at.store, before_us=before_us, reads=at.reads, limit=limit)
    cut_off = [f"Only the first {limit} are shown."] if len(rows) == limit else []
    return some(DueClaims, at, query=OWN_DUE.name, items=wire(rows), cut_off=[*cut_off])


@router.post("/claims/purge-lapsed")
def purge_lapsed_claims(at: AtOnce) -> LapsedPurged:
    """Take out every claim whose review date has passed."""
    return some(LapsedPurged, at, query=LAPSED.name, purged=purge_lapsed(at.caller, at.store))


@router.get("/claims/{claim}")
def claim(at: At, claim: Ref) -> ClaimAnswer:
    """One claim of your agency with everything that it states."""
    row = show_claim(at.caller, at.store, ref=claim, reads=at.reads)
    at.tag(row.version)
    return one(ClaimAnswer, row, at, query=OWN_BY_REF.name)


@router.patch("/claims/{claim}")
def update_claim(at: At, claim: Ref, expected: Expected, wanted: EditClaim) -> ClaimChanged:
    """Correct what a claim states; that is no validation and moves no review date."""
    edit = ClaimEdit(**dict(wanted))
    return _changed(at, edit_claim(at.caller, at.store, ref=claim, expected=expected, edit=edit))


@router.put("/claims/{claim}/visibility")
def show_claim_to_others(at: At, claim: Ref, expected: Expected, wanted: ShowClaim) -> ClaimChanged:
    """Set what others may learn: silent takes a supervisor and an end, sealed a supervisor."""
    done = show_to_others(
        at.caller,
        at.store,
        ref=claim,
        expected=expected,
        visibility=wanted.visibility,
        silent_until_us=micro(wanted.silent_until_at),
        sealed_to=wanted.sealed_to,
    )
    return _changed(at, done)


@router.post("/claims/{claim}/validate")
def validate(at: AtOnce, claim: Ref, expected: Expected, wanted: ValidateClaim) -> ClaimChanged:
    """State that current activity is still suspected; the review date moves."""
    done = validate_claim(
        at.caller,
        at.store,
        ref=claim,
        expected=expected,
        looked_at=wanted.looked_at,
        review_due_us=micro(wanted.review_due_at),
    )
    return _changed(at, done)


@router.post("/claims/{claim}/purge")
def purge(at: AtOnceUnkept, claim: Ref, wanted: Reason) -> ClaimPurged:
    """Take a claim out. Keep the salt: no answer is given a second time."""
    done = purge_claim(at.caller, at.store, ref=claim, why=wanted.why)
    return one(ClaimPurged, done, at, query=OWN_BY_REF.name)


def _changed(at: At, done: Changed) -> ClaimChanged:
    at.tag(done.version)
    return one(ClaimChanged, done, at, query=OWN_BY_REF.name)
