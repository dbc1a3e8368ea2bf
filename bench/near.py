"""How long it takes to find near PDQs among very many."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.links.speed import Times, milliseconds, times_of
from bench.progress import Progress
from bench.stores import empty_store
from bench.whole import ACTOR
from graph.deliveries import Delivery, DocumentFacts
from graph.identifiers.core import IdentifierKind
from graph.queries.core import NoParams
from graph.queries.hash_lists import LOCK
from graph.roles import Role
from graph.services.hash_states import index
from graph.services.near import near
from graph.services.recording import record
from graph.statements import Assertion, Statement, TipFacts
from graph.store import Store, WriteUnit

_BATCH = 100_000
_BITS = 256
_NEAR_BITS = 20
_AT_US = 1_750_000_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NearTimes:
    """What one store took."""

    engine: str
    hashes: int
    """PDQs in the index."""
    asked: int
    found: int
    """Questions that found the tip's hash that was planted near: all of them, or it is a defect."""
    near: Times


def measure_near(
    engine: str, folder: Path, *, hashes: int, asked: int, seed: int, progress: Progress
) -> NearTimes:
    """Fill an index with random PDQs and ask for hashes 20 bits beside those of tips.

    The random ones stand in the index alone, as nothing else of them is read unless they are near.

    Raises:
        StoreError: the store failed.
    """
    dice = random.Random(seed)
    with empty_store(engine, folder / "store") as into:
        for start in range(0, hashes, _BATCH):
            few = [_key(dice.getrandbits(_BITS)) for _ in range(min(_BATCH, hashes - start))]
            into.store.writing(partial(_index, keys=few), name="filling the index")
            progress("filling the index", start + len(few), hashes)
        planted = [dice.getrandbits(_BITS) for _ in range(asked)]
        record(into.store, [_tip(n, value) for n, value in enumerate(planted)], actor=ACTOR)
        questions = [_beside(value, dice) for value in planted]
        near(into.store, _digits(questions[0]))
        taken: list[float] = []
        found = 0
        for done, (question, value) in enumerate(zip(questions, planted, strict=True), start=1):
            taken.append(milliseconds(partial(near, into.store, _digits(question))))
            found += _finds(into.store, question, value)
            progress("near hashes", done, asked)
        return NearTimes(
            engine=engine, hashes=hashes + asked, asked=asked, found=found, near=times_of(taken)
        )


def _index(unit: WriteUnit, keys: Sequence[str]) -> None:
    unit.run(LOCK, NoParams())
    index(unit, keys)


def _finds(store: Store, question: int, value: int) -> bool:
    return any(hit.key == _key(value) for hit in near(store, _digits(question)).hits)


def _key(value: int) -> str:
    return f"pdq:{_digits(value)}"


def _digits(value: int) -> str:
    return f"{value:064x}"


def _beside(value: int, dice: random.Random) -> int:
    for place in dice.sample(range(_BITS), _NEAR_BITS):
        value ^= 1 << place
    return value


def _tip(number: int, value: int) -> Delivery:
    return Delivery(
        source="ncmec",
        report_number=str(800_000_000 + number),
        number_source="document",
        part="ids-json",
        issued_us=_AT_US,
        document=DocumentFacts(
            sha256=_digits(number),
            stored_sha256=_digits(number),
            size=0,
            name="picture.json",
            channel="file",
            received_us=_AT_US,
            original="made for a measurement",
        ),
        statement=Statement(
            facts=TipFacts(provider="chatterbox-example", provider_label="Chatterbox Example"),
            assertions=(
                Assertion(
                    kind=IdentifierKind.FILE_HASH,
                    identifier=_key(value),
                    state="shared",
                    state_reason="A hint.",
                    role=Role.FILE,
                    linking=True,
                    path="made",
                ),
            ),
        ),
        parser="bench/1",
    )
