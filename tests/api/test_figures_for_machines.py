"""Readiness, and the figures for Prometheus: route templates and counts, nothing of a request."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from api.scraping import MetricsSettings
from crosstip.serving.scraped import scraped
from graph.clock import now_us
from graph.disk import DiskState, state_of
from graph.errors import SettingsError, StoreUnavailableError
from graph.services.timetable import Ran, Timetable
from tests.api.county import URGENT, fill
from tests.api.live import LiveApi, failing, live_api, opener_of
from tests.stores import RunningStore

CANARY = "canary"
EVERYWHERE = ".".join("0000")


def figures_at(url: str, **headers: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Give the figures by name and labels."""
    answer = httpx.get(f"{url}/metrics", headers=headers, trust_env=False, timeout=30)
    assert answer.status_code == 200
    assert CANARY not in answer.text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.fixture
def live(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API over a filled store, with the data directory of that store."""
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(running_store.settings.data_dir))
    fill(running_store.store)
    with live_api(opener_of(running_store.store)) as found:
        yield found


def test_ready_and_figures(running_store: RunningStore, live: LiveApi) -> None:
    assert live.anonymous.get("/v1/ready").status_code == 401
    found = live.http.get("/v1/ready").json()
    assert (found["is_ready"], found["synthetic"], found["worker"]) == (True, True, "none")
    assert "Nothing runs by itself" in " ".join(found["warnings"])
    table = Timetable(store=running_store.store, user="ops", holder="test")
    held = table.take(at_us=now_us())
    assert held is not None
    assert table.begin("count", held, at_us=now_us())
    ran = Ran(outcome="done", is_done=True, failures=0, due_us=now_us())
    table.end("count", held, ran, at_us=now_us())
    assert live.http.get("/v1/ready").json()["worker"] == "runs"

    spool = running_store.settings.data_dir / "spool"
    spool.mkdir(mode=0o700, exist_ok=True)
    before = sum(path.stat().st_size for path in spool.iterdir())
    (spool / "canary").write_bytes(b"x" * 100)
    try:
        with scraped(live.app, MetricsSettings(port=0)) as url:
            assert url is not None
            assert live.http.get(f"/v1/tips/{URGENT}/links").status_code == 200
            live.http.get(f"/v1/{CANARY}")
            live.http.request("CANARY", "/v1/tips")
            live.http.get("/v1/tips/ncmec:canary")
            got = figures_at(url)
            ready = httpx.get(f"{url}/ready", trust_env=False, timeout=30)
            assert (ready.status_code, ready.text.split("\n")[0]) == (200, "ready")
            assert httpx.get(f"{url}/v1/tips", trust_env=False).status_code == 404
            assert httpx.post(f"{url}/metrics", trust_env=False).status_code == 405
    finally:
        (spool / "canary").unlink()

    def requests(route: str, status: str, method: str = "GET") -> float:
        labels = (("method", method), ("route", route), ("status", status))
        return got.get(("crosstip_requests_total", labels), 0)

    assert requests("/tips/{tip}/links", "200") + requests("/v1/tips/{tip}/links", "200") == 1
    assert requests("none", "404") == 1
    assert sum(value for (name, labels), value in got.items() if ("method", "other") in labels) > 0
    assert got[("crosstip_store_up", ())] == 1
    assert got[("crosstip_worker_up", ())] == 1
    assert got[("crosstip_log_unsequenced", ())] > 0
    assert got[("crosstip_notices_due", ())] == 0
    assert got[("crosstip_spool_bytes", ())] == before + 100
    assert 0 < got[("crosstip_disk_used_ratio", ())] <= 1
    last = got[("crosstip_duty_last_success_timestamp_seconds", (("duty", "count"),))]
    assert abs(last * 1_000_000 - now_us()) < 120_000_000
    routes = {dict(labels).get("route", "none") for _, labels in got}
    assert all(re.fullmatch(r"none|(/[a-z{}_0-9]+)+", route) for route in routes), routes


def test_a_store_that_is_away_is_a_figure() -> None:
    with (
        live_api(failing(StoreUnavailableError(CANARY))) as live,
        scraped(live.app, MetricsSettings(port=0)) as url,
    ):
        assert url is not None
        assert live.http.get("/v1/ready").status_code == 503
        got = figures_at(url)
        assert got[("crosstip_store_up", ())] == 0
        errors = [
            value for (name, _), value in got.items() if name == "crosstip_store_errors_total"
        ]
        assert errors == [1]
        ready = httpx.get(f"{url}/ready", trust_env=False, timeout=30)
        assert (ready.status_code, ready.text) == (503, "not ready: StoreUnavailableError\n")


def test_off_loopback_a_token_is_needed() -> None:
    with pytest.raises(SettingsError, match="CROSSTIP_METRICS_TOKEN"):
        MetricsSettings(host=EVERYWHERE, port=0).checked_token()
    with pytest.raises(SettingsError, match="32 or more"):
        MetricsSettings(port=0, token=SecretStr("short")).checked_token()
    token = "t" * 40
    with (
        live_api(failing(StoreUnavailableError("x"))) as live,
        scraped(live.app, MetricsSettings(port=0, token=SecretStr(token))) as url,
    ):
        assert url is not None
        for given in ({}, {"Authorization": "Bearer " + "x" * 40}):
            answer = httpx.get(f"{url}/metrics", headers=given, trust_env=False, timeout=30)
            assert answer.status_code == 401
        assert figures_at(url, Authorization=f"Bearer {token}")


def test_nothing_is_served_unless_a_port_is_named() -> None:
    with (
        live_api(failing(StoreUnavailableError("x"))) as live,
        scraped(live.app, MetricsSettings()) as url,
    ):
        assert url is None


@pytest.mark.parametrize(
    ("percent", "state"),
    [
        (0, DiskState.ROOMY),
        (79, DiskState.ROOMY),
        (80, DiskState.FILLING),
        (89, DiskState.FILLING),
        (90, DiskState.NEARLY_FULL),
        (94, DiskState.NEARLY_FULL),
        (95, DiskState.FULL),
        (100, DiskState.FULL),
    ],
)
def test_the_marks_of_the_disk(percent: int, state: DiskState) -> None:
    assert state_of(percent) is state
