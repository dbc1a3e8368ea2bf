"""The load generator counts from when a request was due, and says what came back."""

from __future__ import annotations

import asyncio

import pytest

from bench.load.arrivals import follow
from bench.load.plan import Ask, Kind, Outcome, Plan
from bench.load.tally import back_after_s, tally

_RATE, _SECONDS, _STALL_S = 80.0, 1.0, 0.5


async def _measured(*, stall_at: int, answer: bytes, seconds: float) -> Outcome:
    """Measure a server that works on one request after the other and stands still once."""
    turn, came = asyncio.Lock(), 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal came
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                async with turn:
                    came += 1
                    if came == stall_at:
                        await asyncio.sleep(_STALL_S)
                writer.write(answer)
        except (EOFError, OSError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ask = Ask(method="GET", path="/", token="t", holder="h")
    kind = Kind(name="x", share=1.0, asks=(ask,))
    plan = Plan(servers=(("127.0.0.1", port),), rate=_RATE, seconds=seconds, seed=1, kinds=(kind,))
    try:
        return await follow(plan)
    finally:
        server.close()


def test_who_would_have_come_while_the_server_stood_still_is_counted() -> None:
    fine = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
    sent = asyncio.run(_measured(stall_at=10, answer=fine, seconds=_SECONDS)).sent
    found = tally(sent, rate=_RATE)
    assert (found.sent, found.admitted, found.failed) == (80, 80, 0)
    # A closed loop would have one slow request of so many; here all that were due meanwhile are.
    slow = [one for one in sent if one.took_ms > _STALL_S * 1000 / 4]
    assert len(slow) >= 15
    assert found.p99_ms > _STALL_S * 1000 / 2


@pytest.mark.parametrize(
    ("answer", "refused", "failed"),
    [
        (b"HTTP/1.1 503 S\r\nRetry-After: 2\r\ncontent-length: 0\r\n\r\n", 10, 0),
        (b"HTTP/1.1 429 T\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n", 10, 0),
        (b"HTTP/1.1 503 S\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", 0, 10),
        (b"HTTP/1.1 500 D\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n", 0, 10),
    ],
)
def test_a_refusal_counts_as_polite_only_with_when_to_come_again(
    answer: bytes, refused: int, failed: int
) -> None:
    sent = asyncio.run(_measured(stall_at=0, answer=answer, seconds=_SECONDS / 8)).sent
    found = tally(sent, rate=_RATE)
    assert (found.admitted, found.refused, found.failed) == (0, refused, failed)
    assert back_after_s(sent, limit_ms=1000) == float("inf")
