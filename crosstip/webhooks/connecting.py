"""Connections to receivers: a name is looked up once, and only what was checked is connected to.

A name that leads to a public address when it is checked and to this machine when it is connected
to gains nothing: the address that was checked is the one that is connected to, and the name is
used for TLS and the Host header alone (CWE-918, CWE-367).
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import CrosstipError
from graph.webhooks.addresses import Address, Target, is_allowed

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""Gives the addresses that a name leads to, as text; raises OSError."""
_MOST_ADDRESSES = 4
NOWHERE = "Its name leads to no address that may be used"
"""One sentence for all: else an answer would say which names there are in this network."""
TOO_SLOW = "It took too long"


class UnreachableError(CrosstipError):
    """A receiver could not be reached, or did not answer as it must."""


@dataclass(slots=True)
class Deadline:
    """Until when a delivery must be over."""

    until_s: float

    @property
    def left_s(self) -> float:
        """Seconds that are left.

        Raises:
            UnreachableError: none are.
        """
        left = self.until_s - time.monotonic()
        if left <= 0:
            raise UnreachableError(TOO_SLOW)
        return left

    def check(self) -> None:
        """Come back while there is time: what ended by being cut off was too slow.

        Raises:
            UnreachableError: there is none.
        """
        _ = self.left_s


def looked_up(host: str, port: int) -> list[str]:
    """Give the addresses that this machine's resolver has for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_of(
    target: Target, *, networks: Sequence[str], resolve: Resolve, deadline: Deadline
) -> list[Address]:
    """Give the addresses of a target, every one of which may be connected to.

    Raises:
        UnreachableError: it leads nowhere, or one of them may not be connected to.
    """
    literal = target.literal
    texts = [str(literal)] if literal is not None else _within(target, resolve, deadline)
    try:
        found = [ipaddress.ip_address(text) for text in texts]
    except ValueError as error:
        raise UnreachableError(NOWHERE) from error
    # One that may not be used spoils all: a receiver has no reason to name such an address.
    if len(found) == 0 or not all(is_allowed(address, networks=networks) for address in found):
        raise UnreachableError(NOWHERE)
    return found[:_MOST_ADDRESSES]


@contextmanager
def connected(
    target: Target, addresses: Sequence[Address], *, context: ssl.SSLContext, deadline: Deadline
) -> Iterator[socket.socket]:
    """Give a connection to the first address that takes one; it is cut off at the deadline.

    Raises:
        UnreachableError: none took one in time, or TLS failed.
    """
    raw = _first(target, addresses, deadline)
    # The guard is the same connection under another handle: TLS may have its own meanwhile.
    guard = raw.dup()
    over = threading.Timer(deadline.left_s, _cut, (guard,))
    over.daemon = True
    over.start()
    try:
        with raw if not target.is_tls else _secured(raw, target, context) as open_socket:
            yield open_socket
    except (OSError, ValueError) as error:
        deadline.check()
        raise UnreachableError(type(error).__name__) from error
    finally:
        over.cancel()
        guard.close()


def _first(target: Target, addresses: Sequence[Address], deadline: Deadline) -> socket.socket:
    failed: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((str(address), target.port), timeout=deadline.left_s)
        except OSError as error:
            failed = error
    deadline.check()
    raise UnreachableError(type(failed).__name__) from failed


def _secured(raw: socket.socket, target: Target, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Give the connection under TLS, with the certificate checked for the name."""
    try:
        return context.wrap_socket(raw, server_hostname=target.host)
    except BaseException:
        raw.close()
        raise


def _cut(guard: socket.socket) -> None:
    try:
        guard.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # It ended by itself.


def _within(target: Target, resolve: Resolve, deadline: Deadline) -> Sequence[str]:
    """Look a name up in a thread of its own: a resolver takes no time limit."""
    answer: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def work() -> None:
        try:
            answer.put(resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answer.put(OSError(type(error).__name__))

    threading.Thread(target=work, name="resolver", daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left_s)
    except queue.Empty:
        raise UnreachableError(TOO_SLOW) from None
    if isinstance(found, OSError):
        raise UnreachableError(NOWHERE) from found
    return found
