"""Commands about security keys of the people one manages."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from graph.casework.keys import user_key
from graph.services.user_keys import end_user_key, list_user_keys

_Key = Annotated[str, typer.Argument(help="User name.")]


def keys(key: _Key, *, user: As = None, json: Json = False) -> None:
    """List the security keys of a user."""
    key = user_key(key)
    with desk(user) as at:
        rows = list_user_keys(at.caller, at.store, key=key, reads=at.reads)
    if json:
        print_json(rows)
        return
    lines = [
        (r.ref, r.name, ", ".join(r.transports or ()), when(r.made_us), when(r.used_us))
        for r in rows
    ]
    print_table(f"Security keys of {key}", ("ref", "name", "by", "added", "used"), lines)


def end_key(
    key: _Key,
    ref: Annotated[str, typer.Argument(help="What names the key: see `crosstip user keys`.")],
    *,
    user: As = None,
) -> None:
    """End a security key of a user at once; the user is told."""
    key = user_key(key)
    with desk(user) as at:
        end_user_key(at.caller, at.store, key=key, ref=ref)
    say(f"The security key {ref} of {key} is ended.")
