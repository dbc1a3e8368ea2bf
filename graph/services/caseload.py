"""The caseload figures as supervisors see them, and what everybody may know of their own load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.caseload.cells import Cell
from graph.caseload.sharing import Sharing, shared
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.errors import NotFoundError, QuestionError
from graph.services.acting import About, Seen, look
from graph.services.agencies import agency_there
from graph.services.audit_reads import ReadLog
from graph.services.caseload_asked import (
    BANDS,
    CLASSES,
    OPEN_STATES,
    Asked,
    Wanted,
    asked_of,
)
from graph.services.caseload_counting import Counting
from graph.services.caseload_figure import Figure
from graph.services.caseload_rows import PAGE, RowPage, page_of
from graph.services.caseload_table import FIGURES
from graph.store import ReadUnit, Store

_ALLOWED: Mapping[str, tuple[str, ...]] = {"state": OPEN_STATES, "class": CLASSES, "age": BANDS}
OWN = "workload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A figure with its numbers, and everything that has to stand beside them."""

    name: str
    definition: str
    unit: str
    leaves_out: str
    by: tuple[str, ...]
    queries: tuple[str, ...]
    rows: str | None
    """The query of its rows."""
    is_count: bool
    """Whether a value is the number of its rows; else `of` is."""
    cells: tuple[Cell, ...]
    cut_off: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Figures of one agency, all of them as of one instant."""

    agency: str
    as_of_us: int
    zone: str
    """Zone by whose days or weeks the period is cut."""
    step: str
    begin_us: int
    end_us: int
    """The period: from the first day or week to the end of the present one."""
    shared: bool
    """Whether it may leave the agency: small counts withheld."""
    figures: tuple[Counted, ...]


def figure_of(name: str) -> Figure:
    """Give a figure by its name.

    Raises:
        NotFoundError: there is none.
    """
    found = FIGURES.get(name)
    if found is None:
        raise NotFoundError(f"There is no such figure. There are: {', '.join(FIGURES)}.")
    return found


def show_caseload(
    caller: Caller,
    store: Store,
    *,
    reads: ReadLog,
    names: Sequence[str] = (),
    wanted: Wanted | None = None,
) -> Caseload:
    """Give figures of the own agency, all of them where none is named.

    Raises:
        RightsError: the caller does not supervise.
        NotFoundError: there is no such figure.
        QuestionError: there is no such zone, or the period is none.
    """
    cut = Wanted() if wanted is None else wanted

    def work(unit: ReadUnit) -> Seen[Caseload]:
        figures = [figure_of(name) for name in names] or list(FIGURES.values())
        asked = _asked(unit, caller, cut)
        counting = Counting(unit, asked)
        shown = [each for each in figures if not (cut.shared and each.sharing is Sharing.NEVER)]
        counted = tuple(_counted(each, each.cells(counting), cut) for each in shown)
        return Seen(answer=_caseload(asked, cut, counted), outcome=_outcome(cut))

    return look(caller, store, deed=Deed.CASELOAD_READ, about=About(), reads=reads, work=work)


def own_caseload(caller: Caller, store: Store, *, reads: ReadLog) -> Caseload:
    """Give how much the caller has: open tips by class.

    Raises:
        RightsError: the caller does not work on tips.
    """
    cut = Wanted()

    def work(unit: ReadUnit) -> Seen[Caseload]:
        asked, figure = _asked(unit, caller, cut), FIGURES[OWN]
        cells = [
            cell for cell in figure.cells(Counting(unit, asked)) if cell.labels[0] == caller.user
        ]
        return Seen(
            answer=_caseload(asked, cut, (_counted(figure, cells, cut),)), outcome="counted"
        )

    return look(caller, store, deed=Deed.CASELOAD_OWN, about=About(), reads=reads, work=work)


def caseload_rows(
    caller: Caller,
    store: Store,
    *,
    figure: str,
    labels: Sequence[str],
    reads: ReadLog,
    wanted: Wanted | None = None,
    after: str = "",
    limit: int = 50,
) -> RowPage:
    """Give a page of the rows behind one number of a figure, exactly those that it counts.

    A page may be short where few rows of a long range are meant; the last has no `next_after`.

    Raises:
        RightsError: the caller does not supervise.
        NotFoundError: there is no such figure, or it has no such number.
        QuestionError: the figure has no rows, or `after` is no place in them.
    """
    cut = Wanted() if wanted is None else wanted

    def work(unit: ReadUnit) -> Seen[RowPage]:
        asked, found = _asked(unit, caller, cut), figure_of(figure)
        if found.pick is None:
            raise QuestionError(f"`{found.name}` is computed from other figures: ask for theirs.")
        pick = found.pick(asked, _checked(found, labels))
        page = page_of(unit, caller, asked, pick, after=after, limit=max(1, min(limit, PAGE)))
        tips = tuple(row.record for row in page.rows if row.record is not None and row.is_named)
        return Seen(answer=page, outcome="listed", disclosed=tips)

    return look(caller, store, deed=Deed.CASELOAD_READ, about=About(), reads=reads, work=work)


def _asked(unit: ReadUnit, caller: Caller, wanted: Wanted) -> Asked:
    agency = agency_of(caller)
    return asked_of(
        wanted,
        agency=agency,
        user=caller.user,
        now_us=caller.as_of_us,
        own_zone=agency_there(unit, agency).zone,
    )


def _checked(figure: Figure, labels: Sequence[str]) -> tuple[str, ...]:
    if len(labels) != len(figure.by):
        raise QuestionError(f"A number of `{figure.name}` is named by: {', '.join(figure.by)}.")
    for what, label in zip(figure.by, labels, strict=True):
        if what in _ALLOWED and label not in _ALLOWED[what]:
            raise QuestionError(f"There is no such {what}: {', '.join(_ALLOWED[what])}.")
    return tuple(labels)


def _counted(figure: Figure, cells: Sequence[Cell], wanted: Wanted) -> Counted:
    shown = shared(cells, figure.sharing) if wanted.shared else tuple(cells)
    return Counted(
        name=figure.name,
        definition=figure.definition,
        unit=figure.unit,
        leaves_out=figure.leaves_out,
        by=figure.by,
        queries=figure.queries,
        rows=figure.rows,
        is_count=figure.is_count,
        cells=shown,
        cut_off=figure.cut_off,
    )


def _caseload(asked: Asked, wanted: Wanted, figures: tuple[Counted, ...]) -> Caseload:
    return Caseload(
        agency=asked.agency,
        as_of_us=asked.now_us,
        zone=asked.zone,
        step=wanted.step.value,
        begin_us=asked.begin_us,
        end_us=asked.end_us,
        shared=wanted.shared,
        figures=figures,
    )


def _outcome(wanted: Wanted) -> str:
    return "counted, to be shared" if wanted.shared else "counted"
