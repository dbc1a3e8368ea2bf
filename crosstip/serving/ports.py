"""Sockets to listen on, and a sentence when a port is taken."""

from __future__ import annotations

import errno
import socket

from crosstip.serving.errors import ServingError


def listen(host: str, port: int) -> socket.socket:
    """Give a socket that listens on an address; port 0 takes any free one.

    Raises:
        ServingError: the port is taken, needs more rights, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, as asyncio turns Nagle's algorithm off only for what says that it is TCP; else every
    # answer on a kept connection waits 40 ms for an acknowledgement.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        # From here on the port counts as taken, and whoever connects waits instead of failing.
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise _refused(error, host, port) from error
    return bound


def port_of(bound: socket.socket) -> int:
    """Give the port of a socket."""
    return int(bound.getsockname()[1])


def free_port(host: str, port: int) -> int:
    """Give a port that is free now: the given one, or any when it is 0.

    Raises:
        ServingError: as for `listen`.
    """
    with listen(host, port) as bound:
        return port_of(bound)


def address(host: str, port: int) -> str:
    """Give the address of a server for people and clients."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _refused(error: OSError, host: str, port: int) -> ServingError:
    if error.errno == errno.EADDRINUSE:
        return ServingError(
            f"Port {port} on {host} is taken by another program. Choose another port, or 0 for "
            "any free one."
        )
    if error.errno == errno.EACCES:
        return ServingError(
            f"Port {port} on {host} needs more rights than this account has. Choose one from 1024 "
            "on, or 0 for any free one."
        )
    return ServingError(f"{host} port {port} cannot be listened on: {error.strerror}.")
