"""Which judgements count: what people decided about pairs of tips, as later answers follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeAlias

from graph.errors import StoreRefusedError
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
    """Give the judgement that counts for each judged pair of some tips.

    Raises:
        StoreRefusedError: a tip has more judgements than are read; nothing is known then.
    """
    return in_force(judgements_about(unit, tips))


def judgements_about(unit: ReadUnit, tips: Sequence[str]) -> list[JudgementRow]:
    """Give all judgements about some tips, oldest first.

    Raises:
        StoreRefusedError: a tip has more judgements than are read; nothing is known then.
    """
    rows = unit.read(JUDGED, JudgedParams(tips=list(tips), limit=MAX_JUDGED))
    if len(rows) < MAX_JUDGED:
        return rows
    if len(tips) == 1:
        raise StoreRefusedError(
            f"Tip {tips[0]} has {MAX_JUDGED} judgements or more: they cannot all be looked at, so "
            "its links are not told. Ask who maintains the store."
        )
    half = len(tips) // 2
    found = [*judgements_about(unit, tips[:half]), *judgements_about(unit, tips[half:])]
    once = {row.key: row for row in found}
    return sorted(once.values(), key=lambda row: (row.at_us, row.key))


def in_force(rows: Iterable[JudgementRow]) -> dict[Pair, JudgementRow]:
    """Give the last judgement of each pair that was not undone."""
    ordered = sorted(rows, key=lambda row: (row.at_us, row.key))
    undone = {row.undoes for row in ordered if row.undoes is not None}
    return {
        frozenset(row.tips): row
        for row in ordered
        if row.verdict != Verdict.UNDONE and row.key not in undone
    }
