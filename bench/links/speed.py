"""How long links take: one tip, a thousand at once, and the bare walk beside both."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bench.links.crowd import Ranks, busiest, let_in, ranks_of
from bench.progress import Progress
from bench.stores import empty_store
from bench.whole import ACTOR, DECLARED, require_all_in
from bench.worlds import make_world
from graph.basis import basis_of
from graph.identifiers.core import IdentifierKind
from graph.queries.link_questions import TwoHopsParams
from graph.queries.links import TWO_HOPS
from graph.queries.tips import TIP_PAGE, TipPageParams
from graph.scoring.pairs import Basis
from graph.services.comparing import MAX_SHARED
from graph.services.groups import group_of
from graph.services.links import links_of, links_of_many
from graph.services.paths import paths
from graph.services.snapshot import take_snapshot
from graph.services.walking import walk_limit
from graph.settings import StoreSettings
from graph.store import Store
from ingest.pipeline import Intake
from world.truth import Truth

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
class Crowd:
    """The same after so many strangers came onto one file and behind one address."""

    tips: int
    links: Times
    true_pairs: int
    moved: int
    """True pairs whose place among the links changed."""
    unexplained: int
    """Of these, pairs of a tip none of whose links rested on the file or the address before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """How long groups take, and chains from the same tips to another tip of the same person."""

    tips: int
    groups: Times
    paths: Times


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

    crowd: Crowd | None = None
    around: Around | None = None

    @property
    def ratio(self) -> float:
        """Links over the bare walk, at the 95th percentile."""
        return self.links.p95 / self.two_hops.p95

    @property
    def gain(self) -> float:
        """How many times faster a tip is answered among a thousand."""
        return self.alone_ms / self.together_ms


def measure_speed(
    engine: str,
    folder: Path,
    *,
    tips: int,
    seed: int,
    crowd: int,
    progress: Progress,
    around: int = 0,
) -> Speed:
    """Take a world into an empty store and give how long its links take.

    `crowd` strangers come in afterwards, on the file and behind the address that most tips have.
    Before that, groups and chains are measured for `around` tips of people with several.

    Raises:
        StoreError: the store failed.
        IntakeError: some document did not go in.
    """
    world = folder / "world"
    files = make_world(world, seed=seed, tips=tips)
    with empty_store(engine, folder / "store") as into:
        intake = Intake(into.store, into.site, synthetic=True, actor=ACTOR)

        def follow(done: int, _summary: object) -> None:
            progress("taking the world in", done, len(files))

        require_all_in(intake.ingest(files, declared=DECLARED, progress=follow))
        take_snapshot(into.store, actor=ACTOR)
        basis = basis_of(StoreSettings(data_dir=folder, networks=world / "networks"))
        bench = _Bench(into.store, basis, _people(world), progress)
        speed = bench.speed(engine)
        if around > 0:
            speed = replace(speed, around=bench.around(around))
        return speed if crowd == 0 else replace(speed, crowd=bench.crowded(crowd))


def _people(world: Path) -> dict[str, list[str]]:
    """Give every tip's other tips of the same person."""
    truth = Truth.read(world / "truth.json")
    groups = [[f"ncmec:{number}" for number in o.tips] for o in truth.offenders]
    return {tip: [t for t in group if t != tip] for group in groups for tip in group}


class _Bench:
    """One store, and the tips that it is asked for."""

    def __init__(
        self, store: Store, basis: Basis, people: dict[str, list[str]], progress: Progress
    ) -> None:
        self._store = store
        self._basis = basis
        self._progress = progress
        self._keys = _keys(store)
        self._most = walk_limit(len(self._keys))
        dice = random.Random(11)
        self._sample = dice.sample(self._keys, min(SAMPLE, len(self._keys)))
        self._many = dice.sample(self._keys, min(TOGETHER, len(self._keys)))
        self._true = {tip: people[tip] for tip in self._sample if tip in people}

    def speed(self, engine: str) -> Speed:
        """Measure links, the bare walk beside them, and many at once."""
        linked, walked = self._alternating()
        together = milliseconds(lambda: links_of_many(self._store, self._many, basis=self._basis))
        return Speed(
            engine=engine,
            tips=len(self._keys),
            links=times_of(linked),
            two_hops=times_of(walked),
            together_ms=together / len(self._many),
            alone_ms=sum(linked) / len(linked),
        )

    def crowded(self, tips: int) -> Crowd:
        """Let strangers in and measure again."""
        file_hash = busiest(self._store, self._many, IdentifierKind.FILE_HASH)
        address = busiest(self._store, self._many, IdentifierKind.IP_ADDRESS)
        before = self._ranks(file_hash, address)
        let_in(
            self._store,
            tips=tips,
            file_hash=file_hash,
            address=address,
            progress=self._progress,
        )
        linked, _ = self._alternating()
        after = self._ranks(file_hash, address)
        moved = [pair for pair, at in before.places.items() if at != after.places[pair]]
        return Crowd(
            tips=tips,
            links=times_of(linked),
            true_pairs=len(before.places),
            moved=len(moved),
            unexplained=sum(tip not in before.resting for tip, _ in moved),
        )

    def around(self, tips: int) -> Around:
        """Measure groups, and the chains to the best true tip, of so many tips."""
        grouped: list[float] = []
        walked: list[float] = []
        asked = list(self._true.items())[:tips]
        for done, (tip, others) in enumerate(asked, start=1):
            grouped.append(milliseconds(partial(group_of, self._store, tip, basis=self._basis)))
            if len(others) > 0:
                path = partial(paths, self._store, tip, others[0], basis=self._basis)
                walked.append(milliseconds(path))
            self._progress("groups and chains", done, len(asked))
        return Around(tips=len(asked), groups=times_of(grouped), paths=times_of(walked))

    def _ranks(self, *values: str) -> Ranks:
        return ranks_of(self._store, self._true, values=values, basis=self._basis)

    def _alternating(self) -> tuple[list[float], list[float]]:
        for tip in self._keys[:_WARM_UP]:
            self._links(tip)
            self._walk(tip)
        linked: list[float] = []
        walked: list[float] = []
        for done, tip in enumerate(self._sample, start=1):
            linked.append(milliseconds(partial(self._links, tip)))
            walked.append(milliseconds(partial(self._walk, tip)))
            self._progress("links of one tip", done, len(self._sample))
        return linked, walked

    def _links(self, tip: str) -> None:
        links_of(self._store, tip, basis=self._basis)

    def _walk(self, tip: str) -> None:
        self._store.read(TWO_HOPS, TwoHopsParams(tip=tip, walk_limit=self._most, limit=MAX_SHARED))


def _keys(store: Store) -> list[str]:
    keys: list[str] = []
    after = ""
    while True:
        page = store.read(TIP_PAGE, TipPageParams(after=after, limit=_PAGE))
        keys.extend(row.key for row in page if not row.stub)
        if len(page) < _PAGE:
            return sorted(keys)
        after = page[-1].order_key


def milliseconds(work: Callable[[], object]) -> float:
    """Give how long something takes, without the collector's pauses."""
    gc.disable()
    try:
        started = time.perf_counter()
        work()
        return (time.perf_counter() - started) * 1000
    finally:
        gc.enable()


def times_of(values: Sequence[float]) -> Times:
    """Give the median and the 95th percentile."""
    ordered = sorted(values)
    return Times(p50=ordered[len(ordered) // 2], p95=ordered[int(len(ordered) * 0.95)])
