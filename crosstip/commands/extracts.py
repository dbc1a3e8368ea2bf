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
from graph.exchange.formats import FORMATS
from graph.services.export_extracts import extract_made
from graph.services.export_rows import Sight
from graph.services.extract_orders import ExtractOrder, as_asked
from graph.services.extracting import MOST_TIPS


def extract(
    tips: Annotated[list[str], typer.Argument(help=f"Tip numbers, {MOST_TIPS} at most.")],
    *,
    to: Annotated[Path, typer.Option("--to", help="A new file; its manifest is put beside it.")],
    purpose: Annotated[str, typer.Option(help="Of the closed list; stands in the log.")],
    recipient: Annotated[str, typer.Option("--for", help="Whom it is for; stands in the log.")],
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
        require(at.caller, Deed.EXPORT_MAKE)
        order = as_asked(
            ExtractOrder(
                tips=tuple(tip_key(tip) for tip in tips),
                format=as_format,
                purpose=purpose,
                recipient=recipient,
                linked=linked,
                protected=protected,
                claims=claims,
            )
        )
        sight = Sight(
            caller=at.caller, found=at.found, store=at.store, reads=at.reads, extract=order
        )
        beside = to.with_name(f"{to.name}.manifest.json")
        with new_file(to) as file, new_file(beside) as note:
            data, manifest = extract_made(sight)
            # Each tip that leaves is in the log by now.
            at.is_logged = True
            file.write(data)
            note.write(manifest.text())
    banner(synthetic=manifest.synthetic)
    said = ", ".join(f"{count} {what}" for what, count in manifest.counts.items())
    say(f"{to}: {said}; {manifest.size:,} bytes, SHA-256 {manifest.sha256}.")
    say(f"Its manifest is {beside}.")
    for sentence in manifest.left_out:
        say(sentence)
