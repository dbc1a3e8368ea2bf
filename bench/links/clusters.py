"""Groups of tips: what links join, and what truly hangs together."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.links.corpus import Corpus
from bench.links.metrics import Quality, b_cubed
from bench.links.postings import Ints


def joined(size: int, first: Ints, second: Ints) -> Ints:
    """Give by tip the number of its connected component."""
    ones = np.ones(len(first), dtype=np.int8)
    graph = coo_array((ones, (first, second)), shape=(size, size)).tocsr()
    found: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return found


def grouping_quality(corpus: Corpus, first: Ints, second: Ints) -> Quality:
    """Give B-cubed of the components of some links against those of the true pairs.

    The truth are components of true pairs, not whole people: tips of one person that no chain of
    shared observations joins cannot be brought together by any evidence.
    """
    own = [np.full(len(others), tip) for tip, others in sorted(corpus.true.items())]
    others = [others for _, others in sorted(corpus.true.items())]
    none = np.empty(0, dtype=np.int64)
    truth = joined(
        corpus.size,
        np.concatenate(own) if len(own) > 0 else none,
        np.concatenate(others) if len(others) > 0 else none,
    )
    found = joined(corpus.size, first, second)
    return b_cubed(found.tolist(), truth.tolist())
