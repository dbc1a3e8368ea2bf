"""What commands of the desk share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crosstip.commands.wording import minute
from crosstip.output import print_table
from crosstip.session import tip_key
from graph.queries.desk_tasks import StepRow
from graph.services.desk_subjects import Subject

OfTip = Annotated[str | None, typer.Option("--tip", help="Tip number.")]
OfCase = Annotated[
    str | None, typer.Option("--investigation", help="Reference of your investigation.")
]
Version = Annotated[int, typer.Option(help="Version that you looked at, see `show`.")]
Why = Annotated[str | None, typer.Option(help="Reason.")]


def subject_of(tip: str | None, investigation: str | None) -> Subject:
    """Give what a command names."""
    return Subject(tip=None if tip is None else tip_key(tip), investigation=investigation)


def said(tip: str | None, investigation: str | None) -> str:
    """Give a tip or an investigation for people."""
    return tip if tip is not None else f"investigation {investigation}"


def print_steps(steps: Sequence[StepRow]) -> None:
    """Print the steps of a record."""
    print_table(
        "Steps",
        ("no.", "step", "from", "to", "when", "by", "why"),
        [
            (
                row.number,
                row.step,
                row.from_stage,
                row.to_stage,
                minute(row.at_us),
                row.made_by,
                row.why or "-",
            )
            for row in steps
        ],
    )
