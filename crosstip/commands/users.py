"""Commands about users: the first operator, add, change, prove, list."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, when
from crosstip.identity import As, Day, day_us, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import actor, opened
from graph.casework.keys import folded, user_key
from graph.casework.vocabulary import UserRole
from graph.clock import now_us
from graph.logon.settings import LogOnSettings
from graph.queries.people import UserRow
from graph.services.callers import why_out_of_service
from graph.services.enrolment import invite_by_machine
from graph.services.user_rules import NewUser
from graph.services.users import (
    UserChange,
    add_user,
    change_user,
    first_operator,
    list_users,
    prove_user,
    show_user,
)

user_app = typer.Typer(help="Who may act here, as what, and until when.", no_args_is_help=True)
_Key = Annotated[str, typer.Argument(help="User name.")]
_Roles = Annotated[list[UserRole] | None, typer.Option("--role", help="Role; may be repeated.")]
_Units = Annotated[list[str] | None, typer.Option("--unit", help="Key of a unit; repeatable.")]
_MOST = 1000


@user_app.command("first-operator")
def make_first_operator(
    key: _Key, *, name: Annotated[str, typer.Option(help="Name of the person.")]
) -> None:
    """Enter an operator while none is in service; whoever runs this machine may."""
    with opened() as found:
        row = first_operator(found.store, key=key, name=name, actor=actor(), at_us=now_us())
        code = invite_by_machine(
            found.store,
            key=row.key,
            actor=actor(),
            why="first operator",
            hours=LogOnSettings().enrolment_hours,
        )
    say(f"{row.key} is an operator. Go on with `crosstip agency seed --as {row.key}`.")
    say(f"To log on: enrolment code, shown this once: {code}")


@user_app.command()
def add(
    key: _Key,
    *,
    name: Annotated[str, typer.Option(help="Name of the person.")],
    agency: Annotated[str | None, typer.Option(help="Agency; the own one when not given.")] = None,
    role: _Roles = None,
    unit: _Units = None,
    since: Day = None,
    until: Day = None,
    user: As = None,
) -> None:
    """Enter a user. An operator enters operators and administrators, these enter the others."""
    with desk(user) as at:
        new = NewUser(
            key=key,
            name=name,
            agency=at.caller.agency if agency is None else folded(agency),
            roles=tuple(role or ()),
            units=tuple(unit or ()),
            from_us=day_us(since),
            until_us=day_us(until),
        )
        row = add_user(at.caller, at.store, new=new)
    say(f"{row.key} is {', '.join(row.roles)}. Prove anew by {when(row.proof_due_us)}.")


@user_app.command()
def change(
    key: _Key,
    *,
    version: Annotated[int | None, typer.Option(help="Version that you looked at.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the person.")] = None,
    role: _Roles = None,
    unit: _Units = None,
    until: Day = None,
    now: Annotated[bool, typer.Option("--end-now", help="End the account at once.")] = False,
    emergency: Annotated[
        bool, typer.Option("--emergency", help="Though records name this user alone.")
    ] = False,
    user: As = None,
) -> None:
    """Change a user's roles (all of them), units or last day, or end the account now."""
    with desk(user) as at:
        made = UserChange(
            name=name,
            roles=None if role is None else tuple(role),
            units=None if unit is None else tuple(unit),
            until_us=at.caller.as_of_us if now else day_us(until),
            emergency=emergency,
        )
        key = user_key(key)
        expected = version
        if expected is None:
            found = show_user(at.caller, at.store, key=key, reads=at.reads)
            expected = found.version or 0
        row = change_user(at.caller, at.store, key=key, expected=expected, change=made)
    say(f"{row.key} is changed: {', '.join(row.roles)}; until {when(row.until_us)}.")


@user_app.command()
def prove(key: _Key, *, user: As = None) -> None:
    """State that a user is still in service; it holds for a year."""
    with desk(user) as at:
        row = prove_user(at.caller, at.store, key=user_key(key))
    say(f"{row.key} is in service; prove anew by {when(row.proof_due_us)}.")


@user_app.command("list")
def list_all(
    *,
    after: Annotated[str, typer.Option(help="User after whom the list begins.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=_MOST)] = _MOST,
    user: As = None,
    json: Json = False,
) -> None:
    """List the users that you manage, supervise or audit, and whose proof is due."""
    with desk(user) as at:
        rows = list_users(at.caller, at.store, reads=at.reads, after=after, limit=limit)
        at_us = at.caller.as_of_us
    if json:
        print_json(rows)
        return
    print_table(
        "Users",
        ("user", "name", "agency", "roles", "until", "proof due", "now", "version"),
        [
            (
                row.key,
                row.name,
                row.agency,
                row.roles,
                when(row.until_us),
                when(row.proof_due_us),
                _now(row, at_us),
                row.version,
            )
            for row in rows
        ],
    )
    if len(rows) == limit:
        say(f"Only {limit} are shown; --after {rows[-1].key} has the next ones.")


def _now(row: UserRow, at_us: int) -> str:
    reason = why_out_of_service(row, at_us)
    return "in service" if reason is None else reason.partition(";")[0]
