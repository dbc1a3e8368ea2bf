"""The command that measures how fast each format is read, and what `bench ingest` says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bench.figures import Machine
from bench.formats import PDF_TARGET, FormatFigure, measure_formats
from bench.machine import machine
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table, say

if TYPE_CHECKING:
    from bench.folders import FolderFigures
    from bench.format_intake import IntakeFigure


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
        say(machine_words(machine()))


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


def print_intake(figures: list[IntakeFigure]) -> None:
    """Print the whole intake of each format for people."""
    print_table(
        "Whole intake, from files to the store",
        ("format", "tips", "tips/s", "tips/s and core", "CPU s, Python", "CPU s, engine"),
        [
            (
                *(f.name, f.tips, f"{f.tips_per_s:,.0f}"),
                *("-" if f.per_core is None else f"{f.per_core:,.0f}", f"{f.python_s:.1f}"),
                "-" if f.engine_s is None else f"{f.engine_s:.1f}",
            )
            for f in figures
        ],
    )


def print_folder(figures: FolderFigures) -> None:
    """Print a measurement of many files for people."""
    say(
        f"{figures.files:,} files of all formats in {figures.seconds:,.0f} s on {figures.engine}: "
        f"{figures.documents:,} documents. {machine_words(figures.machine)}"
    )
    print_table(
        "Highest memory, MiB",
        ("files in", "Python", "engine"),
        [
            (
                f"{mark.tips:,}",
                "-" if mark.python_mib is None else f"{mark.python_mib:,.0f}",
                "-" if mark.engine_mib is None else f"{mark.engine_mib:,.0f}",
            )
            for mark in figures.memory
        ],
    )


def machine_words(found: Machine) -> str:
    """Give a machine in one sentence."""
    return (
        f"{found.system}, Python {found.python}, {found.processors} processors, load "
        f"{found.load_before:.1f} before and {found.load_after:.1f} after."
    )


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


def plain_intake(figures: list[IntakeFigure]) -> list[dict[str, str | int | float | None]]:
    """Give the whole intake of each format for machines."""
    return [
        {
            "name": figure.name,
            "tips": figure.tips,
            "tips_per_s": round(figure.tips_per_s, 1),
            "tips_per_s_and_core": None if figure.per_core is None else round(figure.per_core, 1),
            "seconds": round(figure.seconds, 3),
            "python_s": round(figure.python_s, 3),
            "engine_s": figure.engine_s,
        }
        for figure in figures
    ]
