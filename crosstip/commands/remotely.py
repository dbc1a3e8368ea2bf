"""Commands that ask an API over HTTP: for machines of an agency that have no store themselves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from client.answers import Answer
from client.links import LinksAnswer
from client.resources.checks import CheckAnswer, CheckLine, CheckThese, CheckValue
from client.resources.conflicts import Conflict
from crosstip.commands import remote_documents, remote_exports, remote_extracts
from crosstip.commands.checks import HITS, UNKNOWN
from crosstip.commands.claim_options import Kind_
from crosstip.commands.wording import Json, banner, bits
from crosstip.output import print_json, print_table, say
from crosstip.remote import remote
from crosstip.session import sentences
from graph.errors import RowError

remote_app = typer.Typer(
    help="Ask the API at CROSSTIP_URL with the key in CROSSTIP_KEY instead of a store.",
    no_args_is_help=True,
)
_Investigation = Annotated[str, typer.Option(help="Own open investigation, by reference.")]
_Purpose = Annotated[str, typer.Option(help="Of the closed list.")]
_Key = Annotated[
    str | None,
    typer.Option(help="Your own name of the request; asked again under it, it costs nothing."),
]
_HIT, _UNKNOWN = "hit", frozenset({"not checked", "stale"})
_CONFLICTS_TOGETHER = 200


@remote_app.command()
def check(
    values: Annotated[list[str], typer.Argument(help="Identifiers.")],
    *,
    investigation: _Investigation,
    purpose: _Purpose,
    kind: Kind_ = None,
    key: _Key = None,
    json: Json = False,
) -> None:
    """Check identifiers. Exit code 0: nothing to show; 4: hits; 3: some were not checked."""
    wanted = CheckThese(
        investigation=investigation,
        purpose=purpose,
        values=tuple(
            CheckValue.model_validate({"value": value, "kind": kind and kind.value})
            for value in values
        ),
    )
    with sentences(), remote() as api:
        answer = api.check(wanted, key=key)
    if json:
        print_json(answer)
    else:
        _print_check(answer, values)
    if (code := code_of(answer)) != 0:
        raise typer.Exit(code)


def code_of(answer: CheckAnswer) -> int:
    """Give the exit code of a check: what is unknown is told before what was found."""
    found = {line.outcome for line in answer.lines}
    if answer.request is not None or len(found) == 0 or not found.isdisjoint(_UNKNOWN):
        return UNKNOWN
    return HITS if _HIT in found else 0


def _print_check(answer: CheckAnswer, values: list[str]) -> None:
    _head(answer)
    print_table(
        f"Check {answer.ref} as of {answer.as_of}",
        ("asked", "answer", "whom to call", "note"),
        [
            (value, line.outcome, "; ".join(_calls(line)), line.reason or "")
            for value, line in zip(values, answer.lines, strict=True)
        ],
    )
    if answer.request is not None:
        say(f"It waits for a supervisor's approval, as request {answer.request}.")
    say(f"Nothing to show: {answer.nothing_means}")
    say(answer.searched)
    say(answer.about)


def _calls(line: CheckLine) -> Iterator[str]:
    for pointer in line.pointers:
        contact = pointer.contact or "no contact is known"
        yield f"{pointer.agency_name}, {pointer.reference}: {contact}"


@remote_app.command("check-file")
def check_file(
    file: Annotated[Path, typer.Argument(help="CSV or text, an identifier a line.")],
    *,
    investigation: _Investigation,
    purpose: _Purpose,
    out: Annotated[Path, typer.Option(help="File to write it to, with results.")],
    key: _Key = None,
) -> None:
    """Check a file; it comes back with a result beside each line."""
    named = key if key is not None else uuid.uuid4().hex
    with sentences(), remote() as api:
        if out.exists():
            raise RowError(f"{out} is there already. Nothing was checked; name another file.")
        text = api.check_file(
            file.read_bytes(), investigation=investigation, purpose=purpose, key=named
        )
        out.write_text(text, encoding="utf-8")
    say(f"Written to {out}. Asked again within a day with --key {named} it costs nothing.")


@remote_app.command()
def links(
    tip: Annotated[str, typer.Argument(help="Key of a tip, such as ncmec:123456789.")],
    *,
    json: Json = False,
) -> None:
    """List the tips that are connected to one, with the reasons."""
    with sentences(), remote() as api:
        answer = api.tip_links(tip)
    if json:
        print_json(answer)
        return
    _head(answer)
    print_table(
        f"Tips linked to {answer.tip} as of {answer.as_of} ({answer.caveat})",
        ("tip", "grade", "bits", "why"),
        list(_link_rows(answer)),
    )
    for sentence in answer.cut_off:
        say(sentence)


def _link_rows(answer: LinksAnswer) -> Iterator[tuple[str, ...]]:
    for link in answer.links:
        why = " ".join(reason.sentence for reason in link.reasons)
        yield (link.tip.key, link.grade, bits(link.score), why)


@remote_app.command()
def conflicts(*, json: Json = False) -> None:
    """List the conflicts that your side is told of, what is not resolved first."""
    items: list[Conflict] = []
    with sentences(), remote() as api:
        page = api.conflicts(limit=_CONFLICTS_TOGETHER)
        items.extend(page.items)
        while page.next_after is not None:
            page = api.conflicts(after=page.next_after, limit=_CONFLICTS_TOGETHER)
            items.extend(page.items)
    if json:
        print_json(items)
        return
    _head(page)
    print_table(
        f"Conflicts as of {page.as_of}",
        ("conflict", "status", "severity", "own", "other agency", "contact", "due"),
        [
            (
                item.ref,
                item.status,
                item.severity,
                item.own_reference,
                item.other_agency,
                item.other_contact,
                item.due_at,
            )
            for item in items
        ],
    )


remote_app.command("export")(remote_exports.export)
remote_app.command("extract")(remote_extracts.extract)
remote_app.command("hand-in")(remote_documents.hand_in)
remote_app.command("propose")(remote_documents.propose)


def _head(answer: Answer) -> None:
    banner(synthetic=answer.synthetic)
