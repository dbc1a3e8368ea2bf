"""Words and shapes that several commands print alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from crosstip.output import print_table, say
from graph.clock import from_us, iso
from graph.queries.tips import TipLine

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
URGENCY = {0: "IMMINENT", 1: "escalated", 2: ""}
"""How lists mark it; what is routine has no mark."""
URGENCY_WORDS = {0: "imminent danger", 1: "escalated", 2: "routine"}


def when(us: int | None) -> str:
    """Give a time for people; a dash when there is none."""
    return "-" if us is None else iso(us)


def minute(us: int | None) -> str:
    """Give a time for people to the minute (UTC); a dash when there is none."""
    return "-" if us is None else f"{from_us(us):%Y-%m-%d %H:%M} UTC"


def bits(weight: int) -> str:
    """Give thousandths of a bit as bits."""
    return f"{weight / 1000:.3f}"


def banner(*, synthetic: bool) -> None:
    """Say so when the store is synthetic."""
    if synthetic:
        say("SYNTHETIC: nothing here is real.")


def print_lines(title: str, lines: tuple[TipLine, ...]) -> None:
    """Print tips as lists show them."""
    print_table(
        title,
        ("urgent", "tip", "provider", "incident", "received", "files", "why urgent"),
        [
            (
                URGENCY[line.urgency],
                line.key,
                line.provider_name,
                ", ".join(line.incident_types or ()),
                when(line.received_us),
                line.file_count,
                " ".join(line.urgency_reasons or ()),
            )
            for line in lines
        ],
    )


def print_basis(weights: str, snapshot_us: int | None, cut_off: Iterable[str]) -> None:
    """Say what links rest on, and what was left out."""
    counted = f"counted {iso(snapshot_us)}" if snapshot_us is not None else "not counted yet"
    say(f"Weights version {weights}; how common values are: {counted}.")
    for sentence in cut_off:
        say(sentence)
