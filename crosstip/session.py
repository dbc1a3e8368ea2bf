"""What a command works with: the settings, and an open store, with errors turned into sentences."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError

from crosstip.output import complain
from graph.errors import CrosstipError
from graph.opening import OpenStore, open_store
from graph.settings import StoreSettings
from ingest.settings import IntakeSettings
from ingest.site import Site, open_site

FAILED = 1


@contextmanager
def sentences() -> Iterator[None]:
    """End the command with a sentence and exit code 1 on everything raised on purpose."""
    try:
        yield
    except CrosstipError as error:
        complain(f"crosstip: {error}")
        raise typer.Exit(FAILED) from error
    except ValidationError as error:
        complain("crosstip: a value given is no text that a store can hold. Check what was typed.")
        raise typer.Exit(FAILED) from error
    except BrokenPipeError:
        # Whoever reads has read enough, as `head` does; the command line ends quietly.
        raise
    except OSError as error:
        where = "" if error.filename is None else f" at {error.filename}"
        complain(
            f"crosstip: the machine refused{where}: {error.strerror or type(error).__name__}. "
            "Check that it is there, that you may use it, and that the disk has room; then do it "
            "again."
        )
        raise typer.Exit(FAILED) from error


@contextmanager
def opened(*, synthetic: bool | None = None) -> Iterator[OpenStore]:
    """Open the store that the environment names.

    Raises:
        typer.Exit: it cannot be opened, or the work inside ended in a CrosstipError.
    """
    with sentences(), open_store(StoreSettings(), synthetic=synthetic) as found:
        yield found


@contextmanager
def opened_site() -> Iterator[Site]:
    """Open spool, vault and quarantine that the environment names; always inside a desk.

    Errors go on to it, so that it writes what was refused into the log.
    """
    with open_site(StoreSettings().data_dir, IntakeSettings()) as site:
        yield site


def actor() -> str:
    """Give the name under which a command acts until log-on exists: the account of the system."""
    return f"{getpass.getuser()} (pid {os.getpid()})"


def tip_key(text: str) -> str:
    """Give a tip's key from what a person types: `123` means `ncmec:123`."""
    text = text.strip()
    return text if ":" in text else f"ncmec:{text}"
