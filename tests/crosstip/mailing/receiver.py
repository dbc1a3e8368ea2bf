"""A mail server on loopback for tests: speaks enough of RFC 5321, and fails on purpose."""

from __future__ import annotations

import random
import re
import socketserver
import threading
from types import TracebackType
from typing import Self

_NOTICE = re.compile(rb"^X-Crosstip-Notice: ([0-9a-f]+)\r?$", re.MULTILINE)


class Receiver:
    """Keeps what it received, in order, and refuses a share of the mails for now (451)."""

    def __init__(self, *, failing: float = 0.0, seed: int = 7) -> None:
        """Take the share that fails: before a mail is taken, or after it was."""
        self.mails: list[bytes] = []
        self.failing = failing
        self.refused_for_good = False
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        receiver = self

        class Handler(socketserver.StreamRequestHandler):
            """One connection."""

            def handle(self) -> None:
                self._say(220)
                while (line := self.rfile.readline()) != b"":
                    verb = line[:4].upper()
                    if verb == b"DATA":
                        self._say(354)
                        self._take()
                    elif verb == b"QUIT":
                        self._say(221)
                        return
                    elif verb == b"RCPT":
                        self._say(550 if receiver.refused_for_good else 250)
                    else:
                        self._say(250)

            def _take(self) -> None:
                lines: list[bytes] = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line)
                self._say(451 if receiver.take(b"".join(lines)) else 250)

            def _say(self, code: int) -> None:
                self.wfile.write(b"%d test\r\n" % code)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def take(self, mail: bytes) -> bool:
        """Take a mail or not, and say whether the sender is told that it failed."""
        with self._lock:
            fails = self._random.random() < self.failing
            # Half of the failures come after the mail was kept, as when an answer is lost.
            if not fails or self._random.random() < 0.5:
                self.mails.append(mail)
            return fails

    @property
    def keys(self) -> list[str]:
        """The notices' keys, in the order in which they came, repeats included."""
        with self._lock:
            found = [_NOTICE.search(mail) for mail in self.mails]
        return [match[1].decode() for match in found if match is not None]

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
