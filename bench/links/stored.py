"""Links as a store answers them: the same tips, taken in by the real pipeline, on a real engine."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.links.corpus import Corpus
from bench.links.linker import Answer, Decision, Grade
from bench.links.postings import Ints
from bench.links.reading import CorpusError
from bench.stores import empty_store
from bench.whole import ACTOR, DECLARED, require_all_in
from graph.scoring import weights as tables
from graph.scoring.pairs import Basis
from graph.scoring.weights import BITS, shipped_weights
from graph.services.links import Links, links_of_many
from graph.services.state_counting import count_everything
from ingest.pipeline import Intake
from ingest.sources import find_files

_TOGETHER = 500
_EVERY_LINK = 1_000_000
_GRADES = {
    tables.Grade.STRONG: Grade.STRONG,
    tables.Grade.MODERATE: Grade.MODERATE,
    tables.Grade.WEAK: Grade.WEAK,
    tables.Grade.NONE: Grade.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLinker:
    """Takes a world into an empty store and asks it, with the weights that Crosstip ships."""

    engine: str
    order: int | None = None
    """Seed of the order in which documents come in; None for that of their names."""
    decision: Decision = Decision.MODERATE

    @property
    def name(self) -> str:
        """What the scoreboard calls it."""
        return f"Crosstip, weights {shipped_weights().version}, {self.engine} store"

    @property
    def note(self) -> str:
        """How it works."""
        order = "in the order of names" if self.order is None else "in a shuffled order"
        return (
            f"Documents taken in {order} by the whole pipeline, values and states counted, then "
            "every tip asked for its links. Seconds and memory include all of that; memory is "
            "Python's."
        )

    def answers(self, corpus: Corpus, queries: Ints) -> Iterator[Answer]:
        """Answer each query from the store.

        Raises:
            CorpusError: the corpus' files are gone.
            StoreError: the store failed.
        """
        if corpus.world is None:
            raise CorpusError("A store needs the world's files: measure before they are removed.")
        basis = Basis(weights=shipped_weights(), networks=corpus.networks)
        numbers = {tip: number for number, tip in enumerate(corpus.tips)}
        with (
            tempfile.TemporaryDirectory(dir=corpus.world.parent) as folder,
            empty_store(self.engine, Path(folder) / "store") as into,
        ):
            intake = Intake(into.store, into.site, synthetic=True, actor=ACTOR)
            files = find_files([corpus.world / "tips"])
            if self.order is not None:
                random.Random(self.order).shuffle(files)
            require_all_in(intake.ingest(files, declared=DECLARED))
            count_everything(into.store, basis=basis, actor=ACTOR)
            for start in range(0, len(queries), _TOGETHER):
                asked = [corpus.tips[q] for q in queries[start : start + _TOGETHER].tolist()]
                found = links_of_many(into.store, asked, basis=basis, limit=_EVERY_LINK)
                answered = {links.tip: links for links in found}
                for tip in asked:
                    yield _answer(numbers, tip, answered.get(tip))


def _answer(numbers: dict[str, int], tip: str, links: Links | None) -> Answer:
    found = links.links if links is not None else ()
    return Answer(
        query=numbers[tip],
        tips=np.array([numbers[link.tip.key] for link in found], dtype=np.int64),
        scores=np.array([link.score / BITS for link in found], dtype=np.float64),
        grades=np.array([int(_GRADES[link.grade]) for link in found], dtype=np.int64),
    )
