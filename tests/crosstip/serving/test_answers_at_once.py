"""An answer leaves at once: no connection waits for the other side's late acknowledgement."""

from __future__ import annotations

import asyncio
import socket

from crosstip.serving.ports import listen, port_of


def test_connections_do_not_wait_for_acknowledgements() -> None:
    """asyncio turns Nagle's algorithm (RFC 896) off only where it sees that a socket is TCP.

    Without that every second answer on a kept connection came 40 ms late: its head waited for
    nothing, and its body for the acknowledgement of its head.
    """
    assert asyncio.run(_no_delay_of("127.0.0.1")) is True


async def _no_delay_of(host: str) -> bool:
    found: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = writer.get_extra_info("socket")
        found.set_result(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
        writer.close()

    with listen(host, 0) as bound:
        async with await asyncio.start_server(connected, sock=bound):
            _, writer = await asyncio.open_connection(host, port_of(bound))
            answer = await asyncio.wait_for(found, 30)
            writer.close()
            return answer
