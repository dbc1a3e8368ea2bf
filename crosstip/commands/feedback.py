"""Commands about feedback to NCMEC: outcomes of closed tips, written once and remembered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, day_us, desk
from crosstip.new_files import new_file
from crosstip.output import print_json, print_table, say
from graph.feedback.lines import FeedbackFormat
from graph.feedback.table import shipped_table
from graph.queries.feedback import MOST, FeedbackRow
from graph.services.feedback import NewFeedback, make_feedback
from graph.services.feedback_reading import feedback_file, list_feedback, show_feedback

feedback_app = typer.Typer(
    help="Outcomes of closed tips, as they are told to NCMEC.", no_args_is_help=True
)
_Ref = Annotated[str, typer.Argument(help="Name of the feedback, see `list`.")]
_After = Annotated[str, typer.Option(help="Where the page before ended.")]
_Limit = Annotated[int, typer.Option(min=1, max=MOST, help="How many.")]


@feedback_app.command()
def make(
    *,
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day (UTC).")],
    before: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Day (UTC) that is not in it any more.")
    ],
    user: As = None,
    json: Json = False,
) -> None:
    """Write what NCMEC is to be told of tips closed or reopened; what was told is not repeated."""
    with desk(user) as at:
        new = NewFeedback(
            from_us=day_us(since) or 0, until_us=day_us(before) or 0, synthetic=at.synthetic
        )
        row = make_feedback(at.caller, at.store, new=new)
    if json:
        print_json(row)
        return
    _say(row)
    say(f"Its file: crosstip feedback write {row.key} --to FILE. Sending it is yours.")


@feedback_app.command("list")
def list_all(
    *, after: _After = "", limit: _Limit = 50, user: As = None, json: Json = False
) -> None:
    """List what your agency told NCMEC, the newest first."""
    with desk(user) as at:
        page = list_feedback(at.caller, at.store, reads=at.reads, after=after, limit=limit)
    if json:
        print_json(page)
        return
    for row in page.items:
        _say(row)
    if len(page.items) == 0:
        say("Your agency told NCMEC nothing yet.")
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@feedback_app.command()
def show(
    ref: _Ref, *, after: _After = "", limit: _Limit = 50, user: As = None, json: Json = False
) -> None:
    """Show a feedback with its lines."""
    with desk(user) as at:
        view = show_feedback(at.caller, at.store, key=ref, reads=at.reads, after=after, limit=limit)
    if json:
        print_json(view)
        return
    _say(view.row)
    print_table(
        "Lines",
        ("report", "kind", "outcome", "says", "child safeguarded", "closed", "corrects"),
        [
            (
                line.report_number,
                line.kind,
                line.outcome,
                line.says,
                line.safeguarded,
                when(line.closed_us),
                line.corrects,
            )
            for line in view.lines
        ],
    )
    if view.next_after is not None:
        say(f"There are more: --after '{view.next_after}'")


@feedback_app.command()
def write(
    ref: _Ref,
    *,
    to: Annotated[Path, typer.Option("--to", help="A new file.")],
    as_format: Annotated[FeedbackFormat, typer.Option("--format")] = FeedbackFormat.CSV,
    user: As = None,
) -> None:
    """Write a feedback's file, the same bytes each time."""
    with desk(user) as at, new_file(to) as file:
        found = feedback_file(at.caller, at.store, key=ref, kind=as_format, reads=at.reads)
        file.write(found.data)
    say(f"{to}: {found.row.line_total} lines, SHA-256 {found.sha256}.")


@feedback_app.command()
def words(*, json: Json = False) -> None:
    """Print in which words each outcome is told: a table that comes with Crosstip."""
    table = shipped_table()
    if json:
        print_json(table)
        return
    say(f"Version {table.name}.")
    print_table(
        "Words",
        ("outcome", "says", "child safeguarded"),
        [(name, told.says, told.safeguarded) for name, told in table.outcomes.items()],
    )


def _say(row: FeedbackRow) -> None:
    banner(synthetic=row.synthetic)
    say(
        f"{row.key}: {row.line_total} lines, {row.corrections} of them corrections, of "
        f"{when(row.from_us)} to {when(row.until_us)}, as of {when(row.made_us)}, by {row.made_by}."
    )
    say(f"CSV SHA-256 {row.csv_sha256}, JSON SHA-256 {row.json_sha256}; words {row.words}.")
    if row.purged_lines is not None:
        say(f"{row.purged_lines} lines went with their tips: its files cannot be written again.")
    for sentence in row.left_out:
        say(sentence)
