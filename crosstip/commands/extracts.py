"""The command that hands tips to other tools, with a manifest beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.wording import banner
from crosstip.identity import As, desk
from crosstip.new_files import new_file
from crosstip.output import say
from crosstip.session import tip_key
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import QuestionError
from graph.exchange.formats import FORMATS, HASHES_ALONE, written
from graph.services.extracting import MOST_TIPS, Choice, gather
from graph.services.extracting_claims import with_claims


def extract(
    tips: Annotated[list[str], typer.Argument(help=f"Tip numbers, {MOST_TIPS} at most.")],
    *,
    to: Annotated[Path, typer.Option("--to", help="A new file; its manifest is put beside it.")],
    as_format: Annotated[str, typer.Option("--format", help=", ".join(FORMATS))] = "stix",
    linked: Annotated[bool, typer.Option(help="With the tips that are linked to these.")] = True,
    protected: Annotated[
        bool,
        typer.Option(
            help="With children's, reporting persons' and guardians' identifiers, and files' names."
        ),
    ] = False,
    claims: Annotated[
        bool, typer.Option(help="With claims of yours whose handling codes permit it.")
    ] = False,
    user: As = None,
) -> None:
    """Write tips with what hangs on them for another tool: STIX, GraphML, GEXF, VICS, i2, XLSX."""
    with desk(user, Deed.TIP_READ) as at:
        for deed in (Deed.EXPORT_MAKE, Deed.LINK_READ):
            require(at.caller, deed)
        found = gather(
            at.store,
            Choice(tips=[tip_key(tip) for tip in tips], linked=linked, protected=protected),
            basis=at.basis,
            made_by=at.name,
            agency=at.caller.agency or "",
            synthetic=at.synthetic,
        )
        if claims and as_format == HASHES_ALONE:
            raise QuestionError(f"{HASHES_ALONE} holds hashes alone, and so no claims.")
        if claims:
            found = with_claims(at.caller, at.store, found)
        data, manifest = written(found, as_format)
        whole = "with" if protected else "without"
        outcome = f"to be written into an extract {whole} protected: {as_format}, {manifest.sha256}"
        beside = to.with_name(f"{to.name}.manifest.json")
        with new_file(to) as file, new_file(beside) as note:
            at.shows(None, *manifest.tips, *manifest.claims, outcome=outcome)
            file.write(data)
            note.write(manifest.text())
    banner(synthetic=found.synthetic)
    said = ", ".join(f"{count} {what}" for what, count in manifest.counts.items())
    say(f"{to}: {said}; {manifest.size:,} bytes, SHA-256 {manifest.sha256}.")
    say(f"Its manifest is {beside}.")
    for sentence in found.left_out:
        say(sentence)
