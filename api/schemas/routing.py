"""Routing on the wire: who may hold a tip and why, areas, and receipts of decisions."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.routing.recipients import Purpose


class RouteReason(Part):
    """One statement of the tip that leads to an agency. Never an identifier's value."""

    source: str = Field(description="What kind of statement it is.")
    points_to: str = Field(description="A place, or an agency that a document names.")
    at: str | None = Field(description="When what is stated happened, where it has a time.")
    person: str | None = Field(description="The block that it stands in.")
    path: str = Field(description="Where it stands in the document.")
    confidence: str = Field(description="strong, fair or weak.")
    notes: tuple[str, ...]
    version: str | None = Field(description="Of the file or table by which it points there.")


class RoutePermit(Part):
    """What the table of permitted recipients says; every line is for counsel to confirm."""

    purpose: str
    answer: str = Field(description="permitted, counsel to confirm, or not.")
    paragraph: str
    says: str
    status: str
    is_warning: bool = Field(description="Whether a decision needs `acknowledged`.")


class RouteProposal(Part):
    """An agency that may hold the tip."""

    agency: str
    name: str
    kind: str
    contact: str | None
    confidence: str = Field(description="strong, fair or weak.")
    reasons: tuple[RouteReason, ...]
    against: tuple[str, ...]
    permit: RoutePermit
    holds: bool | None = Field(
        description="Whether it holds the tip now; null: that is not yours to know."
    )


class RouteLeftOut(Part):
    """What was not used, and why."""

    source: str
    path: str
    why: str


class RoutesAnswer(Answer):
    """Who may hold a tip; several, or none, is a normal answer, and a person decides."""

    tip: str
    outcome: str = Field(description="one, several or unknown.")
    proposals: tuple[RouteProposal, ...]
    holders: tuple[str, ...] | None = Field(
        description="Who holds it, for whoever routes tips; else null."
    )
    left_out: tuple[RouteLeftOut, ...]
    helps: tuple[str, ...] = Field(description="What would help.")
    versions: tuple[str, ...] = Field(description="Of the tables and files it was made with.")
    cut_off: tuple[str, ...]
    seen: str = Field(description="Name of exactly this answer, for a decision to give.")
    caveat: str


class DecideRoute(Wanted):
    """To let an agency hold a tip; with `from_agency` another one's access ends."""

    agency: str = Field(max_length=200, examples=["alder"])
    from_agency: str | None = Field(default=None, max_length=200)
    why: str | None = Field(
        default=None, max_length=2000, examples=["The address is in their state."]
    )
    purpose: Purpose | None = None
    acknowledged: str | None = Field(
        default=None,
        max_length=2000,
        description="Why it goes in spite of a warning of the table of permitted recipients.",
    )
    seen: str | None = Field(default=None, max_length=64)


class RouteDecided(Answer):
    """A decision as it was made."""

    ref: str = Field(description="Name of the decision, on the receipts of both sides.")
    tip: str
    agency: str
    from_agency: str | None
    at: str
    decided_by: str
    why: str | None
    confidence: str | None
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    versions: tuple[str, ...]
    purpose: str
    permit: str
    paragraph: str
    acknowledged: str | None


class RouteReceipt(Part):
    """The own side's receipt of a decision."""

    ref: str
    side: str = Field(description="given to, or taken from.")
    tip: str
    other: str | None = Field(description="The other side; null where nobody held it.")
    at: str
    decided_by: str
    why: str | None
    confidence: str | None
    reasons: tuple[str, ...] | None
    against: tuple[str, ...] | None
    versions: tuple[str, ...] | None
    purpose: str | None
    permit: str
    paragraph: str
    acknowledged: str | None


class RouteReceiptPage(PageAnswer[RouteReceipt]):
    """The own agency's receipts, oldest first."""


class AgencyArea(Part):
    """An area of an agency."""

    key: str
    agency: str
    country: str
    state: str | None
    county: str | None
    city: str | None
    from_at: str
    until_at: str | None
    verified: bool
    source: str
    reviewed: str
    version: int


class AgencyAreaPage(PageAnswer[AgencyArea]):
    """Areas of agencies, ended ones too."""
