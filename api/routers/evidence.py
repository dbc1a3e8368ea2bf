"""A tip's files: what is asserted, what persons verified, and counsel's policies."""

from __future__ import annotations

from fastapi import APIRouter

from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import TipKey
from api.schemas.common import micro, one, some
from api.schemas.evidence import (
    CounselPoliciesAnswer,
    CounselPolicyLaid,
    EvidenceAnswer,
    FileVerified,
    LayPolicy,
    VerifyFile,
)
from api.schemas.wire import wire
from graph.clock import to_us
from graph.queries.evidence import POLICIES, VERIFICATIONS
from graph.services.evidence import NewVerification, show_evidence, verify_file
from graph.services.gate_policies import NewPolicy, lay_policy, list_policies

router = APIRouter(tags=["evidence"], route_class=OnceRoute)


@router.get("/tips/{tip}/evidence")
def tip_evidence(at: At, tip: TipKey) -> EvidenceAnswer:
    """A tip's files: asserted, verified, and what the legal gate answers for each."""
    found = show_evidence(at.caller, at.store, tip=tip, reads=at.reads)
    return one(EvidenceAnswer, found, at, query=VERIFICATIONS.name)


@router.post("/tips/{tip}/verifications")
def verify_tip_file(at: AtOnce, tip: TipKey, wanted: VerifyFile) -> FileVerified:
    """Record what you saw of a file outside Crosstip; what was asserted stays beside it."""
    new = NewVerification(
        file_id=wanted.file_id,
        about=wanted.about,
        verdict=wanted.verdict,
        seen_as=wanted.seen_as,
        why=wanted.why,
        authority=wanted.authority,
    )
    row = verify_file(at.caller, at.store, tip=tip, new=new)
    return one(FileVerified, row, at, query=VERIFICATIONS.name)


@router.get("/gate/policies")
def gate_policies(at: At) -> CounselPoliciesAnswer:
    """Every version of what your agency's counsel said of files that were not viewed."""
    rows = list_policies(at.caller, at.store, reads=at.reads)
    at.tag(rows[0].number if len(rows) > 0 else 0)
    return some(CounselPoliciesAnswer, at, query=POLICIES.name, items=wire(rows))


@router.post("/gate/policies")
def lay_gate_policy(at: AtOnce, expected: Expected, wanted: LayPolicy) -> CounselPolicyLaid:
    """Enter a new version of what counsel says; the older ones are kept."""
    new = NewPolicy(
        counsel=wanted.counsel,
        office=wanted.office,
        dated=wanted.dated.isoformat(),
        text=wanted.text,
        not_viewed=wanted.not_viewed,
        not_stated=wanted.not_stated,
        from_us=to_us(wanted.from_at),
        until_us=micro(wanted.until_at),
    )
    row = lay_policy(at.caller, at.store, expected=expected, new=new)
    at.tag(row.number)
    return one(CounselPolicyLaid, row, at, query=POLICIES.name)
