"""The HTTP client of Crosstip's API: one method for each route, typed answers, one error."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from client.calls import part
from client.groups import GroupAnswer
from client.links import ExplanationAnswer, LinksAnswer, NeighbourhoodAnswer
from client.near import NearAnswer
from client.overlaps import OverlapsAnswer
from client.paths import PathsAnswer
from client.resources.accounts import Accounts
from client.resources.agencies import Agencies
from client.resources.assignments import Assignments
from client.resources.assistance import Assistance
from client.resources.audit import Audit
from client.resources.caseload import Caseload
from client.resources.chart_reports import ChartReports
from client.resources.checks import Checks
from client.resources.claims import Claims
from client.resources.conflicts import Conflicts
from client.resources.custody import Custody
from client.resources.evidence import Evidence
from client.resources.feedback import Feedback
from client.resources.handoffs import Handoffs
from client.resources.incidents import Incidents
from client.resources.investigations import Investigations
from client.resources.jobs import Jobs
from client.resources.judgements import Judgements
from client.resources.log_on import LogOn
from client.resources.notes import Notes
from client.resources.notifications import Notifications
from client.resources.priority import Priority
from client.resources.provider_requests import ProviderRequests
from client.resources.quarantine import Quarantine
from client.resources.queue import Queue
from client.resources.retention import Retention
from client.resources.reviews import Reviews
from client.resources.routing import Routing
from client.resources.security_keys import SecurityKeys
from client.resources.service import Service
from client.resources.suggestions import Suggestions
from client.resources.tasks import Tasks
from client.resources.urgent import Urgent
from client.resources.users import Users
from client.resources.webhooks import Webhooks
from client.resources.workspaces import Workspaces
from client.search import HistoryAnswer, SearchAnswer
from client.states import StatesAnswer
from client.store import (
    FiguresAnswer,
    HealthAnswer,
    NamedQueriesAnswer,
    NamedQueryAnswer,
    SchemaAnswer,
    VersionAnswer,
)
from client.streams import Streams
from client.tips import TipAnswer, TipPageAnswer
from client.uploads import Documents


class CrosstipClient(
    Investigations,
    Claims,
    Checks,
    Conflicts,
    Notifications,
    Agencies,
    Users,
    Judgements,
    Audit,
    LogOn,
    Accounts,
    Webhooks,
    Streams,
    Service,
    Jobs,
    Quarantine,
    Queue,
    Reviews,
    Incidents,
    Caseload,
    Urgent,
    Priority,
    Retention,
    Evidence,
    Custody,
    Feedback,
    Handoffs,
    Assignments,
    Routing,
    SecurityKeys,
    Tasks,
    Notes,
    ProviderRequests,
    Assistance,
    ChartReports,
    Workspaces,
    Suggestions,
):
    """Asks one API with one token. Safe to share among threads; close it at the end.

    Every method, and making one, raises `ApiError` when there is no answer. No proxy of the
    environment is used and no redirection followed: the token goes to the given address only.
    """

    @property
    def documents(self) -> Documents:
        """Hands documents in: `client.documents.upload(path, wait=True)`."""
        return Documents(self)

    def health(self) -> HealthAnswer:
        """Ask whether the API is up; needs no token."""
        return self._get("health", HealthAnswer)

    def version(self) -> VersionAnswer:
        """Ask which version answers; needs no token."""
        return self._get("version", VersionAnswer)

    def tips(self, *, after: str = "", limit: int = 50) -> TipPageAnswer:
        """Give a page of tips, the most urgent first."""
        return self._get("tips", TipPageAnswer, {"after": after, "limit": limit})

    def tip(self, key: str) -> TipAnswer:
        """Give one tip."""
        return self._get(f"tips/{part(key)}", TipAnswer)

    def tip_links(self, key: str, *, limit: int = 200) -> LinksAnswer:
        """Give the tips that share identifiers with a tip."""
        return self._get(f"tips/{part(key)}/links", LinksAnswer, {"limit": limit})

    def tip_explanation(self, key: str, other: str) -> ExplanationAnswer:
        """Give all that speaks for and against one person behind two tips."""
        return self._get(f"tips/{part(key)}/links/{part(other)}", ExplanationAnswer)

    def tip_neighbourhood(self, key: str) -> NeighbourhoodAnswer:
        """Give the picture around a tip."""
        return self._get(f"tips/{part(key)}/neighbourhood", NeighbourhoodAnswer)

    def tip_group(self, key: str) -> GroupAnswer:
        """Give the tips that hang together with a tip by more than one link."""
        return self._get(f"tips/{part(key)}/group", GroupAnswer)

    def tip_paths(self, key: str, other: str, *, limit: int = 3, longest: int = 4) -> PathsAnswer:
        """Give the best chains of links between two tips."""
        path = f"tips/{part(key)}/paths/{part(other)}"
        return self._get(path, PathsAnswer, {"limit": limit, "longest": longest})

    def search(self, text: str) -> SearchAnswer:
        """Give what is in the graph under a text."""
        return self._post("search", SearchAnswer, {"text": text})

    def history(self, kind: str, key: str, *, limit: int = 200) -> HistoryAnswer:
        """Give every use of an identifier over tips and time."""
        return self._post("history", HistoryAnswer, {"kind": kind, "key": key, "limit": limit})

    def states(self, *, limit: int = 100) -> StatesAnswer:
        """Give decisions about identifiers' states, newest first."""
        return self._get("states", StatesAnswer, {"limit": limit})

    def near(self, pdq: str, *, limit: int = 50) -> NearAnswer:
        """Give hashes of pictures that may look alike, as hints."""
        return self._post("near", NearAnswer, {"pdq": pdq, "limit": limit})

    def overlaps(self, *, limit: int = 200) -> OverlapsAnswer:
        """Give the investigations of different agencies that meet."""
        return self._get("overlaps", OverlapsAnswer, {"limit": limit})

    def figures(self) -> FiguresAnswer:
        """Give what the store is and how much it holds."""
        return self._get("figures", FiguresAnswer)

    def schema(self) -> SchemaAnswer:
        """Give the graph's schema."""
        return self._get("schema", SchemaAnswer)

    def queries(self) -> NamedQueriesAnswer:
        """Give the queries that may be run by name."""
        return self._get("queries", NamedQueriesAnswer)

    def run_query(self, name: str, params: Mapping[str, JsonValue]) -> NamedQueryAnswer:
        """Give the rows of a named query."""
        return self._post(f"queries/{part(name)}", NamedQueryAnswer, {"params": dict(params)})

    def __enter__(self) -> CrosstipClient:
        return self
