"""What is shared tells no small count, and no subtraction brings one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from graph.caseload.cells import SMALL, WITHHELD, Cell
from graph.caseload.sharing import EVERYTHING, Sharing, shared
from graph.services.caseload_table import FIGURES

_Side = tuple[str, int]
_COUNTS = st.one_of(st.just(0), st.integers(0, 8), st.integers(0, 500))


def told(*values: int) -> list[int | str | None]:
    given_cells = [Cell(labels=(str(nth),), value=value) for nth, value in enumerate(values)]
    found = shared(given_cells, Sharing.TABLE)
    return [cell.value if cell.shown is None else cell.shown for cell in found]


def test_small_counts_are_withheld_and_cannot_be_subtracted() -> None:
    assert told(10, 20, 5, 0) == [10, 20, 5, 0]
    assert told(10, 20, 3) == [WITHHELD, 20, WITHHELD]
    assert told(9, 20, 1, 2, 0) == [WITHHELD, 20, WITHHELD, WITHHELD, 0]
    assert told(20, 1, 4) == [20, WITHHELD, WITHHELD]
    assert told(0, 3) == [WITHHELD, WITHHELD]
    assert told(2) == [WITHHELD]


def test_a_table_is_given_whole_as_what_is_not_there_is_told_too() -> None:
    rows = {("new", "today"): 3, ("new", "routine"): 9, ("assigned", "routine"): 50}
    found = shared([Cell(labels=name, value=rows[name]) for name in rows], Sharing.TABLE)
    assert {cell.labels for cell in found} == {*rows, ("assigned", "today")}
    assert all(cell.value is None and cell.shown == WITHHELD for cell in found)


def test_of_a_figure_that_another_one_counts_the_sum_alone_is_given() -> None:
    rows = [Cell(labels=("new", "today"), value=3), Cell(labels=("new", "routine"), value=9)]
    assert shared(rows, Sharing.SUM) == (Cell(labels=(EVERYTHING, EVERYTHING), value=12),)
    assert shared(rows[:1], Sharing.SUM)[0].value is None
    assert shared([], Sharing.SUM) == ()


def test_what_is_one_persons_or_one_tips_is_not_there() -> None:
    timed = Cell(labels=("x",), value=50, of=60, oldest_us=1, stood_us=2)
    for sharing in (Sharing.TABLE, Sharing.APART, Sharing.COMPUTED):
        assert shared([timed], sharing) == (Cell(labels=("x",), value=50),)
    assert shared([timed], Sharing.NEVER) == ()


def test_a_median_over_few_is_withheld_and_of_how_many_is_never_told() -> None:
    few = Cell(labels=("new",), value=86_400, of=SMALL - 1)
    many = Cell(labels=("assigned",), value=3, of=SMALL)
    assert shared([few, many], Sharing.COMPUTED) == (
        Cell(labels=("new",), value=None, shown=WITHHELD),
        Cell(labels=("assigned",), value=3),
    )


def test_who_tells_about_people_or_names_others_is_never_shared() -> None:
    never = {name for name, figure in FIGURES.items() if figure.sharing is Sharing.NEVER}
    assert never >= {"workload", "unit-load", "conflicts", "backlog"}
    for name in ("age", "time-in-stage"):
        assert FIGURES[name].sharing is Sharing.COMPUTED


@given(st.lists(_COUNTS, min_size=1, max_size=8))
def test_no_line_gives_a_withheld_count_away(values: list[int]) -> None:
    """Whoever knows the sum of all."""
    hidden = [values[n] for n, each in enumerate(told(*values)) if each == WITHHELD]
    assert all(not 0 < value < SMALL for n, value in enumerate(values) if told(*values)[n] == value)
    assert hidden == [] or len(hidden) == len(values) or (len(hidden) > 1 and sum(hidden) >= SMALL)


@given(st.integers(1, 5), st.integers(1, 4), st.data())
def test_no_withheld_cell_follows_from_rows_columns_and_the_whole(
    rows: int, columns: int, data: st.DataObject
) -> None:
    """Whoever knows every sum: each withheld cell may have another value, or nothing is shown."""
    values = {(row, column): data.draw(_COUNTS) for row in range(rows) for column in range(columns)}
    given_cells = [Cell(labels=(f"r{r}", f"c{c}"), value=values[r, c]) for r, c in values]
    found = dict(zip(values, shared(given_cells, Sharing.TABLE), strict=True))
    hidden = {at for at, cell in found.items() if cell.shown is not None}
    for at, cell in found.items():
        assert cell.of is None
        assert cell.shown == (WITHHELD if at in hidden else None)
        assert cell.value == (None if at in hidden else values[at])
        assert at in hidden or not 0 < values[at] < SMALL
    if len(hidden) < len(found):
        assert all(_may_differ(values, hidden, at) for at in hidden)


def _may_differ(
    values: dict[tuple[int, int], int], hidden: set[tuple[int, int]], at: tuple[int, int]
) -> bool:
    """Tell whether a table of the same sums differs there: by a circle of more and less by one.

    Going from a row to a column makes a cell one more, back to a row another one less, which must
    be one at least: the network of what is left in a transport problem.
    """
    row, column = at
    steps: dict[_Side, list[_Side]] = {}
    for each in hidden - {at}:
        steps.setdefault(("r", each[0]), []).append(("c", each[1]))
        if values[each] > 0:
            steps.setdefault(("c", each[1]), []).append(("r", each[0]))
    more = _reaches(steps, ("c", column), ("r", row))
    less = values[at] > 0 and _reaches(steps, ("r", row), ("c", column))
    return more or less


def _reaches(steps: Mapping[_Side, Sequence[_Side]], begin: _Side, end: _Side) -> bool:
    seen, ahead = {begin}, [begin]
    while len(ahead) > 0:
        for each in set(steps.get(ahead.pop(), ())) - seen:
            seen.add(each)
            ahead.append(each)
    return end in seen


@given(
    st.lists(
        _COUNTS.filter(bool).flatmap(
            lambda of: st.tuples(st.just(of), st.integers(0, of), st.integers(0, of))
        ),
        min_size=1,
        max_size=5,
    )
)
def test_parts_tell_neither_themselves_nor_their_wholes(rows: list[tuple[int, int, int]]) -> None:
    """Whoever knows the sum of all wholes and that of each column."""
    parts = _parts(rows)
    found = shared(parts, Sharing.SHARES)
    wholes = shared(
        [Cell(labels=(f"p{nth}",), value=row[0]) for nth, row in enumerate(rows)], Sharing.TABLE
    )
    for nth, row in enumerate(rows):
        for cell, value in zip(found[2 * nth : 2 * nth + 2], row[1:], strict=True):
            # The whole is told where the figure by provider tells it, and nowhere else.
            assert cell.of == wholes[nth].value
            assert cell.shown is not None or cell.value == value
            if cell.shown is None:
                assert cell.of is not None
                assert not 0 < value < SMALL
                assert not 0 < row[0] - value < SMALL
    for at in (0, 1):
        column = found[at::2]
        hidden = [row[1 + at] for cell, row in zip(column, rows, strict=True) if cell.shown]
        assert len(hidden) in (0, len(rows)) or (len(hidden) > 1 and sum(hidden) >= SMALL)


def _parts(rows: Sequence[tuple[int, int, int]]) -> list[Cell]:
    return [
        Cell(labels=(f"p{nth}", f"lack {at}"), value=row[at], of=row[0])
        for nth, row in enumerate(rows)
        for at in (1, 2)
    ]
