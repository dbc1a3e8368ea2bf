"""Splink as a linker: trained without labels on the very corpus that it links.

Imported only when it is asked for, as Splink belongs to the dependency group `bench` alone.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

import duckdb
import numpy as np
from splink import Linker as Model
from splink.internals.duckdb.database_api import DuckDBAPI

from bench.links.corpus import Corpus
from bench.links.linker import Answer, Decision, answers_of_arrays
from bench.links.postings import Ints
from bench.links.splink_model import (
    GUESSED_RECALL,
    SEED,
    TRAINED_ON,
    U_PAIRS,
    prior_rules,
    settings,
    training_rule,
)
from bench.links.splink_rows import CAP, COLUMNS, Bands, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SplinkLinker:
    """Fellegi and Sunter's model as Splink fits it."""

    memory: str = "4GB"
    """DuckDB's bound; beyond it DuckDB spills to the disk."""
    threads: int = 2

    @property
    def name(self) -> str:
        """Name in tables."""
        return f"Splink {version('splink')}"

    @property
    def note(self) -> str:
        """Sentence that says how it works."""
        return (
            "Arrays of values by kind with levels by rarity, time between incidents, blocks on "
            f"every value with at most {CAP} holders, u by random sampling, m by EM on the same "
            "tips without labels (`bench/links/splink_model.py`)."
        )

    @property
    def decision(self) -> Decision:
        """What makes a pair that it names a link."""
        return Decision.THRESHOLD

    def answers(self, corpus: Corpus, queries: Ints) -> Iterator[Answer]:
        """Train, score every blocked pair, and answer with match weights in bits."""
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit = '{self.memory}'")
            connection.execute(f"SET threads = {self.threads}")
            found = _scored(connection, corpus)
        yield from answers_of_arrays(
            found["unique_id_l"].astype(np.int64),
            found["unique_id_r"].astype(np.int64),
            found["match_weight"].astype(np.float64),
            queries,
        )


def _scored(connection: duckdb.DuckDBPyConnection, corpus: Corpus) -> dict[str, np.ndarray]:
    rows = rows_of(corpus)
    hubs = frozenset(
        column
        for column in COLUMNS
        if len(rows[Bands(column=column).hub].combine_chunks().flatten()) > 0
    )
    api = DuckDBAPI(connection=connection)
    with warnings.catch_warnings():
        # Splink warns of levels that no pair in a block shows; they keep their defaults.
        warnings.simplefilter("ignore")
        model = Model(api.register(rows), settings(hubs), log_level=logging.ERROR)
        model.training.estimate_probability_two_random_records_match(
            prior_rules(), recall=GUESSED_RECALL
        )
        model.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=SEED)
        for column in TRAINED_ON:
            model.training.estimate_parameters_using_expectation_maximisation(
                training_rule(column), record_sample_proportion=1.0
            )
        predicted = model.inference.predict(warning_mode="never")
        relation = predicted.as_duckdbpyrelation()
        return dict(relation.select("unique_id_l, unique_id_r, match_weight").fetchnumpy())
