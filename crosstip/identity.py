"""Under whose name a command works: `--as USER`, or the setting CROSSTIP_USER."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from crosstip.output import complain
from crosstip.session import actor, opened
from graph.audit.records import agency_of_log
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import own, permits, require
from graph.casework.tip_scope import scope_of
from graph.clock import to_us
from graph.errors import CrosstipError, SettingsError, StoreError
from graph.opening import OpenStore
from graph.scoring.pairs import Basis
from graph.services.acting import About, refusal
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of, whoever_is_there
from graph.services.showing import note_shown
from graph.store import Store

As = Annotated[
    str | None, typer.Option("--as", help="User to act as; else the setting CROSSTIP_USER.")
]
WITHOUT_USERS = (
    "No user is entered yet: this is done as whoever runs the installation, without a name. "
    "`crosstip user first-operator` ends that."
)
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day (UTC).")]


class IdentitySettings(BaseSettings):
    """Who works at this terminal."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    user: str | None = Field(
        default=None, description="User that commands act as where `--as` names none."
    )


@dataclass(slots=True, kw_only=True)
class Desk:
    """An open store, who works with it, and the log of what they do and are shown."""

    found: OpenStore
    caller: Caller
    reads: ReadLog
    deed: Deed | None = None
    """What the policies permitted; None where each service asks them."""
    is_logged: bool = False

    @property
    def store(self) -> Store:
        """The store as the caller may see it: of tips those that their agency holds."""
        return self.found.store.seen_by(scope_of(self.caller))

    @property
    def whole(self) -> Store:
        """The store with every tip, for work that is the installation's: nobody is shown it."""
        return self.found.store

    @property
    def basis(self) -> Basis:
        """What links rest on here."""
        return self.found.basis

    @property
    def synthetic(self) -> bool:
        """Whether nothing in the store is real."""
        return self.found.info.synthetic

    @property
    def counts_all(self) -> bool:
        """Whether the caller is told how much there is of all agencies."""
        return permits(self.caller, Deed.FIGURES_ALL, resource=own(self.caller))

    @property
    def name(self) -> str:
        """Who acts, as records keep it."""
        return self.caller.user

    def asks(self, log: str) -> None:
        """Come back when the caller may do this with a log of that name.

        Raises:
            RightsError: it is another agency's, or the operators'.
        """
        if self.deed is not None:
            require(self.caller, self.deed, resource=Resource(owner=agency_of_log(log)))

    def shows(self, record: str | None, *others: str, outcome: str = "done") -> None:
        """Log that something was done, or is about to be shown: keys of the records.

        Raises:
            NotFoundError: the policies forbid one of them, which a query let through.
            StoreError: the log could not be written; nothing may be shown then.
        """
        if self.deed is None:
            return
        note_shown(
            self.caller,
            self.whole,
            reads=self.reads,
            deed=self.deed,
            record=record,
            others=others,
            outcome=outcome,
        )
        self.is_logged = True


@contextmanager
def desk(
    user: str | None, deed: Deed | None = None, *, synthetic: bool | None = None
) -> Iterator[Desk]:
    """Open the store as a user whose account is in service: the one door for commands.

    With a deed the policies are asked before anything is done, and a leaf is written at the end of
    what is done inside, unless `shows` wrote it; answers are printed after that. Services of
    casework do both by themselves. While no user is entered, whoever has the machine may do what
    the policies permit to them.

    Raises:
        typer.Exit: no user is named, a policy forbids it, or the work inside failed.
    """
    with opened(synthetic=synthetic) as found:
        at = Desk(
            found=found,
            caller=_whoever(found.store, user, deed),
            reads=ReadLog(found.store),
            deed=deed,
        )
        if deed is None:
            yield at
            return
        try:
            require(at.caller, deed)
            yield at
        except StoreError:
            raise
        except CrosstipError as error:
            at.reads.note([refusal(at.caller, deed, About(), error)], actor=at.caller.user)
            raise
        if not at.is_logged:
            at.shows(None)


def _whoever(store: Store, user: str | None, deed: Deed | None) -> Caller:
    named = (user if user is not None else IdentitySettings().user or "").strip().casefold()
    if named != "":
        return caller_of(store, named)
    nobody = None if deed is None else whoever_is_there(store, actor())
    if nobody is None:
        raise SettingsError("Work is done under a name: give --as USER, or set CROSSTIP_USER.")
    complain(WITHOUT_USERS)
    return nobody


def day_us(day: datetime | None) -> int | None:
    """Give the beginning of a day in UTC, None for none."""
    return None if day is None else to_us(day.replace(tzinfo=UTC))
