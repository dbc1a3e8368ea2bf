"""The API's caseload: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Part
from client.calls import Calls, part, read

PeriodStep: TypeAlias = Literal["day", "week"]


class CaseloadCell(Part):
    """One number of a figure."""

    labels: tuple[str, ...]
    value: int | None
    of: int | None
    oldest_at: str | None
    stood_at: str | None
    shown: str | None


class CaseloadFigure(Part):
    """A figure: what it says, what it leaves out, and its numbers."""

    name: str
    definition: str
    unit: str
    leaves_out: str
    by: tuple[str, ...]
    queries: tuple[str, ...]
    rows: str | None
    is_count: bool
    cells: tuple[CaseloadCell, ...]
    cut_off: str | None


class CaseloadAnswer(Answer):
    """Figures of the own agency, all of them as of one instant."""

    agency: str
    zone: str
    step: str
    begin_at: str
    end_at: str
    shared: bool
    figures: tuple[CaseloadFigure, ...]


class CaseloadRow(Part):
    """One row behind a number: a tip where it stands, a move, or a conflict."""

    kind: str
    record: str | None
    state: str
    priority: str | None
    owner: str | None
    since_at: str | None
    stood_at: str | None
    due_at: str | None
    move: str | None
    at: str | None
    outcome: str | None
    stayed_s: int | None


class CaseloadRowPage(Answer):
    """The rows behind a number; a page may be short where few of many are meant."""

    items: tuple[CaseloadRow, ...]
    next_after: str | None


class Caseload(Calls):
    """Calls about caseload."""

    def caseload(
        self,
        *,
        zone: str | None = None,
        step: PeriodStep = "day",
        back: int = 28,
        shared: bool = False,
    ) -> CaseloadAnswer:
        """All figures of the own agency, as of one instant."""
        return read(
            self._call(
                "GET",
                "caseload",
                params={"zone": zone, "step": step, "back": back, "shared": shared},
            ),
            CaseloadAnswer,
        )

    def own_load(self) -> CaseloadAnswer:
        """How much the caller has: open tips by class."""
        return read(self._call("GET", "caseload/own"), CaseloadAnswer)

    def caseload_figure(
        self,
        figure: str,
        *,
        zone: str | None = None,
        step: PeriodStep = "day",
        back: int = 28,
        shared: bool = False,
    ) -> CaseloadAnswer:
        """One figure of the own agency."""
        return read(
            self._call(
                "GET",
                f"caseload/{part(figure)}",
                params={"zone": zone, "step": step, "back": back, "shared": shared},
            ),
            CaseloadAnswer,
        )

    def rows_of_figure(
        self,
        figure: str,
        *,
        label: str,
        second: str | None = None,
        zone: str | None = None,
        step: PeriodStep = "day",
        back: int = 28,
        after: str = "",
        limit: int = 50,
    ) -> CaseloadRowPage:
        """The rows behind one number: exactly those that it counts."""
        return read(
            self._call(
                "GET",
                f"caseload/{part(figure)}/rows",
                params={
                    "label": label,
                    "second": second,
                    "zone": zone,
                    "step": step,
                    "back": back,
                    "after": after,
                    "limit": limit,
                },
            ),
            CaseloadRowPage,
        )
