"""The layout of docker-compose.yml as plain processes: two APIs on one store, worker, dashboard."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from graph.clock import now_us
from graph.opening import open_store
from graph.services.recording import record
from graph.services.timetable import duties_of, runner_of
from graph.settings import StoreSettings
from tests.deliveries import delivery, email
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


def command(layout: Running, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the settings of the worker."""
    return subprocess.run(
        [sys.executable, "-m", "crosstip.main", *arguments],
        env=os.environ | layout.settings(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def get(layout: Running, name: str, path: str) -> httpx.Response:
    """Ask one of the APIs."""
    token = layout.secrets["CROSSTIP_API_TOKEN"]
    headers = {"Authorization": f"Bearer {token}"}
    url = layout.url(name) + path
    return httpx.get(url, headers=headers, trust_env=False, timeout=60)


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
        entered = command(layout, "user", "first-operator", "ops", "--name", "Ops")
        assert entered.returncode == 0, entered.stderr
        with open_store(settings) as opened:
            store = opened.store
            until(lambda: runner_of(store, at_us=now_us()), "no worker took the timetable")
            until(lambda: "number" in duties_of(store), "no duty was begun")
            # What one process wrote, both APIs read at once.
            for number in range(5):
                said = [email(f"{number}@example.com")]
                record(store, [delivery(str(number), said)], actor="test")
                for name in ("api", "api-2"):
                    assert get(layout, name, f"/v1/tips/ncmec:{number}").status_code == 200
            page = httpx.get(layout.url("dashboard"), trust_env=False, timeout=60)
            assert page.status_code == 200

            # The store ends under all of them and comes back: nobody is started anew.
            layout.neo4j.kill()
            for name in ("api", "api-2"):
                assert get(layout, name, "/v1/ready").status_code == 503
                assert get(layout, name, "/v1/tips/ncmec:1").json()["code"] == "store-unavailable"
            layout.neo4j.restart()
            for name in ("api", "api-2"):
                until(
                    lambda n=name: get(layout, n, "/v1/ready").status_code == 200,  # type: ignore[misc]
                    f"{name} did not come back",
                )
                assert get(layout, name, "/v1/tips/ncmec:1").status_code == 200
            before = now_us()
            until(
                lambda: (duties_of(store)["number"].done_us or 0) > before,
                "the worker did not come back",
            )
            assert all(process.poll() is None for process in layout.processes.values())
        checked = command(layout, "upkeep", "--as", "ops")
        assert "Run by" in checked.stdout, checked.stderr
