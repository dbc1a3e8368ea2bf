"""The matrix of rights over HTTP: every operation by every role, and by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from httpx import codes

from api import streams
from api.conduct.desk import ASKED
from api.middleware.headers import SECURITY_HEADERS
from api.routes import ROUTERS
from crosstip.serving.uploads import IntakeUploads
from graph.casework.deeds import Deed
from graph.casework.rights import roles_for
from graph.casework.vocabulary import UserRole
from graph.clock import now_us
from graph.store import Store, WriteUnit
from tests.api.account_requests import ACCOUNT_REQUESTS, OF_EVERYBODY, PROVED_ANEW
from tests.api.asking_requests import ASKING
from tests.api.desk_requests import DESK_REQUESTS
from tests.api.handing_requests import HANDING_REQUESTS
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.api.priority_requests import PRIORITY_REQUESTS
from tests.api.retention_requests import RETENTION_REQUESTS
from tests.api.rights_requests import REQUESTS, Ask, On
from tests.api.tip_requests import TIP_REQUESTS
from tests.api.workspace_requests import WORKSPACE_REQUESTS
from tests.by_hand import BY_HAND
from tests.digests import everything_in
from tests.graph.services.rights_world import World, make_world
from tests.graph.services.test_rights_matrix import DONE, NO_RIGHT, NOT_THERE, ROLES, rows
from tests.stores import RunningStore

T = TypeVar("T")
JSON, PROBLEM = "application/json", "application/problem+json"
KINDS = {
    "check_file": "text/csv",
    "export_file": "text/csv",
    "feedback_as_file": "text/csv",
    "export_audit": "text/plain",
    "notification_stream": "text/event-stream",
}
"""By operation id: what is answered where that is no JSON."""
EVERY_REQUEST = {
    **REQUESTS,
    **TIP_REQUESTS,
    **ACCOUNT_REQUESTS,
    **HANDING_REQUESTS,
    **DESK_REQUESTS,
    **RETENTION_REQUESTS,
    **PRIORITY_REQUESTS,
    **WORKSPACE_REQUESTS,
}
OWN_ACCOUNT = "own account"
FOR_ANYBODY = {"schema", "queries"}
"""Nothing of the store is in them."""
NOT_OVER_HTTP = {
    "check_requests.request_for": "a check files it",
    "check_alerts.plant": "by command",
    "claim_entry.claim": "",
    "tip_claims.claim_from_tip": "the same route as a claim without a tip",
    "holders.hold_tips": "by command, where tips come in",
    "holders.release_tips": "by command, where tips come in",
    "routing_areas.load_areas": "by command, from a file",
    "upkeep.run_sweep": "for a timer, by command",
    "retention_purge.run_purge": "for a timer, by command",
    "upkeep.run_escalation": "for a timer, by command",
    "upkeep.run_urgent_escalation": "for a timer, by command",
    "upkeep.run_handoff_clock": "for a timer, by command",
    "upkeep.run_task_clock": "for a timer, by command",
    "upkeep.run_clock_of_providers": "for a timer, by command",
    "upkeep.outbox_for": "for a worker, by command",
    "upkeep.webhook_outbox_for": "for a worker, by command",
    "custody_bundles.make_bundle": "a job makes it, for an export",
    "check_history.list_checks": "a job asks it, for an export",
    "audit_listing.list_entries": "a job asks it, for an export",
    "audit_listing.open_own_log": "a job asks it, for an export",
    "job_orders.order_retry": "retry_quarantined asks for it, see ASKING",
    "tip_access.look_at": "the routes of tips ask it, see ASKING",
}


def routes() -> Iterator[APIRoute]:
    """Give every route that needs a log-on."""
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield route


STATUSES = {route.name: route.status_code or codes.OK for route in routes()}
"""By operation id: the status of what is done."""


def deeds_of(dependant: Dependant) -> set[Deed]:
    """Give what a route asks the policies about by itself."""
    found = {ASKED[dependant.call]} if dependant.call in ASKED else set()
    return found.union(*(deeds_of(inner) for inner in dependant.dependencies))


def test_every_operation_has_a_row() -> None:
    asking: set[str] = set()
    casework: set[str] = set()
    for route in routes():
        if route.name not in FOR_ANYBODY:
            (asking if len(deeds_of(route.dependant)) > 0 else casework).add(route.name)
    assert asking == set(ASKING)
    assert casework == {*EVERY_REQUEST, *OF_EVERYBODY, *PROVED_ANEW}
    over_http = {operation for operation, _ in EVERY_REQUEST.values()}
    assert {row["operation"] for row in rows()} - over_http <= set(NOT_OVER_HTTP)


def undone(writing: Callable[..., object]) -> Callable[..., object]:
    """Give a way of writing that takes back what it wrote."""

    def rehearsed(self: Store, work: Callable[[WriteUnit], T], *, name: str) -> T:
        def taken_back(unit: WriteUnit) -> None:
            raise _UndoneError(work(unit))

        try:
            writing(self, taken_back, name=name)
        except _UndoneError as done:
            answer: T = done.args[0]
            return answer
        raise AssertionError

    return rehearsed


class _UndoneError(Exception):
    """Ends a transaction without keeping it."""


def send(client: httpx.Client, ask: Ask) -> httpx.Response:
    """Send a request."""
    headers = {} if ask.version is None else {"If-Match": f'"{ask.version}"'}
    if ask.text is not None:
        headers["Content-Type"] = "text/csv"
    return client.request(
        ask.method,
        f"/v1{ask.path}",
        json=ask.body,
        content=ask.text,
        headers=headers,
        params=ask.params,
    )


def outcome(response: httpx.Response) -> str:
    """Give what became of a request, in the words of the matrix."""
    words = {403: NO_RIGHT, 404: NOT_THERE}
    if response.is_success:
        return DONE
    return words.get(response.status_code, f"{response.status_code} {response.text}")


def misshapen(name: str, response: httpx.Response) -> list[str]:
    """Give what of an answer's status and headers is not as described."""
    is_done, headers = response.is_success, response.headers
    wanted = {**SECURITY_HEADERS, "content-type": KINDS.get(name, JSON) if is_done else PROBLEM}
    wrong = [
        f"{header}: {headers.get(header)}"
        for header, value in wanted.items()
        if headers.get(header, "").partition(";")[0] != value.partition(";")[0]
    ]
    if is_done and response.status_code != STATUSES[name]:
        wrong.append(f"{response.status_code}, not {STATUSES[name]}")
    if not is_done and (said := {"ETag", "Location", "Set-Cookie"} & set(headers)):
        wrong.append(f"a refusal says {said}")
    if ("WWW-Authenticate" in headers) is not (response.status_code == codes.UNAUTHORIZED):
        wrong.append("WWW-Authenticate")
    if "X-Request-Id" not in headers or "server" in headers:
        wrong.append("names itself, or not the request")
    return [f"{name}: {each}" for each in wrong]


def _telling(row: dict[str, str]) -> list[str]:
    """Give one role for each of the outcomes of a row."""
    return list({row[role]: role for role in ROLES}.values())


def tried(
    live: LiveApi, world: World, people: dict[str, httpx.Client], *, everybody: bool
) -> Iterator[str]:
    """Try every row of the matrix that is over HTTP; give what differs."""
    table = rows()
    for name, (operation, request) in EVERY_REQUEST.items():
        for row in (row for row in table if row["operation"] == operation):
            resolved = world.keys.get(f"{row['record']} resolved", "")
            for role in ROLES if everybody else _telling(row):
                own = {OWN_ACCOUNT: world.callers[role].user}
                key = (own | dict(world.keys)).get(row["record"], "")
                ask = request(On(key=key, resolved=resolved))
                response = send(people[role], ask)
                found = outcome(response)
                yield from misshapen(name, response)
                if found != row[role]:
                    yield f"{name} on {row['record']} by {role}: {found}, not {row[role]}"
        yield from nobody(name, live, request(On(key="x|y", resolved="x")))


def nobody(name: str, live: LiveApi, ask: Ask) -> Iterator[str]:
    """Try it without a log-on; give what is not as it should be."""
    response = send(live.anonymous, ask)
    yield from misshapen(name, response)
    if (response.status_code, response.json()["code"]) != (codes.UNAUTHORIZED, "token"):
        yield f"{name} by nobody: {response.status_code}"


def of_everybody(live: LiveApi, people: dict[str, httpx.Client]) -> Iterator[str]:
    """Try what whoever is logged on may do about themselves; give what differs."""
    for name, ask in OF_EVERYBODY.items():
        for role, client in people.items():
            response = send(client, ask)
            yield from misshapen(name, response)
            if outcome(response) != DONE:
                yield f"{name} by {role}: {response.status_code}"
        yield from nobody(name, live, ask)
    for name, ask in PROVED_ANEW.items():
        yield from nobody(name, live, ask)


def asked(live: LiveApi, people: dict[str, httpx.Client]) -> Iterator[str]:
    """Try what routes ask the policies about by themselves; give what differs."""
    for route in routes():
        for deed in deeds_of(route.dependant):
            ask = ASKING[route.name]
            allowed = {role: role in roles_for(deed) for role in UserRole}
            for may, role in {may: role for role, may in allowed.items()}.items():
                response = send(people[role.value], ask)
                yield from misshapen(route.name, response)
                refused = response.status_code == 403
                if refused is may or response.status_code >= 500:
                    yield f"{route.name} by {role.value}: {response.status_code}"
            yield from nobody(route.name, live, ask)


def test_one_role_for_each_outcome(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    if running_store.engine == "neo4j":
        pytest.skip("routes are the same; all of it runs on both engines by `--long`")
    _all_rows(running_store, monkeypatch, everybody=False)


@BY_HAND
@pytest.mark.long
def test_every_role(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> None:
    _all_rows(running_store, monkeypatch, everybody=True)


def _all_rows(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, *, everybody: bool
) -> None:
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    monkeypatch.setenv("CROSSTIP_API_USER_MINUTE", "100000")
    monkeypatch.setenv("CROSSTIP_API_AGENCY_MINUTE", "100000")
    # The answer that stays open ends at once.
    monkeypatch.setattr(streams, "LONGEST_S", 0.0)
    # Exports of the world were never made: some file stands for theirs.
    monkeypatch.setattr(IntakeUploads, "export", lambda _self, _key, _fence: Path(__file__))
    monkeypatch.setattr(IntakeUploads, "records_of_export", lambda _self, _key, _fence: ())
    store = running_store.store
    world = make_world(store, at_us=now_us())
    with live_api(opener_of(store)) as live, ExitStack() as stack:
        people = {
            role: stack.enter_context(logged_on_as(live, store, caller.user))
            for role, caller in world.callers.items()
        }
        before = everything_in(running_store)
        with monkeypatch.context() as patch:
            patch.setattr(Store, "writing", undone(Store.writing))
            wrong = [*tried(live, world, people, everybody=everybody), *asked(live, people)]
            wrong += of_everybody(live, people)
        assert wrong == []
        assert everything_in(running_store) == before
