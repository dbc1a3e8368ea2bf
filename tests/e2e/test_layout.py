"""The layout of docker-compose.yml as plain processes: two APIs on one store, worker, dashboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from graph.clock import now_us
from graph.opening import open_store
from graph.services.sessions import make_session
from graph.services.timetable import duties_of, runner_of
from graph.settings import StoreSettings
from tests.by_hand import BY_HAND
from tests.graph.services.people import staff
from tests.layout import Running, running
from tests.neo4j_server import need_local_neo4j

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
_LIMIT_S = 120.0


def until(condition: Callable[[], object], what: str) -> None:
    """Come back when something holds."""
    deadline = time.monotonic() + _LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.5)


def client(layout: Running, name: str, token: str) -> httpx.Client:
    """Give a client of one of the APIs."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=layout.url(name), headers=headers, trust_env=False, timeout=60)


@BY_HAND
def test_two_apis_worker_and_dashboard_on_one_store(tmp_path: Path) -> None:
    need_local_neo4j()
    with running(tmp_path, "ops") as layout:
        settings = StoreSettings(
            data_dir=tmp_path / "data",
            store=layout.neo4j.uri,
            store_user=layout.neo4j.user,
            store_password=SecretStr(layout.neo4j.password),
        )
        assert layout.processes["worker"].poll() is None, "it waits for its operator"
        with open_store(settings) as opened, ExitStack() as stack:
            store = opened.store
            staff(store, "north", at_us=now_us())
            until(lambda: runner_of(store, at_us=now_us()), "no worker took the timetable")
            until(lambda: "number" in duties_of(store), "no duty was begun")
            # A session is good at both, and what one of them wrote the other reads at once.
            token = make_session(store, "lead.north", how="test").text
            first, second = (
                stack.enter_context(client(layout, name, token)) for name in ("api", "api-2")
            )
            for number in range(5):
                body = {"reference": f"26-{number}", "purpose": "cybertip"}
                assert first.post("/v1/investigations", json=body).status_code == 201
                assert second.get(f"/v1/investigations/26-{number}").status_code == 200
            page = httpx.get(layout.url("dashboard"), trust_env=False, timeout=60)
            assert page.status_code == 200

            # The store ends under all of them and comes back: nobody is started anew.
            layout.neo4j.kill()
            for api in (first, second):
                assert api.get("/v1/ready").status_code == 503
                away = api.get("/v1/investigations")
                assert (away.status_code, away.json()["code"]) == (503, "store-unavailable")
            layout.neo4j.restart()
            for api in (first, second):
                until(lambda a=api: a.get("/v1/ready").status_code == 200, "it did not come back")  # type: ignore[misc]
                assert len(api.get("/v1/investigations").json()["items"]) == 5
            before = now_us()
            until(
                lambda: (duties_of(store)["number"].done_us or 0) > before,
                "the worker did not come back",
            )
            assert all(process.poll() is None for process in layout.processes.values())
            worker = runner_of(store, at_us=now_us())
            assert worker is not None
            assert worker.user == "ops"
