"""Commands of whoever routes tips: who may hold one and why, to give it, to move it, and areas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.routing_wording import in_words
from crosstip.commands.wording import Json, banner, minute, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from graph.queries.routing import RECEIPT_PAGE, AreaRow
from graph.routing.areas import SHIPPED, shipped_areas
from graph.routing.recipients import Purpose
from graph.services.routing_areas import PAGE as AREA_PAGE
from graph.services.routing_areas import Entered, list_areas, load_areas
from graph.services.routing_decisions import Routing, decide
from graph.services.routing_proposals import routes
from graph.services.routing_receipts import Decided, list_receipts

route_app = typer.Typer(
    help="Routing: who may hold a tip and why; a person decides.", no_args_is_help=True
)
areas_app = typer.Typer(help="Which agency covers which area, from when.", no_args_is_help=True)
route_app.add_typer(areas_app, name="areas")
_Tip = Annotated[str, typer.Argument(help="Tip number.")]
_To = Annotated[str, typer.Option("--to", help="Agency that is to hold it.")]
_Purpose = Annotated[Purpose | None, typer.Option(help="What for [default: the usual].")]
_Why = Annotated[str | None, typer.Option(help="Reason, which both sides keep.")]
_Seen = Annotated[str | None, typer.Option(help="`seen` of the proposals that you looked at.")]
_Acknowledge = Annotated[
    str | None,
    typer.Option(help="Why it goes in spite of a warning about permitted recipients."),
]


@route_app.command("propose")
def propose_holders(
    tip: _Tip, *, purpose: _Purpose = None, user: As = None, json: Json = False
) -> None:
    """Show who may hold a tip, with every reason; several, or none, is a normal answer."""
    with desk(user) as at:
        found = routes(
            at.caller,
            at.store,
            tip=tip_key(tip),
            files=at.found.routing,
            reads=at.reads,
            purpose=purpose,
        )
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    for line in in_words(found):
        say(line)


@route_app.command()
def accept(
    tip: _Tip,
    *,
    to: _To,
    why: _Why = None,
    purpose: _Purpose = None,
    acknowledge: _Acknowledge = None,
    seen: _Seen = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Let an agency hold a tip: a proposal that you follow, or with a reason another one."""
    wanted = Routing(
        tip=tip_key(tip),
        agency=to,
        why=why,
        purpose=purpose,
        acknowledged=acknowledge,
        seen=seen,
    )
    _decide(wanted, user=user, json=json)


@route_app.command()
def move(
    tip: _Tip,
    *,
    from_agency: Annotated[str, typer.Option("--from", help="Agency whose access ends at once.")],
    to: _To,
    why: Annotated[str, typer.Option(help="Reason, which both sides keep.")],
    purpose: _Purpose = None,
    acknowledge: _Acknowledge = None,
    seen: _Seen = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Move a tip that was routed wrongly: one agency's access ends, its notices and log stay."""
    wanted = Routing(
        tip=tip_key(tip),
        agency=to,
        from_agency=from_agency,
        why=why,
        purpose=purpose,
        acknowledged=acknowledge,
        seen=seen,
    )
    _decide(wanted, user=user, json=json)


@route_app.command()
def receipts(
    *,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=RECEIPT_PAGE, help="How many.")] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List your agency's receipts: tips that were given to it or taken from it, and why."""
    with desk(user) as at:
        page = list_receipts(at.caller, at.store, reads=at.reads, after=after, limit=limit)
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    print_table(
        "Receipts of routing",
        ("when", "tip", "side", "other side", "by", "reason", "receipt"),
        [
            (minute(r.at_us), r.tip, r.side, r.other or "-", r.decided_by, r.why or "-", r.ref)
            for r in page.receipts
        ],
    )
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@areas_app.command("load")
def load(
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV; without one what comes with Crosstip, all unverified."),
    ] = None,
    *,
    user: As = None,
    json: Json = False,
) -> None:
    """Enter or change areas from a CSV file; what it does not name stays as it is."""
    with desk(user) as at:
        if file is None:
            text, name = shipped_areas(), SHIPPED
        else:
            text, name = file.read_text(encoding="utf-8"), file.name
        done = load_areas(at.caller, at.store, text=text, name=name, known_only=file is None)
    if json:
        print_json(done)
        return
    _say_entered(done, is_shipped=file is None)


@areas_app.command("show-shipped")
def show_shipped() -> None:
    """Print the file that comes with Crosstip, to be checked, edited and loaded."""
    typer.echo(shipped_areas(), nl=False)


@areas_app.command("list")
def list_them(*, user: As = None, json: Json = False) -> None:
    """List every area, ended ones too, with its source and whether a person checked it."""
    rows: list[AreaRow] = []
    with desk(user) as at:
        while True:
            after = rows[-1].key if len(rows) > 0 else ""
            page = list_areas(at.caller, at.store, reads=at.reads, after=after)
            rows += page
            if len(page) < AREA_PAGE:
                break
        synthetic = at.synthetic
    rows.sort(key=lambda r: (r.agency, r.country, r.state or "", r.county or "", r.city or ""))
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        "Areas",
        ("agency", "country", "state", "county", "city", "from", "until", "verified", "source"),
        [
            (
                *(r.agency, r.country, r.state or "-", r.county or "-", r.city or "-"),
                *(when(r.from_us)[:10], when(r.until_us)[:10]),
                *("yes" if r.verified else "NO", r.source),
            )
            for r in rows
        ],
    )


def _decide(wanted: Routing, *, user: str | None, json: bool) -> None:
    with desk(user) as at:
        done = decide(at.caller, at.store, files=at.found.routing, wanted=wanted)
    if json:
        print_json(done)
        return
    _say_decided(done)


def _say_decided(done: Decided) -> None:
    if done.from_agency is None:
        say(f"{done.agency} holds {done.tip} now.")
    else:
        say(f"{done.agency} holds {done.tip} now; {done.from_agency} sees it no more.")
    say(f"Receipt {done.ref}, for {done.purpose}: {done.permit}, {done.paragraph}.")


def _say_entered(done: Entered, *, is_shipped: bool) -> None:
    say(f"{done.entered} areas entered, {done.changed} changed, {done.unchanged} as they were.")
    if len(done.unknown) > 0:
        say(f"Left out, as no such agency is entered: {', '.join(done.unknown)}.")
    if is_shipped:
        say(
            "None is verified: this is general knowledge. `crosstip route areas show-shipped` "
            "prints it; check each line with its agency, then load the corrected file."
        )
