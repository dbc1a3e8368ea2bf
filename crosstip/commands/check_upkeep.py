"""Commands around checks: lists that wait, budgets, alerts, planted identifiers."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.claim_options import Identifier_, Kind_, identifier_of
from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, Day, day_us, desk
from crosstip.output import print_json, print_table, say
from graph.casework.check_settings import CheckSettings
from graph.casework.enumeration import RULES
from graph.services import check_budgets, check_requests
from graph.services.check_alerts import list_alerts
from graph.services.check_alerts import plant as plant_canary


def pending(*, user: As = None, json: Json = False) -> None:
    """List the lists that wait for a supervisor's approval."""
    with desk(user) as at:
        rows = check_requests.pending(at.caller, at.store, reads=at.reads)
        if json:
            print_json(rows)
            return
        banner(synthetic=at.synthetic)
    print_table(
        "Lists that wait",
        ("request", "asked by", "investigation", "purpose", "lines", "kinds", "filed", "until"),
        [
            (
                row.key,
                row.asker,
                row.investigation,
                row.purpose,
                row.lines,
                row.kinds,
                when(row.filed_us),
                when(row.until_us),
            )
            for row in rows
        ],
    )


def approve(
    ref: Annotated[str, typer.Argument(help="Request, see `pending`.")], *, user: As = None
) -> None:
    """Let a long list be checked; a supervisor other than the asker does."""
    with desk(user) as at:
        row = check_requests.approve(at.caller, at.store, ref=ref)
    say(f"Approved: {row.lines:,} lines of {row.asker}, until {when(row.until_us)}.")


def alerts(*, user: As = None, json: Json = False) -> None:
    """List alerts of the last 30 days: look-ups in a pattern, planted identifiers asked about."""
    with desk(user) as at:
        rows = list_alerts(at.caller, at.store, reads=at.reads)
        if json:
            print_json(rows)
            return
        banner(synthetic=at.synthetic)
    print_table(
        "Alerts",
        ("when", "rule", "what", "agency", "investigation", "purpose", "about"),
        [
            (
                when(row.at_us),
                row.rule,
                row.text,
                row.asker_agency,
                row.investigation,
                row.purpose,
                row.object,
            )
            for row in rows
        ],
    )


def plant(
    identifier: Identifier_, *, kind: Kind_ = None, until: Day = None, user: As = None
) -> None:
    """Plant an identifier: who asks about it sees a miss, and you are told."""
    with desk(user) as at:
        found = identifier_of(identifier, kind, synthetic=at.synthetic)
        ref = plant_canary(at.caller, at.store, identifier=found, until_us=day_us(until))
    say(f"Planted as {ref}, taken for {found.kind.value} {found.display}.")


def patterns() -> None:
    """Show the rules by which look-ups raise an alert."""
    print_table(
        "Patterns of one user's typed look-ups within a day",
        ("rule", "from", "what"),
        [(rule.name, rule.least, rule.meaning) for rule in RULES],
    )


def budgets(*, user: As = None, json: Json = False) -> None:
    """Show what is left of the look-ups; a supervisor sees the whole agency's."""
    with desk(user) as at:
        settings = CheckSettings()
        rows = check_budgets.budgets(at.caller, at.store, settings=settings, reads=at.reads)
        if json:
            print_json(rows)
            return
        banner(synthetic=at.synthetic)
    print_table(
        "Typed look-ups",
        ("whose", "used today", "free now", "a day"),
        [(row.whose, row.used, row.left, row.per_day) for row in rows],
    )
    say(
        f"A user has {settings.check_burst} at once; so many come back within an hour. Days are "
        "UTC. An investigation's own claims, a tip's identifiers and approved lists cost nothing."
    )
