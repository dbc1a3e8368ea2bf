"""The API's checks: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.claims import IdentifierKind


class CheckValue(Asked):
    """An identifier as somebody typed it."""

    value: str
    kind: IdentifierKind | None = None


class CheckThese(Asked):
    """Identifiers to check, one by one or as a list."""

    investigation: str
    purpose: str
    values: tuple[CheckValue, ...]


class ReadAs(Part):
    """What a line was looked up as."""

    kind: str
    key: str
    note: str | None


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
    urgency: str
    is_historical: bool
    downgraded: str | None
    shared: SharedFacts | None


class OwnClaim(Part):
    """A claim of the own agency: no hit."""

    ref: str
    reference: str
    kind: str
    role: str


class CheckLine(Part):
    """The answer to one line."""

    outcome: str
    reason: str | None
    read_as: tuple[ReadAs, ...]
    pointers: tuple[Pointer, ...]
    own: tuple[OwnClaim, ...]


class CheckAnswer(Answer):
    """The answer to a check. `nothing to show` is no statement that nobody works it."""

    ref: str
    investigation: str
    purpose: str
    lines: tuple[CheckLine, ...]
    request: str | None
    searched: str
    nothing_means: str
    about: str
    padding: str


class CheckTip(Asked):
    """A tip whose identifiers are checked."""

    investigation: str
    purpose: str
    tip: str


class AskCheck(Asked):
    """For what something is checked."""

    investigation: str
    purpose: str


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


class CheckRequestsAnswer(Answer):
    """Lists that wait: to a supervisor the agency's, to others their own."""

    items: tuple[CheckRequest, ...]


class CheckRequestAnswer(Answer):
    """A list that waits, or was approved."""

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


class Checks(Calls):
    """Calls about checks."""

    def check(self, wanted: CheckThese, *, key: str | None = None) -> CheckAnswer:
        """Check identifiers. `nothing to show` is no statement that nobody works them."""
        return read(self._call("POST", "checks", body=wanted, key=once(key)), CheckAnswer)

    def check_of_tip(self, wanted: CheckTip, *, key: str | None = None) -> CheckAnswer:
        """Check the identifiers that a tip states now; they are not charged."""
        return read(self._call("POST", "checks/tip", body=wanted, key=once(key)), CheckAnswer)

    def check_of_investigation(self, wanted: AskCheck, *, key: str | None = None) -> CheckAnswer:
        """Check every claim of an investigation that you may see; nothing is charged."""
        return read(
            self._call("POST", "checks/investigation", body=wanted, key=once(key)), CheckAnswer
        )

    def check_file(
        self, wanted: bytes, *, investigation: str, purpose: str, key: str | None = None
    ) -> str:
        """Check a file; it comes back with a result beside each line."""
        return self._call(
            "POST",
            "checks/file",
            params={"investigation": investigation, "purpose": purpose},
            body=wanted,
            key=once(key),
        ).text

    def check_requests_that_wait(self) -> CheckRequestsAnswer:
        """Lists that wait: to a supervisor the agency's, to others their own."""
        return read(self._call("GET", "checks/requests"), CheckRequestsAnswer)

    def approve_check_request(self, request: str, *, key: str | None = None) -> CheckRequestAnswer:
        """Let a long list of somebody else be checked; a supervisor does."""
        return read(
            self._call("POST", f"checks/requests/{part(request)}/approve", key=once(key)),
            CheckRequestAnswer,
        )

    def check_budgets(self) -> BudgetsAnswer:
        """Look-ups that you and your agency have left; to a supervisor everybody's."""
        return read(self._call("GET", "checks/budgets"), BudgetsAnswer)

    def check_alerts(self) -> CheckAlertsAnswer:
        """Alerts of the last 30 days: look-ups in a pattern, planted identifiers asked about."""
        return read(self._call("GET", "checks/alerts"), CheckAlertsAnswer)
