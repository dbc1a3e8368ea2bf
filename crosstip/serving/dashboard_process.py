"""The dashboard as a child process."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from pathlib import Path

from crosstip.serving.errors import ServingError

_START_LIMIT_S = 60.0
_STOP_LIMIT_S = 8.0
_POLL_S = 0.1


class DashboardProcess:
    """A running dashboard. It has no token: whoever looks at it logs in."""

    def __init__(self, *, host: str, port: int, api_url: str, log: Path) -> None:
        """Start it; what it prints goes to `log`.

        Raises:
            ServingError: it cannot be started.
        """
        self._host = host
        self._port = port
        self._log = log
        environment = {
            name: value for name, value in os.environ.items() if not _is_not_for_pages(name)
        }
        environment |= {
            "CROSSTIP_API_URL": api_url,
            "CROSSTIP_DASHBOARD_HOST": host,
            "CROSSTIP_DASHBOARD_PORT": str(port),
        }
        try:
            with log.open("ab") as target:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "crosstip.serving.dashboard_child"],
                    stdin=subprocess.PIPE,
                    stdout=target,
                    stderr=target,
                    env=environment,
                    start_new_session=True,
                )
        except OSError as error:
            raise ServingError(f"The dashboard cannot be started: {error.strerror}.") from error

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Come back when it answers.

        Raises:
            ServingError: it ended, or took longer than a minute.
        """
        deadline = time.monotonic() + _START_LIMIT_S
        while not self._answers():
            if not self.is_alive:
                raise ServingError(f"The dashboard ended while it started. {self._log} says why.")
            if time.monotonic() > deadline:
                raise ServingError(f"The dashboard did not answer in a minute. See {self._log}.")
            time.sleep(_POLL_S)

    def stop(self) -> None:
        """End it, by force when it does not go in eight seconds. A second call does nothing."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self.is_alive:
            self._process.terminate()
        try:
            self._process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        asked = http.client.HTTPConnection(self._host, self._port, timeout=2)
        try:
            asked.request("GET", "/_stcore/health")
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()


def _is_not_for_pages(name: str) -> bool:
    """Say whether a variable holds a secret of the store or the API, or Streamlit's settings."""
    return name.startswith("STREAMLIT_") or name in (
        "CROSSTIP_API_TOKEN",
        "CROSSTIP_STORE_PASSWORD",
    )
