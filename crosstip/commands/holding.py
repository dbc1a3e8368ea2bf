"""Commands that say whose tips are."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json
from crosstip.identity import As, Desk, desk
from crosstip.output import print_json, say
from crosstip.session import tip_key
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import require
from graph.errors import SettingsError
from graph.services.band_telling import tell_bands
from graph.services.holders import hold_tips, release_tips
from graph.services.tip_access import unheld_tips
from ingest.preparing import agency_key

tip_app = typer.Typer(help="Say whose tips are: their holders see them.", no_args_is_help=True)
_Tips = Annotated[list[str] | None, typer.Argument(help="Tip numbers.")]
_Agency = Annotated[str | None, typer.Option(help="Agency [default: your own].")]


@tip_app.command()
def hold(
    tips: _Tips = None,
    *,
    agency: _Agency = None,
    unheld: Annotated[
        bool, typer.Option("--unheld", help="All tips that nobody holds; operators only.")
    ] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Note that an agency holds tips: its people see them from now on, and claims meet them.

    An agency may take tips that nobody holds; what others hold only an operator gives to it.
    """
    with desk(user) as at:
        key = _agency(at, agency)
        if unheld is (tips is not None and len(tips) > 0):
            raise SettingsError("Name tips, or give --unheld for all that nobody holds.")
        if unheld:
            require(at.caller, Deed.FIGURES_ALL)
            parts = list(unheld_tips(at.whole))
        else:
            parts = [[tip_key(tip) for tip in tips or []]]
        fresh = [tip for part in parts for tip in hold_tips(at.caller, at.store, part, agency=key)]
        if unheld:
            tell_bands(at.whole)
    if json:
        print_json({"agency": key, "tips": len(fresh)})
        return
    say(f"{key} holds {len(fresh)} tips that it did not hold before.")


@tip_app.command()
def release(tips: _Tips, *, agency: _Agency = None, user: As = None, json: Json = False) -> None:
    """Note that an agency holds tips no longer: it sees them no more; its notices stay."""
    with desk(user) as at:
        key = _agency(at, agency)
        wanted = [tip_key(tip) for tip in tips or []]
        gone = release_tips(at.caller, at.store, wanted, agency=key)
    if json:
        print_json({"agency": key, "tips": len(gone)})
        return
    say(f"{key} holds {len(gone)} tips no longer.")


def _agency(at: Desk, named: str | None) -> str:
    key = at.caller.agency if named is None else agency_key(named)
    if key is None:
        raise SettingsError("Name the agency that holds them: --agency.")
    require(at.caller, Deed.TIP_HOLD, resource=Resource(owner=key))
    return key
