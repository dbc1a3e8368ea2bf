"""Tips taken out for another tool over HTTP, by a machine of an agency that has no store."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated

import typer

from client.resources.jobs import ExtractThis
from crosstip.new_files import new_file
from crosstip.output import say
from crosstip.remote import remote
from crosstip.session import sentences, tip_key
from graph.errors import ChangedError, QuestionError


def extract(
    tips: Annotated[list[str], typer.Argument(help="Tip numbers.")],
    *,
    to: Annotated[Path, typer.Option("--to", help="A new file; its manifest is put beside it.")],
    purpose: Annotated[str, typer.Option(help="Of the closed list; stands in the log.")],
    recipient: Annotated[str, typer.Option("--for", help="Whom it is for; stands in the log.")],
    as_format: Annotated[
        str, typer.Option("--format", help="stix, case, graphml, gexf, vics, i2 or xlsx.")
    ] = "stix",
    linked: Annotated[bool, typer.Option(help="With the tips that are linked to these.")] = True,
    protected: Annotated[
        bool, typer.Option(help="With children's and reporting persons' identifiers, files' names.")
    ] = False,
    claims: Annotated[
        bool, typer.Option(help="With claims of yours whose handling codes permit it.")
    ] = False,
    within: Annotated[float, typer.Option(help="Seconds to wait for it.")] = 600.0,
) -> None:
    """Have an extract made, fetch it, and compare it with its manifest."""
    wanted = ExtractThis(
        tips=tuple(map(tip_key, tips)),
        format=as_format,
        purpose=purpose,
        recipient=recipient,
        linked=linked,
        protected=protected,
        claims=claims,
    )
    beside = to.with_name(f"{to.name}.manifest.json")
    with sentences(), remote() as api, new_file(to) as file, new_file(beside) as note:
        job = api.documents.wait(api.make_extract(wanted).key, within_s=within)
        if job.export is None:
            raise QuestionError(f"The extract is {job.state}: {job.problem or 'it has no file'}.")
        data = api.export_file(job.key)
        if hashlib.sha256(data).hexdigest() != job.export.sha256:
            raise ChangedError("What came is not what the manifest says. Fetch it again.")
        file.write(data)
        note.write(json.dumps(job.export.proof, indent=2, sort_keys=True).encode() + b"\n")
    say(f"{to}: {job.export.bytes:,} bytes, SHA-256 {job.export.sha256}. Its manifest: {beside}.")
    for sentence in (*job.export.notes, *job.export.left_out):
        say(sentence)
