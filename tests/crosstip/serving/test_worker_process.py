"""The worker's process on its own: it waits for its store, and goes with its parent or a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from api.stores import StoreAccess
from crosstip.serving.up import _worker
from graph.clock import now_us
from tests.api.live import opener_of
from tests.crosstip.serving.processes import wait_until_gone
from tests.graph.services.people import operator
from tests.stores import RunningStore

_PARENT = """
import sys, time
from pathlib import Path
from crosstip.serving.worker_process import WorkerProcess
from graph.settings import StoreSettings
child = WorkerProcess(StoreSettings(), user="ops", log=Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(600)
"""
AWAY = {
    "CROSSTIP_STORE": "bolt://127.0.0.1:9",
    "CROSSTIP_STORE_PASSWORD": "made-up-for-this-test",
    "CROSSTIP_RETRY_FOR_S": "0.2",
}


def test_it_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(log)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | AWAY | {"CROSSTIP_DATA_DIR": str(tmp_path / "data")},
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        deadline = time.monotonic() + 120
        while not log.exists() or "does not answer yet" not in log.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert child.is_running(), "a store that is away is waited for"
        parent.kill()
        parent.wait(60)
    wait_until_gone([child], within_s=60)


def test_a_signal_ends_it_in_order(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "crosstip.main", "serve", "worker", "--as", "ops"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | AWAY | {"CROSSTIP_DATA_DIR": str(tmp_path / "data")},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Worker     runs ")
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "duty deliver is not run here: CROSSTIP_MAIL_HOST names no mail server" in said
    assert "Traceback" not in said


def test_without_a_name_the_rest_is_served_and_it_is_said(
    running_store: RunningStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    operator(running_store.store, at_us=now_us())
    stores = StoreAccess(opener_of(running_store.store))
    assert _worker(stores, running_store.settings, None, tmp_path) is None
    assert "Nothing runs by itself. What runs by itself runs under" in capsys.readouterr().out
