"""Commands about API keys: make, list, withdraw."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from graph.casework.deeds import Deed
from graph.casework.vocabulary import UserRole
from graph.services.api_keys import (
    LONGEST_DAYS,
    NewApiKey,
    end_api_key,
    list_api_keys,
    mint_api_key,
)

api_key_app = typer.Typer(help="Keys with which an agency's programs ask.", no_args_is_help=True)


@api_key_app.command()
def make(
    program: Annotated[str, typer.Argument(help="The program's account, such as rms.harrow.")],
    *,
    scope: Annotated[list[Deed], typer.Option(help="What it may do; may be repeated.")],
    role: Annotated[list[UserRole] | None, typer.Option(help="Of a new account.")] = None,
    network: Annotated[list[str] | None, typer.Option(help="From where; repeatable.")] = None,
    days: Annotated[int, typer.Option(min=1, max=LONGEST_DAYS)] = LONGEST_DAYS,
    user: As = None,
) -> None:
    """Make a key for a program of your agency; it is shown once."""
    new = NewApiKey(
        user=program,
        scopes=frozenset(scope),
        roles=None if role is None else frozenset(role),
        networks=tuple(network or ()),
        days=days,
    )
    with desk(user) as at:
        fresh = mint_api_key(at.caller, at.store, new=new)
    say(f"API key {fresh.ref}, shown this once: {fresh.text}")
    say(f"It holds for {days} days.")


@api_key_app.command("list")
def list_all(*, user: As = None, json: Json = False) -> None:
    """List your agency's keys, and when each was last used."""
    with desk(user) as at:
        rows = list_api_keys(at.caller, at.store, reads=at.reads)
    if json:
        print_json([row.model_copy(update={"key": ""}) for row in rows])
        return
    print_table(
        "API keys",
        ("key", "program", "may", "from", "until", "last used", "ended"),
        [
            (
                row.ref,
                row.user,
                row.scopes,
                row.networks,
                when(row.ends_us),
                when(row.used_us),
                when(row.ended_us),
            )
            for row in rows
        ],
    )


@api_key_app.command()
def end(
    ref: Annotated[str, typer.Argument(help="What the key begins with, after `ctk_`.")],
    *,
    user: As = None,
) -> None:
    """Withdraw a key at once."""
    with desk(user) as at:
        row = end_api_key(at.caller, at.store, ref=ref)
    say(f"The key {ref} of {row.user} opens nothing any more.")
