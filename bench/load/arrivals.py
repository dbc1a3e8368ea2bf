"""Sends requests at a constant rate, whatever comes back: `python -m bench.load.arrivals`.

An open loop. A closed one waits for an answer before it asks again, so that a server that stands
still is asked less, and most of what its users would have waited is never measured ("coordinated
omission", G. Tene, "How NOT to Measure Latency", 2013). Reads a plan from standard input and
writes the outcome to standard output, both JSON; a process of its own, that shares no lock with
what it measures.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time

from bench.load.plan import HOLDER, Ask, Outcome, Plan, Sent
from bench.load.wire import Connections, Said

_LEAD_S = 0.2
_NOTHING = Said(status=0, retry_after=False)


def main() -> None:
    """Read a plan, follow it, write the outcome."""
    plan = Plan.model_validate_json(sys.stdin.buffer.read())
    outcome = asyncio.run(follow(plan))
    sys.stdout.write(outcome.model_dump_json())


async def follow(plan: Plan) -> Outcome:
    """Send every request when it is due, and come back when all are answered or given up."""
    dice = random.Random(plan.seed)
    servers = [Connections(host, port) for host, port in plan.servers]
    shares = [kind.share for kind in plan.kinds]
    tasks: list[asyncio.Task[Sent]] = []
    began = time.perf_counter() + _LEAD_S
    for number in range(max(round(plan.rate * plan.seconds), 1)):
        at_s = number / plan.rate
        kind = dice.choices(plan.kinds, shares)[0]
        ask = dice.choice(kind.asks)
        due = began + at_s
        while (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        one = _send(
            servers[number % len(servers)], ask, kind.name, at_s, due, give_up_s=plan.give_up_s
        )
        tasks.append(asyncio.create_task(one))
    sent = await asyncio.gather(*tasks)
    for server in servers:
        server.close()
    return Outcome(sent=tuple(sent))


async def _send(
    server: Connections, ask: Ask, kind: str, at_s: float, due: float, *, give_up_s: float
) -> Sent:
    late = time.perf_counter() - due
    try:
        async with asyncio.timeout(give_up_s):
            said = await server.ask(_bytes(ask))
    except (OSError, EOFError, TimeoutError):
        said = _NOTHING
    return Sent(
        kind=kind,
        at_s=at_s,
        late_ms=late * 1000,
        took_ms=(time.perf_counter() - due) * 1000,
        status=said.status,
        retry_after=said.retry_after,
    )


def _bytes(ask: Ask) -> bytes:
    body = b"" if ask.body is None else ask.body.encode()
    lines = [
        f"{ask.method} {ask.path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {ask.token}",
        f"{HOLDER}: {ask.holder}",
        "Accept: application/json",
    ]
    if ask.body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


if __name__ == "__main__":
    main()
