"""Claims of the own agency on the wire."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.casework.vocabulary import ClaimRole, Content, Handling, Reliability, Visibility
from graph.identifiers.core import IdentifierKind

MOST_TOGETHER = 200
"""Claims in one body; a file takes more."""


class Claim(Part):
    """An investigation's claim on one identifier."""

    ref: str = Field(description="Names the claim; its identifier is in no address.")
    investigation: str
    reference: str = Field(description="The investigation's.")
    status: str = Field(description="The investigation's: open or closed.")
    kind: str
    identifier: str
    role: str
    visibility: str
    silent_until_at: str | None
    approved_by: str | None
    sealed_to: str | None
    predicate: str | None
    predicate_by: str | None
    predicate_at: str | None
    tip: str | None
    source: str | None
    support: str | None
    reliability: str | None
    content: str | None
    handling: str | None
    entered_at: str | None
    entered_by: str | None
    review_due_at: str = Field(description="After that it is gone, unless validated before.")
    validated_at: str | None
    validated_by: str | None
    validated_what: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class ClaimPage(PageAnswer[Claim]):
    """Claims of an investigation that the caller may see."""


class DueClaims(Answer):
    """Claims that are to be reviewed soon, the first one first."""

    items: tuple[Claim, ...]
    cut_off: tuple[str, ...] = Field(description="What was left out, in sentences.")


class ReviewLine(Part):
    """A claim that is to be validated, or let go."""

    ref: str
    reference: str = Field(description="Of its investigation.")
    is_open: bool = Field(description="Whether that is open: only then it can be validated.")
    role: str
    visibility: str | None
    kind: str
    identifier: str
    review_due_at: str = Field(description="From then on it is in no answer.")
    days_left: int
    validated_at: str | None
    validated_by: str | None
    version: int | None


class ReviewQueue(PageAnswer[ReviewLine]):
    """Claims of the own agency by review date: each is validated, or let go."""


class ClaimAnswer(Answer, Claim):
    """A claim with everything that it states."""


class Stated(Wanted):
    """What a claim rests on (28 CFR 23.20)."""

    predicate: str | None = Field(
        default=None, max_length=2000, description="Facts that make suspicion reasonable."
    )
    predicate_by: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=2000, description="How obtained.")
    support: str | None = Field(default=None, max_length=2000, description="Where the file is.")
    reliability: Reliability | None = None
    content: Content | None = None
    handling: Handling | None = None


class ClaimThis(Stated):
    """An identifier to claim."""

    value: str = Field(
        min_length=1,
        max_length=2000,
        description="In any usual spelling.",
        examples=["dark.fox@example.com"],
    )
    kind: IdentifierKind | None = Field(default=None, description="Needed for a name or an id.")
    role: ClaimRole = ClaimRole.SUSPECT
    visibility: Visibility | None = None
    silent_until_at: AwareDatetime | None = None
    sealed_to: str | None = Field(default=None, max_length=200)
    review_due_at: AwareDatetime | None = None


class ClaimThese(Wanted):
    """Identifiers to claim for one investigation."""

    claims: tuple[ClaimThis, ...] = Field(min_length=1, max_length=MOST_TOGETHER)
    tip: str | None = Field(
        default=None, max_length=200, description="Tip that states them, if one does."
    )


class ClaimLine(Part):
    """What became of one line."""

    line: int = Field(description="Its place in what was sent, from 1.")
    outcome: str = Field(description="claimed, claimed before or refused.")
    ref: str | None
    reason: str | None = Field(description="Why it was refused; without the line's values.")
    warnings: tuple[str, ...]


class ClaimLinesAnswer(Answer):
    """What became of each line, in order."""

    lines: tuple[ClaimLine, ...]
    claimed: int
    claimed_before: int
    refused: int


class EditClaim(Stated):
    """What a claim is to state instead; a field that is left out stays as it is."""

    role: ClaimRole | None = None


class ShowClaim(Wanted):
    """What others may learn of a claim."""

    visibility: Visibility = Field(examples=["pointer"])
    silent_until_at: AwareDatetime | None = Field(
        default=None, description="For silent; a supervisor approves it."
    )
    sealed_to: str | None = Field(default=None, max_length=200, description="For sealed.")


class ValidateClaim(Wanted):
    """That current activity is still suspected."""

    looked_at: str = Field(
        min_length=1, max_length=2000, examples=["New log-ins in the provider's return."]
    )
    review_due_at: AwareDatetime | None = None


class ClaimChanged(Answer):
    """A claim after a change."""

    ref: str
    version: int
    review_due_at: str
    to_tell: tuple[str, ...] = Field(
        description="Agencies that were shown it and must be told (28 CFR 23.20(h))."
    )
    warnings: tuple[str, ...]


class ClaimPurged(Answer):
    """A claim that is gone; with commitment and salt it can be proved what was purged."""

    ref: str
    commitment: str
    salt: str
    to_tell: tuple[str, ...]


class LapsedPurged(Answer):
    """How many lapsed claims were taken out."""

    purged: int
