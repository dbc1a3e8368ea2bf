"""Commands about conflicts: what the own agency is told of, and what is done about it."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.conflict_wording import (
    in_the_list,
    mean_days,
    reason_cells,
    standing_of,
)
from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import complain, print_json, print_table, say
from graph.casework.conflict_life import Resolution
from graph.casework.terms import DAY_US
from graph.services.conflict_reading import (
    PAGE,
    list_conflicts,
    matrix,
    show_conflict,
)
from graph.services.conflict_steps import (
    Stepped,
    acknowledge,
    coordinate,
    reopen,
    resolve,
    write_message,
)
from graph.services.conflict_sweep import Sweep
from graph.services.upkeep import run_escalation, run_sweep

conflicts_app = typer.Typer(
    help="Conflicts with other agencies' investigations. Subject deconfliction, not event safety.",
    no_args_is_help=True,
)
_MISSING = 4
"""Exit code of a sweep that found something missing."""
_Ref = Annotated[str, typer.Argument(help="Name of the conflict, see `list`.")]
_Why = Annotated[str, typer.Option(help="Reason; the other side reads it.")]
_Version = Annotated[
    int, typer.Option(help="Version that you looked at, see `show`: the other side acts too.")
]


@conflicts_app.command("list")
def list_all(
    *,
    every: Annotated[bool, typer.Option("--all", help="Resolved ones as well.")] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """List the conflicts that the own agency is told of, the most urgent first."""
    with desk(user) as at:
        rows = list_conflicts(at.caller, at.store, reads=at.reads, with_resolved=every)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    if len(rows) == 0:
        say("There is no conflict that your side is told of.")
        return
    for row in rows:
        for line in in_the_list(row):
            say(line)
    if len(rows) == PAGE:
        say(f"Only the first {PAGE} are shown.")


@conflicts_app.command()
def show(ref: _Ref, *, user: As = None, json: Json = False) -> None:
    """Show a conflict: through what you meet, how it stands, and what was written."""
    with desk(user) as at:
        row = show_conflict(at.caller, at.store, ref=ref, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(row)
        return
    banner(synthetic=synthetic)
    for line in standing_of(row):
        say(line)
    print_table(
        "You meet in",
        (
            *("what", "identifier", "your claim, check or tip", "your role"),
            *("asked by", "first found", "times"),
        ),
        [reason_cells(reason) for reason in row.reasons],
    )
    if len(row.messages) > 0:
        print_table(
            "Messages",
            ("no.", "when", "agency", "by", "text"),
            [(m.number, minute(m.at_us), m.agency, m.written_by, m.text) for m in row.messages],
        )


@conflicts_app.command("acknowledge")
def acknowledge_one(ref: _Ref, *, user: As = None) -> None:
    """Say that your side knows: its clock ends."""
    with desk(user) as at:
        done = acknowledge(at.caller, at.store, ref=ref)
    _say("Acknowledged for your side", done)


@conflicts_app.command("coordinate")
def coordinate_one(ref: _Ref, *, version: _Version, user: As = None) -> None:
    """Say that the sides talk."""
    with desk(user) as at:
        done = coordinate(at.caller, at.store, ref=ref, expected=version)
    _say("Noted that the sides talk", done)


@conflicts_app.command("resolve")
def resolve_one(
    ref: _Ref,
    resolution: Annotated[Resolution, typer.Argument(help="How it ended.")],
    *,
    why: _Why,
    version: _Version,
    user: As = None,
) -> None:
    """End a conflict; the other side is told and may open it again."""
    with desk(user) as at:
        done = resolve(
            at.caller,
            at.store,
            ref=ref,
            expected=version,
            resolution=resolution,
            why=why,
        )
    _say("Resolved; the other side is told", done)


@conflicts_app.command("reopen")
def reopen_one(ref: _Ref, *, why: _Why, version: _Version, user: As = None) -> None:
    """Open a conflict again that was resolved too soon."""
    with desk(user) as at:
        done = reopen(at.caller, at.store, ref=ref, expected=version, why=why)
    _say("Opened again; the other side is told", done)


@conflicts_app.command()
def message(
    ref: _Ref, text: Annotated[str, typer.Argument(help="What.")], *, user: As = None
) -> None:
    """Write to the other side; it stays with the conflict."""
    with desk(user) as at:
        done = write_message(at.caller, at.store, ref=ref, text=text)
    _say("Written; the other side is told", done)


@conflicts_app.command("matrix")
def print_matrix(*, user: As = None, json: Json = False) -> None:
    """Show how conflicts with each other agency stand, and how long resolving takes."""
    with desk(user) as at:
        rows = matrix(at.caller, at.store, reads=at.reads)
        synthetic, now_us = at.synthetic, at.caller.as_of_us
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    if len(rows) == 0:
        say("There is no conflict that your side is told of.")
        return
    print_table(
        "Conflicts by agency",
        (
            *("agency", "not resolved", "of them urgent", "the oldest since", "for days"),
            *("resolved", "mean days to resolve"),
        ),
        [
            (
                row.other,
                row.unresolved,
                row.urgent,
                minute(row.oldest_us),
                "-" if row.oldest_us is None else f"{(now_us - row.oldest_us) / DAY_US:.1f}",
                row.total - row.unresolved,
                mean_days(row),
            )
            for row in rows
        ],
    )


@conflicts_app.command("sweep")
def sweep_all(
    *,
    mend: Annotated[bool, typer.Option("--mend", help="Give what is missing its effect.")] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Compute every encounter from scratch and name any missing one. 0: none, 4: some."""
    with desk(user) as at:
        found = run_sweep(at.caller, at.store, mend=mend)
    missed = [one for one in found.missing if not one.is_only_untold]
    if json:
        print_json(found)
    else:
        _print_sweep(found)
    if (len(missed) > 0 and not mend) or len(found.bare) > 0:
        raise typer.Exit(_MISSING)


@conflicts_app.command()
def escalate(*, user: As = None) -> None:
    """Bring conflicts that were not acknowledged in time before the supervisors."""
    with desk(user) as at:
        refs = run_escalation(at.caller, at.store)
    say(f"{len(refs)} conflicts escalated.")


def _print_sweep(found: Sweep) -> None:
    say(
        f"{found.encounters} encounters of {found.claims} claims computed from scratch; "
        f"{len(found.missing)} are missing, {found.mended} were mended."
    )
    for one in found.missing:
        what = (
            "a silence has ended, tell both sides with --mend" if one.is_only_untold else "MISSED"
        )
        complain(f"{one.kind}: {one.first} and {one.second} ({', '.join(one.refs)}): {what}")
    for ref in found.bare:
        complain(f"claim {ref} lost its identifier and meets nobody: a defect, report it")


def _say(what: str, done: Stepped) -> None:
    say(f"{what}. The conflict is {done.status}; version {done.version}.")
