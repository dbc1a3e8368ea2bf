"""Files to download: they say what they are, and no spreadsheet runs them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.links import LinksAnswer
from dashboard.components.csv_file import as_csv, safe_cell
from dashboard.components.tables import preamble

RISKY = tuple("=+-@\t\r\n\0＝＋－＠")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+15555550100", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\0=1"],
)
def test_a_formula_becomes_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["ncmec:1", "a@b.example", "1=1", "'=1", "", -5, 1.5])
def test_what_is_none_stays(cell: str | float) -> None:
    assert safe_cell(cell) == cell


@given(st.lists(st.text(), min_size=1))
def test_no_cell_is_ever_a_formula_and_none_is_lost(cells: list[str]) -> None:
    data = as_csv({"=header": cells}, ["=preamble"]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data.replace("\0", "␀"), newline="")))
    assert len(rows) == len(cells) + 2
    for (cell,) in rows:
        assert not cell.startswith(RISKY)


def test_numbers_stay_numbers() -> None:
    data = as_csv({"n": [1, -2.5, None]}, []).decode("utf-8-sig")
    assert data.splitlines() == ['"n"', "1", "-2.5", '""']


def test_the_preamble_says_what_it_is() -> None:
    answer = LinksAnswer(
        as_of="2026-11-22T00:00:00Z",
        synthetic=True,
        queries=("links.shared",),
        caveat="investigative lead, not identification",
        cut_off=("3 further links are not shown.",),
        tip="ncmec:1",
        tip_total=1,
        weights="2",
        snapshot_at=None,
        links=(),
        apart=(),
        hubs=(),
    )
    said = preamble(answer)
    assert said[0].startswith("SYNTHETIC")
    assert said[1] == "Investigative lead, not identification."
    assert said[-1] == "Left out: 3 further links are not shown."
    assert not any(
        "SYNTHETIC" in line for line in preamble(answer.model_copy(update={"synthetic": False}))
    )
