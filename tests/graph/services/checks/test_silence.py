"""Nobody who measures answers tells a silent hit from a miss."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from graph.casework.check_settings import CheckSettings
from graph.casework.vocabulary import Visibility
from graph.services.checks import Rules, check
from graph.services.pacing import Pace
from tests.graph.services.casework import claimed, draft
from tests.graph.services.checks.county import PLENTY, County
from tests.graph.services.people import DAY_US, later

BUCKET_S = 0.25
LINES = 12
"""Of one question: all silent or sealed, or none there. More lines make more work to hide."""
SILENT = [f"s{number:02}@example.com" for number in range(LINES)]
MISSING = [f"m{number:02}@example.com" for number in range(LINES)]


@pytest.fixture(scope="module")
def filled(county: County) -> County:
    """The county, with more claims that nobody is shown."""
    boss = county.people["boss.north"]
    until_us = boss.as_of_us + 90 * DAY_US
    silent = [
        draft(text, visibility=Visibility.SILENT, silent_until_us=until_us) for text in SILENT[::2]
    ]
    sealed = [
        draft(text, visibility=Visibility.SEALED, sealed_to="chief.north") for text in SILENT[1::2]
    ]
    claimed(boss, county.store, county.north, *silent, *sealed)
    return county


@dataclass(slots=True)
class Watch:
    """A clock that runs as the machine's does, and on which sleeping takes no time."""

    slept_s: float = field(default=0.0)

    def now(self) -> float:
        return time.perf_counter() + self.slept_s

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds


def auc(hidden: Sequence[float], missing: Sequence[float]) -> float:
    """Give how well a threshold on a number tells two groups apart, 0.5 for not at all.

    The rank statistic of Mann and Whitney; whichever side is larger counts.
    """
    ordered = sorted([(value, True) for value in hidden] + [(value, False) for value in missing])
    ranks = 0.0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += sum(is_hidden for _, is_hidden in ordered[at:end]) * (at + 1 + end) / 2
        at = end
    found = (ranks - len(hidden) * (len(hidden) + 1) / 2) / (len(hidden) * len(missing))
    return max(found, 1 - found)


def measured(county: County, each: int, *, is_on: bool, seed: int) -> tuple[float, float]:
    """Ask interleaved, and give how well time and size tell silent hits from misses."""
    watch = Watch()
    pace = Pace(bucket_s=BUCKET_S, clock=watch.now, sleep=watch.sleep, is_on=is_on)
    most = CheckSettings(check_user_day=10**6, check_burst=10**5, check_agency_day=10**6)
    rules: Rules = replace(PLENTY, pace=pace, settings=most)
    order = [True, False] * each
    random.Random(seed).shuffle(order)
    times: dict[bool, list[float]] = {True: [], False: []}
    sizes: dict[bool, list[float]] = {True: [], False: []}
    for turn, is_hidden in enumerate(order):
        question = county.question(*(SILENT if is_hidden else MISSING))
        caller = later(county.asker, turn)
        began = watch.now()
        answer = check(caller, county.store, question=question, rules=rules)
        times[is_hidden].append(watch.now() - began)
        size = len(answer.model_dump_json())
        sizes[is_hidden].append(size)
    return auc(times[True], times[False]), auc(sizes[True], sizes[False])


def test_the_classifier_tells_what_can_be_told() -> None:
    assert auc([2.0, 3.0], [0.0, 1.0]) == auc([0.0, 1.0], [2.0, 3.0]) == 1
    assert auc([1.0, 1.0], [1.0, 1.0]) == auc([1.0, 4.0], [2.0, 3.0]) == 0.5


def test_a_silent_hit_takes_as_long_as_a_miss(filled: County) -> None:
    """Few asks: a threshold at three standard errors of the statistic (0.065 for 40 and 40)."""
    time_on, size_on = measured(filled, 40, is_on=True, seed=1)
    time_off, _ = measured(filled, 40, is_on=False, seed=2)
    import statistics; print(time_on, size_on, time_off)
    assert size_on == 0.5
    assert time_on <= 0.7
    assert time_off >= 0.9, (time_on, size_on, time_off)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_silent_hit_takes_as_long_as_a_miss_over_thousands(filled: County) -> None:
    time_on, size_on = measured(filled, 2000, is_on=True, seed=3)
    time_off, _ = measured(filled, 500, is_on=False, seed=4)
    assert max(time_on, size_on) <= 0.55, (time_on, size_on, time_off)
    assert time_off >= 0.9, (time_on, size_on, time_off)


def test_answers_leave_at_the_next_multiple_also_when_they_are_errors() -> None:
    watch = Watch()
    pace = Pace(bucket_s=0.25, clock=watch.now, sleep=watch.sleep)
    for work_s, due_s in ((0.0, 0.25), (0.1, 0.25), (0.3, 0.5), (0.74, 0.75)):
        began = watch.now()
        with pytest.raises(ValueError, match="after"):
            _fail_after(watch, pace, work_s)
        assert watch.now() - began == pytest.approx(due_s, abs=0.01)


def _fail_after(watch: Watch, pace: Pace, seconds: float) -> None:
    with pace.kept():
        watch.slept_s += seconds
        raise ValueError("after")
