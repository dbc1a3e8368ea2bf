"""`up` on the embedded engine: what it prints, opens, lets in, and how it ends.

On this engine only: it is about processes, and with a Neo4j there is one fewer.
"""

from __future__ import annotations

import ipaddress
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from client.client import CrosstipClient
from client.errors import ApiError
from client.overlaps import OverlapsAnswer
from crosstip.serving.tokens import Served
from graph.clock import now_us
from graph.engines.embedded import attach
from graph.opening import open_store
from graph.services.timetable import duties_of, runner_of
from graph.settings import StoreSettings
from tests.api.county import LINKED, URGENT, fill
from tests.crosstip.serving.processes import (
    family_of,
    running_up,
    wait_until_gone,
    wait_until_served,
)

STREAM = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a few synthetic tips in its engine."""
    return _filled(tmp_path_factory.mktemp("up"))


def _filled(folder: Path) -> Path:
    path = folder / "data"
    with open_store(StoreSettings(data_dir=path, store="embedded"), synthetic=True) as opened:
        fill(opened.store)
    return path


@pytest.fixture(scope="module")
def process(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, running."""
    with running_up(data_dir) as started:
        yield started


@pytest.fixture(scope="module")
def served(data_dir: Path, process: subprocess.Popen[str]) -> Served:
    """Where it answers."""
    return wait_until_served(data_dir, process)


def test_the_token_is_in_a_file_of_its_owner_only(data_dir: Path, served: Served) -> None:
    directory = data_dir / "run"
    assert directory.stat().st_mode & 0o777 == 0o700
    assert (directory / "served.json").stat().st_mode & 0o777 == 0o600
    assert len(served.token) == 43
    assert "canary" not in served.token


def test_api_and_dashboard_answer(served: Served) -> None:
    with CrosstipClient(served.api, served.token) as client:
        assert client.figures().synthetic is True
        assert LINKED in {link.tip.key for link in client.tip_links(URGENT).links}
    with CrosstipClient(served.api) as nobody, pytest.raises(ApiError) as caught:
        nobody.figures()
    assert caught.value.is_token_refused
    page = httpx.get(served.dashboard, trust_env=False, timeout=30)
    assert page.status_code == 200
    assert "Streamlit" in page.text


def test_what_runs_by_itself_runs(
    data_dir: Path, served: Served, process: subprocess.Popen[str]
) -> None:
    assert served.pid == process.pid
    with open_store(StoreSettings(data_dir=data_dir, store="embedded")) as opened:
        deadline = time.monotonic() + 120
        while (row := duties_of(opened.store).get("number")) is None or row.done_us is None:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        runner = runner_of(opened.store, at_us=now_us())
    (child,) = [p for p in family_of(process.pid) if "worker_child" in " ".join(p.cmdline())]
    assert runner is not None
    assert f" {child.pid} " in runner.holder
    assert "canary-of-the-api" not in " ".join([*child.environ().values(), *child.cmdline()])
    log = data_dir / "run" / "worker.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert "runs the timetable as" in log.read_text()


def test_the_dashboard_has_no_secret(served: Served, process: subprocess.Popen[str]) -> None:
    (child,) = _dashboards(process.pid)
    kept = {name: value for name, value in child.environ().items() if "canary" in value}
    assert kept == {}
    assert served.token not in " ".join([*child.environ().values(), *child.cmdline()])


def test_nothing_listens_or_talks_beyond_this_machine(
    served: Served, process: subprocess.Popen[str]
) -> None:
    httpx.get(served.dashboard, trust_env=False, timeout=30)
    seen = [
        end
        for member in family_of(process.pid)
        for connection in member.net_connections(kind="inet")
        for end in (connection.laddr, connection.raddr)
        if end
    ]
    assert len(seen) > 2
    assert [end for end in seen if not _is_loopback(end.ip)] == []


def test_a_page_may_load_nothing_from_outside(served: Served) -> None:
    headers = httpx.get(served.dashboard, trust_env=False, timeout=30).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    for directive in policy.split("; "):
        name, *sources = directive.split()
        assert not any("//" in source or "*" in source for source in sources)
        if name.startswith("script"):
            assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(sources)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_other_sites_are_refused(served: Served, headers: dict[str, str], status: int) -> None:
    assert (
        httpx.get(served.dashboard, headers=headers, trust_env=False, timeout=30).status_code
        == status
    )
    stream = httpx.get(
        f"{served.dashboard}/_stcore/stream", headers=STREAM | headers, trust_env=False, timeout=30
    )
    assert stream.status_code == 403


@pytest.mark.parametrize("path", ["metrics", "agent/openapi.json", "script-health-check", "x"])
def test_what_is_not_needed_is_not_there(served: Served, path: str) -> None:
    for method in ("GET", "PUT", "POST"):
        answer = httpx.request(
            method, f"{served.dashboard}/_stcore/{path}", trust_env=False, timeout=30
        )
        assert answer.status_code == 404


def test_a_file_is_taken_from_a_page_of_ours_only_and_never_given_back(served: Served) -> None:
    address = f"{served.dashboard}/_stcore/upload_file/a/b"
    for method, status in (("GET", 404), ("POST", 404), ("OPTIONS", 404), ("PUT", 403)):
        answer = httpx.request(method, address, trust_env=False, timeout=30)
        assert answer.status_code == status, method


def test_a_second_one_is_refused_with_a_sentence(data_dir: Path, served: Served) -> None:
    with running_up(data_dir) as second:
        _, said = second.communicate(timeout=120)
    assert second.returncode == 1
    assert "already runs" in said
    assert served.dashboard in said
    assert "Traceback" not in said


@pytest.mark.parametrize("part", ["api_port", "dashboard_port"])
def test_a_taken_port_is_a_sentence(
    data_dir: Path, served: Served, part: str, tmp_path: Path
) -> None:
    taken = int(served.api.rpartition(":")[2])
    other = tmp_path / "data"
    with running_up(other, **{part: taken}) as second:
        _, said = second.communicate(timeout=120)
    assert second.returncode == 1
    assert f"Port {taken} on 127.0.0.1 is taken" in said
    assert "Traceback" not in said
    assert list((other / "run").glob("served*")) == []
    assert data_dir.exists()


@pytest.mark.long
def test_an_engine_that_dies_is_said_and_started_again(
    data_dir: Path, served: Served, process: subprocess.Popen[str]
) -> None:
    with attach(data_dir / "engine") as engine:
        os.kill(engine.pid, signal.SIGKILL)
    with CrosstipClient(served.api, served.token) as client:
        with pytest.raises(ApiError) as caught:
            client.overlaps()
        assert caught.value.status == 503
        answer = _asked_until_answered(client)
    assert len(answer.overlaps) == 1
    assert process.poll() is None


def test_sigterm_ends_all_of_it(
    data_dir: Path, served: Served, process: subprocess.Popen[str]
) -> None:
    """The last test with this process."""
    family = family_of(process.pid)
    assert len(family) > 1
    process.send_signal(signal.SIGTERM)
    said, complaints = process.communicate(timeout=120)
    assert process.returncode == 0
    assert said.count(served.token) == 1
    assert served.dashboard in said
    assert "Traceback" not in complaints
    wait_until_gone(family[1:], within_s=60)
    assert not (data_dir / "run" / "served.json").exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(served.api, trust_env=False, timeout=30)


@pytest.mark.long
def test_a_dashboard_that_dies_ends_it_with_a_sentence(tmp_path: Path) -> None:
    # In a store of its own: with `--long` the others' process is running still.
    data_dir = _filled(tmp_path)
    with running_up(data_dir) as process:
        wait_until_served(data_dir, process)
        (child,) = _dashboards(process.pid)
        child.kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "The dashboard ended by itself" in said
    assert "Traceback" not in said
    assert not (data_dir / "run" / "served.json").exists()


def _dashboards(pid: int) -> list[psutil.Process]:
    return [p for p in psutil.Process(pid).children() if "dashboard_child" in " ".join(p.cmdline())]


def _is_loopback(text: str) -> bool:
    ip = ipaddress.ip_address(text)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return ip.ipv4_mapped.is_loopback
    return ip.is_loopback


def _asked_until_answered(client: CrosstipClient) -> OverlapsAnswer:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            return client.overlaps()
        except ApiError as error:
            if error.status != 503:
                raise
        time.sleep(0.5)
    raise AssertionError("the engine was not started again")
