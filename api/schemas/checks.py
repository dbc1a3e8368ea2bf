"""Checks on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, Part, Wanted
from graph.identifiers.core import IdentifierKind

MOST_LINES = 1000
"""Lines in one body; a file takes more."""


class CheckValue(Wanted):
    """An identifier as somebody typed it."""

    value: str = Field(max_length=2000, examples=["dark.fox@example.com"])
    kind: IdentifierKind | None = None


class AskCheck(Wanted):
    """For what something is checked."""

    investigation: str = Field(
        min_length=1,
        max_length=200,
        description="Reference of an open investigation of the own agency.",
        examples=["26-0117"],
    )
    purpose: str = Field(max_length=100, description="Of the closed list.", examples=["cybertip"])


class CheckThese(AskCheck):
    """Identifiers to check, one by one or as a list."""

    values: tuple[CheckValue, ...] = Field(min_length=1, max_length=MOST_LINES)


class CheckTip(AskCheck):
    """A tip whose identifiers are checked."""

    tip: str = Field(min_length=1, max_length=200, examples=["ncmec:198000001"])


class SharedFacts(Part):
    """What an owner shares on an open claim."""

    title: str | None
    role: str
    reliability: str | None
    content: str | None
    handling: str | None


class Pointer(Part):
    """Whom to call about a match."""

    agency: str
    agency_name: str
    contact: str | None
    reference: str
    kind: str
    entered_at: str | None
    urgency: str = Field(description="`imminent danger` or `routine`.")
    is_historical: bool = Field(description="Closed there; nobody was told of this hit.")
    downgraded: str | None = Field(description="Why the match says little.")
    shared: SharedFacts | None


class OwnClaim(Part):
    """A claim of the own agency: no hit."""

    ref: str
    reference: str
    kind: str
    role: str


class ReadAs(Part):
    """What a line was looked up as."""

    kind: str
    key: str
    note: str | None


class CheckLine(Part):
    """The answer to one line."""

    outcome: str = Field(description="`hit`, `nothing to show`, `not checked` or `stale`.")
    reason: str | None
    read_as: tuple[ReadAs, ...]
    pointers: tuple[Pointer, ...]
    own: tuple[OwnClaim, ...]


class CheckAnswer(Answer):
    """The answer to a check. `nothing to show` is no statement that nobody works it."""

    ref: str = Field(description="Names the check in the log.")
    investigation: str
    purpose: str
    lines: tuple[CheckLine, ...] = Field(description="One for each line asked, in its order.")
    request: str | None = Field(description="The request that waits for a supervisor.")
    searched: str
    nothing_means: str
    about: str
    padding: str = Field(description="Fills the answer, so that its size tells little.")


class CheckRequest(Part):
    """A list that waits for a supervisor, or was approved."""

    key: str
    asker: str
    investigation: str
    purpose: str
    lines: int
    kinds: tuple[str, ...]
    filed_at: str
    until_at: str
    approved_by: str | None
    approved_at: str | None


class CheckRequestAnswer(Answer, CheckRequest):
    """A list that waits, or was approved."""


class CheckRequestsAnswer(Answer):
    """Lists that wait: to a supervisor the agency's, to others their own."""

    items: tuple[CheckRequest, ...]


class BudgetLeft(Part):
    """What somebody, or an agency as a whole, has used today and has left now."""

    whose: str
    used: int
    left: int
    per_day: int


class BudgetsAnswer(Answer):
    """Look-ups that are left."""

    items: tuple[BudgetLeft, ...]


class CheckAlert(Part):
    """Look-ups in a pattern, or of a planted identifier."""

    key: str
    rule: str
    text: str
    asker: str
    asker_agency: str
    investigation: str | None
    purpose: str
    object: str
    at: str


class CheckAlertsAnswer(Answer):
    """Alerts of the last 30 days."""

    items: tuple[CheckAlert, ...]
