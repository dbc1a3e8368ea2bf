"""Who gets in when too much is asked, in what order, and how many are worked on at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import anyio
from anyio.abc import TaskGroup
from anyio.lowlevel import checkpoint
from starlette.types import Scope

from api.app import is_urgent
from api.conduct.turns import SLOW_S, Turns
from api.middleware.crowding import Crowding

_Send = Callable[..., Awaitable[None]]
_LONG_S = 1000.0


@dataclass(slots=True)
class Clock:
    """A clock that stands still unless it is told otherwise."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(slots=True)
class House:
    """An application whose requests stay until they are let go."""

    most: int
    began: list[str] = field(default_factory=list)
    answers: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    leave: dict[str, anyio.Event] = field(default_factory=dict)
    crowding: Crowding = field(init=False)

    def __post_init__(self) -> None:
        self.crowding = Crowding(
            self._work, most=self.most, exempt=frozenset({"/v1/health"}), is_urgent=is_urgent
        )

    async def _work(
        self, scope: Scope, _receive: object, send: Callable[..., Awaitable[None]]
    ) -> None:
        self.began.append(scope["name"])
        await self.leave[scope["name"]].wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(self, name: str, *, asker: str, path: str = "/v1/tips") -> None:
        """Ask, and note what is answered."""
        self.leave[name] = anyio.Event()

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])  # type: ignore[call-overload]
                after = headers.get(b"retry-after")
                self.answers[name] = (int(str(message["status"])), after and after.decode())

        scope = {
            "type": "http",
            "path": path,
            "method": "GET",
            "name": name,
            "headers": [(b"authorization", f"Bearer {asker}".encode())],
            # Nobody's token is known yet, so that addresses tell askers apart.
            "client": (asker, 1),
        }
        await self.crowding(scope, None, send)  # type: ignore[arg-type]


async def settled() -> None:
    """Let every task go as far as it gets without time passing."""
    for _ in range(50):
        await checkpoint()


@asynccontextmanager
async def held(house: House) -> AsyncIterator[TaskGroup]:
    """Give a group of tasks, and let everybody go at the end."""
    async with anyio.create_task_group() as group:
        yield group
        while len(house.answers) < len(house.leave):
            for event in house.leave.values():
                event.set()
            await settled()
            await anyio.sleep(0.01)


def test_one_asker_keeps_nobody_out() -> None:
    house = House(most=16)

    async def scene() -> None:
        async with held(house) as group:
            for number in range(10):
                flood = partial(house.ask, f"flood {number}", asker="greedy")
                group.start_soon(flood)
            await settled()
            refused = [name for name, said in house.answers.items() if said == (429, "1")]
            assert len(refused) == 6, "a quarter of sixteen places is theirs"
            group.start_soon(partial(house.ask, "other", asker="modest"))
            await settled()
            assert "other" in house.began

    anyio.run(scene)
    assert house.answers["other"] == (200, None)


def test_open_and_urgent_requests_pass_a_full_house() -> None:
    house = House(most=4)

    async def scene() -> None:
        async with held(house) as group:
            for number in range(4):
                group.start_soon(partial(house.ask, f"r{number}", asker=f"a{number}"))
            await settled()
            group.start_soon(partial(house.ask, "late", asker="late"))
            group.start_soon(partial(house.ask, "health", asker="x", path="/v1/health"))
            group.start_soon(partial(house.ask, "ready", asker="y", path="/v1/ready"))
            await settled()
            assert house.answers == {"late": (503, "2")}
            assert {"health", "ready"} <= set(house.began)
            # Half of the places are worked on; the rest waits for a turn.
            assert {"r0", "r1"} <= set(house.began)
            assert not {"r2", "r3"} & set(house.began)

    anyio.run(scene)


def test_a_turn_that_does_not_come_in_time_is_refused_and_nothing_begun() -> None:
    house = House(most=2)

    async def scene() -> None:
        async with held(house) as group:
            group.start_soon(partial(house.ask, "first", asker="a"))
            await settled()
            await house.ask("second", asker="b")
            assert house.answers == {"second": (503, "2")}
            assert house.began == ["first"]

    anyio.run(scene)


def test_turns_come_in_order_and_fewer_at_once_when_work_is_slow() -> None:
    async def scene() -> None:
        clock = Clock()
        turns = Turns(most=24, each=60, clock=clock)
        began = {f"r{n}": await turns.take(f"r{n}") for n in range(turns.limit)}
        came: list[int] = []

        async def wait(number: int) -> None:
            mine = await turns.take("a", wait_s=_LONG_S)
            assert mine is not None
            came.append(number)
            turns.give_back("a", mine)

        async with anyio.create_task_group() as group:
            for number in range(60):
                group.start_soon(wait, number)
                await settled()
            before = turns.limit
            clock.now += SLOW_S * 2
            for asker, one in began.items():
                turns.give_back(asker, one)
            reduced = turns.limit
            assert reduced < before, "slow work, others waiting"
            assert reduced >= before * 0.6, "reduced once for all that ran together"
        assert came == list(range(60))
        assert turns.limit > reduced, "quick work, others waiting: more again"
        lone = await turns.take("a")
        assert lone is not None
        clock.now += SLOW_S * 10
        kept = turns.limit
        turns.give_back("a", lone)
        assert turns.limit == kept, "nobody waited: slow work says nothing"

    anyio.run(scene)


def test_who_leaves_while_waiting_takes_no_turn_along() -> None:
    async def scene() -> None:
        turns = Turns(most=1, each=1)
        first = await turns.take("a")
        assert first is not None
        async with anyio.create_task_group() as group:
            scope = anyio.CancelScope()

            async def leaving() -> None:
                with scope:
                    mine = await turns.take("b", wait_s=_LONG_S)
                    assert mine is not None
                    # As the middleware does: a turn that came all the same is given back.
                    turns.give_back("b", mine)

            group.start_soon(leaving)
            await settled()
            turns.give_back("a", first)
            scope.cancel()
        assert await turns.take("c", wait_s=_LONG_S) is not None

    anyio.run(scene)


def test_turns_go_round_among_those_who_wait() -> None:
    """One asker with a full line gets every third turn, not all but the last two."""

    async def scene() -> None:
        turns = Turns(most=1, each=4)
        held = await turns.take("greedy")
        assert held is not None
        served: list[str] = []

        async def ask(asker: str) -> None:
            mine = await turns.take(asker, wait_s=_LONG_S)
            if mine is not None:
                served.append(asker)
                turns.give_back(asker, mine)

        async with anyio.create_task_group() as group:
            for asker in ("greedy",) * 10 + ("birch", "birch", "cedar"):
                group.start_soon(ask, asker)
                await settled()
            assert turns.askers_waiting == 3
            assert not turns.has_room("greedy")
            assert turns.has_room("birch")
            turns.give_back("greedy", held)
        assert served == ["greedy", "birch", "cedar", "greedy", "birch", "greedy", "greedy"]
        assert turns.askers_waiting == 0, "nothing is kept of who does not wait"

    anyio.run(scene)


def test_a_full_line_of_one_asker_leaves_the_turns_to_the_others() -> None:
    """Through the middleware: what is over one's line is refused at once, and says so."""
    house = House(most=16)

    async def scene() -> None:
        async with held(house) as group:
            # Eight are worked on at once; two askers hold all of it.
            for number in range(4):
                group.start_soon(partial(house.ask, f"a{number}", asker="a"))
                group.start_soon(partial(house.ask, f"b{number}", asker="b"))
            await settled()
            for number in range(4):
                group.start_soon(partial(house.ask, f"flood {number}", asker="greedy"))
            await settled()
            group.start_soon(partial(house.ask, "other", asker="modest"))
            await settled()
            refused = sorted(name for name, said in house.answers.items() if said == (429, "1"))
            assert refused == ["flood 2", "flood 3"], "an eighth of the places may wait"
            for name in ("a0", "a1"):
                house.leave[name].set()
            await settled()
            assert house.began[8:] == ["flood 0", "other"]

    anyio.run(scene)


def test_one_asker_runs_half_of_the_turns_and_no_more() -> None:
    """With bodies that dribble in somebody could else hold every turn for as long as a body may."""

    async def scene() -> None:
        turns = Turns(most=24, each=6)
        limit = turns.limit
        for _ in range(limit // 2):
            assert await turns.take("slow", wait_s=0.0) is not None
        assert await turns.take("slow", wait_s=0.0) is None
        others = [f"o{number}" for number in range(limit - limit // 2)]
        for other in others:
            assert await turns.take(other, wait_s=0.0) is not None
        assert await turns.take("late", wait_s=0.0) is None
        # A body that never came whole says nothing of the machine, however long it took.
        turns.give_back("slow", None)
        assert turns.limit == limit
        assert await turns.take("late", wait_s=0.0) is not None

    anyio.run(scene)
