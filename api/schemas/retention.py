"""How long records are kept, legal holds and purges on the wire."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.retention.classes import CountsFrom
from graph.services.legal_holds import HeldKind


class RetentionClass(Part):
    """A class of records: its policy or the rule that binds it, and the counts as of now."""

    kind: str
    meaning: str = Field(description="What belongs to it; of a fixed class its rule.")
    is_fixed: bool = Field(description="Whether a rule binds it that no policy changes.")
    version: int | None = Field(description="Of the policy in force; null: kept for good.")
    days: int | None
    due: int = Field(description="Records that the next purge takes.")
    held: int = Field(description="Records old enough that a legal hold keeps.")
    open: int = Field(description="Records old enough that are not closed.")
    is_cut_off: bool = Field(description="Whether only the first ones were counted.")


class RetentionClasses(Answer):
    """All classes of records of the own agency."""

    items: tuple[RetentionClass, ...]


class RetentionPolicy(Part):
    """A version of how long records of a class are kept."""

    kind: str
    number: int
    days: int | None = Field(description="Null: for good.")
    counts_from: str
    name: str
    dated: str
    why: str
    proposed_by: str
    proposed_at: str
    confirmed_by: str | None = Field(description="Null: it has no effect.")
    confirmed_at: str | None
    from_at: str | None = Field(description="From when it counts.")


class RetentionPolicies(Answer):
    """Every version for a class, the newest first."""

    items: tuple[RetentionPolicy, ...]


class RetentionPolicyAnswer(Answer, RetentionPolicy):
    """A version that was proposed or confirmed."""


class ProposeRetention(Wanted):
    """How long records of a class are to be kept."""

    days: int | None = Field(default=None, ge=30, le=36525, description="Null: for good.")
    counts_from: CountsFrom
    name: str = Field(max_length=200, description="Of the retention schedule or order.")
    dated: date = Field(description="Date of that.")
    why: str = Field(max_length=2000)


class RetentionLine(Part):
    """A record that is old enough to be asked about, and what becomes of it."""

    key: str
    fate: str
    why: str
    due_at: str | None = Field(description="When its age alone makes it due.")


class RetentionPage(PageAnswer[RetentionLine]):
    """A page of a dry run: nothing goes."""

    version: int | None = Field(description="Of the policy that was asked; null: none is set.")


class PurgeRecord(Part):
    """What one policy took away on one day, without naming it."""

    key: str
    kind: str
    name: str = Field(description="Of the policy.")
    began_at: str
    last_at: str
    total: int
    removed: int | None = Field(description="How many left the store; others hold the rest.")
    held: int | None = Field(description="How many stayed because of legal holds.")
    salt: str
    digest: str | None = Field(description="SHA-256 of `<digest before>|<salt>|<key>`, chained.")


class PurgeRecords(PageAnswer[PurgeRecord]):
    """Records of the own agency's purges."""


class PurgedTipAnswer(Answer):
    """That the own agency had a tip and purged it."""

    at: str
    policy: str
    number: int = Field(description="Version of the policy.")
    dated: str


class LegalHold(Part):
    """Something of the own agency that must not be purged."""

    key: str
    about: str
    subject: str
    why: str
    reference: str
    placed_by: str
    placed_at: str
    ended_at: str | None = Field(description="Null while it counts.")
    ended_by: str | None
    ended_why: str | None


class LegalHolds(Answer):
    """The own agency's legal holds, ended ones too, the newest first."""

    items: tuple[LegalHold, ...]
    cut_off: tuple[str, ...] = Field(description="What was left out, in sentences.")


class LegalHoldAnswer(Answer, LegalHold):
    """A hold that was placed or ended."""


class PlaceHold(Wanted):
    """A hold as a supervisor places it."""

    about: HeldKind
    subject: str = Field(
        default="",
        max_length=200,
        description="Key of the tip, or the investigation's reference; of the agency nothing.",
    )
    why: str = Field(max_length=2000)
    reference: str = Field(max_length=200, description="The order or letter that asks for it.")
