"""Claims as they come over the wire: drafts made, each line's outcome given back."""

from __future__ import annotations

from collections.abc import Sequence

from api.conduct.desk import Desk
from api.ports import CaseFilePort
from api.schemas.claims import ClaimLinesAnswer, ClaimThese, ClaimThis
from api.schemas.common import micro, some
from api.schemas.wire import Plain
from graph.casework.rights import agency_of
from graph.casework.terms import ClaimDraft
from graph.errors import RowError
from graph.identifiers.claimable import claimable
from graph.identifiers.core import Policy
from graph.queries.claims import OWN_IN_INVESTIGATION
from graph.services.case_access import own_key
from graph.services.claim_entry import Line, claim
from graph.services.tip_claims import claim_from_tip

TOGETHER = 1000
"""Lines of a file in one transaction."""


def claim_all(at: Desk, investigation: str, wanted: ClaimThese) -> ClaimLinesAnswer:
    """Claim what a body names, from a tip where it names one.

    Raises:
        CrosstipError: as the services; nothing was claimed.
    """
    read = [_draft(item, Policy(synthetic=at.synthetic)) for item in wanted.claims]
    drafts = [draft for draft in read if isinstance(draft, ClaimDraft)]
    if wanted.tip is None:
        done = claim(at.caller, at.store, investigation=investigation, drafts=drafts)
    else:
        done = claim_from_tip(
            at.caller, at.store, investigation=investigation, tip=wanted.tip, drafts=drafts
        )
    lines = iter(done)
    return _answer(at, [next(lines) if isinstance(item, ClaimDraft) else item for item in read])


def claim_file(at: Desk, reference: str, text: bytes, files: CaseFilePort) -> ClaimLinesAnswer:
    """Claim what a file names, a thousand lines at once.

    Raises:
        CrosstipError: as the services; parts before the one that failed are claimed, and the same
            file again finds them claimed before.
    """
    key = own_key(at.caller, reference)
    read = files.claims(
        text,
        agency=agency_of(at.caller),
        reference=reference.strip(),
        policy=Policy(synthetic=at.synthetic),
    )
    drafts = [draft for draft in read if isinstance(draft, ClaimDraft)]
    done: list[Line] = []
    for start in range(0, max(len(drafts), 1), TOGETHER):
        part = drafts[start : start + TOGETHER]
        done += claim(at.caller, at.store, investigation=key, drafts=part)
    lines = iter(done)
    found = [
        next(lines)
        if isinstance(item, ClaimDraft)
        else Line(outcome="refused", ref=None, reason=item)
        for item in read
    ]
    return _answer(at, found)


def _draft(item: ClaimThis, policy: Policy) -> ClaimDraft | Line:
    try:
        identifier = claimable(item.value, item.kind, policy)
    except RowError as error:
        return Line(outcome="refused", ref=None, reason=str(error))
    return ClaimDraft(
        identifier=identifier,
        role=item.role,
        visibility=item.visibility,
        silent_until_us=micro(item.silent_until_at),
        sealed_to=item.sealed_to,
        predicate=item.predicate,
        predicate_by=item.predicate_by,
        source=item.source,
        support=item.support,
        reliability=item.reliability,
        content=item.content,
        handling=item.handling,
        review_due_us=micro(item.review_due_at),
    )


def _answer(at: Desk, lines: Sequence[Line]) -> ClaimLinesAnswer:
    said: list[Plain] = [
        {
            "line": number,
            "outcome": line.outcome,
            "ref": line.ref,
            "reason": line.reason,
            "warnings": [*line.warnings],
        }
        for number, line in enumerate(lines, start=1)
    ]
    totals: dict[str, Plain] = {
        outcome.replace(" ", "_"): sum(line.outcome == outcome for line in lines)
        for outcome in ("claimed", "claimed before", "refused")
    }
    return some(ClaimLinesAnswer, at, query=OWN_IN_INVESTIGATION.name, lines=said, **totals)
