"""Documents and tables handed in over HTTP, by a machine of an agency that has no store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from client.resources.jobs import JobAnswer
from crosstip.commands.wording import Json
from crosstip.output import complain, print_json, print_table, say
from crosstip.remote import remote
from crosstip.session import FAILED, sentences
from ingest.summary import QUARANTINED, SOME_QUARANTINED

_Mapping = Annotated[
    Path | None, typer.Option(help="TOML file that says what a table's columns are.")
]


def hand_in(
    file: Annotated[Path, typer.Argument(help="A document, an archive or a table of tips.")],
    *,
    mapping: _Mapping = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Declare the documents synthetic.")
    ] = False,
    within: Annotated[float, typer.Option(help="Seconds to wait until it is recorded.")] = 600.0,
    json: Json = False,
) -> None:
    """Hand a file in and say what became of it, row by row. Exit code 0: all in; 3: quarantined."""
    with sentences(), remote() as api:
        if mapping is None:
            job = api.documents.upload(file, synthetic=synthetic)
        else:
            text = mapping.read_text(encoding="utf-8-sig")
            job = api.documents.upload_table(file, text, synthetic=synthetic)
        job = api.documents.wait(job.key, within_s=within)
    if json:
        print_json(job)
    else:
        _print(job)
    if job.documents is None or job.state != "done":
        raise typer.Exit(FAILED)
    if job.documents.quarantined > 0:
        raise typer.Exit(SOME_QUARANTINED)


def propose(
    file: Annotated[Path, typer.Argument(help="A table of tips; its first rows suffice.")],
    *,
    mapping: _Mapping = None,
    json: Json = False,
) -> None:
    """Propose what a table's columns say, or try a mapping. Takes nothing in."""
    with sentences(), remote() as api:
        text = None if mapping is None else mapping.read_text(encoding="utf-8-sig")
        found = api.documents.proposed(file, mapping=text)
    if json:
        print_json(found)
        return
    if mapping is None:
        typer.echo(found.mapping, nl=False)
    whose = "This proposal" if mapping is None else "The mapping"
    rows = [(what, count) for what, count in sorted(found.would.items()) if count > 0]
    print_table(f"{whose} would give, of {found.rows} rows", ("what", "count"), rows)
    say("Nothing was taken in. Check each line, say who reports, and hand in with --mapping.")


def _print(job: JobAnswer) -> None:
    if job.problem is not None:
        complain(f"crosstip: job {job.key} is {job.state}: {job.problem}")
    found = job.documents
    if found is None:
        return
    if len(found.parts) > 0:
        print_table(
            "Row by row",
            ("what", "became", "tip, or entry in quarantine"),
            [(part.name, part.outcome, part.tip or part.entry) for part in found.parts],
        )
    counts = [*sorted(found.recorded.items()), (QUARANTINED, found.quarantined)]
    print_table("What became of it", ("outcome", "count"), [row for row in counts if row[1] > 0])
    if found.is_cut:
        say("Only the first thousand are named.")
