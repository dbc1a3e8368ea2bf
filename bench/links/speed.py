"""How long links take: one tip, a thousand at once, and the bare walk beside both."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.progress import Progress
from bench.stores import empty_store
from bench.whole import ACTOR, DECLARED, require_all_in
from bench.worlds import make_world
from graph.basis import basis_of
from graph.queries.links import TWO_HOPS, TwoHopsParams
from graph.queries.tips import TIP_PAGE, TipPageParams
from graph.scoring.pairs import Basis
from graph.services.comparing import MAX_SHARED
from graph.services.links import links_of, links_of_many
from graph.services.snapshot import take_snapshot
from graph.services.walking import walk_limit
from graph.settings import StoreSettings
from graph.store import Store
from ingest.pipeline import Intake

SAMPLE = 300
TOGETHER = 1000
_PAGE = 1000
_WARM_UP = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Milliseconds."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What links take on one store."""

    engine: str
    tips: int
    links: Times
    two_hops: Times
    """The bare walk over the same tips, in the same run, alternating with links."""
    together_ms: float
    """Milliseconds for each of a thousand tips whose links are asked for at once."""
    alone_ms: float
    """Milliseconds for each of the same tips when asked for one by one, on average."""

    @property
    def ratio(self) -> float:
        """Links over the bare walk, at the 95th percentile."""
        return self.links.p95 / self.two_hops.p95

    @property
    def gain(self) -> float:
        """How many times faster a tip is answered among a thousand."""
        return self.alone_ms / self.together_ms


def measure_speed(engine: str, folder: Path, *, tips: int, seed: int, progress: Progress) -> Speed:
    """Take a world into an empty store and give how long its links take.

    Raises:
        StoreError: the store failed.
        IntakeError: some document did not go in.
    """
    files = make_world(folder / "world", seed=seed, tips=tips)
    with empty_store(engine, folder / "store") as into:
        intake = Intake(into.store, into.site, synthetic=True, actor=ACTOR)

        def follow(done: int, _summary: object) -> None:
            progress("taking the world in", done, len(files))

        require_all_in(intake.ingest(files, declared=DECLARED, progress=follow))
        take_snapshot(into.store, actor=ACTOR)
        basis = basis_of(StoreSettings(data_dir=folder, networks=folder / "world" / "networks"))
        return _measured(engine, into.store, basis, progress=progress)


def _measured(engine: str, store: Store, basis: Basis, *, progress: Progress) -> Speed:
    keys = _keys(store)
    dice = random.Random(11)
    sample = dice.sample(keys, min(SAMPLE, len(keys)))
    most = walk_limit(len(keys))
    for tip in dice.sample(keys, min(_WARM_UP, len(keys))):
        links_of(store, tip, basis=basis)
        _walk(store, tip, most)
    linked: list[float] = []
    walked: list[float] = []
    for at, tip in enumerate(sample):
        linked.append(_ms(lambda t=tip: links_of(store, t, basis=basis)))  # type: ignore[misc]
        walked.append(_ms(lambda t=tip: _walk(store, t, most)))  # type: ignore[misc]
        progress("links of one tip", at + 1, len(sample))
    many = dice.sample(keys, min(TOGETHER, len(keys)))
    together = _ms(lambda: links_of_many(store, many, basis=basis)) / len(many)
    return Speed(
        engine=engine,
        tips=len(keys),
        links=_times(linked),
        two_hops=_times(walked),
        together_ms=together,
        alone_ms=sum(linked) / len(linked),
    )


def _keys(store: Store) -> list[str]:
    keys: list[str] = []
    after = ""
    while True:
        page = store.read(TIP_PAGE, TipPageParams(after=after, limit=_PAGE))
        keys.extend(row.key for row in page if not row.stub)
        if len(page) < _PAGE:
            return sorted(keys)
        after = page[-1].order_key


def _walk(store: Store, tip: str, most: int) -> None:
    store.read(TWO_HOPS, TwoHopsParams(tip=tip, walk_limit=most, limit=MAX_SHARED))


def _ms(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _times(values: Sequence[float]) -> Times:
    ordered = sorted(values)
    return Times(p50=ordered[len(ordered) // 2], p95=ordered[int(len(ordered) * 0.95)])
