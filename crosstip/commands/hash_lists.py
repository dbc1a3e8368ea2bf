"""Commands about hash lists, and about pictures that look alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from crosstip.commands.wording import URGENCY, Json, banner, when
from crosstip.identity import As, desk
from crosstip.output import complain, errors, print_json, print_table, say
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.queries.hash_lists import HashListRow
from graph.services.hash_lists import hash_list, hash_lists, withdraw_list
from graph.services.near import MAX_HITS, Near
from graph.services.near import near as near_hashes
from ingest.hash_lists import ListReport, take_list

PARTLY = 3
"""Exit code: the list is in, some of its lines are not."""

hash_list_app = typer.Typer(
    help="Lists of known hashes: a hash on one is of a known series.", no_args_is_help=True
)
_Name = Annotated[str, typer.Argument(help="Name of the list.")]


@hash_list_app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV (MD5, SHA-1, SHA-256, PDQ; ICSE too), or VICS JSON.")
    ],
    *,
    name: Annotated[str, typer.Option(help="Name of the list; a newer issue has the same.")],
    source: Annotated[str, typer.Option(help="Who hands it out.")],
    dated: Annotated[str, typer.Option(help="Day of issue, such as 2026-11-22.")],
    column: Annotated[
        list[str] | None,
        typer.Option(help="Where a kind of hash stands: md5=NAME or md5=2. May be repeated."),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="VICS: a category whose files are known. May be repeated."),
    ] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Import a hash list, or a newer issue that replaces it. 0: all in, 3: some lines are not."""
    columns = (TextColumn("reading"), TextColumn("{task.completed:,} lines"), TimeElapsedColumn())
    with (
        desk(user, Deed.HASH_LIST_CHANGE) as at,
        Progress(*columns, console=errors, disable=json) as bar,
    ):
        task = bar.add_task("lines", total=None)
        report = take_list(
            at.whole,
            file,
            name=name,
            source=source,
            dated=dated,
            columns=column if column is not None else (),
            categories=category if category is not None else (),
            actor=at.name,
            tell=lambda lines: bar.update(task, completed=lines),
        )
    _print_report(report, json=json)
    raise typer.Exit(PARTLY if report.bad_total > 0 else 0)


def _print_report(report: ListReport, *, json: bool) -> None:
    if json:
        print_json(report)
        return
    if report.done is not None:
        say(
            f"The list has {report.done.entries:,} hashes: {report.done.added:,} new, "
            f"{report.done.dropped:,} of the issue before gone. Columns read: {report.columns}."
        )
    for bad in report.bad:
        complain(f"Line {bad.line}: {bad.reason}")
    if report.bad_total > len(report.bad):
        complain(f"And {report.bad_total - len(report.bad):,} more lines.")
    if report.bad_total > 0:
        complain(
            f"{report.bad_total:,} of {report.lines:,} lines are not in, or not all of their "
            "hashes. Correct them and import the file again with the same name and date."
        )


@hash_list_app.command("list")
def list_all(*, user: As = None, json: Json = False) -> None:
    """List hash lists, withdrawn ones included."""
    with desk(user, Deed.HASH_LIST_READ) as at:
        rows = hash_lists(at.whole)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        "Hash lists",
        ("name", "source", "dated", "hashes", "bad lines", "imported", "standing"),
        [
            (
                row.name,
                row.source,
                row.dated,
                row.entry_count,
                row.problem_count,
                when(row.imported_us),
                _standing(row),
            )
            for row in rows
        ],
    )


@hash_list_app.command()
def show(name: _Name, *, user: As = None, json: Json = False) -> None:
    """Show one hash list."""
    with desk(user, Deed.HASH_LIST_READ) as at:
        row = hash_list(at.whole, name)
    if json:
        print_json(row)
        return
    print_table(
        row.name,
        ("fact", "value"),
        [
            ("source", row.source),
            ("dated", row.dated),
            ("standing", _standing(row)),
            ("hashes", row.entry_count),
            ("lines that were no good", row.problem_count),
            ("imported", when(row.imported_us)),
            ("imported by", row.imported_by),
            ("SHA-256 of the file", row.file_sha256),
            ("withdrawn", when(row.withdrawn_us)),
            ("why withdrawn", row.withdrawn_why),
        ],
    )


def _standing(row: HashListRow) -> str:
    if row.unfinished is not None:
        return f"{row.unfinished} not finished: repeat it"
    return "withdrawn" if row.withdrawn_us is not None else "in force"


@hash_list_app.command()
def withdraw(
    name: _Name, *, why: Annotated[str, typer.Option(help="Reason; it is kept.")], user: As = None
) -> None:
    """Take a list out of force: its hashes lose the state that it gave them."""
    with desk(user, Deed.HASH_LIST_CHANGE) as at:
        count = withdraw_list(at.whole, name, why=why, actor=at.name)
    say(f"Withdrawn; {count:,} hashes are no longer on it.")


def near(
    text: Annotated[str, typer.Argument(help="A PDQ hash; `-` reads a line.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=MAX_HITS)] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """Show hashes of pictures that may look alike (PDQ within 31 bits), as hints."""
    wanted = typer.prompt("PDQ", hide_input=False) if text == "-" else text
    with desk(user, Deed.TIP_READ) as at:
        answer = near_hashes(at.store, wanted, limit=limit)
        at.shows(None, *(line.tip for hit in answer.hits for line in hit.tips))
        synthetic = at.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    _print_near(answer)


def _print_near(answer: Near) -> None:
    say(f"{answer.hint} As of {iso(answer.as_of_us)}.")
    if answer.warning is not None:
        say(f"Of the hash that was asked about: {answer.warning}")
    for hit in answer.hits:
        say(f"{hit.key}")
        say(f"  {hit.same}")
        for sentence in (*hit.lists, *(() if hit.warning is None else (hit.warning,))):
            say(f"  {sentence}")
        if hit.claim_total > 0:
            say(f"  Claims on it: {hit.claim_total}.")
        if len(hit.tips) == 0:
            say("  No tip has it now." if hit.tip_total == 0 else f"  {hit.tip_total} tips.")
            continue
        print_table(
            f"  Tips that have it: {hit.tip_total}",
            ("tip", "urgent", "provider", "role", "event", "time", "received", "place"),
            [
                (
                    tip.tip,
                    URGENCY[tip.urgency],
                    tip.provider,
                    tip.role,
                    tip.event,
                    when(tip.at_us) if tip.at_us is not None else (tip.time_raw or "no time"),
                    when(tip.received_us),
                    tip.path,
                )
                for tip in hit.tips
            ],
        )
    if len(answer.hits) == 0:
        say(f"No hash within {answer.max_distance} bits in this store. Others may exist elsewhere.")
    for sentence in answer.cut_off:
        say(sentence)
