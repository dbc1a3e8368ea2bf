"""Each format is measured whole, and memory does not grow with the files of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.folders import measure_folder
from bench.format_files import FORMS
from bench.format_intake import measure_intake
from bench.formats import HASHES, LINES_FOR_A_TIP, VICS, measure_formats

NAMES = [*(form.name for form in FORMS), VICS, HASHES]
FILES = 1500
MOST_MIB_MORE = 6.0
"""What the highest memory may be higher after ten times the files. Caches fill; a pipeline that
kept what it had read held 12.5 (2026-11-23), this one 1.2."""


def test_every_format_is_read() -> None:
    figures = measure_formats(tips=10)
    assert [figure.name for figure in figures] == NAMES
    tips = {figure.name: figure.tips for figure in figures}
    assert tips[VICS] == tips[HASHES] == 10 * LINES_FOR_A_TIP
    assert {tips[form.name] for form in FORMS} == {10}
    assert all(figure.seconds > 0 for figure in figures)


@pytest.mark.long
def test_every_format_goes_in_whole(tmp_path: Path) -> None:
    """A document that did not go in is an error of the measurement."""
    figures = measure_intake("embedded", tmp_path, tips=10, batch_tips=100)
    assert [figure.name for figure in figures] == NAMES
    assert {figure.tips for figure in figures[: len(FORMS)]} == {10}
    assert all(figure.seconds > 0 and figure.python_s > 0 for figure in figures)


@pytest.mark.long
def test_memory_does_not_grow_with_the_files_of_a_folder(tmp_path: Path) -> None:
    figures = measure_folder("embedded", tmp_path, files=FILES, batch_tips=50)
    assert (figures.files, figures.documents) == (FILES, FILES)
    assert [mark.tips for mark in figures.memory] == [0, FILES // 10, FILES // 2, FILES]
    _, first, _, last = (mark.python_mib for mark in figures.memory)
    assert first is not None
    assert last is not None
    assert last - first < MOST_MIB_MORE, figures.memory
