"""Whose turn it is: few requests are worked on at once, some wait a moment, the rest is told.

Work that is begun for everybody at once is finished for nobody: on two processors fifty requests
take fifty times as long as one. How many is right depends on machine and store, so it is found by
trying, as TCP does (additive increase, multiplicative decrease; D. Chiu and R. Jain, 1989).

Who waits is served in rounds, one turn for each asker (fair queueing; J. Nagle, RFC 970, 1985):
a line of one's own makes nobody else's longer. Of one asker half of the turns run at most, so that
whoever holds theirs for long, with a body that dribbles in, leaves the other half.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable

import anyio

WAIT_S = 0.5
"""A turn that did not come by then does not come: whoever asks is told to try again."""
SLOW_S = 0.7
"""Work that takes longer while others wait says that too much is begun at once."""
_FEWEST, _FIRST = 4, 12
_MORE, _FEWER = 0.25, 0.7


class Turns:
    """Gives turns to askers in rounds, each one's own in the order of arrival.

    For one event loop. What is kept grows with who runs or waits, whom the caller bounds, and with
    nothing else.
    """

    def __init__(
        self, *, most: int, each: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Never give more than `most` at once; of one asker `each` wait at most.

        The clock is in seconds.
        """
        self._most = float(most)
        self._each = each
        self._limit = min(float(_FIRST), self._most)
        self._running = 0
        self._own: Counter[str] = Counter()
        self._lines: OrderedDict[str, deque[anyio.Event]] = OrderedDict()
        self._clock = clock
        self._reduced_at = clock()

    @property
    def limit(self) -> int:
        """How many are worked on at once, as of now."""
        return int(self._limit)

    @property
    def askers_waiting(self) -> int:
        """How many askers have a line."""
        return len(self._lines)

    def has_room(self, asker: str) -> bool:
        """Say whether an asker would get a turn, or may wait for one."""
        return self._is_free(asker) or len(self._lines.get(asker, ())) < self._each

    async def take(self, asker: str, *, wait_s: float = WAIT_S) -> float | None:
        """Wait for a turn and give when it began, by the clock; None when none came in time.

        Ask `has_room` first: who has none is told at once, and gets None here.
        """
        if self._is_free(asker):
            self._begin(asker)
            return self._clock()
        if not self.has_room(asker):
            return None
        mine = anyio.Event()
        self._lines.setdefault(asker, deque()).append(mine)
        try:
            with anyio.move_on_after(wait_s):
                await mine.wait()
        except BaseException:
            self._leave(asker, mine)
            raise
        if not mine.is_set():
            self._drop(asker, mine)
            return None
        return self._clock()

    def give_back(self, asker: str, began: float | None) -> None:
        """End an asker's turn; its work began then, or never did."""
        if began is not None:
            self._learn(began, len(self._lines) > 0)
        self._end(asker)

    def _is_free(self, asker: str) -> bool:
        # Whoever waits while turns are free runs as many as one asker may.
        return self._running < self.limit and self._may_run(asker)

    def _may_run(self, asker: str) -> bool:
        return self._own[asker] < max(self.limit // 2, 1)

    def _begin(self, asker: str) -> None:
        self._running += 1
        self._own[asker] += 1

    def _end(self, asker: str) -> None:
        self._running -= 1
        self._own[asker] -= 1
        if self._own[asker] == 0:
            del self._own[asker]
        self._pass_on()

    def _learn(self, began: float, is_crowded: bool) -> None:  # noqa: FBT001 - private
        if not is_crowded:
            return
        now = self._clock()
        if now - began <= SLOW_S:
            self._limit = min(self._limit + _MORE, self._most)
        elif began >= self._reduced_at:
            # Once for all that ran together: what began before the last reduction tells no more.
            self._limit = max(self._limit * _FEWER, min(float(_FEWEST), self._most))
            self._reduced_at = now

    def _pass_on(self) -> None:
        while self._running < self.limit:
            asker = next(filter(self._may_run, self._lines), None)
            if asker is None:
                return
            self._begin(asker)
            line = self._lines[asker]
            line.popleft().set()
            if len(line) > 0:
                # Behind everybody else who waits.
                self._lines.move_to_end(asker)
            else:
                del self._lines[asker]

    def _leave(self, asker: str, mine: anyio.Event) -> None:
        if mine.is_set():
            self._end(asker)
        else:
            self._drop(asker, mine)

    def _drop(self, asker: str, mine: anyio.Event) -> None:
        line = self._lines[asker]
        line.remove(mine)
        if len(line) == 0:
            del self._lines[asker]
