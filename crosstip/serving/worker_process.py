"""The worker as a child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from crosstip.serving.errors import ServingError
from graph.settings import StoreSettings

_STOP_LIMIT_S = 15.0
_KEPT_OUT = "CROSSTIP_API_TOKEN"


class WorkerProcess:
    """A running worker, with the settings of the store and without the API's token."""

    def __init__(self, settings: StoreSettings, *, user: str | None, log: Path) -> None:
        """Start it; what it logs goes to `log`, what it cannot log beside it.

        Raises:
            ServingError: it cannot be started.
        """
        environment = {name: value for name, value in os.environ.items() if name != _KEPT_OUT}
        environment |= {
            "CROSSTIP_DATA_DIR": str(settings.data_dir),
            "CROSSTIP_STORE": settings.store,
            "CROSSTIP_STORE_USER": settings.store_user,
            "CROSSTIP_STORE_DATABASE": settings.store_database,
        }
        if settings.store_password is not None:
            environment["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
        if user is not None:
            environment["CROSSTIP_USER"] = user
        try:
            # Mode 0600 whatever the umask is.
            opened = os.open(
                log.with_suffix(".err"),
                os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC,
                0o600,
            )
            with os.fdopen(opened, "ab") as target:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "crosstip.serving.worker_child", str(log)],
                    stdin=subprocess.PIPE,
                    stdout=target,
                    stderr=target,
                    env=environment,
                    start_new_session=True,
                )
        except OSError as error:
            raise ServingError(f"The worker cannot be started: {error.strerror}.") from error

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End it, by force when it does not go in time. A second call does nothing."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self.is_alive:
            self._process.terminate()
        try:
            self._process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
