"""Commands about claims: enter, list, edit, show to others, validate, purge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crosstip.commands.claim_options import (
    Content_,
    Handling_,
    Predicate_,
    PredicateBy_,
    Reliability_,
    Role_,
    Source_,
    Support_,
)
from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, Day, Desk, day_us, desk
from crosstip.output import print_json, print_table, say
from graph.casework.terms import DAY_US
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.queries.claims import ClaimedRow
from graph.services.case_access import own_key
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claim_reviews import review_queue
from graph.services.claims import (
    Changed,
    ClaimEdit,
    edit_claim,
    show_to_others,
    validate_claim,
)
from graph.services.purging import purge_claim, purge_lapsed

claim_app = typer.Typer(help="Identifiers that investigations claim.", no_args_is_help=True)
_Ref = Annotated[str, typer.Argument(help="Name of the claim, see `list`.")]
_Version = Annotated[int | None, typer.Option(help="Version that you looked at.")]


@claim_app.command("list")
def list_all(
    reference: Annotated[str, typer.Argument(help="Investigation of the own agency.")],
    *,
    user: As = None,
    json: Json = False,
) -> None:
    """List the claims of an investigation, at most 1,000."""
    with desk(user) as at:
        key = own_key(at.caller, reference)
        rows = list_claims(at.caller, at.store, investigation=key, reads=at.reads)
        _print(at, "Claims", rows, json=json)


@claim_app.command()
def due(
    *,
    days: Annotated[int, typer.Option(min=1, help="Within so many days.")] = 30,
    user: As = None,
    json: Json = False,
) -> None:
    """List the agency's claims that are to be reviewed soon; after that day they are gone."""
    with desk(user) as at:
        before_us = at.caller.as_of_us + days * DAY_US
        rows = list_due(at.caller, at.store, before_us=before_us, reads=at.reads)
        _print(at, f"To be reviewed within {days} days", rows, json=json)


@claim_app.command()
def queue(
    *,
    days: Annotated[int, typer.Option(min=1, help="Within so many days.")] = 60,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 200,
    user: As = None,
    json: Json = False,
) -> None:
    """List claims by review date with the days left: each is validated, or let go."""
    with desk(user) as at:
        found = review_queue(at.caller, at.store, days=days, reads=at.reads, limit=limit)
        if json:
            print_json(found)
            return
        banner(synthetic=at.synthetic)
    print_table(
        f"To be validated within {days} days",
        ("claim", "investigation", "role", "identifier", "days left", "can be validated"),
        [
            (
                line.ref,
                line.reference,
                line.role,
                f"{line.kind} {line.identifier}",
                line.days_left,
                "yes" if line.is_open else "no: closed",
            )
            for line in found.lines
        ],
    )
    if found.next_after is not None:
        say(f"There are more than {limit}: ask with --limit, or for fewer --days.")


@claim_app.command()
def show(ref: _Ref, *, user: As = None, json: Json = False) -> None:
    """Show a claim with everything that it states."""
    with desk(user) as at:
        row = show_claim(at.caller, at.store, ref=ref, reads=at.reads)
        if json:
            print_json(row)
            return
        banner(synthetic=at.synthetic)
    lines = [
        (name.removesuffix("_us").replace("_", " "), when(value) if name.endswith("_us") else value)
        for name, value in row.model_dump(exclude={"key"}).items()
        if value is not None
    ]
    print_table(f"Claim {ref}", ("what", "value"), lines)


@claim_app.command()
def edit(
    ref: _Ref,
    *,
    version: _Version = None,
    role: Role_ = None,
    predicate: Predicate_ = None,
    predicate_by: PredicateBy_ = None,
    source: Source_ = None,
    support: Support_ = None,
    reliability: Reliability_ = None,
    content: Content_ = None,
    handling: Handling_ = None,
    user: As = None,
) -> None:
    """Correct what a claim states; that is no validation and moves no review date."""
    change = ClaimEdit(
        role=role,
        predicate=predicate,
        predicate_by=predicate_by,
        source=source,
        support=support,
        reliability=reliability,
        content=content,
        handling=handling,
    )
    with desk(user) as at:
        expected = _expected(at, ref, version)
        done = edit_claim(at.caller, at.store, ref=ref, expected=expected, edit=change)
    _say(done)


@claim_app.command("visibility")
def set_visibility(
    ref: _Ref,
    visibility: Annotated[Visibility, typer.Argument(help="What others may learn.")],
    *,
    until: Day = None,
    sealed_to: Annotated[str | None, typer.Option(help="Supervisor who is told of hits.")] = None,
    version: _Version = None,
    user: As = None,
) -> None:
    """Set what others may learn: silent takes a supervisor and --until, sealed --sealed-to."""
    with desk(user) as at:
        done = show_to_others(
            at.caller,
            at.store,
            ref=ref,
            expected=_expected(at, ref, version),
            visibility=visibility,
            silent_until_us=day_us(until),
            sealed_to=sealed_to,
        )
    _say(done)


@claim_app.command()
def validate(
    ref: _Ref,
    *,
    looked_at: Annotated[str, typer.Option(help="What was looked at.")],
    until: Day = None,
    version: _Version = None,
    user: As = None,
) -> None:
    """State that current activity is still suspected; the review date moves to --until."""
    with desk(user) as at:
        done = validate_claim(
            at.caller,
            at.store,
            ref=ref,
            expected=_expected(at, ref, version),
            looked_at=looked_at,
            review_due_us=day_us(until),
        )
    _say(done)


@claim_app.command()
def purge(
    ref: _Ref, *, why: Annotated[str, typer.Option(help="Reason; kept.")], user: As = None
) -> None:
    """Take a claim out; only the record of it stays in the log."""
    with desk(user) as at:
        done = purge_claim(at.caller, at.store, ref=ref, why=why)
    say(f"Purged. The log holds the commitment {done.commitment}; keep the salt {done.salt}")
    say("with the paper file: with both you can prove what was purged; nobody else can find out.")
    _tell(done.to_tell)


@claim_app.command("purge-lapsed")
def purge_all_lapsed(*, user: As = None) -> None:
    """Take out every claim whose review date has passed; an operator does so for all agencies."""
    with desk(user) as at:
        total = purge_lapsed(at.caller, at.store)
    say(f"{total} lapsed claims purged.")


def _expected(at: Desk, ref: str, version: int | None) -> int:
    if version is not None:
        return version
    return show_claim(at.caller, at.store, ref=ref, reads=at.reads).version or 0


def _say(done: Changed) -> None:
    say(f"Version {done.version}; to be reviewed by {when(done.review_due_us)}.")
    for warning in done.warnings:
        say(warning)
    _tell(done.to_tell)


def _tell(agencies: tuple[str, ...]) -> None:
    if len(agencies) > 0:
        say(f"These agencies were shown it and must be told: {', '.join(agencies)}.")


def _print(at: Desk, title: str, rows: Sequence[ClaimedRow], *, json: bool) -> None:
    if json:
        print_json(rows)
        return
    banner(synthetic=at.synthetic)
    print_table(
        title,
        ("claim", "investigation", "identifier", "role", "shown", "predicate", "review by", "v."),
        [
            (
                row.ref,
                row.reference,
                f"{row.kind} {row.identifier}",
                row.role if row.role == ClaimRole.SUSPECT else f"{row.role} (non-criminal)",
                _shown(row, at.caller.as_of_us),
                "stated" if row.predicate is not None else "NOT STATED",
                when(row.review_due_us),
                row.version,
            )
            for row in rows
        ],
    )


def _shown(row: ClaimedRow, at_us: int) -> str:
    if row.visibility == Visibility.SILENT:
        ended = row.silent_until_us is not None and row.silent_until_us <= at_us
        return f"silent {'ENDED' if ended else 'until'} {when(row.silent_until_us)}"
    if row.visibility == Visibility.SEALED:
        return f"sealed to {row.sealed_to}"
    return row.visibility
