"""Estimates a weights table from pairs of which it is known whether one person is behind both.

Logistic regression with a Gaussian prior around the table at hand (maximum a posteriori, found by
Newton's method): where pairs say little, the table stays as it is. Being fitted together, weights
do not count twice what usually comes together. Rarer never counts less, and a longer gap never
counts more (pool adjacent violators, Ayer et al. 1955).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.scoring.addresses import Gap
from graph.scoring.bands import steps_of
from graph.scoring.evidence import NEVER_AGAINST, Evidence, Relation, Weighed
from graph.scoring.networks import NetworkClass
from graph.scoring.weights import BITS, Calibration, CutOffs, Weight, Weights

_RARITY = ", rarity"
_PRIOR_BITS = 4.0
"""Standard deviation of the prior: how far a few pairs may move a weight."""
_RARITY_BITS = (-3.0, -0.5)
"""A value that twice as many hold counts at least half a bit less, whatever pairs seem to say: no
corpus shows every value that will be common one day."""
_STEPS = 60
_SEARCHED_BITS = 20.0
_CLOSE_BITS = 1e-4
_STRONG_PRECISION = 0.998
_WEAK_ODDS = 0.05
NEVER_FOR = frozenset(
    {
        "quality.recovery",
        "quality.mined",
        "quality.compromised",
        "state.known_series",
        "state.viral",
        "role.other",
        "port.other",
        "birth.differs",
        "country.differs",
        "account.differs",
        "email.differs",
        "phone.differs",
    }
)
_EITHER = "address."
"""Uses of an address far apart may speak against; all other things that are shared never do."""
_COUNTS = frozenset({Relation.SUBJECT, Relation.ALIKE, Relation.AGAINST})

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A compared pair and whether one person is behind both tips."""

    weighed: Weighed
    is_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Design:
    names: tuple[str, ...]
    rows: Floats
    same: Floats
    times: Floats
    """How many pairs look exactly like this row."""


def fit(pairs: Sequence[Labelled], table: Weights, *, version: str, made: str, how: str) -> Weights:
    """Give a new version of a table, estimated from labelled pairs.

    Raises:
        ValueError: all pairs are labelled alike, so that nothing can be told apart.
    """
    if len({pair.is_same for pair in pairs}) < 2:
        raise ValueError("Pairs of both kinds are needed: the same person, and not the same.")
    design = _design(pairs, tuple(sorted(_names(table))))
    prior = _prior(design.names, table)
    bits, intercept = _newton(design, prior, _bounds(design.names))
    fitted = dict(zip(design.names, bits.tolist(), strict=True))
    evidence = _evidence(fitted, table, _counts(pairs))
    draft = table.model_copy(
        update={"version": version, "made": made, "how": how, "evidence": _monotone(evidence)}
    )
    scores = np.array([rescored(pair.weighed, draft) for pair in pairs])
    same = np.array([pair.is_same for pair in pairs])
    even = _even(scores / BITS, same, -intercept)
    return draft.model_copy(
        update={
            "cut_offs": _cut_offs(scores, same, even),
            "calibration": Calibration(
                even=round(BITS * even),
                same_per_million=min(max(round(1e6 * float(same.mean())), 1), 999_999),
            ),
        }
    )


def rescored(weighed: Weighed, table: Weights) -> int:
    """Give the score of the same evidence under another table."""
    return sum(
        _alone(table, item) >> item.halvings
        for item in weighed.evidence
        if item.halvings is not None and item.relation in _COUNTS
    )


def _alone(table: Weights, item: Evidence) -> int:
    total = sum(_part(table, name, item) for name, _ in item.parts if name != NEVER_AGAINST)
    is_shared_value = item.kind is not None and item.meeting is None
    return max(total, 0) if is_shared_value else total


def _part(table: Weights, name: str, item: Evidence) -> int:
    if not name.endswith(_RARITY):
        return table.of(name).weight
    base = table.of(name.removesuffix(_RARITY))
    return max(base.per_band * steps_of(item.band), -max(base.weight, 0))


def features(weighed: Weighed) -> dict[str, float]:
    """Give how much of each line of the table went into a comparison."""
    found: dict[str, float] = {}
    for item in weighed.evidence:
        if item.halvings is None or item.relation not in _COUNTS:
            continue
        share = 0.5**item.halvings
        for name, _ in item.parts:
            if name == NEVER_AGAINST:
                continue
            amount = share * steps_of(item.band) if name.endswith(_RARITY) else share
            found[name] = found.get(name, 0.0) + amount
    return found


def _names(table: Weights) -> Iterable[str]:
    for name, weight in table.evidence.items():
        yield name
        if weight.per_band != 0:
            yield f"{name}{_RARITY}"


def _design(pairs: Sequence[Labelled], names: tuple[str, ...]) -> _Design:
    place = {name: at for at, name in enumerate(names)}
    counted: dict[tuple[tuple[tuple[str, float], ...], bool], int] = {}
    for pair in pairs:
        looks = tuple(sorted((n, v) for n, v in features(pair.weighed).items() if n in place))
        key = (looks, pair.is_same)
        counted[key] = counted.get(key, 0) + 1
    rows = np.zeros((len(counted), len(names)))
    for at, (looks, _) in enumerate(counted):
        for name, value in looks:
            rows[at, place[name]] = value
    same = np.array([float(is_same) for _, is_same in counted])
    return _Design(
        names=names, rows=rows, same=same, times=np.array(list(counted.values()), dtype=float)
    )


def _prior(names: Sequence[str], table: Weights) -> Floats:
    return np.array(
        [
            table.evidence[name.removesuffix(_RARITY)].per_band / BITS
            if name.endswith(_RARITY)
            else table.evidence[name].weight / BITS
            for name in names
        ]
    )


def _bounds(names: Sequence[str]) -> tuple[Floats, Floats]:
    """Give the least and the greatest value of each weight.

    Rarer never counts less, doubt and difference never count for a link, what is shared never
    against it: pairs that would say so are few, or a trait of where they come from.
    """
    least, most = np.full(len(names), -np.inf), np.full(len(names), np.inf)
    for at, name in enumerate(names):
        if name.endswith(_RARITY):
            least[at], most[at] = _RARITY_BITS
        elif name in NEVER_FOR:
            most[at] = 0.0
        elif not name.startswith(_EITHER):
            least[at] = 0.0
    return least, most


def _newton(design: _Design, prior: Floats, bounds: tuple[Floats, Floats]) -> tuple[Floats, float]:
    """Give the weights and the intercept of the most likely table, in bits."""
    nat = float(np.log(2.0))
    rows = np.column_stack((design.rows, np.ones(len(design.rows)))) * nat
    centre = np.append(prior, -8.0)
    precision = np.append(np.full(len(prior), 1 / _PRIOR_BITS**2), 1e-4)
    least, most = np.append(bounds[0], -np.inf), np.append(bounds[1], np.inf)
    at = np.clip(centre, least, most)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ at, -500, 500)))
        slope = rows.T @ (design.times * (design.same - chance)) - precision * (at - centre)
        spread = design.times * chance * (1 - chance)
        curve = (rows * spread[:, None]).T @ rows + np.diag(precision)
        # What is at its limit and pushes beyond it stays there.
        free = ~((at >= most) & (slope > 0)) & ~((at <= least) & (slope < 0))
        step = np.zeros_like(at)
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        longest = float(np.abs(step).max())
        at = np.clip(at + step * min(1.0, 3.0 / max(longest, 1e-12)), least, most)
        if longest < _CLOSE_BITS:
            break
    return at[:-1], float(at[-1])


def _counts(pairs: Iterable[Labelled]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for pair in pairs:
        for name in features(pair.weighed):
            same, other = found.get(name, (0, 0))
            found[name] = (same + pair.is_same, other + (not pair.is_same))
    return found


def _evidence(
    fitted: Mapping[str, float], table: Weights, counts: Mapping[str, tuple[int, int]]
) -> dict[str, Weight]:
    made: dict[str, Weight] = {}
    for name, weight in table.evidence.items():
        same, other = counts.get(name, (0, 0))
        why = (
            f"Estimated from {same} pairs of one person and {other} of strangers."
            if same + other > 0
            else f"No pair showed it: as in version {table.version}."
        )
        per_band = round(BITS * fitted[f"{name}{_RARITY}"]) if weight.per_band != 0 else 0
        made[name] = Weight(weight=round(BITS * fitted[name]), per_band=per_band, why=why)
    return made


def _monotone(evidence: dict[str, Weight]) -> dict[str, Weight]:
    """Let no longer gap of an address count more than a shorter one, however many hold it."""
    gaps = [gap for gap in Gap if gap is not Gap.UNTIMED]
    for network in NetworkClass:
        names = [f"address.{network.value}.{gap.value}" for gap in gaps]
        pooled: list[tuple[float, int]] = []
        for name in names:
            pooled.append((float(evidence[name].weight), 1))
            while len(pooled) > 1 and pooled[-1][0] > pooled[-2][0]:
                (value, count), (before, of) = pooled.pop(), pooled.pop()
                pooled.append(((value * count + before * of) / (count + of), count + of))
        values = [round(value) for value, count in pooled for _ in range(count)]
        rarity = round(sum(evidence[name].per_band for name in names[:-1]) / (len(names) - 1))
        for name, value in zip(names, values, strict=True):
            per_band = rarity if evidence[name].per_band != 0 else 0
            evidence[name] = evidence[name].model_copy(
                update={"weight": value, "per_band": per_band}
            )
    return evidence


def _even(bits: Floats, same: npt.NDArray[np.bool_], start: float) -> float:
    """Give the score of even odds with which as many pairs are expected to be the same as are.

    The table that is written is rounded and made monotone after the fit, so that the fit's own
    intercept no longer balances it.
    """
    low, high = start - _SEARCHED_BITS, start + _SEARCHED_BITS
    for _ in range(_STEPS):
        middle = (low + high) / 2
        expected = float((1 / (1 + np.exp2(np.clip(middle - bits, -500, 500)))).sum())
        low, high = (middle, high) if expected > same.sum() else (low, middle)
    return (low + high) / 2


def _cut_offs(scores: Ints, same: npt.NDArray[np.bool_], even_bits: float) -> CutOffs:
    """Give the cut-offs: best F1 for moderate, almost no stranger above strong."""
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(same[order])
    named = np.arange(1, len(ranked) + 1)
    is_last = np.append(ranked[1:] != ranked[:-1], True)
    precision = hits / named
    f1 = 2 * hits / (named + same.sum())
    moderate = int(ranked[is_last][np.argmax(f1[is_last])])
    sure = ranked[is_last & (precision >= _STRONG_PRECISION)]
    strong = max(int(sure.min()) if len(sure) > 0 else int(ranked[0]) + 1, moderate)
    weak = min(round(BITS * (even_bits + np.log2(_WEAK_ODDS / (1 - _WEAK_ODDS)))), moderate)
    return CutOffs(strong=strong, moderate=moderate, weak=int(weak))
