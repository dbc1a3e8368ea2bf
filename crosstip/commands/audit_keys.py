"""Commands about the key that signs checkpoints: files on the machine, not in the store."""

from __future__ import annotations

import typer

from crosstip.output import say
from crosstip.session import sentences
from graph.audit.keys import KeyFiles, load_signer, new_signer, save_signer
from graph.audit.settings import AuditSettings

key_app = typer.Typer(help="The key that signs checkpoints.", no_args_is_help=True)


@key_app.command("new")
def new_key() -> None:
    """Make the key that signs checkpoints, and print its public part."""
    with sentences():
        keys = AuditSettings().keys
        save_signer(keys.signing, new_signer())
        _show_key(keys)


@key_app.command("rotate")
def rotate_key() -> None:
    """Make the key that takes over; the next checkpoint is signed by both."""
    with sentences():
        keys = AuditSettings().keys
        load_signer(keys.signing)
        save_signer(keys.next, new_signer())
        _show_key(keys)


@key_app.command("show")
def show_key() -> None:
    """Print the public key: give it to every agency, on paper or by telephone."""
    with sentences():
        _show_key(AuditSettings().keys)


def _show_key(keys: KeyFiles) -> None:
    say(load_signer(keys.signing).public.text)
    if keys.next.exists():
        say(f"{load_signer(keys.next).public.text} takes over with the next checkpoint")
