"""Investigations and claims as columns and forms' words. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from client.resources.claims import Claim, ClaimLine
from client.resources.investigations import CountedCase
from dashboard.components.csv_file import Columns
from dashboard.desk.times import moment, span
from dashboard.wording import joined, visible

VISIBILITIES: Final[Mapping[str, str]] = {
    "open": "open: others who ask see title, role and grading too",
    "pointer": "pointer: others see whom to call",
    "silent": "silent: others see nothing; a supervisor sets it, with an end",
    "sealed": "sealed: one named supervisor is told, nobody else",
}
"""What others may learn of a claim."""
ROLES: Final = ("suspect", "officer persona", "victim")
RELIABILITIES: Final = ("reliable", "usually reliable", "unreliable", "unknown")
CONTENTS: Final = ("confirmed", "probable", "doubtful", "cannot judge")
HANDLINGS: Final = ("permitted", "conditions", "originator only")


def case_columns(cases: Sequence[CountedCase]) -> Columns:
    """Give investigations in the order of their references."""
    return {
        "Investigation": [visible(case.reference) for case in cases],
        "Title": [visible(case.title) for case in cases],
        "Status": [visible(case.status) for case in cases],
        "Purpose": [visible(case.purpose) for case in cases],
        "Lead": [visible(case.lead) for case in cases],
        "Deputies": [joined(case.deputies) for case in cases],
        "Unit": [visible(case.unit) for case in cases],
        "Contact": [visible(case.contact) for case in cases],
        "Claims": [case.claim_total for case in cases],
        "Opened": [case.opened_at or "" for case in cases],
        "Closed": [_closed(case) for case in cases],
    }


def claim_columns(claims: Sequence[Claim], *, as_of: str) -> Columns:
    """Give claims with what others may learn of them and until when they are reviewed."""
    return {
        "Identifier": [visible(claim.identifier) for claim in claims],
        "Kind": [visible(claim.kind) for claim in claims],
        "Role": [visible(claim.role) for claim in claims],
        "Others see": [others_see(claim) for claim in claims],
        "Review due": [claim.review_due_at for claim in claims],
        "Time left": [time_left(claim.review_due_at, as_of=as_of) for claim in claims],
        "Investigation": [visible(claim.reference) for claim in claims],
        "Rests on": [visible(claim.predicate) for claim in claims],
        "Source": [visible(claim.source) for claim in claims],
        "Tip": [visible(claim.tip) for claim in claims],
        "Reliability": [visible(claim.reliability) for claim in claims],
        "Content": [visible(claim.content) for claim in claims],
        "Handling": [visible(claim.handling) for claim in claims],
        "Validated": [_validated(claim) for claim in claims],
        "Entered by": [visible(claim.entered_by) for claim in claims],
        "Claim": [visible(claim.ref) for claim in claims],
    }


def line_columns(typed: Sequence[str], lines: Sequence[ClaimLine]) -> Columns:
    """Give what became of each line that was claimed; `line` counts from 1."""
    return {
        "Line": [line.line for line in lines],
        "As typed": [_typed(typed, line.line) for line in lines],
        "Result": [visible(line.outcome) for line in lines],
        "Why": [visible(line.reason) for line in lines],
        "Look at": [joined(line.warnings) for line in lines],
        "Claim": [visible(line.ref) for line in lines],
    }


def others_see(claim: Claim) -> str:
    """Give what others may learn of a claim, with until when or to whom."""
    said = visible(claim.visibility)
    if claim.silent_until_at is not None:
        said += f" until {claim.silent_until_at}"
    if claim.sealed_to is not None:
        said += f" to {visible(claim.sealed_to)}"
    return said if claim.approved_by is None else f"{said}, by {visible(claim.approved_by)}"


def time_left(due: str, *, as_of: str) -> str:
    """Give how long a claim still has; after its day it is taken out."""
    left = (moment(due) - moment(as_of)).total_seconds()
    return span(left) if left >= 0 else f"OVERDUE by {span(-left)}: it is taken out"


def name_of(claim: Claim) -> str:
    """Give a claim on one line, as it is chosen by."""
    return f"{claim.kind} {visible(claim.identifier)} ({visible(claim.role)}, {claim.ref[:8]})"


def _typed(typed: Sequence[str], line: int) -> str:
    return visible(typed[line - 1]) if 0 < line <= len(typed) else ""


def _validated(claim: Claim) -> str:
    if claim.validated_at is None:
        return ""
    by, what = visible(claim.validated_by), visible(claim.validated_what)
    return f"{claim.validated_at} by {by}: {what}"


def _closed(case: CountedCase) -> str:
    if case.closed_at is None:
        return ""
    return f"{case.closed_at} by {visible(case.closed_by)}: {visible(case.closed_why)}"
