"""Commands that take documents in, and the one that withdraws a tip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from crosstip.commands.arrivals import connect, print_arrivals
from crosstip.commands.tables import mapping_from, propose
from crosstip.identity import As, desk
from crosstip.output import (
    as_plain,
    complain,
    errors,
    print_json,
    print_table,
    say,
)
from crosstip.session import opened_site, sentences, tip_key
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.services.arrivals import Arrivals
from graph.services.holders import require_routing
from graph.services.tip_access import unheld_among
from graph.services.withdrawal import withdraw
from ingest.limits import DEFAULT_LIMITS
from ingest.pipeline import Intake
from ingest.preparing import agency_key
from ingest.receiving import Declared
from ingest.records import NumberSource
from ingest.settings import IntakeSettings
from ingest.sources import find_files, hidden_among, read_stdin
from ingest.summary import MAX_TIPS, Summary

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; `-` is standard input.")
    ] = None,
    *,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Declare the documents synthetic.")
    ] = False,
    report_number: Annotated[
        str | None, typer.Option(help="Report number of the one document given.")
    ] = None,
    provider: Annotated[
        str | None,
        typer.Option(help="Reporting provider of `<report>` documents, which name none."),
    ] = None,
    holder: Annotated[str | None, typer.Option(help="Whose they are [default: your own].")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that says what a table's columns are.")
    ] = None,
    guess: Annotated[
        bool, typer.Option("--guess", help="Propose a mapping for one table; takes nothing in.")
    ] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Take in tips (JSON, XML, PDF, ZIP, tables), agencies, claims. 0: all in, 3: quarantined.

    Tips are seen by the agencies that hold them, and by no others.
    """
    given = paths or []
    with sentences():
        columns = mapping_from(mapping)
        if guess:
            propose(given, columns, json=json)
            return
    declared = Declared(
        synthetic=synthetic,
        report_number=report_number,
        number_source=NumberSource.COMMAND_LINE if report_number is not None else None,
        provider=provider,
        holder=None if holder is None else agency_key(holder),
        mapping=columns,
    )
    _take_in(given, declared, user=user, json=json)


def _take_in(given: list[Path], declared: Declared, *, user: str | None, json: bool) -> NoReturn:
    with sentences():
        from_stdin = Path("-") in given
        paths = [path for path in given if path != Path("-")]
        files, hidden = find_files(paths), hidden_among(paths)
    if hidden > 0:
        complain(
            f"Hidden files left out: {hidden:,}, whose names begin with a dot. Name one, and it is "
            "taken in."
        )
    if declared.report_number is not None and len(files) + from_stdin != 1:
        complain("crosstip: --report-number needs exactly one document.")
        raise typer.Exit(2)
    synthetic = declared.synthetic or None
    with desk(user, Deed.TIP_TAKE_IN, synthetic=synthetic) as at, opened_site() as site:
        declared = held(at.caller, declared)
        size = IntakeSettings().batch_tips
        intake = Intake(at.whole, site, synthetic=at.synthetic, actor=at.name, batch_tips=size)
        summary = intake.recover()
        summary.add(run_with_bar(intake, files, declared, quiet=json))
        if from_stdin:
            source = read_stdin(max_bytes=DEFAULT_LIMITS.max_container_bytes)
            summary.add(intake.ingest_one(source, declared=declared))
        arrivals = connect(at, summary)
        unheld = unheld_among(at.whole, summary.tips)
    print_summary(summary, arrivals, json=json, unheld=unheld)
    raise typer.Exit(summary.exit_code)


def held(caller: Caller, declared: Declared) -> Declared:
    """Give what is declared with the holder that is meant: the caller's own agency by default.

    Raises:
        RightsError: the caller may not say that this agency holds tips.
    """
    holder = declared.holder if declared.holder is not None else caller.agency
    if holder is not None:
        require_routing(caller, holder)
    return replace(declared, holder=holder)


def run_with_bar(
    intake: Intake, files: list[Path], declared: Declared, *, quiet: bool = False
) -> Summary:
    """Take in files under a progress bar with rate and remaining time."""
    columns = (
        TextColumn("taking in"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[quarantined]} quarantined"),
    )
    with Progress(*columns, console=errors, disable=quiet, transient=False) as bar:
        task = bar.add_task("files", total=len(files), rate="-", quarantined=0)

        def show(done: int, summary: Summary) -> None:
            speed = bar.tasks[task].speed
            rate = f"{speed:.0f}" if speed is not None else "-"
            bar.update(task, completed=done, rate=rate, quarantined=summary.quarantined)

        summary = intake.ingest(files, declared=declared, progress=show)
        bar.update(task, completed=len(files), quarantined=summary.quarantined)
    return summary


def print_summary(
    summary: Summary, arrivals: Arrivals | None, *, json: bool, unheld: int = 0
) -> None:
    """Print what became of everything, and what the tips that came in are connected to."""
    if json:
        # `tips` of the arrivals is how many they cover; the first MAX_TIPS of a larger run.
        more = {
            "arrivals": as_plain(arrivals),
            "arrivals_cut_off": len(summary.tips) > MAX_TIPS,
            "unheld": unheld,
        }
        print_json({**as_plain(summary), **more})
        return
    rows: list[tuple[str, object]] = [
        (f"document, {outcome.value}", count) for outcome, count in sorted(summary.recorded.items())
    ]
    rows += [
        ("document, quarantined", summary.quarantined),
        ("document, submit response", summary.companions),
        ("document, agencies or claims", summary.tables),
        ("agency", summary.agencies),
        ("claim, new", summary.claims),
        ("claim, there before", summary.claim_lines - summary.claims),
        ("piece of media cut out, never kept", summary.media),
        ("unknown element or value, kept raw", sum(summary.unknown.values())),
        ("value that is no identifier, kept with its tip", summary.rejected_values),
        ("of these received by an earlier run", summary.recovered),
        ("file that could not be read", len(summary.unreadable)),
    ]
    print_table("What became of it", ("outcome", "count"), [r for r in rows if r[1] != 0])
    if summary.seconds > 0:
        rate = summary.documents / summary.seconds
        say(f"{summary.documents} documents in {summary.seconds:.1f} s, {rate:.0f}/s.")
    for sentence in summary.unreadable[:20]:
        complain(sentence)
    if summary.quarantined > 0:
        say("See why with `crosstip quarantine list`.")
    say_unheld(unheld)
    if arrivals is not None:
        print_arrivals(arrivals, is_cut=len(summary.tips) > MAX_TIPS)


def say_unheld(unheld: int) -> None:
    """Say how many of the tips that came in no agency sees, if there are any."""
    if unheld > 0:
        say(
            f"Of the new or changed tips nobody holds {unheld}: no agency sees them. `crosstip tip "
            "hold` gives them to one, and so does --holder."
        )


def withdraw_tip(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    *,
    why: Annotated[str, typer.Option(help="Reason; it is kept.")],
    user: As = None,
) -> None:
    """Withdraw a tip: it links nothing any more, its record stays."""
    with desk(user, Deed.TIP_WITHDRAW) as at:
        changed = withdraw(at.store, tip_key(tip), why=why, actor=at.name)
    say(f"{tip_key(tip)} is withdrawn." if changed else f"{tip_key(tip)} was withdrawn before.")
