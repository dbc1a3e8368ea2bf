"""Estimates from the store itself: what chance gives, and new weights from judged pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from graph.clock import iso, now_us
from graph.errors import SettingsError
from graph.queries.chance import SET_CHANCE, ChanceParams
from graph.queries.links import SNAPSHOT
from graph.queries.scope import Seeing
from graph.scoring.chance import levels_of
from graph.scoring.fitting import Labelled, fit
from graph.scoring.pairs import Basis
from graph.scoring.weights import Weights
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.chance import Chance, chance_in, named, written_levels
from graph.services.judgements import all_standing
from graph.services.judging import Verdict
from graph.services.pairing import pairs_of, weighed_pair
from graph.services.sampling import sample_of
from graph.store import Store, WriteUnit

LEAST_JUDGED = 20
"""So many pairs of each kind must be judged before weights are estimated from them."""

Progress = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    pass


def estimate_chance(
    store: Store, *, basis: Basis, actor: str, progress: Progress = _silent
) -> Chance:
    """Estimate how strong links of strangers are in this store, and keep the estimate.

    Raises:
        SettingsError: the weights table carries no calibration, so that nothing can be estimated.
        StoreError: the store could not do it; the last estimate stays.
    """
    calibration = basis.weights.calibration
    if calibration is None:
        raise SettingsError(
            f"Weights {basis.weights.version} say nothing of how scores and odds go together. "
            "Estimate a table (`crosstip links fit`), or take a shipped one from version 4 on."
        )
    sample = sample_of(store)
    scores: list[int] = []
    asked = ""
    done = 0
    for pair in pairs_of(store, sample.tips, [basis]):
        if pair.own != asked:
            asked, done = pair.own, done + 1
            progress(done, len(sample.tips))
        scores.append(pair.weighed[0].score)
    # Every pair has two tips that may be asked.
    scale = sample.of / max(len(sample.tips), 1) / 2
    least = basis.weights.cut_offs.weak
    chance = Chance(
        at_us=now_us(),
        weights=basis.weights.version,
        tips=len(sample.tips),
        levels=levels_of(scores, calibration, least=least, scale=scale),
    )
    table = basis.weights
    store.writing(lambda unit: _note(unit, chance, table, actor), name="noting what chance gives")
    return chance


def _note(unit: WriteUnit, chance: Chance, weights: Weights, actor: str) -> None:
    unit.run(
        SET_CHANCE,
        ChanceParams(
            at_us=chance.at_us,
            weights=named(weights),
            tips=chance.tips,
            levels=written_levels(chance.levels),
        ),
    )
    leaf = Leaf(action="links.chance", object="store", outcome=f"weights {chance.weights}")
    add_leaves(unit, [leaf], actor=actor, at_us=chance.at_us)


def chance_if_due(store: Store, *, basis: Basis, actor: str) -> Chance | None:
    """Estimate when there is none for these weights, or values were counted anew since.

    Raises:
        StoreError: the store could not do it.
    """
    if basis.weights.calibration is None:
        return None
    found = store.read(SNAPSHOT, Seeing())[0]
    known = chance_in(found, basis.weights)
    if known is not None and known.at_us >= (found.snapshot_us or 0):
        return None
    return estimate_chance(store, basis=basis, actor=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A new table, and what it was estimated from."""

    weights: Weights
    same: int
    not_same: int
    unsure: int
    """Left out: nobody knows."""
    gone: int
    """Left out: one of the two tips is not there any more, or was withdrawn."""
    unlinked: int
    """Left out: they share no identifier of subjects, so that no weight explains the judgement."""


def fit_on_judged(store: Store, *, basis: Basis, version: str) -> Fitted:
    """Estimate a new version of the weights from the pairs that people judged in this store.

    Supervised: a logistic regression with the table at hand as prior (`graph.scoring.fitting`).

    Raises:
        SettingsError: too few pairs of a kind were judged.
        StoreError: the store could not answer.
    """
    pairs, counts = _labelled(store, basis)
    same, other = counts[Verdict.SAME], counts[Verdict.NOT_SAME]
    if min(same, other) < LEAST_JUDGED:
        raise SettingsError(
            f"{same} pairs that share identifiers were judged the same actor and {other} not the "
            f"same; at least {LEAST_JUDGED} of each are needed for an estimate. `crosstip judge` "
            "judges pairs."
        )
    made = iso(now_us())[:10]
    how = (
        f"Estimated by `crosstip links fit` on {same} pairs that people at this site judged the "
        f"same actor and {other} that they judged not the same, with version "
        f"{basis.weights.version} as the prior. People judge what was suggested to them, so pairs "
        "that no link showed are missing."
    )
    table = fit(pairs, basis.weights, version=version, made=made, how=how)
    if table.cut_offs.weak <= 0:
        raise SettingsError(
            "What was judged does not tell the same actor from others by what the tips share: the "
            f"cut-off of weak came out as {table.cut_offs.weak}. No table was made. Judge more "
            "pairs of both kinds that share identifiers."
        )
    return Fitted(
        weights=table,
        same=same,
        not_same=other,
        unsure=counts["unsure"],
        gone=counts["gone"],
        unlinked=counts["unlinked"],
    )


def _labelled(store: Store, basis: Basis) -> tuple[list[Labelled], Counter[str]]:
    """Give the judged pairs that weights can explain, and how many there are of each sort."""
    counts: Counter[str] = Counter()
    pairs: list[Labelled] = []
    for pair, row in all_standing(store):
        if row.verdict not in (Verdict.SAME, Verdict.NOT_SAME):
            counts["unsure"] += 1
            continue
        weighed = store.reading(
            lambda unit, p=pair: weighed_pair(unit, p, basis),  # type: ignore[misc]
            name="comparing a judged pair",
        )
        if weighed is None:
            counts["gone"] += 1
            continue
        if not weighed.links_subjects:
            counts["unlinked"] += 1
            continue
        counts[row.verdict] += 1
        pairs.append(Labelled(weighed=weighed, is_same=row.verdict == Verdict.SAME))
    return pairs, counts
