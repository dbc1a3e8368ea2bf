"""What is shared tells no small count, and no subtraction brings one back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.caseload.cells import FEW, SMALL, WITHHELD, Cell, grouped

_COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 500))


def cells(*values: int) -> list[Cell]:
    return [Cell(labels=(str(nth),), value=value) for nth, value in enumerate(values)]


def told(*values: int) -> list[int | str | None]:
    return [cell.value if cell.shown is None else cell.shown for cell in grouped(cells(*values))]


def test_small_counts_are_grouped_and_cannot_be_subtracted() -> None:
    assert told(10, 20, 5, 0) == [10, 20, 5, 0]
    assert told(10, 20, 3) == [WITHHELD, 20, FEW]
    assert told(9, 20, 1, 2, 0) == [WITHHELD, 20, FEW, FEW, 0]
    assert told(20, 1, 4) == [20, FEW, FEW]
    assert told(0, 3) == [WITHHELD, FEW]
    assert told(2) == [FEW]


def test_a_share_of_nearly_all_is_grouped_as_a_small_one() -> None:
    shares = [
        Cell(labels=("a", "port"), value=98, of=100),
        Cell(labels=("a", "location"), value=50, of=100),
        Cell(labels=("b", "port"), value=50, of=100),
    ]
    assert next(cell.shown for cell in grouped(shares)) == WITHHELD


def test_what_is_one_persons_or_one_tips_is_not_there() -> None:
    timed = Cell(labels=("x",), value=50, oldest_us=1, stood_us=2)
    assert grouped([timed]) == (Cell(labels=("x",), value=50),)


def test_a_median_over_few_is_withheld() -> None:
    few = Cell(labels=("new",), value=86_400, of=SMALL - 1)
    many = Cell(labels=("assigned",), value=3, of=SMALL)
    assert grouped([few, many], is_count=False) == (
        Cell(labels=("new",), value=None, shown=WITHHELD),
        many,
    )


@given(st.lists(st.lists(_COUNTS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_row_column_or_total_gives_a_small_count_away(table: list[list[int]]) -> None:
    """Whoever knows every total: what is withheld is at least two cells and five in sum."""
    given_cells = [
        Cell(labels=(f"r{row}", f"c{column}"), value=value)
        for row, values in enumerate(table)
        for column, value in enumerate(values)
    ]
    found = grouped(given_cells)
    for cell, before in zip(found, given_cells, strict=True):
        assert cell.shown is not None or cell.value == before.value
        assert not (cell.shown is None and 0 < (before.value or 0) < SMALL)
    lines = [list(range(len(found)))]
    for at in (0, 1):
        names = sorted({cell.labels[at] for cell in found})
        lines += [[n for n, cell in enumerate(found) if cell.labels[at] == name] for name in names]
    for line in lines:
        hidden = [given_cells[n].value or 0 for n in line if found[n].shown is not None]
        is_whole = len(hidden) == len(line)
        assert hidden == [] or is_whole or (len(hidden) > 1 and sum(hidden) >= SMALL)
