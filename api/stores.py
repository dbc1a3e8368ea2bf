"""The store behind the API: opened once, opened again when it went away."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeAlias

from graph.errors import StoreError, StoreUnavailableError
from graph.opening import OpenStore

Opener: TypeAlias = Callable[[], AbstractContextManager[OpenStore]]

_LOG = logging.getLogger("crosstip.api")
_PAUSE_S = 5.0
"""After a failed opening, requests get its error at once instead of each trying again."""
_WAIT_S = 15.0
"""How long a request waits while another one opens the store."""


class StoreAccess:
    """Hands out the open store to requests on any thread."""

    def __init__(self, opener: Opener, *, pause_s: float = _PAUSE_S) -> None:
        """Take what opens the store; nothing is opened yet."""
        self._opener = opener
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._opened: OpenStore | None = None
        self._stack = ExitStack()
        self._failure: tuple[float, Exception] | None = None

    def open(self) -> OpenStore:
        """Give the open store, opening it when it is not.

        Raises:
            CrosstipError: whatever kept it from being opened; tried again after a pause.
        """
        opened = self._opened
        if opened is not None:
            return opened
        if not self._lock.acquire(timeout=_WAIT_S):
            raise StoreUnavailableError("The store is still being opened. Try again.")
        try:
            if self._opened is None:
                self._opened = self._try_to_open()
            return self._opened
        finally:
            self._lock.release()

    @contextmanager
    def use(self) -> Iterator[OpenStore]:
        """Give the open store for one request; one that has gone is opened anew by the next.

        Raises:
            StoreError: the store could not answer.
        """
        opened = self.open()
        try:
            yield opened
        except StoreUnavailableError:
            self._drop_if_gone(opened)
            raise

    def close(self) -> None:
        """Close the store. Requests after this open it again."""
        with self._lock:
            self._opened = None
            self._stack.close()

    def _try_to_open(self) -> OpenStore:
        if self._failure is not None and time.monotonic() < self._failure[0]:
            raise self._failure[1].with_traceback(None)
        self._failure = None
        try:
            return self._stack.enter_context(self._opener())
        except Exception as error:
            self._stack.close()
            self._failure = (time.monotonic() + self._pause_s, error)
            raise

    def _drop_if_gone(self, opened: OpenStore) -> None:
        try:
            opened.store.ping()
        except StoreError:
            _LOG.warning("the store is gone; the next request opens it again")
        else:
            return
        with self._lock:
            if self._opened is opened:
                self._opened = None
                try:
                    self._stack.close()
                except StoreError as error:
                    _LOG.warning("the store that is gone did not close: %s", type(error).__name__)
