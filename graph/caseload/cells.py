"""What a figure gives: its cells, and how they are grouped where they leave the agency.

A count below five may tell who somebody is. It is shown as `<5`; and so that no subtraction from
a total tells it, further cells of its row and column are withheld until what is withheld there is
at least two cells and five in sum (complementary suppression, as statistical offices do it:
Hundepool et al., Handbook on Statistical Disclosure Control, 2nd ed. 2024, chapter 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

SMALL = 5
FEW, WITHHELD = "<5", "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number of a figure."""

    labels: tuple[str, ...]
    value: int | None
    """None: there is nothing to compute it from, or it is grouped."""
    of: int | None = None
    """What it is a part of, or was computed over."""
    oldest_us: int | None = None
    """Since when the oldest of them is there."""
    stood_us: int | None = None
    """Since when the one that stands longest where it stands does so."""
    shown: str | None = None
    """In the place of a number that is grouped: `<5`, or `withheld`."""


def grouped(cells: Sequence[Cell], *, is_count: bool = True) -> tuple[Cell, ...]:
    """Give cells as they may leave the agency: no times, no small counts, none to be subtracted."""
    hidden = {nth for nth, cell in enumerate(cells) if _is_small(cell, is_count=is_count)}
    if is_count:
        lines = list(_lines(cells))
        while (found := _more(cells, lines, hidden)) is not None:
            hidden.add(found)
    return tuple(
        _hide(cell, is_count=is_count) if nth in hidden else _bare(cell)
        for nth, cell in enumerate(cells)
    )


def _is_small(cell: Cell, *, is_count: bool) -> bool:
    if not is_count:
        return cell.of is not None and cell.of < SMALL
    value = cell.value or 0
    rest = None if cell.of is None else cell.of - value
    return 0 < value < SMALL or (rest is not None and 0 < rest < SMALL)


def _lines(cells: Sequence[Cell]) -> Iterator[frozenset[int]]:
    """Give what has a total that is known, or may be: everything, each row, each column."""
    yield frozenset(range(len(cells)))
    for at in range(max((len(cell.labels) for cell in cells), default=0)):
        for label in sorted({cell.labels[at] for cell in cells}):
            yield frozenset(n for n, cell in enumerate(cells) if cell.labels[at] == label)


def _more(cells: Sequence[Cell], lines: Sequence[frozenset[int]], hidden: set[int]) -> int | None:
    """Give one more cell to hide, the smallest of the first line that gives something away."""
    for line in lines:
        there = line & hidden
        left = sorted(line - hidden, key=lambda nth: (cells[nth].value or 0, nth))
        is_told = len(there) > 0 and (
            len(there) < 2 or sum(cells[nth].value or 0 for nth in there) < SMALL
        )
        if is_told and len(left) > 0:
            return next((nth for nth in left if (cells[nth].value or 0) > 0), left[0])
    return None


def _hide(cell: Cell, *, is_count: bool) -> Cell:
    is_few = is_count and 0 < (cell.value or 0) < SMALL
    return replace(_bare(cell), value=None, of=None, shown=FEW if is_few else WITHHELD)


def _bare(cell: Cell) -> Cell:
    """Give a cell without what is one person's or one tip's."""
    return replace(cell, oldest_us=None, stood_us=None)
