"""Commands about assistance that agencies ask of each other."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from crosstip.commands.desk_words import Version
from crosstip.commands.tasks import time_us
from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from graph.desk.assistance import HelpKind, HelpShown, HelpStep
from graph.queries.desk_tasks import MOST
from graph.services.assistance import NewHelp, ask_help, preview_help, step_help
from graph.services.assistance_reading import (
    HelpDirection,
    HelpView,
    list_help,
    show_help,
    view_of,
)

assistance_app = typer.Typer(
    help="Assistance that agencies ask of each other.", no_args_is_help=True
)
_Ref = Annotated[str, typer.Argument(help="Name of the request, see `list`.")]


@assistance_app.command()
def ask(
    to: Annotated[str, typer.Argument(help="Agency, see `agency list`.")],
    needed: Annotated[str, typer.Argument(help="What is needed; they read it word for word.")],
    *,
    reference: Annotated[str, typer.Option(help="Your number of the matter; they read it.")],
    due: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"], help="By when (UTC)."),
    ],
    kind: Annotated[HelpKind, typer.Option(help="What kind of help.")] = HelpKind.OTHER,
    contact: Annotated[str | None, typer.Option(help="Whom they call; else your agency.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send it; without, it is shown.")] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Show what another agency would be told of a request, or send it (--send)."""
    new = NewHelp(
        to=to,
        kind=kind,
        reference=reference,
        needed=needed,
        due_us=time_us(due) or 0,
        contact=contact,
    )
    with desk(user) as at:
        shown = preview_help(at.caller, at.store, new=new, reads=at.reads)
        found = view_of(ask_help(at.caller, at.store, new=new), at.caller) if send else None
    if json:
        print_json(shown if found is None else found)
        return
    for text in _shown(shown):
        say(text)
    if found is None:
        say(f"{to} would be told this and nothing else. Nothing was sent: --send sends it.")
    else:
        say(f"Asked as {found.ref}; {found.helper} is told. It gives no access to any tip.")


@assistance_app.command("list")
def list_all(
    direction: Annotated[HelpDirection, typer.Argument(help="Which list.")] = HelpDirection.HELPED,
    *,
    every: Annotated[bool, typer.Option("--all", help="What is done as well.")] = False,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many.")] = 20,
    user: As = None,
    json: Json = False,
) -> None:
    """List what your agency was asked, or asked of others: what waits first."""
    with desk(user) as at:
        page = list_help(
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
        say("Nothing waits in this list.")
    for item in page.items:
        say(_line(item))
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@assistance_app.command()
def show(ref: _Ref, *, user: As = None, json: Json = False) -> None:
    """Show a request, and your side's receipts with their proof."""
    with desk(user) as at:
        story = show_help(at.caller, at.store, key=ref, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(story)
        return
    banner(synthetic=synthetic)
    say(_line(story.request))
    for text in _shown(story.request.shown):
        say(f"  {text}")
    if story.request.why is not None:
        say(f"  {story.request.moved_by}: {story.request.why}")
    say(f"  version {story.request.version}")
    print_table(
        "Your receipts",
        ("no.", "step", "when", "receipt sha256", "log entry", "holds"),
        [
            (
                row.number,
                row.step,
                minute(row.at_us),
                row.sha256,
                row.leaf,
                "yes" if row.holds else "NO: " + "; ".join(row.faults),
            )
            for row in story.receipts
        ],
    )


@assistance_app.command()
def step(
    ref: _Ref,
    what: Annotated[HelpStep, typer.Argument(help="Which step.")],
    *,
    version: Version,
    why: Annotated[str | None, typer.Option(help="The other side reads it.")] = None,
    user: As = None,
) -> None:
    """Accept, decline, deliver, receive or withdraw."""
    with desk(user) as at:
        row = step_help(at.caller, at.store, key=ref, step=what, expected=version, why=why)
    say(f"The request is {row.stage}, version {row.version}; both sides have a receipt.")


def _line(item: HelpView) -> str:
    other = f"to {item.helper}" if item.side == "asker" else f"by {item.asker}"
    return (
        f"{item.ref}  {item.kind} {other}, {item.shown.reference}: {item.stage}; needed by "
        f"{minute(item.due_us)}; asked by {item.asked_by}"
    )


def _shown(shown: HelpShown) -> tuple[str, ...]:
    return (
        f"from: {shown.asker}; reference: {shown.reference}",
        f"what: {shown.kind}: {shown.needed}",
        f"by: {minute(shown.due_us)}; call: {shown.contact}",
    )
