"""Figures as tiles, tables and series: no number goes alone, nothing withheld is given away."""

from __future__ import annotations

from client.resources.caseload import CaseloadAnswer, CaseloadCell, CaseloadFigure, CaseloadRow
from dashboard.desk.caseload_lists import (
    TILES,
    ageing,
    all_numbers,
    cells_of,
    flow,
    provider_columns,
    row_columns,
    tiles,
)
from graph.services.caseload_table import FIGURES

AS_OF = "2026-11-22T12:00:00Z"


def _cell(*labels: str, value: int | None, **more: object) -> CaseloadCell:
    facts = {"of": None, "oldest_at": None, "stood_at": None, "shown": None}
    return CaseloadCell.model_validate(facts | {"labels": labels, "value": value} | more)


def _figure(name: str, *cells: CaseloadCell, by: tuple[str, ...], unit: str = "tips") -> object:
    return CaseloadFigure(
        name=name,
        definition=f"What {name} is.",
        unit=unit,
        leaves_out=f"What {name} leaves out.",
        by=by,
        queries=("caseload.open",),
        rows="caseload_rows.by_state",
        is_count=unit == "tips",
        cells=cells,
        cut_off=None,
    )


def _answer(*figures: object, shared: bool = False) -> CaseloadAnswer:
    return CaseloadAnswer.model_validate(
        {
            "as_of": AS_OF,
            "synthetic": True,
            "queries": ("caseload.open",),
            "agency": "birch",
            "zone": "America/Denver",
            "step": "day",
            "begin_at": "2026-11-20T07:00:00Z",
            "end_at": "2026-11-22T07:00:00Z",
            "shared": shared,
            "figures": figures,
        }
    )


def test_every_tile_is_a_figure_of_the_core() -> None:
    assert set(TILES) | {"ageing", "age", "by-provider", "missing", "backlog"} <= set(FIGURES)


def test_tiles_add_up_and_say_what_they_mean() -> None:
    answer = _answer(
        _figure("open", _cell("new", "at once", value=2), _cell("new", "soon", value=3), by=("a",)),
        _figure("overdue", _cell("at once", value=None, shown="withheld"), by=("class",)),
        _figure("age", _cell("median", value=90_000, of=5), by=("share",), unit="seconds"),
    )
    found = {tile.figure: tile for tile in tiles(answer)}
    assert found["open"].text == "5"
    assert found["open"].definition == "What open is."
    assert found["overdue"].text == "withheld"
    assert found["age"].text == "1 d 1 h"
    assert list(found) == ["overdue", "open", "age"], "what cannot wait comes first"


def test_every_number_carries_its_meaning_zone_and_time() -> None:
    answer = _answer(
        _figure("open", _cell("new", "soon", value=3), by=("state", "class")),
        _figure("age", _cell("median", value=None), by=("share",), unit="seconds"),
    )
    columns = all_numbers(answer)
    assert columns["Number"] == ["3", "nothing to compute it from"]
    assert columns["Definition"] == ["What open is.", "What age is."]
    assert columns["Zone"] == ["America/Denver"] * 2
    assert columns["As of"] == [AS_OF] * 2
    (figure,) = [figure for figure in answer.figures if figure.name == "open"]
    assert cells_of(figure, answer)["State"] == ["new"]
    assert cells_of(figure, answer)["Class"] == ["soon"]
    assert cells_of(figure, answer)["Cell"] == ["new · soon"]


def test_charts_draw_what_their_tables_say_and_nothing_withheld() -> None:
    answer = _answer(
        _figure(
            "inflow", _cell("20", value=4), _cell("21", value=None, shown="withheld"), by=("p",)
        ),
        _figure("closure", _cell("20", value=1), by=("p",)),
        _figure("ageing", _cell("new", "0-1 d", value=7), by=("state", "age")),
    )
    series = flow(answer)
    assert list(zip(*series.columns.values(), strict=True)) == [
        ("20", "came in", 4),
        ("20", "closed", 1),
    ]
    assert "4 tips came in, 1 were closed" in series.alt
    assert ageing(answer).columns == {"State": ["new"], "Age": ["0-1 d"], "Tips": [7]}
    assert flow(_answer()).columns["Tips"] == []


def test_providers_are_told_by_what_they_leave_out() -> None:
    answer = _answer(
        _figure("by-provider", _cell("Chat\u202e", value=4), _cell("Talk", value=2), by=("p",)),
        _figure(
            "missing",
            _cell("Chat\u202e", "location", value=1, of=4),
            _cell("Talk", "location", value=0, of=0),
            by=("provider", "missing"),
        ),
    )
    columns = provider_columns(answer)
    assert columns["Provider"] == ["Chat\\u202e", "Talk"]
    assert columns["No location"] == ["1 of 4 (25 %)", "of none"]


def test_a_row_of_a_tip_that_is_held_no_longer_names_none() -> None:
    row = CaseloadRow(
        kind="move",
        record=None,
        state="new",
        priority=None,
        owner="lead.birch",
        since_at=None,
        stood_at=None,
        due_at=None,
        move="take",
        at=AS_OF,
        outcome=None,
        stayed_s=3_600,
    )
    columns = row_columns([row], as_of=AS_OF)
    assert columns["Record"] == ["no longer your agency's"]
    assert columns["Time in state"] == ["1 h 0 min"]
