"""Commands about how long records are kept: policies, dry runs, records of purges, and holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from crosstip.upkeep.erasing import erase_due
from graph.queries.retention import HoldRow, PolicyRow
from graph.retention.classes import CountsFrom, NewPolicy, RecordClass
from graph.services.legal_holds import HeldKind, NewHold, end_hold, list_holds, place_hold
from graph.services.retention_policies import confirm_policy, list_policies, propose_policy
from graph.services.retention_purge import run_purge
from graph.services.retention_views import dry_run, list_records, purged_tip, tally

retention_app = typer.Typer(
    help="How long records are kept: policies, dry runs, and what was purged.",
    no_args_is_help=True,
)
hold_app = typer.Typer(
    help="Legal holds: what is held is not purged until a person ends the hold.",
    no_args_is_help=True,
)
_Kind = Annotated[RecordClass, typer.Argument(help="Class of records.")]
_Why = Annotated[str, typer.Option(help="Reason.")]


@retention_app.command("show")
def show(*, user: As = None, json: Json = False) -> None:
    """Show every class: how long it is kept, and how much is due, on hold or open."""
    with desk(user) as at:
        rows = tally(at.caller, at.store, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    for row in rows:
        kept = "fixed" if row.is_fixed else "for good" if row.days is None else f"{row.days} days"
        counts = f"; due {row.due}, on hold {row.held}, open {row.open}" if row.days else ""
        cut_off = " (of the first ones only)" if row.is_cut_off else ""
        say(f"{row.kind}: {kept}{counts}{cut_off}")
        say(f"    {row.meaning}")


@retention_app.command("policies")
def policies(*, user: As = None, json: Json = False) -> None:
    """List every version of every policy, the newest first."""
    with desk(user) as at:
        rows = list_policies(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    if len(rows) == 0:
        say("Nobody has set a policy: everything is kept for good.")
    for row in rows:
        _say_policy(row)


@retention_app.command("propose")
def propose(
    kind: _Kind,
    *,
    days: Annotated[int | None, typer.Option(help="Days [default: for good].")] = None,
    counts_from: Annotated[CountsFrom, typer.Option("--from", help="What days count from.")],
    name: Annotated[str, typer.Option(help="Name of the schedule or order that it follows.")],
    dated: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Date of that.")],
    why: _Why,
    version: Annotated[int, typer.Option(help="Newest version that you looked at, 0 for none.")],
    user: As = None,
) -> None:
    """Propose how long records of a class are kept; another person must confirm it."""
    new = NewPolicy(
        kind=kind,
        days=days,
        counts_from=counts_from,
        name=name,
        dated=dated.date().isoformat(),
        why=why,
    )
    with desk(user) as at:
        row = propose_policy(at.caller, at.store, expected=version, new=new)
    _say_policy(row)
    say(f"A supervisor tries it: crosstip retention dry-run {kind.value} --version {row.number}")


@retention_app.command("confirm")
def confirm(
    kind: _Kind,
    version: Annotated[int, typer.Argument(help="The newest version.")],
    *,
    user: As = None,
) -> None:
    """Confirm a version, so that it counts in seven days; never by whoever proposed it."""
    with desk(user) as at:
        _say_policy(confirm_policy(at.caller, at.store, kind=kind, number=version))


@retention_app.command("dry-run")
def try_out(
    kind: _Kind,
    *,
    version: Annotated[int | None, typer.Option(help="One that is only proposed.")] = None,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """Show what would go now, and why each record goes or stays. Nothing goes."""
    with desk(user) as at:
        found = dry_run(
            at.caller,
            at.store,
            kind=kind,
            reads=at.reads,
            version=version,
            after=after,
            limit=limit,
        )
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    if found.version is None:
        say("Nobody has set a policy: everything is kept for good.")
    print_table(
        f"Dry run of {kind.value}: nothing goes",
        ("record", "fate", "why", "due"),
        [(line.key, line.fate, line.why, when(line.due_us)) for line in found.lines],
    )
    if found.next_after is not None:
        say(f"There are more: --after '{found.next_after}'")


@retention_app.command("records")
def records(
    *,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    user: As = None,
    json: Json = False,
) -> None:
    """List what was purged: by class, version and day, with digests."""
    with desk(user) as at:
        rows = list_records(at.caller, at.store, reads=at.reads, after=after, limit=200)
    if json:
        print_json(rows)
        return
    for row in rows:
        say(f"{row.key}: {row.total} purged, {row.held or 0} on hold; {row.digest}")


@retention_app.command("purged")
def purged(tip: Annotated[str, typer.Argument(help="Tip number.")], *, user: As = None) -> None:
    """Say when, and under which policy, your agency purged a tip."""
    with desk(user) as at:
        row = purged_tip(at.caller, at.store, tip=tip_key(tip), reads=at.reads)
    say(f"Purged on {when(row.at_us)} under {row.policy} of {row.dated}, version {row.number}.")


@retention_app.command("purge")
def purge(*, user: As = None) -> None:
    """Purge what is due now everywhere; run again after it was cut off."""
    with desk(user) as at:
        done = run_purge(at.caller, at.store)
        erased = erase_due(at.store, at_us=at.caller.as_of_us)
    say(f"{done.purged} purged, {done.removed} tips left the store, {done.held} on hold;")
    say(f"originals: {erased.set_aside} set aside, {erased.deleted} deleted.")


@hold_app.command("list")
def holds(*, user: As = None, json: Json = False) -> None:
    """List your agency's legal holds, ended ones too."""
    with desk(user) as at:
        rows = list_holds(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    for row in rows:
        _say_hold(row)


@hold_app.command("place")
def place(
    about: Annotated[HeldKind, typer.Argument(help="tip, investigation or agency.")],
    subject: Annotated[str, typer.Argument(help="Tip number, or reference.")] = "",
    *,
    why: _Why,
    reference: Annotated[str, typer.Option(help="The order or letter that asks for it.")],
    user: As = None,
) -> None:
    """Place a legal hold: from then on nothing of it is purged."""
    key = tip_key(subject) if about is HeldKind.TIP else subject
    new = NewHold(about=about, subject=key, why=why, reference=reference)
    with desk(user) as at:
        _say_hold(place_hold(at.caller, at.store, new=new))


@hold_app.command("end")
def end(
    hold: Annotated[str, typer.Argument(help="The hold's name.")],
    *,
    why: _Why,
    user: As = None,
) -> None:
    """End a legal hold: what is due goes with the next purge."""
    with desk(user) as at:
        _say_hold(end_hold(at.caller, at.store, hold=hold, why=why))


def _say_policy(row: PolicyRow) -> None:
    kept = "for good" if row.days is None else f"{row.days} days from {row.counts_from}"
    counts = (
        f"confirmed by {row.confirmed_by}, counts from {minute(row.from_us)}"
        if row.confirmed_by is not None
        else "NOT CONFIRMED, has no effect"
    )
    say(f"{row.kind}, version {row.number}: {kept}; {row.name} of {row.dated}")
    say(f"    proposed by {row.proposed_by}; {counts}; {row.why}")


def _say_hold(row: HoldRow) -> None:
    state = (
        "in force"
        if row.ended_us is None
        else f"ended by {row.ended_by} at {minute(row.ended_us)}: {row.ended_why}"
    )
    say(f"{row.key}  {row.about} {row.subject}  {state}")
    say(f"    {row.reference}; {row.why}; placed by {row.placed_by} at {minute(row.placed_us)}")
