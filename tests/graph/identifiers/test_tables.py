from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from graph.identifiers.tables import DataFileError, Line, parse_table, read_table

GOOD = "word,flag,source,reviewed\na,yes,general knowledge,2026-11-22\n"


def _row(line: Line) -> tuple[str, bool]:
    return line.text("word"), line.flag("flag")


def _parsed(text: str) -> tuple[tuple[str, bool], ...]:
    return parse_table("words.csv", text, columns=("word", "flag"), build=_row)


def test_rows_are_typed() -> None:
    assert _parsed(GOOD) == (("a", True),)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "header"),
        ("word,flag\n", "header"),
        (GOOD.replace("yes", "perhaps"), "line 2: column `flag`"),
        (GOOD.replace("a,yes", ",yes"), "column `word` is empty"),
        (GOOD.replace("general knowledge", ""), "column `source` is empty"),
        (GOOD.replace("2026-11-22", ""), "column `reviewed` is empty"),
        (GOOD.replace("2026-11-22", "soon"), "line 2"),
        (GOOD + "b,no\n", "line 3: 2 columns"),
        (GOOD + 'b,"no\n', "line 3"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(text: str, word: str) -> None:
    with pytest.raises(DataFileError, match=word) as error:
        _parsed(text)
    assert "words.csv" in str(error.value)


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(DataFileError, match=r"nowhere\.csv"):
        read_table("nowhere.csv", ("word",), lambda line: line.text("word"))


def test_no_data_file_holds_a_row_twice() -> None:
    doubled = []
    for file in files("graph").joinpath("data").iterdir():
        if file.name.endswith(".csv"):
            rows = [tuple(row) for row in csv.reader(file.read_text(encoding="utf-8").splitlines())]
            doubled += [(file.name, row) for row in set(rows) if rows.count(row) > 1]
    assert doubled == []
