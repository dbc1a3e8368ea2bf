"""Commands about hand-offs: tips that one agency offers another, and the receipts of both."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, Day, day_us, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from graph.handoff.showing import Level, Shown
from graph.handoff.steps import HandoffStep, Kind
from graph.queries.handoffs import HandoffRow
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import (
    PAGE,
    Direction,
    HandoffView,
    list_handoffs,
    show_handoff,
    show_receipts,
)
from graph.services.handoff_steps import take_step
from graph.services.upkeep import run_handoff_clock

handoff_app = typer.Typer(
    help="Tips that your agency hands to another, or is offered.", no_args_is_help=True
)
HOUR_US = 3_600_000_000
_Ref = Annotated[str, typer.Argument(help="Name of the hand-off, see `list`.")]
_Version = Annotated[int, typer.Option(help="Version that you looked at, see `show`.")]
_Why = Annotated[str, typer.Option(help="Reason; the other side reads it.")]
_NO_WHY = Annotated[str | None, typer.Option(help="Reason; the other side reads it.")]


@handoff_app.command("offer")
def offer_one(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    to: Annotated[str, typer.Argument(help="Agency, see `agency list`.")],
    *,
    kind: Annotated[Kind, typer.Option(help="What becomes of your own holding.")],
    why: _Why,
    level: Annotated[Level, typer.Option(help="How much the offer shows.")] = Level.POINTER,
    purpose: Annotated[str, typer.Option(help="Of the closed list.")] = "cybertip",
    contact: Annotated[str | None, typer.Option(help="Whom they call; else your agency.")] = None,
    place: Annotated[str | None, typer.Option(help="General place, such as a state.")] = None,
    within_hours: Annotated[
        int | None, typer.Option(min=1, max=720, help="Answered within so long; else by its class.")
    ] = None,
    scope: Annotated[str | None, typer.Option(help="For a prosecutor: for what.")] = None,
    until: Day = None,
    investigation: Annotated[
        str | None, typer.Option(help="Reference of your investigation.")
    ] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Offer a tip to another agency. It sees what the level shows, and the tip once it accepts."""
    with desk(user) as at:
        new = NewOffer(
            tip=tip_key(tip),
            to=to,
            kind=kind,
            why=why,
            level=level,
            purpose=purpose,
            contact=contact,
            place=place,
            due_us=None if within_hours is None else at.caller.as_of_us + within_hours * HOUR_US,
            scope=scope,
            until_us=day_us(until),
            investigation=investigation,
        )
        row = offer(at.caller, at.store, new=new)
    if json:
        print_json(row)
        return
    say(f"Offered as {row.key}; {row.receiver} is told and answers by {minute(row.due_us)}.")
    say(row.permitted)


@handoff_app.command("list")
def list_all(
    direction: Annotated[Direction, typer.Argument(help="Which list.")] = Direction.RECEIVED,
    *,
    every: Annotated[bool, typer.Option("--all", help="What is answered as well.")] = False,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=PAGE, help="How many.")] = 20,
    user: As = None,
    json: Json = False,
) -> None:
    """List what your agency was offered, or offered: what waits first."""
    with desk(user) as at:
        page = list_handoffs(
            at.caller,
            at.store,
            direction=direction,
            reads=at.reads,
            with_done=every,
            after=after,
            limit=limit,
        )
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    if len(page.items) == 0:
        say(f"Nothing that was {direction} waits for an answer.")
        return
    for item in page.items:
        say(_line(item))
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@handoff_app.command()
def show(ref: _Ref, *, user: As = None, json: Json = False) -> None:
    """Show a hand-off, what the offer shows, and your side's receipts with their proof."""
    with desk(user) as at:
        found = show_handoff(at.caller, at.store, key=ref, reads=at.reads)
        receipts = show_receipts(at.caller, at.store, key=ref, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json({"handoff": found, "receipts": receipts})
        return
    banner(synthetic=synthetic)
    say(_line(found))
    if found.answered_why is not None:
        say(f"  reason of {found.answered_by}: {found.answered_why}")
    for text in _shown(found.shown):
        say(f"  {text}")
    say(f"  {found.permitted}")
    agreed = "none in force" if found.agreement is None else found.agreement
    say(f"  agreement: {agreed}; version {found.version}")
    print_table(
        "Your receipts",
        ("no.", "step", "when", "receipt sha256", "disclosed sha256", "log entry", "holds"),
        [
            (
                row.number,
                row.step,
                minute(row.at_us),
                row.sha256,
                row.disclosed_sha256 or "-",
                row.leaf,
                "yes" if row.holds else "NO: " + "; ".join(row.faults),
            )
            for row in receipts
        ],
    )


@handoff_app.command()
def accept(ref: _Ref, *, version: _Version, why: _NO_WHY = None, user: As = None) -> None:
    """Accept: your agency holds the tip from then on."""
    _step(ref, HandoffStep.ACCEPT, version=version, why=why, user=user)


@handoff_app.command()
def decline(ref: _Ref, *, version: _Version, why: _Why, user: As = None) -> None:
    """Decline what was offered."""
    _step(ref, HandoffStep.DECLINE, version=version, why=why, user=user)


@handoff_app.command()
def withdraw(ref: _Ref, *, version: _Version, why: _Why, user: As = None) -> None:
    """Withdraw your agency's offer while it waits."""
    _step(ref, HandoffStep.WITHDRAW, version=version, why=why, user=user)


@handoff_app.command("return")
def return_one(ref: _Ref, *, version: _Version, why: _Why, user: As = None) -> None:
    """Return what your agency accepted: it holds the tip no longer."""
    _step(ref, HandoffStep.RETURN, version=version, why=why, user=user)


@handoff_app.command()
def recall(ref: _Ref, *, version: _Version, why: _Why, user: As = None) -> None:
    """Recall what a prosecutor's office holds, before its time is over."""
    _step(ref, HandoffStep.RECALL, version=version, why=why, user=user)


@handoff_app.command()
def lapse(*, user: As = None) -> None:
    """End offers that nobody answered in time, and what was handed over for a time."""
    with desk(user) as at:
        keys = run_handoff_clock(at.caller, at.store)
    say(f"{len(keys)} hand-offs were ended by the clock.")


def _step(ref: str, step: HandoffStep, *, version: int, why: str | None, user: str | None) -> None:
    with desk(user) as at:
        row = take_step(at.caller, at.store, key=ref, step=step, expected=version, why=why)
    _say(row)


def _say(row: HandoffRow) -> None:
    say(
        f"The hand-off of {row.tip} is {row.stage} now, version {row.version}; both sides have a "
        f"receipt: crosstip handoff show {row.key}"
    )


def _line(found: HandoffView) -> str:
    other = f"to {found.receiver}" if found.side == "giver" else f"from {found.giver}"
    waits = f", to be answered by {minute(found.due_us)}" if found.stage == "offered" else ""
    urgent = "" if found.shown is None else f"  {found.shown.priority.upper()}"
    until = "" if found.until_us is None else f", until {minute(found.until_us)}"
    return (
        f"{found.ref}  {found.tip}{urgent}  {found.kind} {other}: {found.stage}{waits}{until}; "
        f"offered by {found.offered_by} at {minute(found.offered_us)}"
    )


def _shown(shown: Shown | None) -> tuple[str, ...]:
    if shown is None:
        return ("What the offer showed is shown no longer.",)
    texts = [
        f"provider: {shown.provider or 'not stated'}",
        f"files: {_count(shown.files)}; place: {shown.place or 'not stated'}",
        f"why: {shown.why}",
        f"call: {shown.contact}",
    ]
    if shown.scope is not None:
        texts.append(f"for: {shown.scope}")
    if shown.investigation is not None:
        texts.append(f"investigation: {shown.investigation}")
    if shown.identifiers is not None:
        texts.append(f"incident: {', '.join(shown.incident_types or ()) or 'not stated'}")
        texts += [f"reported person: {value}" for value in shown.identifiers]
    if shown.cut_off is not None:
        texts.append(shown.cut_off)
    return tuple(texts)


def _count(files: int | None) -> str:
    return "not stated" if files is None else str(files)
