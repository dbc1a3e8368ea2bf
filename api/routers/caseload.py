"""Supervisors' figures: what waits, how old it is, who carries it, and the rows behind each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At
from api.deps import After, PageLimit
from api.schemas.caseload import CaseloadAnswer, CaseloadRowPage
from api.schemas.common import page, some
from api.schemas.wire import fields
from graph.caseload.periods import MOST_BACK, PeriodStep
from graph.services.caseload import Caseload, caseload_rows, own_caseload, show_caseload
from graph.services.caseload_asked import Wanted
from graph.services.caseload_table import FIGURES

router = APIRouter(tags=["caseload"])
Zone = Annotated[
    str | None,
    Query(
        max_length=64,
        description="Time zone whose days and weeks are meant (IANA name); not given: that of the "
        "agency.",
    ),
]
Back = Annotated[
    int,
    Query(ge=1, le=MOST_BACK, description="Days or weeks of the period, the present one too."),
]
Cut = Annotated[PeriodStep, Query(description="What the period is cut into.")]
Shared = Annotated[
    bool,
    Query(description="For somebody outside: small counts withheld, nothing about one person."),
]
FigureName = Annotated[str, Path(max_length=40, description="Name of a figure.", examples=["open"])]


@router.get("/caseload")
def caseload(
    at: At,
    *,
    zone: Zone = None,
    step: Cut = PeriodStep.DAY,
    back: Back = 28,
    shared: Shared = False,
) -> CaseloadAnswer:
    """All figures of the own agency, as of one instant."""
    wanted = Wanted(zone=zone, step=step, back=back, shared=shared)
    return _answer(at, show_caseload(at.caller, at.store, reads=at.reads, wanted=wanted))


@router.get("/caseload/own")
def own_load(at: At) -> CaseloadAnswer:
    """How much the caller has: open tips by class."""
    return _answer(at, own_caseload(at.caller, at.store, reads=at.reads))


@router.get("/caseload/{figure}")
def caseload_figure(
    at: At,
    figure: FigureName,
    *,
    zone: Zone = None,
    step: Cut = PeriodStep.DAY,
    back: Back = 28,
    shared: Shared = False,
) -> CaseloadAnswer:
    """One figure of the own agency."""
    wanted = Wanted(zone=zone, step=step, back=back, shared=shared)
    found = show_caseload(at.caller, at.store, reads=at.reads, names=[figure], wanted=wanted)
    return _answer(at, found)


@router.get("/caseload/{figure}/rows")
def rows_of_figure(
    at: At,
    figure: FigureName,
    *,
    label: Annotated[
        str, Query(max_length=200, description="Label of the number, as the figure's `by` says.")
    ],
    second: Annotated[
        str | None, Query(max_length=200, description="Its second label, where it has two.")
    ] = None,
    zone: Zone = None,
    step: Cut = PeriodStep.DAY,
    back: Back = 28,
    after: After = "",
    limit: PageLimit = 50,
) -> CaseloadRowPage:
    """The rows behind one number: exactly those that it counts."""
    start = place(after, str)
    found = caseload_rows(
        at.caller,
        at.store,
        figure=figure,
        labels=(label,) if second is None else (label, second),
        reads=at.reads,
        wanted=Wanted(zone=zone, step=step, back=back),
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    query = FIGURES[figure].rows or figure
    return page(CaseloadRowPage, found.rows, at, query=query, next_after=following)


def _answer(at: At, found: Caseload) -> CaseloadAnswer:
    queries = sorted({query for figure in found.figures for query in figure.queries})
    values = fields(found)
    values.pop("as_of_at")
    return some(CaseloadAnswer, at, query="", **values, queries=list(queries))
