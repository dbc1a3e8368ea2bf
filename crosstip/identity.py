"""Under whose name a command does casework: `--as USER`, or the setting CROSSTIP_USER."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from crosstip.session import opened
from graph.casework.caller import Caller
from graph.clock import to_us
from graph.errors import SettingsError
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.store import Store

As = Annotated[
    str | None, typer.Option("--as", help="User to act as; else the setting CROSSTIP_USER.")
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day (UTC).")]


class IdentitySettings(BaseSettings):
    """Who works at this terminal."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    user: str | None = Field(
        default=None, description="User that commands act as where `--as` names none."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open store, who works with it, and the log of what they are shown."""

    store: Store
    caller: Caller
    reads: ReadLog
    synthetic: bool


@contextmanager
def desk(user: str | None) -> Iterator[Desk]:
    """Open the store as a user whose account is in service.

    Raises:
        typer.Exit: no user is named, the account has no rights, or the work inside failed.
    """
    with opened() as found:
        named = (user if user is not None else IdentitySettings().user or "").strip().casefold()
        if named == "":
            raise SettingsError(
                "Casework is done under a name: give --as USER, or set CROSSTIP_USER."
            )
        yield Desk(
            store=found.store,
            caller=caller_of(found.store, named),
            reads=ReadLog(found.store),
            synthetic=found.info.synthetic,
        )


def day_us(day: datetime | None) -> int | None:
    """Give the beginning of a day in UTC, None for none."""
    return None if day is None else to_us(day.replace(tzinfo=UTC))
