"""Commands by which claims come in: one, a file of them, or from a tip by a person's decision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.claim_options import (
    Content_,
    Handling_,
    Identifier_,
    Kind_,
    Predicate_,
    PredicateBy_,
    Reliability_,
    Role_,
    Source_,
    Support_,
    identifier_of,
)
from crosstip.commands.wording import Json
from crosstip.identity import As, Day, Desk, day_us, desk
from crosstip.output import complain, print_json, say
from crosstip.session import tip_key
from graph.casework.rights import agency_of
from graph.casework.terms import ClaimDraft
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.errors import RowError
from graph.identifiers.core import Identifier, Policy
from graph.services.case_access import own_key
from graph.services.claim_entry import Line, claim
from graph.services.tip_claims import claim_from_tip
from ingest.claim_files import ClaimLine, read_claim_file

PARTLY = 3
"""Exit code when some lines did not come in."""
_TOGETHER = 1000
_MOST_BYTES = 50_000_000
_Reference = Annotated[str, typer.Argument(help="Investigation of the own agency.")]


def add(
    reference: _Reference,
    identifier: Identifier_,
    *,
    kind: Kind_ = None,
    role: Role_ = None,
    visibility: Annotated[Visibility | None, typer.Option(help="What others may learn.")] = None,
    silent_until: Day = None,
    sealed_to: Annotated[str | None, typer.Option(help="Supervisor who is told of hits.")] = None,
    tip: Annotated[str | None, typer.Option(help="Tip that it is taken from.")] = None,
    predicate: Predicate_ = None,
    predicate_by: PredicateBy_ = None,
    source: Source_ = None,
    support: Support_ = None,
    reliability: Reliability_ = None,
    content: Content_ = None,
    handling: Handling_ = None,
    review: Day = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Claim an identifier; with --tip, one that the tip states, if its role there allows it."""
    with desk(user) as at:
        draft = ClaimDraft(
            identifier=identifier_of(identifier, kind, synthetic=at.synthetic),
            role=ClaimRole.SUSPECT if role is None else role,
            visibility=visibility,
            silent_until_us=day_us(silent_until),
            sealed_to=sealed_to,
            predicate=predicate,
            predicate_by=predicate_by,
            source=source,
            support=support,
            reliability=reliability,
            content=content,
            handling=handling,
            review_due_us=day_us(review),
        )
        line = _claim_one(at, reference, tip, draft)
    if json:
        print_json(line)
    else:
        _say_one(line, draft.identifier)


def add_file(
    reference: _Reference,
    path: Annotated[Path, typer.Argument(help="CSV; at least the columns kind and value.")],
    *,
    user: As = None,
    json: Json = False,
) -> None:
    """Claim the identifiers of a file; every line is claimed, was before, or says why not."""
    with desk(user) as at:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise RowError(f"{path.name} is no file of at most {_MOST_BYTES:,} bytes.")
        reference = reference.strip()
        read = list(
            read_claim_file(
                path.read_bytes(),
                agency=agency_of(at.caller),
                reference=reference,
                policy=Policy(synthetic=at.synthetic),
            )
        )
        key = own_key(at.caller, reference)
        drafts = [(item, item.draft) for item in read if item.draft is not None]
        lines: list[tuple[ClaimLine, Line]] = []
        for start in range(0, max(len(drafts), 1), _TOGETHER):
            part = drafts[start : start + _TOGETHER]
            done = claim(
                at.caller, at.store, investigation=key, drafts=[draft for _, draft in part]
            )
            lines += [(item, line) for (item, _), line in zip(part, done, strict=True)]
    bad = [
        *((item.line, item.reason) for item in read if item.draft is None),
        *((item.line, line.reason) for item, line in lines if line.reason is not None),
    ]
    if json:
        print_json({"lines": [(item.line, line) for item, line in lines], "refused": sorted(bad)})
    else:
        _say(lines, sorted(bad))
    if len(bad) > 0:
        raise typer.Exit(PARTLY)


def _claim_one(at: Desk, reference: str, tip: str | None, draft: ClaimDraft) -> Line:
    key = own_key(at.caller, reference)
    if tip is None:
        (line,) = claim(at.caller, at.store, investigation=key, drafts=[draft])
    else:
        (line,) = claim_from_tip(
            at.caller, at.store, investigation=key, tip=tip_key(tip), drafts=[draft]
        )
    if line.reason is not None:
        raise RowError(line.reason)
    return line


def _say_one(line: Line, identifier: Identifier) -> None:
    taken = f"{identifier.kind.value} {identifier.display}"
    say(f"{line.outcome.capitalize()} as {line.ref}, taken for {taken}.")
    for warning in line.warnings:
        say(warning)


def _say(lines: Sequence[tuple[ClaimLine, Line]], bad: Sequence[tuple[int, str | None]]) -> None:
    for outcome in ("claimed", "claimed before"):
        total = sum(line.outcome == outcome for _, line in lines)
        say(f"{total} {outcome}.")
    for number, reason in bad:
        complain(f"line {number}: {reason}")
    for item, line in lines:
        for warning in line.warnings:
            say(f"line {item.line}: {warning}")
