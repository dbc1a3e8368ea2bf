"""Commands about the own agency's investigations."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, Desk, desk
from crosstip.output import print_json, print_table, say
from graph.casework.purposes import PURPOSES
from graph.queries.casework import CountedCaseRow
from graph.services.case_access import list_cases, own_key, show_case
from graph.services.cases import (
    CaseChange,
    NewCase,
    close_case,
    hand_over,
    open_case,
    reopen_case,
    update_case,
)

case_app = typer.Typer(help="Investigations of the own agency.", no_args_is_help=True)
_Reference = Annotated[str, typer.Argument(help="The agency's own reference number.")]
_Why = Annotated[str, typer.Option(help="Reason.")]
_Version = Annotated[int | None, typer.Option(help="Version that you looked at.")]
_Deputies = Annotated[list[str] | None, typer.Option("--deputy", help="User; repeatable.")]
_Text = Annotated[str | None, typer.Option()]
_MOST = 1000


@case_app.command("open")
def open_one(
    reference: _Reference,
    *,
    purpose: Annotated[str, typer.Option(help="See `crosstip investigation purposes`.")],
    title: _Text = None,
    contact: Annotated[str | None, typer.Option(help="Whom to call.")] = None,
    unit: Annotated[str | None, typer.Option(help="Key of the unit.")] = None,
    lead: Annotated[str | None, typer.Option(help="User who leads; you when not given.")] = None,
    deputy: _Deputies = None,
    user: As = None,
) -> None:
    """Open an investigation."""
    new = NewCase(
        reference=reference,
        purpose=purpose,
        title=title,
        contact=contact,
        unit=unit,
        lead=lead,
        deputies=tuple(deputy or ()),
    )
    with desk(user) as at:
        row = open_case(at.caller, at.store, new=new)
    say(f"{row.reference} is open, led by {row.lead}.")


@case_app.command()
def update(
    reference: _Reference,
    *,
    version: _Version = None,
    title: _Text = None,
    purpose: _Text = None,
    contact: _Text = None,
    unit: _Text = None,
    deputy: _Deputies = None,
    user: As = None,
) -> None:
    """Change title, purpose, contact, unit or deputies (all of them)."""
    change = CaseChange(
        title=title,
        purpose=purpose,
        contact=contact,
        unit=unit,
        deputies=None if deputy is None else tuple(deputy),
    )
    with desk(user) as at:
        key, expected = _target(at, reference, version)
        row = update_case(at.caller, at.store, key=key, expected=expected, change=change)
    say(f"{row.reference} has version {row.version} now.")


@case_app.command()
def handover(
    reference: _Reference,
    lead: Annotated[str, typer.Argument(help="User who leads from now on.")],
    *,
    why: _Why,
    version: _Version = None,
    user: As = None,
) -> None:
    """Give an investigation another lead of the same agency."""
    with desk(user) as at:
        key, expected = _target(at, reference, version)
        row = hand_over(at.caller, at.store, key=key, expected=expected, lead=lead, why=why)
    say(f"{row.reference} is led by {row.lead} now.")


@case_app.command()
def close(reference: _Reference, *, why: _Why, version: _Version = None, user: As = None) -> None:
    """Close an investigation; its claims stay as historical pointers until they lapse."""
    with desk(user) as at:
        key, expected = _target(at, reference, version)
        row = close_case(at.caller, at.store, key=key, expected=expected, why=why)
    say(f"{row.reference} is closed.")


@case_app.command()
def reopen(reference: _Reference, *, why: _Why, version: _Version = None, user: As = None) -> None:
    """Open a closed investigation again."""
    with desk(user) as at:
        key, expected = _target(at, reference, version)
        row = reopen_case(at.caller, at.store, key=key, expected=expected, why=why)
    say(f"{row.reference} is open again.")


@case_app.command("list")
def list_all(
    *,
    after: Annotated[str, typer.Option(help="Reference after which the list begins.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=_MOST)] = _MOST,
    user: As = None,
    json: Json = False,
) -> None:
    """List the own agency's investigations."""
    with desk(user) as at:
        start = own_key(at.caller, after) if after != "" else ""
        rows = list_cases(at.caller, at.store, reads=at.reads, after=start, limit=limit)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    _print(rows)
    if len(rows) == limit:
        say(f"Only {limit} are shown; --after {rows[-1].reference} has the next ones.")


@case_app.command()
def show(reference: _Reference, *, user: As = None, json: Json = False) -> None:
    """Show an investigation."""
    with desk(user) as at:
        key = own_key(at.caller, reference)
        row = show_case(at.caller, at.store, key=key, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(row)
        return
    banner(synthetic=synthetic)
    _print((row,))


@case_app.command()
def purposes() -> None:
    """List the purposes that an investigation may be run and a question asked for."""
    rows = [(p.key, p.meaning, p.used_for, p.source) for p in PURPOSES.values()]
    print_table("Purposes", ("purpose", "meaning", "for", "source"), rows)


def _target(at: Desk, reference: str, version: int | None) -> tuple[str, int]:
    key = own_key(at.caller, reference)
    if version is None:
        found = show_case(at.caller, at.store, key=key, reads=at.reads)
        version = found.version or 0
    return key, version


def _print(rows: tuple[CountedCaseRow, ...]) -> None:
    print_table(
        "Investigations",
        (
            "reference",
            "title",
            "status",
            "purpose",
            "lead",
            "deputies",
            "opened",
            "claims",
            "version",
        ),
        [
            (
                row.reference,
                row.title,
                row.status,
                row.purpose or "not stated",
                row.lead or "not stated",
                row.deputies,
                when(row.opened_us),
                row.claim_total,
                row.version,
            )
            for row in rows
        ],
    )
