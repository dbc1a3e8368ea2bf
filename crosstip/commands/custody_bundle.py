"""Commands that make a custody bundle, and check one without a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.wording import banner
from crosstip.custody_places import originals_in, signer
from crosstip.identity import As, desk
from crosstip.new_files import new_file
from crosstip.output import complain, say
from crosstip.session import FAILED, tip_key
from graph.audit import standalone_custody
from graph.services.custody_bundles import BundleOrder, make_bundle
from graph.settings import StoreSettings


def bundle(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    *,
    to: Annotated[Path, typer.Option("--to", help="A new file: a ZIP.")],
    originals: Annotated[
        bool, typer.Option("--originals", help="With the documents that the vault holds.")
    ] = False,
    given_to: Annotated[
        str | None, typer.Option("--for", help="Whom it is for; stands in the log.")
    ] = None,
    user: As = None,
) -> None:
    """Write the signed bundle that answers where a tip came from and who did what with it."""
    with desk(user) as at, new_file(to) as file:
        order = BundleOrder(
            tip=tip_key(tip),
            signer=signer(),
            synthetic=at.synthetic,
            originals=originals_in(StoreSettings().data_dir) if originals else None,
            given_to=given_to,
        )
        made = make_bundle(at.caller, at.store, order=order, reads=at.reads)
        file.write(made.data)
        synthetic = at.synthetic
    banner(synthetic=synthetic)
    say(
        f"{to}: {made.members} members, {made.entries} entries of the log, {made.proved} of them "
        f"proved, {made.originals} originals; SHA-256 {made.sha256}."
    )
    for sentence in made.left_out:
        say(sentence)
    say(f"Check it anywhere: crosstip custody verify {to} --key KEY")


def verify(
    file: Annotated[Path, typer.Argument(help="A custody bundle.")],
    *,
    key: Annotated[
        list[str], typer.Option(help="Public key, had from elsewhere: `crosstip audit key show`.")
    ],
) -> None:
    """Check a bundle without a store. Exit code 1: something does not hold, and which."""
    try:
        said = standalone_custody.check_bundle(file.read_bytes(), keys=key)
    except standalone_custody.BadLogError as error:
        complain(f"DOES NOT HOLD: {error}")
        raise typer.Exit(FAILED) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        complain(f"CANNOT BE READ: {type(error).__name__}: {error}")
        raise typer.Exit(2) from error
    say(said)
