"""Commands that answer: links, overlaps and search."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import URGENCY, Json, banner, bits, print_lines
from crosstip.output import print_json, print_table, say
from crosstip.session import opened, tip_key
from graph.clock import iso
from graph.queries.investigations import InvestigationRow
from graph.services.links import links_of
from graph.services.overlaps import Overlap, find_overlaps
from graph.services.search import search as search_store


def links(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    json: Json = False,
) -> None:
    """Show the tips that share identifiers with a tip, with reasons; urgent ones first."""
    with opened() as found:
        answer = links_of(found.store, tip_key(tip), limit=limit)
        synthetic = found.info.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    rows: list[tuple[object, ...]] = []
    for link in answer.links:
        first = (URGENCY[link.tip.urgency], link.tip.key, bits(link.score))
        for refers in link.refers:
            rows.append((*first, "reference", "", f"{refers} this tip: no second source"))
            first = ("", "", "")
        for reason in link.reasons:
            value = f"{reason.kind} {reason.identifier}"
            rows.append((*first, reason.relation.value, value, reason.sentence))
            first = ("", "", "")
    print_table(
        f"Tips linked to {answer.tip} as of {iso(answer.as_of_us)} ({answer.caveat})",
        ("urgent", "tip", "bits", "relation", "identifier", "why"),
        rows,
    )
    if len(answer.links) == 0:
        say("No other tip shares an identifier that may link.")
    for hub in answer.hubs:
        why = hub.state_reason if hub.state_reason is not None else "shared by many"
        say(f"Not walked: {hub.kind} {hub.identifier}, {hub.mention_count} tips ({why}).")
    for sentence in answer.cut_off:
        say(sentence)


def overlaps(*, json: Json = False) -> None:
    """Show investigations of different agencies that meet, and through what."""
    with opened() as found:
        answer = find_overlaps(found.store)
        synthetic = found.info.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    say(f"Overlaps as of {iso(answer.as_of_us)}: subject deconfliction, not event safety.")
    for overlap in answer.overlaps:
        print_overlap(overlap, most=len(overlap.meetings))
    if len(answer.overlaps) == 0:
        say("No two open investigations of different agencies meet in this store.")
    for overlap in answer.protective:
        say(
            f"Possibly the same child, no common subject: {overlap.first.key} and "
            f"{overlap.second.key}; the supervisors should talk."
        )
    for overlap in answer.low_value:
        say(
            f"Only in values that many share: {overlap.first.key} and {overlap.second.key} "
            f"({overlap.meetings[0].first_kind})."
        )
    for sentence in answer.cut_off:
        say(sentence)


def print_overlap(overlap: Overlap, *, most: int) -> None:
    """Print two investigations that meet, and at most so many of their meetings."""
    urgent = f" [{URGENCY[overlap.urgency]}]" if overlap.urgency < 2 else ""
    say(f"- {_named(overlap.first)} meets {_named(overlap.second)}{urgent}")
    for meeting in overlap.meetings[:most]:
        say(f"    {meeting.sentence}")
    if len(overlap.meetings) > most:
        say(f"    and {len(overlap.meetings) - most} more ways")


def _named(investigation: InvestigationRow) -> str:
    return f"{investigation.agency_name} {investigation.reference}"


def search(
    text: Annotated[str, typer.Argument(help="Any identifier or tip number; `-` reads a line.")],
    *,
    json: Json = False,
) -> None:
    """Look for an identifier or a tip number; says what the text was taken for."""
    wanted = typer.prompt("search for", hide_input=False) if text == "-" else text
    with opened() as found:
        answer = search_store(found.store, wanted)
        synthetic = found.info.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    print_table(
        "Taken for",
        ("kind", "key", "state"),
        [(i.kind.value, i.key, i.state_reason or i.state.value) for i in answer.taken_for],
    )
    if len(answer.tips) > 0:
        print_lines("Tips with this number", answer.tips)
    for item in answer.found:
        title = (
            f"{item.identifier.kind} {item.identifier.key}: {item.identifier.mention_count} tips"
        )
        print_lines(title, item.tips)
        for claim in item.claims:
            say(f"Claimed by {claim.agency}, {claim.reference} ({claim.status}, {claim.role}).")
    if len(answer.tips) + len(answer.found) == 0:
        say(f"Nothing in this store under this text, as of {iso(answer.as_of_us)}.")
