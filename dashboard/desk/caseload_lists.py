"""Caseload figures as tiles, tables and series for charts. Pure, from the API's answer.

No number goes alone: each carries its definition, what it leaves out, its zone and its time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from client.resources.caseload import (
    CaseloadAnswer,
    CaseloadCell,
    CaseloadFigure,
    CaseloadRow,
)
from dashboard.components.csv_file import Cell, Columns
from dashboard.desk.times import age, span
from dashboard.wording import visible

_SECONDS: Final = "seconds"
_FLOWS: Final = (("inflow", "came in"), ("closure", "closed"), ("backlog", "open at the end"))
TILES: Final[Mapping[str, str]] = {
    "urgent": "Urgent, not acknowledged",
    "overdue": "Not looked at in time",
    "due-soon": "Due within 24 h",
    "unassigned": "Nobody's for 24 h",
    "preservation": "Provider may keep no longer",
    "open": "Open tips",
    "held": "Held, closed ones too",
    "waiting": "Wait for others",
    "conflicts": "Conflicts not resolved",
    "inflow": "Came in",
    "closure": "Closed",
    "reopened": "Opened again",
    "due-for-purge": "Go with the next purge",
}
"""Figures whose numbers are added up, in the order of what cannot wait, and their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One number in large, with what it means."""

    figure: str
    title: str
    text: str
    definition: str
    leaves_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Long-form columns of a chart: one mark a row."""

    columns: Columns
    alt: str
    """What the chart shows, in a sentence for whoever does not see it."""


def figure_of(answer: CaseloadAnswer, name: str) -> CaseloadFigure | None:
    """Give a figure of an answer."""
    return next((figure for figure in answer.figures if figure.name == name), None)


def tiles(answer: CaseloadAnswer) -> list[Tile]:
    """Give what is shown in large. A sum over a withheld number is not given."""
    found = []
    for name, title in TILES.items():
        figure = figure_of(answer, name)
        if figure is not None:
            found.append(_tile(figure, title, _sum(figure.cells)))
    if (held := figure_of(answer, "age")) is not None:
        found.extend(
            _tile(held, f"Age, {visible(cell.labels[0])}", said(held, cell)) for cell in held.cells
        )
    return found


def _tile(figure: CaseloadFigure, title: str, text: str) -> Tile:
    return Tile(
        figure=figure.name,
        title=title,
        text=text,
        definition=visible(figure.definition),
        leaves_out=visible(figure.leaves_out),
    )


def _sum(cells: Sequence[CaseloadCell]) -> str:
    if any(cell.value is None for cell in cells):
        return "withheld"
    return str(sum(cell.value or 0 for cell in cells))


def said(figure: CaseloadFigure, cell: CaseloadCell) -> str:
    """Give a number as it is read: times in words, withheld ones as they are shown."""
    if cell.shown is not None:
        return visible(cell.shown)
    if cell.value is None:
        return "nothing to compute it from"
    return span(cell.value) if figure.unit == _SECONDS else str(cell.value)


def label_of(cell: CaseloadCell) -> str:
    """Give what a number is of, on one line."""
    return " · ".join(visible(label) for label in cell.labels)


def all_numbers(answer: CaseloadAnswer) -> Columns:
    """Give every number of every figure with its definition, zone and time beside it."""
    rows = [(figure, cell) for figure in answer.figures for cell in figure.cells]
    return {
        "Figure": [visible(figure.name) for figure, _ in rows],
        "Of": [label_of(cell) for _, cell in rows],
        "Number": [said(figure, cell) for figure, cell in rows],
        "Out of": [_out_of(cell) for _, cell in rows],
        "Unit": [_unit(figure) for figure, _ in rows],
        "Definition": [visible(figure.definition) for figure, _ in rows],
        "Leaves out": [visible(figure.leaves_out) for figure, _ in rows],
        "Zone": [visible(answer.zone)] * len(rows),
        "As of": [answer.as_of] * len(rows),
    }


def cells_of(figure: CaseloadFigure, answer: CaseloadAnswer) -> Columns:
    """Give the numbers of one figure, one a row, with a column for each label."""
    labels: dict[str, list[Cell]] = {
        visible(name).capitalize(): [
            visible(cell.labels[at]) if at < len(cell.labels) else "" for cell in figure.cells
        ]
        for at, name in enumerate(figure.by)
    }
    return labels | {
        "Cell": [label_of(cell) for cell in figure.cells],
        "Number": [said(figure, cell) for cell in figure.cells],
        "Out of": [_out_of(cell) for cell in figure.cells],
        "Oldest": [age(cell.oldest_at, as_of=answer.as_of) for cell in figure.cells],
        "Longest unmoved": [age(cell.stood_at, as_of=answer.as_of) for cell in figure.cells],
    }


def row_columns(rows: Sequence[CaseloadRow], *, as_of: str) -> Columns:
    """Give the rows behind a number."""
    return {
        "Record": [_record(row) for row in rows],
        "What": [visible(row.kind) for row in rows],
        "State": [visible(row.state) for row in rows],
        "Class": [visible(row.priority) for row in rows],
        "Whose": [visible(row.owner) for row in rows],
        "Held since": [row.since_at or "" for row in rows],
        "Age": [age(row.since_at, as_of=as_of) for row in rows],
        "Stands there since": [row.stood_at or "" for row in rows],
        "Due": [row.due_at or "" for row in rows],
        "Move": [visible(row.move) for row in rows],
        "At": [row.at or "" for row in rows],
        "Outcome": [visible(row.outcome) for row in rows],
        "Time in state": ["" if row.stayed_s is None else span(row.stayed_s) for row in rows],
    }


def flow(answer: CaseloadAnswer) -> Series:
    """Give inflow against closure with the backlog, by day or week; what is withheld is no mark."""
    rows = [
        (visible(cell.labels[0]), name, cell.value)
        for figure_name, name in _FLOWS
        for cell in getattr(figure_of(answer, figure_name), "cells", ())
        if cell.value is not None
    ]
    sums = {name: sum(value for _, of, value in rows if of == name) for _, name in _FLOWS[:2]}
    return Series(
        columns={
            "Period": [period for period, _, _ in rows],
            "What": [name for _, name, _ in rows],
            "Tips": [value for _, _, value in rows],
        },
        alt=f"By {answer.step} from {answer.begin_at} to {answer.end_at}: {sums['came in']} tips "
        f"came in, {sums['closed']} were closed. The table below says the same.",
    )


def ageing(answer: CaseloadAnswer) -> Series:
    """Give open tips by state and age."""
    figure = figure_of(answer, "ageing")
    cells = () if figure is None else figure.cells
    rows = [(cell.labels, cell.value) for cell in cells if cell.value is not None]
    total = sum(value for _, value in rows)
    return Series(
        columns={
            "State": [visible(labels[0]) for labels, _ in rows],
            "Age": [visible(labels[1]) for labels, _ in rows],
            "Tips": [value for _, value in rows],
        },
        alt=f"{total} open tips by state and age as of {answer.as_of}. The table below says the "
        "same.",
    )


def provider_columns(answer: CaseloadAnswer) -> Columns:
    """Give for each provider how many tips it sent, and what share lacks each thing that counts."""
    sent = figure_of(answer, "by-provider")
    lacking = figure_of(answer, "missing")
    names = [cell.labels[0] for cell in ([] if sent is None else sent.cells)]
    lacks = {} if lacking is None else {cell.labels: cell for cell in lacking.cells}
    kinds = list(dict.fromkeys(labels[1] for labels in lacks))
    columns: dict[str, list[Cell]] = {
        "Provider": [visible(name) for name in names],
        "Tips": [] if sent is None else [said(sent, cell) for cell in sent.cells],
    }
    for kind in kinds:
        title = f"No {visible(kind)}"
        columns[title] = [_share(lacks.get((name, kind))) for name in names]
    return columns


def _share(cell: CaseloadCell | None) -> str:
    if cell is None:
        return ""
    if cell.shown is not None:
        return visible(cell.shown)
    if cell.value is None or cell.of is None or cell.of == 0:
        return "of none"
    return f"{cell.value} of {cell.of} ({round(100 * cell.value / cell.of)} %)"


def _out_of(cell: CaseloadCell) -> str:
    return "" if cell.of is None else str(cell.of)


def _unit(figure: CaseloadFigure) -> str:
    return "time" if figure.unit == _SECONDS else visible(figure.unit)


def _record(row: CaseloadRow) -> str:
    return "no longer your agency's" if row.record is None else visible(row.record)
