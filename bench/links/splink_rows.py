"""Tips as Splink wants them: one row for each, an array of values for each kind and band of rarity.

Splink adjusts for term frequency on whole columns only. For arrays its maintainers advise levels by
how frequent the shared elements are (splink discussion 2022). Each kind therefore has three arrays,
by how many tips hold a value: few, up to the blocking cap, and hubs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from bench.links.corpus import Corpus
from bench.links.postings import ALIAS, KINDS, NETWORK, Ints, Postings
from graph.identifiers.core import IdentifierKind

FEW = 3
"""Holders up to which a value is rare."""
CAP = 100
"""Holders up to which a value may form blocks; 100 holders make 4,950 comparisons."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "account": (IdentifierKind.ACCOUNT,),
    "email": (IdentifierKind.EMAIL,),
    "phone": (IdentifierKind.PHONE,),
    "address": (IdentifierKind.IP_ADDRESS, NETWORK),
    "file": (IdentifierKind.FILE_HASH,),
    "device": (IdentifierKind.DEVICE,),
    "url": (IdentifierKind.URL,),
    "alias": (ALIAS,),
}
"""Columns with the kinds that they hold. The alias stands for screen names at all providers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Names of a column's arrays."""

    column: str

    @property
    def few(self) -> str:
        """Values with at most `FEW` holders."""
        return f"{self.column}_few"

    @property
    def some(self) -> str:
        """Values with at most `CAP` holders; the rare ones too. Blocks are made of it."""
        return f"{self.column}_some"

    @property
    def hub(self) -> str:
        """Values with more than `CAP` holders."""
        return f"{self.column}_hub"

    @property
    def stated(self) -> str:
        """Whether the tip states any value of the kind."""
        return f"{self.column}_stated"


def rows_of(corpus: Corpus) -> pa.Table:
    """Give the table, with the tips' numbers as `unique_id`."""
    columns: dict[str, pa.Array] = {"unique_id": pa.array(corpus.everyone)}
    for column, kinds in COLUMNS.items():
        codes = [KINDS.index(kind) for kind in kinds]
        bands = Bands(column=column)
        holders = corpus.postings.holders[corpus.postings.value]
        of_kind = np.isin(corpus.postings.kind[corpus.postings.value], codes)
        stated = np.bincount(corpus.postings.tip[of_kind], minlength=corpus.size) > 0
        columns[bands.stated] = pa.array(stated)
        shared = of_kind & (holders > 1)
        columns[bands.few] = _lists(corpus.postings, shared & (holders <= FEW))
        columns[bands.some] = _lists(corpus.postings, shared & (holders <= CAP))
        columns[bands.hub] = _lists(corpus.postings, shared & (holders > CAP))
    facts = [corpus.states[tip].facts for tip in corpus.tips]
    columns["provider"] = pa.array([fact.provider for fact in facts], pa.string())
    times = [f.incident_us if f.incident_us is not None else f.received_us for f in facts]
    columns["seen_s"] = pa.array([None if us is None else us / 1e6 for us in times], pa.float64())
    return pa.table(columns)


def _lists(postings: Postings, chosen: np.ndarray) -> pa.Array:
    """Give by tip the list of its chosen values, as numbers."""
    tips: Ints = postings.tip[chosen]
    offsets = np.searchsorted(tips, np.arange(len(postings.starts)))
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), pa.array(postings.value[chosen], pa.int64())
    )
