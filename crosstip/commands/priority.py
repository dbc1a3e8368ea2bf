"""Commands about an agency's own table of priority."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from graph.queries.priority_tables import MOST
from graph.services.priority_changes import (
    OwnTableView,
    VersionView,
    change_table,
    list_versions,
    show_table,
)
from graph.services.priority_trials import Trial, try_changes
from graph.triage.own_table import RuleChange

priority_app = typer.Typer(
    help="The table of priority that your agency goes by: rules, versions, changes.",
    no_args_is_help=True,
)
_Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        help="`infant=this week` or `spam=off`. Give all of your agency's changes: a rule that "
        "is not named is as built in.",
    ),
]


@priority_app.command()
def show(*, user: As = None, json: Json = False) -> None:
    """Show the rules, what your agency changed of them, and whether tips are still placed anew."""
    with desk(user) as at:
        found = show_table(at.caller, at.store, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    print_table(
        f"Table of priority {found.rules_version}",
        ("what holds", "class", "built in", "for safety"),
        [
            (
                rule.rule,
                f"{rule.to} (changed)" if rule.is_changed else rule.to,
                rule.built_in,
                "-" if rule.safety is None else f"no lower: {rule.safety}",
            )
            for rule in found.rules
        ],
    )
    _say(found)


@priority_app.command()
def change(
    *,
    rule: _Rules = None,
    why: Annotated[str | None, typer.Option(help="Reason; not for a dry run.")] = None,
    version: Annotated[
        int | None, typer.Option(help="Version that you looked at, see `show`; 0 for none.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say which tips would change class.")
    ] = False,
    after: Annotated[str, typer.Option(help="Of a dry run: where the one before ended.")] = "",
    user: As = None,
    json: Json = False,
) -> None:
    """Change the class of rules for your agency, or turn them off, as a new version."""
    changes = [_change(text) for text in rule or []]
    if not dry_run and (version is None or why is None):
        raise typer.BadParameter("A change needs --version and --why; see `--dry-run` for neither.")
    with desk(user) as at:
        if dry_run or version is None:
            tried = try_changes(at.caller, at.store, changes=changes, reads=at.reads, after=after)
            _say_trial(tried, json=json)
            return
        found = change_table(at.caller, at.store, expected=version, changes=changes, why=why or "")
    if json:
        print_json(found)
        return
    _say(found)


@priority_app.command()
def history(
    *,
    before: Annotated[int | None, typer.Option(min=1, help="Versions before this one.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many.")] = 20,
    user: As = None,
    json: Json = False,
) -> None:
    """List the versions of your agency's changes, the newest first."""
    with desk(user) as at:
        page = list_versions(at.caller, at.store, reads=at.reads, before=before, limit=limit)
    if json:
        print_json(page)
        return
    if len(page.versions) == 0:
        say("Your agency goes by the built-in table.")
    for each in page.versions:
        for text in _texts(each):
            say(text)
    if page.next_before is not None:
        say(f"There are more: --before {page.next_before}")


def _change(text: str) -> RuleChange:
    name, _, to = text.rpartition("=")
    if name.strip() == "":
        raise typer.BadParameter(f"Write a rule like `infant=this week`, not {text!r}.")
    return RuleChange(rule=name.strip(), to=to.strip())


def _say(found: OwnTableView) -> None:
    if found.made_us is None:
        say(f"Your agency goes by the built-in table, version {found.built_in}; version 0.")
    else:
        say(
            f"Version {found.version} by {found.made_by} at {minute(found.made_us)}: {found.why} "
            f"Tips that stand by it name the table {found.rules_version}."
        )
    for fallen in found.fell_away:
        say(f"Fell away: {fallen.rule}, which was {fallen.to}. {fallen.why}")
    if found.under_way is not None:
        say(found.under_way)
        say("The worker does it within seconds; without one: crosstip upkeep --now places")


def _say_trial(tried: Trial, *, json: bool) -> None:
    if json:
        print_json(tried)
        return
    say(f"Of {tried.looked_at} held tips {tried.changed} would change class. Nothing was changed.")
    for shift in tried.shifts:
        say(
            f"    {shift.before} -> {shift.after}: {shift.tips} tips, {shift.open} of them open; "
            f"of {shift.set_by_person} a person's class stands."
        )
    if tried.next_after is not None:
        say(f"There are more: --after '{tried.next_after}'")


def _texts(version: VersionView) -> tuple[str, ...]:
    changes = [f"    {change.rule}: {change.to}" for change in version.changes]
    head = (
        f"Version {version.number} of the built-in table {version.built_in}, by "
        f"{version.made_by} at {minute(version.made_us)}: {version.why}"
    )
    return (
        head,
        *(changes or ["    every rule as built in"]),
    )
