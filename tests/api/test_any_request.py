"""Any request at all: no 5xx, no status that is not described, nothing changed by a refusal.

Requests are made from the description by schemathesis: fitting ones and broken ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any, LiteralString, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from api.app import openapi_document
from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.by_hand import BY_HAND
from tests.digests import everything_in
from tests.graph.services.rights_world import make_world
from tests.stores import RunningStore

NOT_ASKED = {"notification_stream", "end_my_sessions", "log_out"}
"""The one stays open; the others end what asks."""
LOGGED = ("AuditEntry", "Dissemination", "Session", "Credential")
"""What a refusal may write: the log, and what logs people on."""
_CHANGES: tuple[LiteralString, ...] = (
    "CREATE (:Agency {key: 'a', name: 'A', kind: 'federal'})",
    "MATCH (a:Agency {key: 'a'}) SET a.name = 'B'",
    "CREATE (:Investigation {key: 'a|1', agency: 'a', reference: '1', status: 'open'})",
    "MATCH (a:Agency {key: 'a'}), (i:Investigation {key: 'a|1'}) CREATE (a)-[:RUNS]->(i)",
    "MATCH (:Agency {key: 'a'})-[r:RUNS]->(:Investigation) SET r.ended_us = 1",
)
USERS = ("lead.north", "boss.north", "ops")


def _operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(cast("dict[str, Any]", openapi_document()))
    for found in schema.get_all_operations():
        operation = cast("Any", found).ok()
        if operation.definition.raw["operationId"] not in NOT_ASKED:
            yield operation


def _sent(client: httpx.Client, case: Any) -> httpx.Response:
    """Send a generated request as it is, with the client's own log-on."""
    made = case.as_transport_kwargs(base_url=str(client.base_url))
    made["headers"] = {
        str(name): str(value).encode("utf-8", "replace")
        for name, value in made["headers"].items()
        if name.lower() not in ("authorization", "host", "content-length")
    }
    body = made.pop("data", None)
    made.pop("cookies", None)
    if body is not None and "json" not in made:
        made["content"] = body if isinstance(body, (bytes, str)) else str(body)
    return client.request(**{k: v for k, v in made.items() if v is not None})


class Asker:
    """Sends what is generated and keeps what should not be."""

    def __init__(self, running: RunningStore) -> None:
        """Take the store to look into."""
        self.running = running
        self.wrong: list[str] = []
        self.asked = 0
        self.known = self.facts()

    def facts(self) -> str:
        """Give what the store holds but log and log-on, with all properties, as one text."""
        return everything_in(self.running, without=LOGGED)

    def run(self, operation: Any, *, examples: int, client: httpx.Client) -> None:
        """Send so many requests of an operation."""
        described = set(operation.definition.raw["responses"])
        name = operation.definition.raw["operationId"]

        @given(case=operation.as_strategy(generation_mode=self.mode))
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            response = _sent(client, case)
            self.asked += 1
            status = response.status_code
            if status >= 500 or (str(status) not in described and status not in (404, 405)):
                self.wrong.append(f"{name}: {status} {response.text[:300]}")
            facts = self.facts()
            if status >= 400 and facts != self.known:
                self.wrong.append(f"{name}: {status} changed something")
            self.known = facts

        with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
            ask()

    mode: GenerationMode = GenerationMode.POSITIVE


def _all_of_it(running: RunningStore, monkeypatch: pytest.MonkeyPatch, *, examples: int) -> Asker:
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    monkeypatch.setenv("CROSSTIP_API_USER_MINUTE", "1000000")
    monkeypatch.setenv("CROSSTIP_API_AGENCY_MINUTE", "1000000")
    store = running.store
    make_world(store, at_us=now_us())
    with live_api(opener_of(store)) as live, ExitStack() as stack:
        clients = [stack.enter_context(logged_on_as(live, store, user)) for user in USERS]
        asker = Asker(running)
        for number, operation in enumerate(_operations()):
            for mode in GenerationMode:
                asker.mode = mode
                asker.run(operation, examples=examples, client=clients[number % len(clients)])
            asker.run(operation, examples=1, client=live.anonymous)
    return asker


def test_a_few_of_each_operation(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    if running_store.engine == "neo4j":
        pytest.skip("the routes are the same; ten thousand run on both engines by `--long`")
    asker = _all_of_it(running_store, monkeypatch, examples=1)
    assert asker.wrong == []
    assert asker.asked > 200


@BY_HAND
@pytest.mark.long
@pytest.mark.timeout(1500)
def test_ten_thousand_requests(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = _all_of_it(running_store, monkeypatch, examples=55)
    assert asker.wrong == []
    assert asker.asked >= 10_000


def test_a_digest_sees_every_change(running_store: RunningStore) -> None:
    rows = running_store.rows
    seen = [everything_in(running_store)]
    for text in _CHANGES:
        rows(text)
        seen.append(everything_in(running_store))
    assert len(set(seen)) == len(seen)
    assert seen[-1] == everything_in(running_store)
    without = everything_in(running_store, without=["Agency"])
    rows("MATCH (a:Agency) SET a.name = 'C'")
    assert everything_in(running_store, without=["Agency"]) == without
