"""Figures as they may leave the agency: no small count, and none that subtraction brings back.

Counts from 1 to 4 may tell who somebody is and are withheld (primary suppression); so are further
cells, until every withheld one could as well have another value in a table with the same shown
cells and the same sums of each row, each column and the whole (complementary suppression:
Hundepool et al., Handbook on Statistical Disclosure Control, 2nd ed. 2024, chapter 4). All bear
one mark. As those sums are taken to be known, a sum that another figure gives tells nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import product

from graph.caseload.cells import SMALL, WITHHELD, Cell

EVERYTHING = "all"
"""The label of the one number that is shared of a figure that is shared as its sum."""
Labels = tuple[str, ...]


class Sharing(StrEnum):
    """How a figure is shared."""

    TABLE = "table"
    """Cells that add up to rows, columns and a whole."""
    SUM = "sum"
    """One number: what it counts is counted by another figure too, so that its cells would say
    what is withheld there."""
    APART = "apart"
    """Cells that do not add up."""
    SHARES = "shares"
    """Parts, each of a whole that its first label names; one row's parts overlap."""
    COMPUTED = "computed"
    """Values computed over `of` rows, which is not told."""
    NEVER = "never"
    """Not at all: it tells about single people, names other agencies, or others follow from it."""


def shared(cells: Sequence[Cell], sharing: Sharing) -> tuple[Cell, ...]:
    """Give cells as they may leave the agency; none of a figure that is never shared."""
    match sharing:
        case Sharing.TABLE:
            return _table(cells)
        case Sharing.SUM:
            return _sum(cells)
        case Sharing.APART:
            return tuple(_hide(cell) if _is_small(cell.value) else _bare(cell) for cell in cells)
        case Sharing.SHARES:
            return _shares(cells)
        case Sharing.COMPUTED:
            return tuple(
                _hide(cell) if cell.of is None or cell.of < SMALL else _bare(cell) for cell in cells
            )
        case Sharing.NEVER:
            return ()


def _table(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Give a table with what is withheld; one of two dimensions with all of its zeros."""
    given = {cell.labels: cell.value or 0 for cell in cells}
    if max((len(labels) for labels in given), default=0) == 2:
        sides = [list(dict.fromkeys(labels[at] for labels in given)) for at in (0, 1)]
        given = {labels: given.get(labels, 0) for labels in product(*sides)}
        hidden = _in_matrix(given)
    else:
        hidden = _in_line(given)
    return tuple(
        _cell(labels, value, is_hidden=labels in hidden) for labels, value in given.items()
    )


def _sum(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    if len(cells) == 0:
        return ()
    total = sum(cell.value or 0 for cell in cells)
    labels = (EVERYTHING,) * len(cells[0].labels)
    return (_cell(labels, total, is_hidden=_is_small(total)),)


def _shares(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Give parts: whose whole is withheld is so entirely, and each column as a line."""
    wholes = {cell.labels[:1]: cell.of or 0 for cell in cells}
    hidden_wholes = _in_line(wholes)
    hidden = set[Labels]()
    for name in dict.fromkeys(cell.labels[1:] for cell in cells):
        line = {cell.labels: cell for cell in cells if cell.labels[1:] == name}
        small = {
            labels
            for labels, cell in line.items()
            if labels[:1] in hidden_wholes
            or _is_small(cell.value)
            or _is_small((cell.of or 0) - (cell.value or 0))
        }
        hidden |= _in_line({labels: cell.value or 0 for labels, cell in line.items()}, small)
    return tuple(
        _cell(
            cell.labels,
            cell.value or 0,
            is_hidden=cell.labels in hidden,
            of=None if cell.labels[:1] in hidden_wholes else cell.of,
        )
        for cell in cells
    )


def _in_line(given: Mapping[Labels, int], first: Iterable[Labels] | None = None) -> set[Labels]:
    """Give what is withheld of cells with one sum: none, or two at least and five in sum."""
    hidden = {name for name in given if _is_small(given[name])} if first is None else set(first)
    left = sorted(set(given) - hidden, key=lambda name: (given[name] == 0, given[name], name))
    for name in left if len(hidden) > 0 else ():
        if len(hidden) > 1 and sum(given[each] for each in hidden) >= SMALL:
            break
        hidden.add(name)
    return hidden


def _in_matrix(given: Mapping[Labels, int]) -> set[Labels]:
    """Give what is withheld of a matrix: each small cell with three more that hide it.

    Of four cells at the crossings of two rows and two columns two opposite ones can each be one
    less where the others are one more, and no sum tells. Where no such four are, all is withheld.
    """
    hidden = {name for name in given if _is_small(given[name])}
    for small in sorted(hidden):
        found = _four(given, small, hidden)
        if found is None:
            return set(given)
        hidden |= found
    return hidden


def _four(given: Mapping[Labels, int], small: Labels, hidden: set[Labels]) -> set[Labels] | None:
    """Give the four cells that hide a small one: those that withhold the least besides."""
    (row, column), fours = small, list[tuple[bool, int, Labels]]()
    for other in given:
        if row == other[0] or column == other[1] or given[other] == 0:
            continue
        beside = ((row, other[1]), (other[0], column))
        # Where both can give away enough, the small one may as well be none: its size is not told.
        is_close = given[small] + min(given[each] for each in beside) < SMALL
        more = {other, *beside} - hidden
        fours.append((is_close, sum(given[each] for each in more), other))
    if len(fours) == 0:
        return None
    _, _, other = min(fours)
    return {small, other, (row, other[1]), (other[0], column)}


def _is_small(value: int | None) -> bool:
    return 0 < (value or 0) < SMALL


def _cell(labels: Labels, value: int, *, is_hidden: bool, of: int | None = None) -> Cell:
    if is_hidden:
        return Cell(labels=labels, value=None, of=of, shown=WITHHELD)
    return Cell(labels=labels, value=value, of=of)


def _hide(cell: Cell) -> Cell:
    return Cell(labels=cell.labels, value=None, shown=WITHHELD)


def _bare(cell: Cell) -> Cell:
    """Give a cell without what is one person's or one tip's, and without its `of`."""
    return replace(cell, of=None, oldest_us=None, stood_us=None)
