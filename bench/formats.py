"""Measures how fast each format is opened and read, on one core and without a store.

What is slow about a format is what happens before the store: text out of PDFs, rows out of
workbooks. The same tips in every format, so that the figures can be compared.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.format_files import FORMS, MAPPING, VICS_CATEGORY, csv_list, vics_list
from ingest.limits import DEFAULT_LIMITS
from ingest.opening.opened import Opener
from ingest.pdf.extract import extract
from ingest.readers.documents import read_document
from ingest.readers.hash_list_csv import layout_of, read_hash_lines
from ingest.readers.hash_list_vics import chosen, contents_of, read_vics
from ingest.readers.split import split
from ingest.received import sha256_of
from ingest.records import TipRecord
from ingest.screening.screen import screen
from world.printed import pairs

PDF_TARGET = 20
"""PDF tips per second and core that are asked for."""
VICS, HASHES = "VICS hash list, lines", "CSV hash list, lines"
LINES_FOR_A_TIP = 100
"""Lines of a hash list that are measured for each tip: lists are that much longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatFigure:
    """One format."""

    name: str
    tips: int
    """Or lines, of a hash list."""
    megabytes: float
    seconds: float
    """Of this process, processor time."""

    @property
    def tips_per_s(self) -> float:
        """Tips per second on one core."""
        return self.tips / self.seconds if self.seconds > 0 else 0.0


def measure_formats(*, tips: int, seed: int = 7) -> list[FormatFigure]:
    """Give a figure for each format, over at most so many tips of a world."""
    made = list(islice(pairs(seed=seed, tips=max(tips * 2, 300)), tips))
    figures = [_figure(form.name, form.files(made)) for form in FORMS]
    lines = tips * LINES_FOR_A_TIP
    with tempfile.TemporaryDirectory(prefix="crosstip-lists-") as folder:
        vics, table = Path(folder) / "list.json", Path(folder) / "list.csv"
        vics.write_bytes(vics_list(lines))
        table.write_bytes(csv_list(lines))
        figures.append(_list_figure(VICS, vics, _read_vics))
        figures.append(_list_figure(HASHES, table, _read_csv))
    return figures


def _figure(name: str, files: list[bytes]) -> FormatFigure:
    # PDFs are read in this process here, so that their processor time is counted.
    opener = Opener(limits=DEFAULT_LIMITS, mapping=MAPPING, read_pdf=extract)
    started = time.process_time()
    tips = sum(
        isinstance(item.outcome, TipRecord)
        for data in files
        for one in _opened(opener, data)
        for item in read_document(screen(one).data, name=name)
    )
    seconds = time.process_time() - started
    return FormatFigure(
        name=name,
        tips=tips,
        megabytes=sum(len(data) for data in files) / 1e6,
        seconds=seconds,
    )


def _opened(opener: Opener, data: bytes) -> Iterator[bytes]:
    if opener.is_for(data):
        found = opener.documents(data, name="measured", sha256=sha256_of(data))
        yield from (one.data for one in found)
    else:
        yield from (member.data for member in split(data, DEFAULT_LIMITS))


def _list_figure(name: str, path: Path, read: Callable[[Path], int]) -> FormatFigure:
    started = time.process_time()
    lines = read(path)
    seconds = time.process_time() - started
    return FormatFigure(name=name, tips=lines, megabytes=path.stat().st_size / 1e6, seconds=seconds)


def _read_vics(path: Path) -> int:
    """Read it twice, as an import does: to its end first."""
    chosen(contents_of(path), [VICS_CATEGORY])
    return sum(1 for _ in read_vics(path, [VICS_CATEGORY]))


def _read_csv(path: Path) -> int:
    layout = layout_of(path, {}, DEFAULT_LIMITS)
    return sum(1 for _ in read_hash_lines(path, layout, DEFAULT_LIMITS))
