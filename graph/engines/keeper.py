"""The part of the engine process that knows whether anybody still needs it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

from graph.engines.endpoint import Endpoint, write_endpoint
from graph.engines.lease import count_leases
from graph.engines.locks import HeldLock, try_lock
from graph.engines.paths import EngineFiles

_POLL_S = 0.5


def say(text: str) -> None:
    """Write one line to the engine's log. Never a value from the database."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sys.stderr.write(f"{stamp} {text}\n")
    sys.stderr.flush()


class Keeper:
    """Watches the leases from the first moment on, publishes the ports and withdraws them.

    Whoever attaches does so behind the gate, and the ports are withdrawn behind it: nobody can
    find an engine that has already decided to end.
    """

    def __init__(self, files: EngineFiles, lock: HeldLock, *, grace_s: float) -> None:
        self._files = files
        self._lock = lock
        self._grace_s = grace_s
        self._state = threading.Lock()
        self._is_published = False
        self._is_over = False

    def watch(self, *, before_ready: Callable[[], None], afterwards: Callable[[], None]) -> None:
        """Call one of the two, once, when the engine is no longer needed."""

        def run() -> None:
            self._wait_until_unused()
            with self._state:
                self._is_over = True
                end = afterwards if self._is_published else before_ready
            end()

        threading.Thread(target=run, name="lease keeper", daemon=True).start()

    def publish(self, endpoint: Endpoint) -> None:
        """Let others find the engine, unless it is ending already.

        Raises:
            OSError: the port file cannot be written.
        """
        with self._state:
            if not self._is_over:
                write_endpoint(self._files.endpoint, endpoint)
                self._is_published = True

    def _wait_until_unused(self) -> None:
        pause_s = min(_POLL_S, max(self._grace_s / 4, 0.05))
        last_used = time.monotonic()
        while self._lock.is_still(self._files.lock):
            try:
                if count_leases(self._files) > 0:
                    last_used = time.monotonic()
                elif time.monotonic() - last_used >= self._grace_s and self._withdraw():
                    return
            except OSError as error:
                # Out of descriptors, say: not knowing who is there is no reason to end.
                say(f"The leases cannot be read ({error.strerror}); the engine goes on.")
            time.sleep(pause_s)
        say("The data directory was removed or replaced.")

    def _withdraw(self) -> bool:
        gate = try_lock(self._files.gate)
        if gate is None:
            return False
        with gate:
            if count_leases(self._files) > 0:
                return False
            with self._state:
                self._is_over = True
                self._files.endpoint.unlink(missing_ok=True)
            return True
