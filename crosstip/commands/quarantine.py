"""Commands that look after documents that could not be taken in."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer
from rich.text import Text

from crosstip.commands.arrivals import connect
from crosstip.commands.intake import Json, print_summary
from crosstip.identity import As, desk
from crosstip.output import complain, in_lines, print_json, print_table, say
from crosstip.session import opened_site
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.services.tip_access import unheld_among
from ingest.pipeline import Intake
from ingest.quarantine_entry import EntryState, QuarantineEntry

quarantine_app = typer.Typer(help="Documents that could not be taken in.", no_args_is_help=True)
_NEXT_SENTENCE = re.compile(r" (?=Line \d+: |And \d+ more lines\.|None of the other lines )")


@quarantine_app.command("list")
def quarantine_list(
    *,
    show_all: Annotated[
        bool, typer.Option("--all", help="Those that a person dismissed as well.")
    ] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """List what could not be taken in, with file, position and reason."""
    with desk(user, Deed.QUARANTINE_READ), opened_site() as site:
        entries = site.quarantine.list()
        damaged = site.quarantine.damaged()
    if json:
        print_json({"entries": entries, "damaged": damaged})
        return
    listed = [e for e in entries if show_all or e.state is EntryState.WAITING]
    if len(listed) > 0:
        print_table(
            "Quarantine",
            ("id", "state", "file", "position", "tries", "last", "reason"),
            [
                (e.id, e.state.value, e.name, e.position, e.attempts, iso(e.last_us), _reason(e))
                for e in listed
            ],
        )
    else:
        say("Nothing waits in quarantine.")
    for entry in damaged:
        complain(f"{entry.id}: {entry.reason}")
    if len(listed) < len(entries):
        say(f"{len(entries) - len(listed)} dismissed ones are not shown; `--all` shows them.")


def _reason(entry: QuarantineEntry) -> Text:
    """Give why an entry is there, what is said of a table's lines each on its own line."""
    return in_lines(_NEXT_SENTENCE.split(entry.reason))


@quarantine_app.command("show")
def quarantine_show(entry: str, *, user: As = None, json: Json = False) -> None:
    """Show one entry and its raw record (screened: media were never kept)."""
    with desk(user, Deed.QUARANTINE_READ), opened_site() as site:
        view = site.quarantine.show(entry)
    if json:
        print_json(view.entry)
        return
    for name, value in (
        ("file", view.entry.name),
        ("position", view.entry.position),
        ("where", view.entry.where),
        ("SHA-256", view.entry.sha256),
    ):
        if value is not None:
            say(f"{name}: {value}")
    for n, sentence in enumerate(_NEXT_SENTENCE.split(view.entry.reason)):
        say(f"reason: {sentence}" if n == 0 else f"  {sentence}")
    for dismissal in view.entry.dismissals:
        say(f"dismissed by {dismissal.by} at {iso(dismissal.at_us)}: {dismissal.reason}")
    if view.document is not None:
        sys.stdout.write(_shown(view.document.data) + "\n")


def _shown(data: bytes) -> str:
    text = data.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in text)


@quarantine_app.command("retry")
def quarantine_retry(
    entries: Annotated[list[str] | None, typer.Argument(help="Ids; all when none.")] = None,
    *,
    user: As = None,
    json: Json = False,
) -> None:
    """Try quarantined documents again, for example after an update. 3: some stay."""
    with desk(user, Deed.QUARANTINE_SETTLE) as at, opened_site() as site:
        waiting = [e.id for e in site.quarantine.list() if e.state.value == "waiting"]
        intake = Intake(at.whole, site, synthetic=at.synthetic, actor=at.name)
        summary = intake.retry(entries if entries else waiting)
        arrivals = connect(at, summary)
        unheld = unheld_among(at.whole, summary.tips)
    print_summary(summary, arrivals, json=json, unheld=unheld)
    raise typer.Exit(summary.exit_code)


@quarantine_app.command("dismiss")
def quarantine_dismiss(
    entry: str,
    *,
    why: Annotated[str, typer.Option(help="Reason; it is kept.")],
    user: As = None,
) -> None:
    """Decide that a document is not taken in: its bytes go, who, when and why stay."""
    with desk(user, Deed.QUARANTINE_SETTLE) as at, opened_site() as site:
        site.quarantine.dismiss(entry, by=at.name, reason=why)
    say(f"{entry} is dismissed.")
