"""Receivers of webhooks on loopback for tests: HTTP or TLS, and they fail on purpose."""

from __future__ import annotations

import datetime as dt
import random
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "hooks.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def id(self) -> str:
        """The delivery's id."""
        return self.headers["webhook-id"]


def taken(_: BaseHTTPRequestHandler) -> int:
    """Take everything."""
    return 200


class Receiver:
    """Keeps what came, in order. `answer` gives the status; 0 leaves without an answer."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        answer: Callable[[BaseHTTPRequestHandler], int] = taken,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Take where it listens and what it answers."""
        self.came: list[Came] = []
        self.answer = answer
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            """One connection."""

            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Take a delivery."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.answer(self)
                receiver.keep(self, body, status)
                self.close_connection = True
                if status != 0:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                    self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            """Without a word where a connection breaks off."""

            def handle_error(self, request: object, client_address: object) -> None:
                """Say nothing."""

        self._server = Server((host, port), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def keep(self, request: BaseHTTPRequestHandler, body: bytes, status: int) -> None:
        """Keep a request."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        with self._lock:
            self.came.append(Came(path=request.path, headers=headers, body=body, status=status))

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


def a_third_fails(seed: int = 7) -> Callable[[BaseHTTPRequestHandler], int]:
    """Give what fails a third of the time: with an answer, or by leaving, or after it was kept."""
    chance, lock = random.Random(seed), threading.Lock()

    def answer(_: BaseHTTPRequestHandler) -> int:
        with lock:
            return chance.choice((503, 0)) if chance.random() < 1 / 3 else 204

    return answer


def trickling(stop: threading.Event) -> Callable[[BaseHTTPRequestHandler], int]:
    """Give what answers a byte at a time and comes to no end (slow-loris, the other way round)."""

    def answer(request: BaseHTTPRequestHandler) -> int:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not stop.wait(0.05):
            try:
                request.wfile.write(b"x")
            except OSError:
                break
        return 0

    return answer


class Trap:
    """A listener that nobody may connect to."""

    def __init__(self, host: str, port: int) -> None:
        """Listen."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        self._socket.listen()
        self.port = int(self._socket.getsockname()[1])

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has connected until now."""
        self._socket.settimeout(0.0)
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return True
        return False

    def __enter__(self) -> Self:
        """Give the trap."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._socket.close()


def certificate(folder: Path, name: str = NAME) -> tuple[ssl.SSLContext, Path, list[str | None]]:
    """Give a server's side of TLS for a name, the authority to trust, and the names asked for."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, own = folder / "ca.pem", folder / "own.pem"
    pem = made.public_bytes(serialization.Encoding.PEM)
    trusted.write_bytes(pem)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    own.write_bytes(pem + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    asked: list[str | None] = []

    def note(_: ssl.SSLObject | ssl.SSLSocket, named: str | None, __: ssl.SSLContext) -> None:
        asked.append(named)

    context.sni_callback = note
    return context, trusted, asked
