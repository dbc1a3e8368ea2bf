"""The command that measures how fast each format is read."""

from __future__ import annotations

from typing import Annotated

import typer

from bench.formats import PDF_TARGET, FormatFigure, measure_formats
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table, say


def formats(
    *,
    tips: Annotated[int, typer.Option(min=10, help="Tips to measure with, at most.")] = 300,
    json: Json = False,
) -> None:
    """Measure opening and reading of each format on one core, without a store."""
    figures = measure_formats(tips=tips)
    if json:
        print_json(plain_formats(figures))
    else:
        print_formats(figures)


def print_formats(figures: list[FormatFigure]) -> None:
    """Print a measurement of the formats for people."""
    print_table(
        "Opened, screened and read on one core",
        ("format", "tips", "tips/s", "MB/s"),
        [
            (f.name, f.tips, f"{f.tips_per_s:,.0f}", f"{f.megabytes / max(f.seconds, 1e-9):.2f}")
            for f in figures
        ],
    )
    (pdf,) = (f for f in figures if f.name == "PDF")
    held = "is met" if pdf.tips_per_s >= PDF_TARGET else "IS MISSED"
    say(f"{PDF_TARGET} PDF tips/s and core are asked for: that {held}.")


def plain_formats(figures: list[FormatFigure]) -> list[dict[str, str | int | float]]:
    """Give a measurement of the formats for machines."""
    return [
        {
            "name": figure.name,
            "tips": figure.tips,
            "tips_per_s": round(figure.tips_per_s, 1),
            "megabytes": round(figure.megabytes, 3),
            "seconds": round(figure.seconds, 3),
        }
        for figure in figures
    ]
