"""The dashboard's process on its own: it goes with its parent, whatever ends that."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from crosstip.serving.dashboard_process import DashboardProcess
from crosstip.serving.errors import ServingError
from crosstip.serving.ports import free_port, listen, port_of
from tests.crosstip.serving.processes import wait_until_gone

_PARENT = """
import sys, time
from pathlib import Path
from crosstip.serving.dashboard_process import DashboardProcess
child = DashboardProcess(
    host="127.0.0.1", port=int(sys.argv[1]), api_url="http://127.0.0.1:9", log=Path(sys.argv[2])
)
child.wait_until_ready()
print(child.pid, flush=True)
time.sleep(600)
"""


def test_it_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    port = str(free_port("127.0.0.1", 0))
    log = str(tmp_path / "dashboard.log")
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, port, log], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.wait(60)
    wait_until_gone([child], within_s=60)


def test_one_that_cannot_start_says_so(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        child = DashboardProcess(
            host="127.0.0.1",
            port=port_of(taken),
            api_url="http://127.0.0.1:9",
            log=tmp_path / "dashboard.log",
        )
        try:
            # What listens there accepts and never answers.
            with pytest.raises(ServingError, match="ended while it started"):
                child.wait_until_ready()
        finally:
            started = time.monotonic()
            child.stop()
            child.stop()
    assert time.monotonic() - started < 9
    assert not child.is_alive
