"""Caseload figures on the wire: each with its definition, its time, its zone and its rows."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part


class CaseloadCell(Part):
    """One number of a figure."""

    labels: tuple[str, ...] = Field(description="What it is of, in the order of `by`.")
    value: int | None = Field(
        description="Null: there is nothing to compute it from, or it is withheld."
    )
    of: int | None = Field(description="What it is a part of, or was computed over.")
    oldest_at: str | None = Field(description="Since when the oldest of them is there.")
    stood_at: str | None = Field(
        description="Since when the one that stands longest where it stands does so."
    )
    shown: str | None = Field(
        description="In the place of a number that is withheld: `withheld`, whatever it is."
    )


class CaseloadFigure(Part):
    """A figure: what it says, what it leaves out, and its numbers."""

    name: str
    definition: str
    unit: str = Field(description="What a value is a number of.")
    leaves_out: str = Field(description="What is not counted.")
    by: tuple[str, ...] = Field(description="What the labels of its numbers are.")
    queries: tuple[str, ...] = Field(description="Queries that it is counted by.")
    rows: str | None = Field(description="Query of the rows behind its numbers; null: none.")
    is_count: bool = Field(description="Whether a value is the number of its rows; else `of` is.")
    cells: tuple[CaseloadCell, ...]
    cut_off: str | None = Field(description="What is left out where there is too much.")


class CaseloadAnswer(Answer):
    """Figures of the own agency, all of them as of one instant."""

    agency: str
    zone: str = Field(description="Time zone by whose days or weeks the period is cut.")
    step: str = Field(description="day or week.")
    begin_at: str = Field(description="When the period begins.")
    end_at: str = Field(description="When its last day or week ends.")
    shared: bool = Field(description="Whether it may leave the agency: counts below 5 withheld.")
    figures: tuple[CaseloadFigure, ...]


class CaseloadRow(Part):
    """One row behind a number: a tip where it stands, a move, or a conflict."""

    kind: str = Field(description="tip, move, conflict, investigation, check or notice.")
    record: str | None = Field(
        description="Tip or ref; null: a move of a tip that your agency holds no longer."
    )
    state: str = Field(description="Where it stands; of a move the state that was left.")
    priority: str | None
    owner: str | None = Field(description="Whose it is; of a move who made it.")
    since_at: str | None
    stood_at: str | None
    due_at: str | None
    move: str | None
    at: str | None
    outcome: str | None
    stayed_s: int | None = Field(description="Seconds in the state that was left.")


class CaseloadRowPage(PageAnswer[CaseloadRow]):
    """The rows behind a number; a page may be short where few of many are meant."""
