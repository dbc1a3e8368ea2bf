"""Commands about how people log on: let in, release, end sessions, the way in at the machine."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import actor, opened
from graph.casework.keys import user_key
from graph.casework.log_text import reason_for_log
from graph.logon.settings import LogOnSettings
from graph.services.enrolment import invite, invite_by_machine
from graph.services.locked_accounts import end_user_sessions, list_locked, release_user
from graph.services.subjects import link_subject

_Key = Annotated[str, typer.Argument(help="User name.")]
_Why = Annotated[str, typer.Option(help="How it was made sure who asks.")]


def say_code(key: str, code: str) -> None:
    """Print an enrolment code, once."""
    hours = LogOnSettings().enrolment_hours
    say(f"Enrolment code of {key}, shown this once: {code}")
    say(
        f"It holds for {hours} h. With it {key} sets password and second factor on the dashboard's "
        "log-in page."
    )


def enrol(key: _Key, *, user: As = None) -> None:
    """Make a one-time code with which a user sets password and second factor."""
    key = user_key(key)
    with desk(user) as at:
        code = invite(at.caller, at.store, key=key, hours=LogOnSettings().enrolment_hours)
    say_code(key, code)


def release(key: _Key, *, why: _Why, user: As = None) -> None:
    """Release an account that failures or disuse locked; an administrator or an operator does."""
    key = user_key(key)
    with desk(user) as at:
        release_user(at.caller, at.store, key=key, why=why)
    say(f"{key} is released.")


def locked(*, user: As = None, json: Json = False) -> None:
    """List the accounts of your agency that are locked."""
    with desk(user) as at:
        rows = list_locked(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    lines = [(row.key, when(row.locked_us), row.locked_why) for row in rows]
    print_table("Locked accounts", ("user", "since", "why"), lines)


def end_sessions(key: _Key, *, user: As = None) -> None:
    """End all sessions of a user at once."""
    key = user_key(key)
    with desk(user) as at:
        ended = end_user_sessions(at.caller, at.store, key=key)
    say(f"{ended} sessions of {key} are ended.")


def link(
    key: _Key,
    *,
    issuer: Annotated[str, typer.Option(help="Issuer, exactly as its tokens name it.")],
    subject: Annotated[str, typer.Option(help="The user's `sub` there.")],
    user: As = None,
) -> None:
    """Enter whom the identity server means by a user."""
    key = user_key(key)
    with desk(user) as at:
        link_subject(at.caller, at.store, key=key, issuer=issuer, subject=subject)
    say(f"{key} may log on by {issuer}.")


def break_glass(key: _Key, *, why: Annotated[str, typer.Option(help="What happened.")]) -> None:
    """Let an operator in whom nobody else can; all operators are alerted."""
    key = user_key(key)
    with opened() as found:
        code = invite_by_machine(
            found.store,
            key=key,
            actor=actor(),
            why=f"break-glass: {reason_for_log(why)}",
            hours=LogOnSettings().enrolment_hours,
        )
    say_code(key, code)
