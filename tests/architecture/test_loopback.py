"""The whole run has loopback only, where the machine lets it: pages and exports reach nobody."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from tests.loopback import ALONE

TEST_NET = ("192.0.2.1", 443)
"""An address that is nobody's (RFC 5737)."""


@pytest.mark.skipif(ALONE not in os.environ, reason="not run under unshare --net")
def test_nothing_but_loopback_is_there() -> None:
    assert [name for _, name in socket.if_nameindex()] == ["lo"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5.0).close()
    with pytest.raises(OSError, match="unreachable"):
        socket.create_connection(TEST_NET, timeout=5.0)


@pytest.mark.skipif(ALONE in os.environ, reason="run under unshare --net")
def test_it_is_not_claimed_where_there_is_a_network() -> None:
    if [name for _, name in socket.if_nameindex()] == ["lo"]:
        pytest.skip("this machine has no network")
    command = [sys.executable, "-m", "tests.loopback", "true"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode == 1
    assert "beside loopback" in tried.stderr
