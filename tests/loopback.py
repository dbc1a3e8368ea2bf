"""Runs a command where there is no network but loopback: nothing leaves, also where it tries.

`unshare --net python -m tests.loopback COMMAND …`. A new network namespace of Linux begins with a
loopback that is down (network_namespaces(7)).
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

ALONE = "CROSSTIP_TESTS_ALONE"
"""Set for what runs so, that a test may confirm it."""
_SET_FLAGS = 0x8914
"""SIOCSIFFLAGS, netdevice(7)."""
_UP_RUNNING = 0x1 | 0x40


def lift_loopback() -> None:
    """Set loopback up.

    Raises:
        OSError: this process may not.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        fcntl.ioctl(asker, _SET_FLAGS, struct.pack("16sH14x", b"lo", _UP_RUNNING))


def main() -> None:
    """Set loopback up and become the command."""
    others = [name for _, name in socket.if_nameindex() if name != "lo"]
    if len(others) > 0:
        sys.exit(f"There is {', '.join(others)} beside loopback. Run this under `unshare --net`.")
    lift_loopback()
    os.environ[ALONE] = "1"
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the caller's own command


if __name__ == "__main__":
    main()
