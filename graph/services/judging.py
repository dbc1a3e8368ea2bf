"""Which judgements count: what people decided about pairs of tips, as later answers follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeAlias

from graph.queries.judgements import JUDGED, JudgedParams, JudgementRow
from graph.store import ReadUnit

MAX_JUDGED = 20_000
"""Judgements that are read at once."""
Pair: TypeAlias = frozenset[str]


class Verdict(StrEnum):
    """What a person decided."""

    SAME = "same actor"
    NOT_SAME = "not the same"
    """Never suggested again."""
    UNSURE = "unsure"
    UNDONE = "undone"
    """Takes another judgement back."""


def standing(unit: ReadUnit, tips: Sequence[str]) -> dict[Pair, JudgementRow]:
    """Give the judgement that counts for each judged pair of some tips."""
    return in_force(unit.read(JUDGED, JudgedParams(tips=list(tips), limit=MAX_JUDGED)))


def in_force(rows: Iterable[JudgementRow]) -> dict[Pair, JudgementRow]:
    """Give the last judgement of each pair that was not undone."""
    ordered = sorted(rows, key=lambda row: (row.at_us, row.key))
    undone = {row.undoes for row in ordered if row.undoes is not None}
    return {
        frozenset(row.tips): row
        for row in ordered
        if row.verdict != Verdict.UNDONE and row.key not in undone
    }
