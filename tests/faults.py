"""A store that goes away, for tests: a relay before it that can be cut, mended and slowed down."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from graph.engines.embedded import attach
from graph.store import Store, StoreLimits
from graph.writer_lock import WriterLock
from tests.stores import RunningStore

_PIECE = 65_536


class Relay:
    """Passes bytes between a port of its own and a server."""

    def __init__(self, target: tuple[str, int]) -> None:
        """Listen on a free port of loopback."""
        self._target = target
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening: socket.socket | None = None
        # Never listens: it keeps the port while nothing else does, so that it can be mended.
        self._reserved = _bound(0)
        self.delay_s = 0.0
        """How long each portion of an answer is held back."""
        self.holds = threading.Event()
        """Set when a portion is held back."""
        self.port = int(self._reserved.getsockname()[1])
        self.is_silent = False
        """Whether all bytes are lost while everybody believes to be connected. What a connection
        lost stays lost: it is never of use again, and nobody is told."""
        self.silent_from: bytes | None = None
        """Bytes of a question with which silence begins: in the middle of one certain request."""
        self.lost = 0
        """Portions that were lost."""
        self.mend()

    def mend(self) -> None:
        """Take connections again, on the same port."""
        bound = _bound(self.port)
        bound.listen(64)
        self._listening = bound
        threading.Thread(target=self._accept, args=(bound,), daemon=True).start()

    def speak(self) -> None:
        """End a silence: new connections work, those that lost something never will."""
        self.silent_from = None
        self.is_silent = False

    def cut(self) -> None:
        """Refuse connections, and reset those that are open, whatever goes on in them."""
        if self._listening is not None:
            with suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            self._open.clear()

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        self._reserved.close()

    def _accept(self, bound: socket.socket) -> None:
        while True:
            try:
                near, _ = bound.accept()
            except OSError:
                return
            far = socket.create_connection(self._target, timeout=10)
            far.settimeout(None)
            with self._lock:
                self._open |= {near, far}
            for source, sink, is_answer in ((near, far, False), (far, near, True)):
                threading.Thread(
                    target=self._pass, args=(source, sink, is_answer), daemon=True
                ).start()

    def _pass(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:  # noqa: FBT001
        is_dead = False
        with suppress(OSError):
            while len(data := source.recv(_PIECE)) > 0:
                if not is_answer and self.silent_from is not None and self.silent_from in data:
                    self.is_silent = True
                is_dead = is_dead or self.is_silent
                if is_dead:
                    self.lost += 1
                    continue
                if is_answer and self.delay_s > 0:
                    self.holds.set()
                    time.sleep(self.delay_s)
                sink.sendall(data)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def relayed(running: RunningStore, *, retry_s: float = 0.5) -> Iterator[tuple[Relay, Store]]:
    """Give a relay before a running store, and the store as it is seen through it."""
    settings = running.settings
    if settings.is_embedded:
        with attach(settings.data_dir / "engine") as engine:
            uri, database = engine.bolt_uri, engine.database
            auth = (engine.user, engine.password.get_secret_value())
    else:
        uri, database = settings.store, settings.store_database
        auth = (settings.store_user, settings.require_password())
    lock = WriterLock(settings.data_dir / "engine-writer.lock") if settings.is_embedded else None
    parts = urlsplit(uri)
    relay = Relay((str(parts.hostname), int(parts.port or 7687)))
    try:
        with Store(
            f"bolt://127.0.0.1:{relay.port}",
            auth,
            database=database,
            limits=StoreLimits(read_s=30.0, write_s=30.0, retry_s=retry_s),
            writer_lock=lock,
        ) as store:
            yield relay, store
    finally:
        relay.close()


def _bound(port: int) -> socket.socket:
    bound = socket.socket()
    # Several sockets of one account may have such a port; those who ask for any get another one.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound
