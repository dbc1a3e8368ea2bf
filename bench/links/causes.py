"""Why links are false: which traps of the world the two tips sit in."""

from __future__ import annotations

from collections import Counter

import numpy as np

from bench.links.corpus import Corpus
from bench.links.postings import Ints

MOST_LOOKED_AT = 100_000
"""Of more false links a random sample is looked at and scaled up."""
NO_TRAP = "no known trap"
_SAMPLING_SEED = 815


def false_links(corpus: Corpus, first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Give those links whose tips are about different people."""
    kin = [tip * corpus.size + others for tip, others in sorted(corpus.kin.items())]
    codes = np.concatenate(kin) if len(kin) > 0 else np.empty(0, dtype=np.int64)
    wrong = ~np.isin(first * corpus.size + second, codes)
    return first[wrong], second[wrong]


def by_cause(corpus: Corpus, first: Ints, second: Ints) -> dict[str, int]:
    """Give how many false links sit in a trap of each cause, the most frequent first.

    A link in traps of several causes counts for each; `NO_TRAP` stands for those in none.
    """
    if corpus.truth is None:
        return {}
    first, second = false_links(corpus, first, second)
    scale = max(1.0, len(first) / MOST_LOOKED_AT)
    if scale > 1:
        dice = np.random.default_rng(_SAMPLING_SEED)
        chosen = dice.choice(len(first), size=MOST_LOOKED_AT, replace=False)
        first, second = first[chosen], second[chosen]
    traps = _traps(corpus)
    causes = [trap.cause.value for trap in corpus.truth.traps]
    found: Counter[str] = Counter()
    nowhere: frozenset[int] = frozenset()
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        both = traps.get(one, nowhere) & traps.get(other, nowhere)
        found.update({causes[trap] for trap in both} if len(both) > 0 else (NO_TRAP,))
    return {cause: round(count * scale) for cause, count in found.most_common()}


def _traps(corpus: Corpus) -> dict[int, frozenset[int]]:
    """Give by tip the traps that it sits in, by their places in the truth."""
    numbers = {tip.partition(":")[2]: number for number, tip in enumerate(corpus.tips)}
    found: dict[int, set[int]] = {}
    for place, trap in enumerate(corpus.truth.traps if corpus.truth is not None else ()):
        for tip in trap.tips:
            found.setdefault(numbers[tip], set()).add(place)
    return {tip: frozenset(places) for tip, places in found.items()}
