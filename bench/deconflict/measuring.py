"""How long checks and the standing watch take, each beside the bare query for the same answer."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import patch

from bench.deconflict.setting import Setting, at_the_moment, furnish
from bench.links.speed import Times, milliseconds, times_of
from bench.progress import Progress
from bench.stores import EmptyStore, empty_store
from bench.whole import ACTOR, DECLARED, require_all_in
from bench.worlds import make_world
from graph.casework.check_settings import CheckSettings
from graph.clock import now_us
from graph.deliveries import Delivery, DocumentFacts
from graph.identifiers.core import Identifier
from graph.queries.claims import MOST_KEYS, POINTERS, PointersParams
from graph.queries.meeting import CLAIMS_OF_TIPS, TipClaimsParams
from graph.roles import Role
from graph.services.check_question import Question
from graph.services.check_reading import asked_identifier
from graph.services.checks import Rules, check, check_claims
from graph.services.encounters import Outcome
from graph.services.pacing import Pace
from graph.services.recording import record
from graph.statements import Assertion, Statement, TipFacts
from ingest.pipeline import Intake

SAMPLE: Final = 200
_WARM_UP = 20
_BATCH = 100
_MANY = 10**9
_PURPOSE = "cybertip"
_UNPACED = Rules(
    settings=CheckSettings(check_user_day=_MANY, check_agency_day=_MANY, check_burst=_MANY),
    pace=Pace(bucket_s=0.25, is_on=False),
)
"""The work alone: an asker also waits for the next full multiple of the time that answers keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A time, and the bare query's, alternating in one run; milliseconds."""

    ours: Times
    bare: Times

    @property
    def ratio(self) -> float:
        """At the 95th percentile."""
        return self.ours.p95 / self.bare.p95


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What deconfliction takes on one store."""

    engine: str
    tips: int
    investigations: int
    claims: int
    hit: Beside
    """One identifier that others claim: answer, conflict, notices, leaves."""
    miss: Beside
    own_s: float
    """A thousand own claims in one request, seconds."""
    own_bare_s: float
    arriving: Beside
    """A tip with a claimed identifier, held by another agency, with the watch and without."""
    watch_share: float
    """Tips a second with the watch, as a share of those without; one in ten is claimed."""


def measure_deconflict(
    engine: str, folder: Path, *, tips: int, investigations: int, seed: int, progress: Progress
) -> Figures:
    """Take a world into an empty store, enter investigations, and measure.

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
        setting = furnish(into.store, investigations=investigations, progress=progress)
        return _Bench(into, setting, progress).figures(engine, tips)


class _Bench:
    """One store, and who asks."""

    def __init__(self, into: EmptyStore, setting: Setting, progress: Progress) -> None:
        self._store = into.store
        self._setting = setting
        self._progress = progress
        self._dice = random.Random(23)
        self._number = 700_000_000

    def figures(self, engine: str, tips: int) -> Figures:
        """Measure everything."""
        setting = self._setting
        own_s, own_bare_s = self._own()
        return Figures(
            engine=engine,
            tips=tips,
            investigations=setting.investigations,
            claims=setting.claims,
            hit=self._checks("checks that hit", setting.claimed),
            miss=self._checks("checks that miss", setting.unclaimed),
            own_s=own_s,
            own_bare_s=own_bare_s,
            arriving=self._arriving(),
            watch_share=self._share(),
        )

    def _checks(self, what: str, identifiers: Sequence[Identifier]) -> Beside:
        ours: list[float] = []
        bare: list[float] = []
        wanted = min(SAMPLE + _WARM_UP, len(identifiers))
        for done, one in enumerate(self._dice.sample(list(identifiers), wanted)):
            checked = milliseconds(partial(self._check, one))
            asked = milliseconds(partial(self._pointers, [one]))
            if done >= _WARM_UP:
                ours.append(checked)
                bare.append(asked)
            self._progress(what, done, wanted)
        return Beside(ours=times_of(ours), bare=times_of(bare))

    def _check(self, one: Identifier) -> None:
        question = Question(
            investigation=self._setting.case, purpose=_PURPOSE, lines=(asked_identifier(one),)
        )
        check(at_the_moment(self._setting.asker), self._store, question=question, rules=_UNPACED)

    def _pointers(self, identifiers: Sequence[Identifier]) -> None:
        agency = str(self._setting.asker.agency)
        keys = [item.key for item in identifiers]
        for start in range(0, len(keys), MOST_KEYS):
            params = PointersParams(
                agency=agency, now_us=now_us(), keys=keys[start : start + MOST_KEYS]
            )
            self._store.read(POINTERS, params)

    def _own(self) -> tuple[float, float]:
        """Give the seconds of a thousand own claims, and of the bare query; the better of two."""
        question = Question(investigation=self._setting.case, purpose=_PURPOSE, lines=())

        def ours() -> None:
            caller = at_the_moment(self._setting.asker)
            check_claims(caller, self._store, question=question, rules=_UNPACED)

        bare = partial(self._pointers, self._setting.own)
        took = [(milliseconds(ours), milliseconds(bare)) for _ in range(2)]
        return min(t[0] for t in took) / 1000, min(t[1] for t in took) / 1000

    def _arriving(self) -> Beside:
        ours: list[float] = []
        bare: list[float] = []
        for done in range(SAMPLE + _WARM_UP):
            one = self._dice.choice(self._setting.claimed)
            tip = self._tip(one)
            with _watch(is_on=False):
                plain = milliseconds(partial(self._record, [self._tip(one)]))
            took = milliseconds(partial(self._record, [tip]))
            asked = milliseconds(partial(self._claims_of, tip, one))
            if done >= _WARM_UP:
                ours.append(max(took - plain, 0.0))
                bare.append(asked)
            self._progress("tips that arrive one by one", done, SAMPLE + _WARM_UP)
        return Beside(ours=times_of(ours), bare=times_of(bare))

    def _record(self, tips: Sequence[Delivery]) -> None:
        record(self._store, tips, actor=ACTOR)

    def _claims_of(self, tip: Delivery, one: Identifier) -> None:
        params = TipClaimsParams(tips=[tip.tip_key], identifiers=[one.key], now_us=now_us())
        self._store.read(CLAIMS_OF_TIPS, params)

    def _share(self) -> float:
        """Give how fast intake records with the watch, as a share of without; alternating."""
        with_it = without = 0.0
        for done in range(20):
            identifiers = [self._dice.choice(self._setting.claimed) for _ in range(_BATCH // 10)]
            identifiers += self._dice.sample(list(self._setting.unclaimed), _BATCH - _BATCH // 10)
            for is_on in (True, False):
                tips = [self._tip(one) for one in identifiers]
                with _watch(is_on=is_on):
                    took = milliseconds(partial(self._record, tips))
                if done >= 2 and is_on:
                    with_it += took
                elif done >= 2:
                    without += took
            self._progress("tips that arrive by the hundred", done, 20)
        return without / with_it

    def _tip(self, one: Identifier) -> Delivery:
        """Give a tip of its own number that states one identifier and is held by an agency."""
        self._number += 1
        sha256 = hashlib.sha256(f"bench-{self._number}".encode()).hexdigest()
        said = Assertion(
            kind=one.kind, identifier=one.key, state="normal", role=Role.REPORTED, linking=True,
            path="person/value",
        )  # fmt: skip
        return Delivery(
            source="ncmec",
            report_number=str(self._number),
            number_source="document",
            part="ids-json",
            issued_us=now_us(),
            document=DocumentFacts(
                sha256=sha256,
                stored_sha256=sha256,
                size=0,
                name="bench.json",
                channel="file",
                received_us=now_us(),
                original="vault",
            ),
            statement=Statement(
                facts=TipFacts(provider="chatterbox"), files=(), assertions=(said,), references=()
            ),
            parser="bench/1",
            holder="bench-00",
        )


@contextmanager
def _watch(*, is_on: bool) -> Iterator[None]:
    """Switch the watch on arriving tips off, for comparison alone."""
    if is_on:
        yield
        return
    with patch("graph.services.recording.watch_tips", lambda *_, **__: Outcome()):
        yield
