"""The API's routing: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read

Purpose: TypeAlias = Literal[
    "state criminal law", "federal criminal law", "foreign criminal law", "assistance"
]


class RouteReason(Part):
    """One statement of the tip that leads to an agency. Never an identifier's value."""

    source: str
    points_to: str
    at: str | None
    person: str | None
    path: str
    confidence: str
    notes: tuple[str, ...]
    version: str | None


class RoutePermit(Part):
    """What the table of permitted recipients says; every line is for counsel to confirm."""

    purpose: str
    answer: str
    paragraph: str
    says: str
    status: str
    is_warning: bool


class RouteProposal(Part):
    """An agency that may hold the tip."""

    agency: str
    name: str
    kind: str
    contact: str | None
    confidence: str
    reasons: tuple[RouteReason, ...]
    against: tuple[str, ...]
    permit: RoutePermit
    holds: bool | None


class RouteLeftOut(Part):
    """What was not used, and why."""

    source: str
    path: str
    why: str


class RoutesAnswer(Answer):
    """Who may hold a tip; several, or none, is a normal answer, and a person decides."""

    tip: str
    outcome: str
    proposals: tuple[RouteProposal, ...]
    holders: tuple[str, ...] | None
    left_out: tuple[RouteLeftOut, ...]
    helps: tuple[str, ...]
    versions: tuple[str, ...]
    cut_off: tuple[str, ...]
    seen: str
    caveat: str


class DecideRoute(Asked):
    """To let an agency hold a tip; with `from_agency` another one's access ends."""

    agency: str
    from_agency: str | None = None
    why: str | None = None
    purpose: Purpose | None = None
    acknowledged: str | None = None
    seen: str | None = None


class RouteDecided(Answer):
    """A decision as it was made."""

    ref: str
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
    side: str
    tip: str
    other: str | None
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


class RouteReceiptPage(Answer):
    """The own agency's receipts, oldest first."""

    items: tuple[RouteReceipt, ...]
    next_after: str | None


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


class AgencyAreaPage(Answer):
    """Areas of agencies, ended ones too."""

    items: tuple[AgencyArea, ...]
    next_after: str | None


class Routing(Calls):
    """Calls about routing."""

    def tip_routes(self, tip: str, *, purpose: Purpose | None = None) -> RoutesAnswer:
        """Who may hold a tip, with every reason; several, or none, is a normal answer."""
        return read(
            self._call("GET", f"tips/{part(tip)}/routes", params={"purpose": purpose}), RoutesAnswer
        )

    def decide_route(
        self, tip: str, wanted: DecideRoute, *, key: str | None = None
    ) -> RouteDecided:
        """Let an agency hold a tip, or move it: one transaction, with a receipt for each side."""
        return read(
            self._call("POST", f"tips/{part(tip)}/routes", body=wanted, key=once(key)), RouteDecided
        )

    def route_receipts(self, *, after: str = "", limit: int = 50) -> RouteReceiptPage:
        """The own agency's receipts: tips that were given to it or taken from it, and why."""
        return read(
            self._call("GET", "route-receipts", params={"after": after, "limit": limit}),
            RouteReceiptPage,
        )

    def areas(self, *, after: str = "", limit: int = 50) -> AgencyAreaPage:
        """Which agency covers which area, from when until when, ended ones too."""
        return read(
            self._call("GET", "areas", params={"after": after, "limit": limit}), AgencyAreaPage
        )
