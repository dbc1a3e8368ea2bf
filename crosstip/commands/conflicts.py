"""Commands about conflicts: what the own agency is told of, and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, Desk, desk
from crosstip.output import complain, print_json, print_table, say
from graph.casework.conflict_life import Resolution
from graph.queries.conflict_views import MatrixRow
from graph.services.conflict_reading import (
    PAGE,
    ConflictView,
    ReasonView,
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
_Version = Annotated[int | None, typer.Option(help="Version that you looked at.")]


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
    print_table(
        "Conflicts",
        ("conflict", "severity", "status", "own", "other side", "call", "open since", "yours"),
        [
            (
                row.ref,
                row.severity,
                row.status,
                row.own_reference or "held tips",
                _other(row),
                row.other_contact,
                when(row.since_us),
                _clock(row),
            )
            for row in rows
        ],
    )
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
    for line in _lines(row):
        say(line)
    print_table(
        "You meet in",
        ("what", "identifier", "yours", "your role", "their role", "asked by", "found", "times"),
        [_reason(reason) for reason in row.reasons],
    )
    if len(row.messages) > 0:
        print_table(
            "Messages",
            ("no.", "when", "agency", "by", "text"),
            [(m.number, when(m.at_us), m.agency, m.written_by, m.text) for m in row.messages],
        )


@conflicts_app.command("acknowledge")
def acknowledge_one(ref: _Ref, *, user: As = None) -> None:
    """Say that your side knows: its clock ends."""
    with desk(user) as at:
        done = acknowledge(at.caller, at.store, ref=ref)
    _say(done)


@conflicts_app.command("coordinate")
def coordinate_one(ref: _Ref, *, version: _Version = None, user: As = None) -> None:
    """Say that the sides talk."""
    with desk(user) as at:
        expected = _expected(at, ref, version)
        done = coordinate(at.caller, at.store, ref=ref, expected=expected)
    _say(done)


@conflicts_app.command("resolve")
def resolve_one(
    ref: _Ref,
    resolution: Annotated[Resolution, typer.Argument(help="How it ended.")],
    *,
    why: _Why,
    version: _Version = None,
    user: As = None,
) -> None:
    """End a conflict; the other side is told and may open it again."""
    with desk(user) as at:
        done = resolve(
            at.caller,
            at.store,
            ref=ref,
            expected=_expected(at, ref, version),
            resolution=resolution,
            why=why,
        )
    _say(done)


@conflicts_app.command("reopen")
def reopen_one(ref: _Ref, *, why: _Why, version: _Version = None, user: As = None) -> None:
    """Open a conflict again that was resolved too soon."""
    with desk(user) as at:
        expected = _expected(at, ref, version)
        done = reopen(at.caller, at.store, ref=ref, expected=expected, why=why)
    _say(done)


@conflicts_app.command()
def message(
    ref: _Ref, text: Annotated[str, typer.Argument(help="What.")], *, user: As = None
) -> None:
    """Write to the other side; it stays with the conflict."""
    with desk(user) as at:
        done = write_message(at.caller, at.store, ref=ref, text=text)
    _say(done)


@conflicts_app.command("matrix")
def print_matrix(*, user: As = None, json: Json = False) -> None:
    """Show how conflicts with each other agency stand, and how long resolving takes."""
    with desk(user) as at:
        rows = matrix(at.caller, at.store, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        "Conflicts by agency",
        ("agency", "unresolved", "urgent", "oldest since", "resolved", "mean days to resolve"),
        [
            (
                row.other,
                row.unresolved,
                row.urgent,
                when(row.oldest_us),
                row.total - row.unresolved,
                _days(row),
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
    if len(missed) > 0 and not mend:
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


def _expected(at: Desk, ref: str, version: int | None) -> int:
    if version is not None:
        return version
    return show_conflict(at.caller, at.store, ref=ref, reads=at.reads).version


def _say(done: Stepped) -> None:
    say(f"The conflict is {done.status}; version {done.version}.")


def _other(row: ConflictView) -> str:
    if row.is_protected:
        return f"{row.other_agency} (protected: a supervisor)"
    return f"{row.other_agency} {row.other_reference or 'held tips'}"


def _clock(row: ConflictView) -> str:
    if row.seen_us is not None:
        return f"acknowledged by {row.seen_by}"
    if row.status == "resolved":
        return "-"
    return f"{'LATE, was due' if row.late_us is not None else 'due'} {when(row.due_us)}"


def _lines(row: ConflictView) -> Sequence[str]:
    told = (
        f"they acknowledged: {when(row.other_seen_us)}"
        if row.is_other_told
        else "they were NOT told and see nothing of it"
    )
    lines = [
        f"Conflict {row.ref}: {row.status}, {row.severity}; version {row.version}.",
        f"Why {row.severity}: {' '.join(row.severity_why)}",
        f"Your side: {row.own_reference or 'tips that your agency holds'}; {_clock(row)}.",
        f"The other side: {_other(row)}; call {row.other_contact}; {told}.",
    ]
    if row.resolution is not None:
        lines.append(
            f"Resolved ({row.resolution}) at {when(row.resolved_us)} by {row.resolved_by}: "
            f"{row.resolved_why}"
        )
    return lines


def _reason(row: ReasonView) -> tuple[object, ...]:
    return (
        row.kind,
        row.identifier_kind,
        row.own_ref,
        row.own_role,
        row.other_role,
        row.asked_by,
        when(row.first_us),
        row.times,
    )


def _days(row: MatrixRow) -> str:
    resolved = row.total - row.unresolved
    return "-" if resolved == 0 else f"{row.resolving_us / resolved / 86_400_000_000:.1f}"
