"""The API's claims: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read, reference
from client.resources.investigations import Reason


class Claim(Part):
    """An investigation's claim on one identifier."""

    ref: str
    investigation: str
    reference: str
    status: str
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
    review_due_at: str
    validated_at: str | None
    validated_by: str | None
    validated_what: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class ClaimPage(Answer):
    """Claims of an investigation that the caller may see."""

    items: tuple[Claim, ...]
    next_after: str | None


Reliability: TypeAlias = Literal["reliable", "usually reliable", "unreliable", "unknown"]

Content: TypeAlias = Literal["confirmed", "probable", "doubtful", "cannot judge"]

Handling: TypeAlias = Literal["permitted", "conditions", "originator only"]

IdentifierKind: TypeAlias = Literal[
    "Account", "Email", "Phone", "IpAddress", "FileHash", "Device", "Url", "ScreenName"
]

ClaimRole: TypeAlias = Literal["suspect", "officer persona", "victim"]

Visibility: TypeAlias = Literal["open", "pointer", "silent", "sealed"]


class ClaimThis(Asked):
    """An identifier to claim."""

    predicate: str | None = None
    predicate_by: str | None = None
    source: str | None = None
    support: str | None = None
    reliability: Reliability | None = None
    content: Content | None = None
    handling: Handling | None = None
    value: str
    kind: IdentifierKind | None = None
    role: ClaimRole = "suspect"
    visibility: Visibility | None = None
    silent_until_at: datetime | None = None
    sealed_to: str | None = None
    review_due_at: datetime | None = None


class ClaimThese(Asked):
    """Identifiers to claim for one investigation."""

    claims: tuple[ClaimThis, ...]
    tip: str | None = None


class ClaimLine(Part):
    """What became of one line."""

    line: int
    outcome: str
    ref: str | None
    reason: str | None
    warnings: tuple[str, ...]


class ClaimLinesAnswer(Answer):
    """What became of each line, in order."""

    lines: tuple[ClaimLine, ...]
    claimed: int
    claimed_before: int
    refused: int


class DueClaims(Answer):
    """Claims that are to be reviewed soon, the first one first."""

    items: tuple[Claim, ...]
    cut_off: tuple[str, ...]


class LapsedPurged(Answer):
    """How many lapsed claims were taken out."""

    purged: int


class ClaimAnswer(Answer):
    """A claim with everything that it states."""

    ref: str
    investigation: str
    reference: str
    status: str
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
    review_due_at: str
    validated_at: str | None
    validated_by: str | None
    validated_what: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class EditClaim(Asked):
    """What a claim is to state instead; a field that is left out stays as it is."""

    predicate: str | None = None
    predicate_by: str | None = None
    source: str | None = None
    support: str | None = None
    reliability: Reliability | None = None
    content: Content | None = None
    handling: Handling | None = None
    role: ClaimRole | None = None


class ClaimChanged(Answer):
    """A claim after a change."""

    ref: str
    version: int
    review_due_at: str
    to_tell: tuple[str, ...]
    warnings: tuple[str, ...]


class ShowClaim(Asked):
    """What others may learn of a claim."""

    visibility: Visibility
    silent_until_at: datetime | None = None
    sealed_to: str | None = None


class ValidateClaim(Asked):
    """That current activity is still suspected."""

    looked_at: str
    review_due_at: datetime | None = None


class ClaimPurged(Answer):
    """A claim that is gone; with commitment and salt it can be proved what was purged."""

    ref: str
    commitment: str
    salt: str
    to_tell: tuple[str, ...]


class Claims(Calls):
    """Calls about claims."""

    def claims(self, investigation: str, *, after: str = "", limit: int = 50) -> ClaimPage:
        """Claims of an investigation of your agency that you may see."""
        return read(
            self._call(
                "GET",
                f"investigations/{reference(investigation)}/claims",
                params={"after": after, "limit": limit},
            ),
            ClaimPage,
        )

    def add_claims(
        self, investigation: str, wanted: ClaimThese, *, key: str | None = None
    ) -> ClaimLinesAnswer:
        """Claim identifiers; each is claimed, was before, or says why not."""
        return read(
            self._call(
                "POST",
                f"investigations/{reference(investigation)}/claims",
                body=wanted,
                key=once(key),
            ),
            ClaimLinesAnswer,
        )

    def add_claims_file(
        self, investigation: str, wanted: bytes, *, key: str | None = None
    ) -> ClaimLinesAnswer:
        """Claim what a CSV file names; each line is claimed, was before, or says why not."""
        return read(
            self._call(
                "POST",
                f"investigations/{reference(investigation)}/claims/file",
                body=wanted,
                key=once(key),
            ),
            ClaimLinesAnswer,
        )

    def due_claims(self, *, days: int = 30, limit: int = 200) -> DueClaims:
        """Claims of your agency that are to be reviewed soon; after that day they are gone."""
        return read(
            self._call("GET", "claims/due", params={"days": days, "limit": limit}), DueClaims
        )

    def purge_lapsed_claims(self, *, key: str | None = None) -> LapsedPurged:
        """Take out every claim whose review date has passed."""
        return read(self._call("POST", "claims/purge-lapsed", key=once(key)), LapsedPurged)

    def claim(self, claim: str) -> ClaimAnswer:
        """One claim of your agency with everything that it states."""
        return read(self._call("GET", f"claims/{part(claim)}"), ClaimAnswer)

    def update_claim(self, claim: str, wanted: EditClaim, *, version: int) -> ClaimChanged:
        """Correct what a claim states; that is no validation and moves no review date."""
        return read(
            self._call("PATCH", f"claims/{part(claim)}", body=wanted, version=version), ClaimChanged
        )

    def show_claim_to_others(self, claim: str, wanted: ShowClaim, *, version: int) -> ClaimChanged:
        """Set what others may learn: silent takes a supervisor and an end, sealed a supervisor."""
        return read(
            self._call("PUT", f"claims/{part(claim)}/visibility", body=wanted, version=version),
            ClaimChanged,
        )

    def validate(
        self, claim: str, wanted: ValidateClaim, *, version: int, key: str | None = None
    ) -> ClaimChanged:
        """State that current activity is still suspected; the review date moves."""
        return read(
            self._call(
                "POST",
                f"claims/{part(claim)}/validate",
                body=wanted,
                version=version,
                key=once(key),
            ),
            ClaimChanged,
        )

    def purge(self, claim: str, wanted: Reason, *, key: str | None = None) -> ClaimPurged:
        """Take a claim out. Keep the salt: no answer is given a second time."""
        return read(
            self._call("POST", f"claims/{part(claim)}/purge", body=wanted, key=once(key)),
            ClaimPurged,
        )
