"""Commands about a tip's files: what is asserted, what was verified, and the legal gate."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, Desk, desk
from crosstip.output import print_json, say
from crosstip.session import tip_key
from graph.clock import to_us
from graph.queries.evidence import PolicyRow
from graph.services.evidence import (
    FileEvidence,
    NewVerification,
    TipEvidence,
    show_evidence,
    verify_file,
)
from graph.services.gate_policies import NewPolicy, lay_policy, list_policies
from graph.triage.gate import Said
from graph.triage.verifying import SeenAs, Verdict

evidence_app = typer.Typer(
    help="A tip's files: what is asserted, what persons verified, and the legal gate.",
    no_args_is_help=True,
)
_Tip = Annotated[str, typer.Argument(help="Tip number.")]


def evidence_at(at: Desk, tip: str) -> TipEvidence:
    """Give a tip's files to whoever works at a desk; it is logged."""
    return show_evidence(at.caller, at.store, tip=tip, reads=at.reads)


@evidence_app.command()
def show(tip: _Tip, *, user: As = None, json: Json = False) -> None:
    """Show what is asserted of each file, who says so, what was verified, and the gate."""
    with desk(user) as at:
        found = evidence_at(at, tip_key(tip))
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    say_evidence(found)


@evidence_app.command()
def verify(
    tip: _Tip,
    file_id: Annotated[str, typer.Argument(help="The file's id.")],
    *,
    about: Annotated[str, typer.Option(help="What is asserted, in the words of `show`.")],
    verdict: Annotated[Verdict, typer.Option(help="verified or refuted.")],
    seen_as: Annotated[SeenAs, typer.Option(help="What you saw, outside Crosstip.")],
    why: Annotated[str, typer.Option(help="Reason.")],
    authority: Annotated[
        str | None, typer.Option(help="Warrant or other authority, where the gate is not open.")
    ] = None,
    user: As = None,
) -> None:
    """Record what you saw of a file outside Crosstip; what was asserted stays beside it."""
    new = NewVerification(
        file_id=file_id,
        about=about,
        verdict=verdict,
        seen_as=seen_as,
        why=why,
        authority=authority,
    )
    with desk(user) as at:
        row = verify_file(at.caller, at.store, tip=tip_key(tip), new=new)
    say(f"{row.about} is {row.verdict} by {row.verified_by}, seen as: {row.seen_as}.")


@evidence_app.command()
def policies(*, user: As = None, json: Json = False) -> None:
    """List every version of what your agency's counsel said of files that were not viewed."""
    with desk(user) as at:
        rows = list_policies(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    if len(rows) == 0:
        say("No policy of counsel is entered (version 0): the gate says `ask your prosecutor`.")
    for row in rows:
        _say_policy(row)


@evidence_app.command("lay-policy")
def lay(
    *,
    counsel: Annotated[str, typer.Option(help="Who said so.")],
    office: Annotated[str, typer.Option(help="Of which office.")],
    dated: Annotated[str, typer.Option(help="Date of the policy, YYYY-MM-DD.")],
    text: Annotated[str, typer.Option(help="What it says.")],
    not_viewed: Annotated[Said, typer.Option(help="Of a file that was not viewed.")],
    not_stated: Annotated[Said, typer.Option(help="Where nothing is stated.")] = Said.ASK,
    begins: Annotated[
        str | None, typer.Option("--from", help="From when, ISO 8601 with zone [default: now].")
    ] = None,
    ends: Annotated[str | None, typer.Option("--until", help="Until when.")] = None,
    version: Annotated[int, typer.Option(help="Newest version, see `policies`; 0 for none.")],
    user: As = None,
) -> None:
    """Enter what your agency's counsel says; the older versions are kept."""
    with desk(user) as at:
        new = NewPolicy(
            counsel=counsel,
            office=office,
            dated=dated,
            text=text,
            not_viewed=not_viewed,
            not_stated=not_stated,
            from_us=at.caller.as_of_us if begins is None else _time(begins),
            until_us=None if ends is None else _time(ends),
        )
        row = lay_policy(at.caller, at.store, expected=version, new=new)
    _say_policy(row)


def say_evidence(found: TipEvidence) -> None:
    """Print a tip's files with what is asserted, what was verified, and the gate's answers."""
    if len(found.files) == 0:
        say("Its documents list no file.")
    else:
        say(f"Files: what is asserted, what was verified, and the legal gate. {found.holds}")
    for file in found.files:
        for text in _texts(file):
            say(text)
    for sentence in found.cut_off:
        say(sentence)


def _texts(file: FileEvidence) -> tuple[str, ...]:
    said = [
        f"{each.viewed} ({each.said_by}, issued {minute(each.issued_us)}"
        f"{'' if each.is_current else ', superseded'})"
        for each in file.viewed_said
    ]
    texts = [
        f"  {file.file_id}",
        f"    Gate: {file.gate.answer.upper()}. {file.gate.why} {file.gate.holds}",
        f"    Viewed by the provider: {file.viewed}. Stated: {'; '.join(said) or 'nowhere'}.",
    ]
    for each in file.asserted:
        who = "" if each.verified_by is None else f" by {each.verified_by}, seen as: {each.seen_as}"
        older = "" if each.is_current else " (an older version)"
        texts.append(f"    {each.what}, says {each.said_by}{older}: {each.standing}{who}")
    return tuple(texts)


def _say_policy(row: PolicyRow) -> None:
    until = "" if row.until_us is None else f" until {minute(row.until_us)}"
    say(f"Version {row.number}: {row.counsel}, {row.office}, dated {row.dated}.")
    say(f"  Not viewed: {row.not_viewed}. Not stated: {row.not_stated}.")
    say(f"  In force from {minute(row.from_us)}{until}; entered by {row.entered_by}.")
    say(f"  {row.text}")


def _time(text: str) -> int:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("A time is written like 2026-03-01T08:00+00:00.") from error
    if found.tzinfo is None:
        raise typer.BadParameter("Give the time with its zone, like 2026-03-01T08:00+00:00.")
    return to_us(found)
