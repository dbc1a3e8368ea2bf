"""Commands that take a whole store out as NDJSON, and into an empty store."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.wording import banner
from crosstip.identity import As, desk
from crosstip.new_files import new_file
from crosstip.output import console, say
from crosstip.session import sentences
from graph.casework.deeds import Deed
from graph.errors import QuestionError
from graph.exchange.full_lines import LEFT_OUT, line_of
from graph.services.full_export import full_lines
from graph.services.full_import import check_full, enter_full

_IN_CLEAR = "It is in clear, with everything that all agencies hold. Keep it as you keep the store."


def export(
    to: Annotated[Path, typer.Argument(help="A new file; its manifest is put beside it.")],
    *,
    all_of_it: Annotated[bool, typer.Option("--all", help="Everything of all agencies.")] = False,
    user: As = None,
) -> None:
    """Write the whole store as NDJSON for `crosstip import`; nothing may change meanwhile."""
    with desk(user, Deed.BACKUP_MAKE) as at:
        if not all_of_it:
            raise QuestionError(
                "Say --all: the whole store. Tips leave with `crosstip extract`, lists with "
                "`crosstip remote export`."
            )
        at.shows(None, outcome="the whole store, in clear: begun")
        digest, size = hashlib.sha256(), 0
        beside = to.with_name(f"{to.name}.manifest.json")
        lines = full_lines(at.whole, made_by=at.name, synthetic=at.synthetic)
        with new_file(to) as file, new_file(beside) as note, console.status("taking it out"):
            for line in lines:
                file.write(line)
                digest.update(line)
                size += len(line)
            said = {"sha256": digest.hexdigest(), "bytes": size, "left_out": list(LEFT_OUT)}
            note.write(line_of(said))
        done = f"the whole store, in clear: {digest.hexdigest()}"
        at.shows(None, outcome=done)
    banner(synthetic=at.synthetic)
    say(f"{to}: {size:,} bytes, SHA-256 {digest.hexdigest()}. {_IN_CLEAR}")
    for sentence in LEFT_OUT:
        say(f"Not in it: {sentence}")


def import_(
    file: Annotated[Path, typer.Argument(help="What `crosstip export --all` wrote.")],
    *,
    user: As = None,
) -> None:
    """Take a full export into an empty store, after it was read to its end."""
    with sentences(), console.status("reading it"), file.open("rb") as lines:
        checked = check_full(lines)
    with (
        desk(user, Deed.BACKUP_MAKE, synthetic=checked.header.synthetic) as at,
        console.status("taking it in"),
        file.open("rb") as lines,
    ):
        enter_full(at.whole, lines, checked, actor=at.name)
    end = checked.end
    say(f"{end.nodes:,} nodes and {end.edges:,} edges are in, as of {checked.header.as_of}.")
    for sentence in checked.header.left_out:
        say(f"Not in it: {sentence}")
