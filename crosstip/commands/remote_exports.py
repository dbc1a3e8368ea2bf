"""Lists taken out over HTTP, by a machine of an agency that has no store."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated

import typer

from client.client import CrosstipClient
from client.resources.jobs import ExportManifest, ExportThis
from crosstip.new_files import new_file
from crosstip.output import complain, say
from crosstip.remote import remote
from crosstip.session import FAILED, sentences
from graph.errors import ChangedError, QuestionError, RowError

_LISTS = "`tips`, `tip-links`, `claims`, `conflicts`, `notices`, `checks`, `audit`, `custody`"
_BUNDLE = "custody"


def export(
    name: Annotated[str, typer.Argument(metavar="LIST", help=f"One of {_LISTS}.")],
    *,
    out: Annotated[Path, typer.Option(help="File to write; it must not be there yet.")],
    ndjson: Annotated[bool, typer.Option("--ndjson", help="NDJSON instead of CSV.")] = False,
    tip: Annotated[
        str | None, typer.Option(help="Of `tip-links`, `custody`: the tip's key.")
    ] = None,
    proof: Annotated[
        Path | None, typer.Option(help="Of `audit`: file for the proof; must not be there yet.")
    ] = None,
    originals: Annotated[
        bool, typer.Option("--originals", help="Of `custody`: with the documents that are held.")
    ] = False,
    given_to: Annotated[
        str | None, typer.Option("--for", help="Of `custody`: whom it is for; stands in the log.")
    ] = None,
    within: Annotated[float, typer.Option(help="Seconds to wait for it.")] = 600.0,
) -> None:
    """Have a list written, fetch it, and compare it with its manifest. Exit code 1: not whole."""
    with sentences(), remote() as api:
        for path in (out, *(() if proof is None else (proof,))):
            if path.exists():
                raise RowError(f"{path} is there already. Nothing was ordered; name another file.")
        wanted = ExportThis(list=name, format=_format(name, ndjson=ndjson), tip=tip)
        if name == _BUNDLE:
            wanted = wanted.model_copy(update={"originals": originals, "given_to": given_to})
        manifest, data = _fetched(api, wanted, within=within)
        with new_file(out) as file:
            file.write(data)
        if proof is not None and manifest.proof is not None:
            with new_file(proof) as file:
                file.write(json.dumps(manifest.proof).encode())
    say(f"{manifest.rows} rows as of {manifest.as_of_at} are in {out}.")
    for sentence in (*manifest.left_out, *manifest.notes):
        say(sentence)
    if proof is not None and manifest.proof is None:
        complain("It has no proof: only `audit` has one, once a checkpoint covers the log.")
        raise typer.Exit(FAILED)


def _format(name: str, *, ndjson: bool) -> str:
    return "zip" if name == _BUNDLE else "ndjson" if ndjson else "csv"


def _fetched(
    api: CrosstipClient, wanted: ExportThis, *, within: float
) -> tuple[ExportManifest, bytes]:
    job = api.documents.wait(api.make_export(wanted).key, within_s=within)
    if job.export is None:
        raise QuestionError(f"The export is {job.state}: {job.problem or 'it has no file'}.")
    data = api.export_file(job.key)
    if hashlib.sha256(data).hexdigest() != job.export.sha256:
        raise ChangedError("What came is not what the manifest says. Fetch it again.")
    return job.export, data
