"""Commands about agencies: seed, add, change, list, show, their units and agreements."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, when
from crosstip.identity import As, Day, day_us, desk
from crosstip.output import print_json, print_table, say
from graph.casework.keys import folded
from graph.casework.vocabulary import AgencyKind
from graph.errors import RowError
from graph.queries.people import AgencyRow
from graph.services.agencies import (
    AgencyChange,
    NewAgency,
    add_agency,
    add_unit,
    change_agency,
    list_agencies,
    seed,
    show_agency,
)
from graph.services.agreements import add_agreement, end_agreement, list_agreements

agency_app = typer.Typer(help="Agencies, their units and agreements.", no_args_is_help=True)
unit_app = typer.Typer(help="Units of the own agency.", no_args_is_help=True)
agreement_app = typer.Typer(help="Agreements with other agencies.", no_args_is_help=True)
agency_app.add_typer(unit_app, name="unit")
agency_app.add_typer(agreement_app, name="agreement")

_Key = Annotated[str, typer.Argument(help="Short name of the agency.")]
_Contact = Annotated[str | None, typer.Option(help="Whom to call.")]
_State = Annotated[str | None, typer.Option(help="US state, two letters.")]
_Region = Annotated[str | None, typer.Option(help="Part of the state.")]
_TaskForce = Annotated[str | None, typer.Option(help="Of an affiliate: its task force.")]
_LONGEST_LIST = 1000


@agency_app.command("seed")
def seed_all(*, user: As = None) -> None:
    """Enter the 61 ICAC task forces that are not there, unverified and without contacts."""
    with desk(user) as at:
        entered = seed(at.caller, at.store)
    say(
        f"{entered} task forces entered from the seed. None is verified: names and regions are as "
        "publicly known. Check each, then `crosstip agency change KEY --verified --contact TEXT`."
    )


@agency_app.command()
def add(
    key: _Key,
    *,
    name: Annotated[str, typer.Option(help="Full name.")],
    kind: Annotated[AgencyKind, typer.Option(help="What it is.")],
    state: _State = None,
    region: _Region = None,
    contact: _Contact = None,
    source: Annotated[str | None, typer.Option(help="Where this is from.")] = None,
    task_force: _TaskForce = None,
    since: Day = None,
    user: As = None,
) -> None:
    """Enter an agency; an affiliate names its task force, and since when (--since)."""
    new = NewAgency(
        key=key,
        name=name,
        kind=kind,
        state=state,
        region=region,
        contact=contact,
        source=source,
        task_force=task_force,
        affiliated_us=day_us(since),
    )
    with desk(user) as at:
        row = add_agency(at.caller, at.store, new=new)
    say(f"{row.key} is entered.")


@agency_app.command()
def change(
    key: _Key,
    *,
    version: Annotated[int | None, typer.Option(help="Version that you looked at.")] = None,
    name: Annotated[str | None, typer.Option(help="Full name.")] = None,
    state: _State = None,
    region: _Region = None,
    contact: _Contact = None,
    zone: Annotated[
        str | None, typer.Option(help="Time zone of its days, such as America/Denver.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Where this is from.")] = None,
    verified: Annotated[bool | None, typer.Option(help="A person checked the entry.")] = None,
    task_force: _TaskForce = None,
    since: Day = None,
    left: Day = None,
    until: Day = None,
    user: As = None,
) -> None:
    """Change an agency's entry, or end it (--until); --left ends an affiliation."""
    made = AgencyChange(
        name=name,
        state=state,
        region=region,
        contact=contact,
        zone=zone,
        source=source,
        verified=verified,
        task_force=task_force,
        affiliated_us=day_us(since),
        left_us=day_us(left),
        until_us=day_us(until),
    )
    with desk(user) as at:
        key = folded(key)
        expected = version
        if expected is None:
            found = show_agency(at.caller, at.store, key=key, reads=at.reads)
            expected = found.agency.version or 0
        row = change_agency(at.caller, at.store, key=key, expected=expected, change=made)
    say(f"{row.key} is changed; it has version {row.version} now.")


@agency_app.command("list")
def list_all(
    *,
    after: Annotated[str, typer.Option(help="Key after which the list begins.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=_LONGEST_LIST)] = _LONGEST_LIST,
    user: As = None,
    json: Json = False,
) -> None:
    """List agencies; what came as a seed is marked unverified."""
    with desk(user) as at:
        rows = list_agencies(at.caller, at.store, reads=at.reads, after=after, limit=limit)
    if json:
        print_json(rows)
        return
    _print(rows)
    if len(rows) == limit:
        say(f"Only {limit} are shown; --after {rows[-1].key} has the next ones.")


@agency_app.command()
def show(key: _Key, *, user: As = None, json: Json = False) -> None:
    """Show an agency with its units."""
    with desk(user) as at:
        card = show_agency(at.caller, at.store, key=key, reads=at.reads)
    if json:
        print_json(card)
        return
    _print([card.agency])
    row = card.agency
    if row.task_force is not None:
        say(
            f"Affiliated with {row.task_force} since {when(row.affiliated_us)}"
            f"{f' until {when(row.left_us)}' if row.left_us is not None else ''}."
        )
    units = [(unit.name, unit.contact, unit.key) for unit in card.units]
    print_table("Units", ("unit", "contact", "key"), units)


@unit_app.command("add")
def add_one_unit(
    name: Annotated[str, typer.Argument(help="Name of the unit.")],
    *,
    contact: _Contact = None,
    user: As = None,
) -> None:
    """Enter a unit of the own agency."""
    with desk(user) as at:
        row = add_unit(at.caller, at.store, name=name, contact=contact)
    say(f"{row.key} is entered.")


@agreement_app.command("add")
def add_one_agreement(
    other: Annotated[str, typer.Argument(help="Short name of the other agency.")],
    *,
    reference: Annotated[str, typer.Option(help="Where the signed paper is.")],
    since: Day = None,
    until: Day = None,
    equal_rules: Annotated[
        bool, typer.Option(help="Both accept 28 CFR Part 23 or equal rules.")
    ] = False,
    user: As = None,
) -> None:
    """Enter an agreement of the own agency with another one."""
    with desk(user) as at:
        from_us, until_us = day_us(since), day_us(until)
        if until_us is None:
            raise RowError("An agreement ends on a day: give --until.")
        row = add_agreement(
            at.caller,
            at.store,
            other=folded(other),
            reference=reference,
            equal_rules=equal_rules,
            from_us=at.caller.as_of_us if from_us is None else from_us,
            until_us=until_us,
        )
    say(f"Entered as {row.key}; it holds until {when(row.until_us)}.")


@agreement_app.command("end")
def end_one_agreement(
    key: Annotated[str, typer.Argument(help="Key of the agreement, see `list`.")],
    *,
    why: Annotated[str, typer.Option(help="Reason; it is kept.")],
    user: As = None,
) -> None:
    """End an agreement before its time; it stays on record."""
    with desk(user) as at:
        row = end_agreement(at.caller, at.store, key=key, why=why)
    say(f"Ended {when(row.ended_us)}.")


@agreement_app.command("list")
def list_all_agreements(*, user: As = None, json: Json = False) -> None:
    """List the own agency's agreements, ended ones included."""
    with desk(user) as at:
        rows = list_agreements(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    print_table(
        "Agreements",
        ("between", "and", "paper", "equal rules", "from", "until", "ended", "key"),
        [
            (
                row.first,
                row.second,
                row.reference,
                row.equal_rules,
                when(row.from_us),
                when(row.until_us),
                when(row.ended_us),
                row.key,
            )
            for row in rows
        ],
    )


def _print(rows: tuple[AgencyRow, ...] | list[AgencyRow]) -> None:
    print_table(
        "Agencies",
        ("agency", "name", "kind", "state", "region", "contact", "checked", "source", "version"),
        [
            (
                row.key,
                row.name,
                row.kind,
                row.state,
                row.region,
                row.contact,
                "checked" if row.verified else "UNVERIFIED",
                row.source,
                row.version,
            )
            for row in rows
        ],
    )
