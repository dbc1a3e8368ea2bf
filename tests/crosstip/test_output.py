"""Tables on a narrow terminal: nothing is lost, and no number breaks in the middle."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from crosstip import output
from crosstip.output import PIPE_WIDTH, print_table

COLUMNS = ("tip", "provider", "why", "key")
ROW = ("ncmec:123456789", "Chatterbox Example", "words " * 30, "0123456789abcdef0123456789abcdef")


def printed(monkeypatch: pytest.MonkeyPatch, width: int, *rows: tuple[object, ...]) -> str:
    """Give what a terminal of a width shows of a table."""
    shown = io.StringIO()
    monkeypatch.setattr(output, "console", Console(file=shown, width=width))
    print_table("Some [tips]", COLUMNS, rows)
    return shown.getvalue()


def test_a_narrow_terminal_shows_records_that_can_be_copied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = printed(monkeypatch, 80, ROW)
    assert "Some [tips]" in said
    for name, cell in zip(COLUMNS, ROW, strict=True):
        assert f"{name}: {cell.split()[0]}" in said
    assert said.count("words") == 30
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_wide_one_shows_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    said = printed(monkeypatch, PIPE_WIDTH, ROW)
    assert "tip:" not in said
    assert ROW[3] in said


def test_a_small_table_stays_one_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said = printed(monkeypatch, 80, ("ncmec:1", "A", "short", "k"))
    assert "tip:" not in said
    assert "ncmec:1" in said


def test_empty_cells_are_left_out_and_no_rows_are_no_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = printed(monkeypatch, 80, (ROW[0], None, "words " * 30, ROW[3]))
    assert "provider:" not in said
    assert "Some [tips]" in printed(monkeypatch, 80)
