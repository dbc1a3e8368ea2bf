"""Answers leave at full multiples of a time, so that how long the work took tells nothing.

A silent hit writes notices and a miss does not; without this, whoever measures a few hundred
answers tells one from the other. That holds for a check, and for everything else that lets the
standing watch look at once for hidden claims: claiming, showing in another way, opening again.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from graph.casework.check_settings import CheckSettings

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When answers leave. Clock and sleep are a monotonic clock's, in seconds."""

    bucket_s: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    is_on: bool = True
    """Off in tests alone, which show that it is needed."""

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Hold what is done inside, errors too, until the next multiple after it began."""
        began = self.clock()
        try:
            yield
        finally:
            if self.is_on:
                self._wait(began)

    def _wait(self, began: float) -> None:
        multiples = max(math.ceil((self.clock() - began) / self.bucket_s), 1)
        due = began + multiples * self.bucket_s
        while (left := due - self.clock()) > 0:
            self.sleep(left)


def paced(work: Callable[P, T]) -> Callable[P, T]:
    """Give a service whose answers and refusals leave at full multiples of the checks' time."""

    @wraps(work)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        with Pace(bucket_s=CheckSettings().check_bucket_ms / 1000).kept():
            return work(*args, **kwargs)

    return kept
