"""Commands about requests to providers, and what runs out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from crosstip.commands.desk_words import (
    OfCase,
    OfTip,
    Version,
    Why,
    print_steps,
    said,
    subject_of,
)
from crosstip.commands.wording import Json, banner
from crosstip.identity import As, desk
from crosstip.output import print_json, say
from graph.desk.providers import ProviderKind, ProviderStep
from graph.queries.desk_tasks import MOST
from graph.services.provider_reading import (
    EndLine,
    ProviderView,
    list_ends,
    show_clocks_of,
    show_request,
    view_of,
)
from graph.services.providers import (
    NewProviderRequest,
    ProviderChange,
    enter_request,
    step_request,
)
from graph.services.upkeep import run_clock_of_providers

provider_app = typer.Typer(
    help="What your agency asked of providers, and what they keep no longer.",
    no_args_is_help=True,
)
_Ref = Annotated[str, typer.Argument(help="Name of the request, see `of` or `ends`.")]
_DAY = ["%Y-%m-%d"]


def _day(text: datetime | None) -> date | None:
    return None if text is None else text.date()


@provider_app.command()
def enter(
    kind: Annotated[ProviderKind, typer.Argument(help="What was sent.")],
    provider: Annotated[str, typer.Argument(help="To whom.")],
    *,
    reference: Annotated[str, typer.Option(help="Number of the letter or the process.")],
    sent: Annotated[datetime, typer.Option(formats=_DAY, help="Day of sending.")],
    due: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Of a process: its day of return.")
    ] = None,
    tip: OfTip = None,
    investigation: OfCase = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Enter a letter or a process that was sent. Crosstip sends nothing."""
    with desk(user) as at:
        new = NewProviderRequest(
            subject=subject_of(tip, investigation),
            kind=kind,
            provider=provider,
            reference=reference,
            sent_on=sent.date(),
            due_on=_day(due),
        )
        found = view_of(enter_request(at.caller, at.store, new=new), at.caller)
    if json:
        print_json(found)
        return
    say(f"Entered as {found.ref}.")
    say(_line(found))


@provider_app.command()
def ends(
    *,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many.")] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List what runs out, the first end first: letters, processes, presumed ends of open tips."""
    with desk(user) as at:
        page = list_ends(at.caller, at.store, reads=at.reads, after=after, limit=limit)
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    if len(page.items) == 0:
        say("Nothing runs out that your agency knows of.")
    for item in page.items:
        say(_end(item))
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@provider_app.command("of")
def show_of(
    *, tip: OfTip = None, investigation: OfCase = None, user: As = None, json: Json = False
) -> None:
    """Show what was asked of providers about a tip or an investigation."""
    with desk(user) as at:
        subject = subject_of(tip, investigation)
        found = show_clocks_of(at.caller, at.store, subject=subject, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    if found.presumed is not None:
        say(_end(found.presumed))
    if len(found.requests) == 0:
        say("Nothing was asked of a provider.")
    for request in found.requests:
        say(_line(request))


@provider_app.command()
def show(ref: _Ref, *, user: As = None, json: Json = False) -> None:
    """Show a request and its steps."""
    with desk(user) as at:
        story = show_request(at.caller, at.store, key=ref, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(story)
        return
    banner(synthetic=synthetic)
    say(_line(story.request))
    say(f"  version {story.request.version}")
    print_steps(story.steps)


@provider_app.command()
def step(
    ref: _Ref,
    what: Annotated[ProviderStep, typer.Argument(help="Which step.")],
    *,
    version: Version,
    on: Annotated[datetime | None, typer.Option(formats=_DAY, help="Day; else today.")] = None,
    why: Why = None,
    user: As = None,
) -> None:
    """Renew a letter before its end, or note that something was returned, or call it off."""
    change = ProviderChange(step=what, on=_day(on), why=why)
    with desk(user) as at:
        row = step_request(at.caller, at.store, key=ref, expected=version, change=change)
        found = view_of(row, at.caller)
    say(_line(found))
    say(f"  version {found.version}")


@provider_app.command()
def tell(*, user: As = None) -> None:
    """Tell of letters, processes and presumed ends that run out."""
    with desk(user) as at:
        total = run_clock_of_providers(at.caller, at.store)
    say(f"{total} told.")


def _line(found: ProviderView) -> str:
    return (
        f"{found.ref}  {found.kind} {found.reference} to {found.provider} on "
        f"{said(found.tip, found.investigation)}: {found.stage}; sent {found.sent_on}, ends "
        f"{found.ends_on} ({found.zone}). {found.source}. {found.says}"
    )


def _end(line: EndLine) -> str:
    known = f"{line.ends_on} ({line.left_days} days left)"
    ends = "not known" if line.ends_on is None else known
    ref = "" if line.ref is None else f", {line.ref}"
    return (
        f"{ends}  {line.kind}, {line.provider or 'provider not stated'}, "
        f"{said(line.tip, line.investigation)}{ref}. {line.source}. {line.says}"
    )
