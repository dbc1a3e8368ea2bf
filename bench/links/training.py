"""Estimates the weights that Crosstip ships, from synthetic worlds that are never measured.

The worlds' own distributions are not read: only their tips, and who is behind them.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.links.candidates import candidate_pairs
from bench.links.corpus import Corpus, read_corpus
from bench.links.profiles import profiles_of
from bench.links.variants import BASE, DOUBLED, HALVED, Variant, write_variant
from bench.progress import Progress
from graph.scoring.fitting import Labelled, fit
from graph.scoring.networks import Networks
from graph.scoring.observations import Profile
from graph.scoring.pairs import Basis, weigh
from graph.scoring.weights import Weights
from graph.services.walking import WALK_LIMIT

TRAINING: tuple[tuple[int, Variant], ...] = ((201, BASE), (202, DOUBLED), (203, HALVED))
"""Seeds and shares of the worlds that are learnt from; the scoreboard measures other seeds."""
TIPS = 10_000
RARITY_FROM = {"alias.same": -500}
"""Thousandths of a bit for each doubling of holders, where the table to start from knows none."""
ROUNDS = 2
"""What counts in full of a series depends on the weights, so the fit is repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _School:
    corpus: Corpus
    profiles: Sequence[Profile]
    pairs: Sequence[tuple[int, int]]
    networks: Networks


def train(folder: Path, table: Weights, *, version: str, made: str, progress: Progress) -> Weights:
    """Give a new version of a table, learnt from the training worlds.

    Raises:
        CorpusError: a world cannot be read whole.
    """
    schools = [_school(folder, seed, variant, progress) for seed, variant in TRAINING]
    worlds = ", ".join(f"seed {seed} with shares {variant.name}" for seed, variant in TRAINING)
    how = (
        "Estimated by `crosstip bench weights` on pairs that share a value with at most "
        f"{WALK_LIMIT} holders, in synthetic worlds of {TIPS:,} tips: {worlds}; each with and "
        "without the files on networks. Synthetic people are not real ones: a site estimates anew "
        "from pairs that it judged."
    )
    start = fitted = _with_rarity(table)
    for done in range(ROUNDS):
        labelled = [pair for school in schools for pair in _labelled(school, fitted)]
        # A site without files knows no network: unknown stands for all of them together.
        labelled += [
            pair
            for school in schools
            for pair in _labelled(replace(school, networks=Networks()), fitted)
        ]
        fitted = fit(labelled, start, version=version, made=made, how=how)
        progress("estimating", done + 1, ROUNDS)
    return fitted


def _with_rarity(table: Weights) -> Weights:
    evidence = dict(table.evidence)
    for name, per_band in RARITY_FROM.items():
        evidence[name] = evidence[name].model_copy(update={"per_band": per_band})
    return table.model_copy(update={"evidence": evidence})


def _school(folder: Path, seed: int, variant: Variant, progress: Progress) -> _School:
    place = folder / f"school-{seed}"
    write_variant(place, seed=seed, tips=TIPS, variant=variant)
    corpus = read_corpus(place, progress=progress)
    shutil.rmtree(place)
    found = candidate_pairs(corpus.postings, most_holders=WALK_LIMIT)
    return _School(
        corpus=corpus,
        profiles=profiles_of(corpus),
        pairs=list(zip(found.first.tolist(), found.second.tolist(), strict=True)),
        networks=corpus.networks,
    )


def _labelled(school: _School, table: Weights) -> list[Labelled]:
    basis = Basis(weights=table, networks=school.networks)
    kin = {tip: frozenset(others.tolist()) for tip, others in school.corpus.kin.items()}
    return [
        Labelled(
            weighed=weigh(school.profiles[first], school.profiles[second], basis),
            is_same=second in kin.get(first, ()),
        )
        for first, second in school.pairs
    ]
