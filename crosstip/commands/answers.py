"""Commands that answer: overlaps and search."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Annotated

import typer

from crosstip.commands.wording import URGENCY, Json, banner, print_lines
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.queries.investigations import InvestigationRow
from graph.services.overlaps import Overlap, Overlaps, find_overlaps
from graph.services.search import MAX_TIPS, Found
from graph.services.search import search as search_store

DEFAULT_PAIRS = 50
"""Pairs of investigations that are printed of each list unless more are asked for."""
MOST_WAYS = 10
"""Ways in which two investigations meet that are printed; `--json` has all of them."""


def overlaps(
    *,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="Pairs printed of each list [default: 50; with --json all]."),
    ] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Show investigations of different agencies that meet, and through what."""
    with desk(user, Deed.OVERLAP_READ) as at:
        answer = find_overlaps(at.store)
        at.shows(None, *_shown_in(answer))
        synthetic = at.synthetic
    if json:
        print_json(answer if limit is None else _shortened(answer, limit))
        return
    banner(synthetic=synthetic)
    say(f"Overlaps as of {iso(answer.as_of_us)}: subject deconfliction, not event safety.")
    for sentence in _counted(answer):
        say(sentence)
    shown = _shortened(answer, DEFAULT_PAIRS if limit is None else limit)
    for overlap in shown.overlaps:
        print_overlap(overlap, most=MOST_WAYS)
    for overlap in shown.protective:
        say(
            f"Possibly the same child, no common subject: {overlap.first.key} and "
            f"{overlap.second.key}; the supervisors should talk."
        )
    for overlap in shown.low_value:
        say(
            f"Only in values that many share: {overlap.first.key} and {overlap.second.key} "
            f"({overlap.meetings[0].first_kind})."
        )
    for sentence in shown.cut_off:
        say(sentence)


def _counted(answer: Overlaps) -> list[str]:
    """Give how many pairs meet, by the nearest way in which each does."""
    total = len(answer.overlaps)
    if total + len(answer.protective) + len(answer.low_value) == 0:
        return ["No two open investigations of different agencies meet in this store."]
    ways = Counter(_nearest(overlap) for overlap in answer.overlaps)
    urgent = Counter(overlap.urgency for overlap in answer.overlaps)
    met = (
        f"Pairs of investigations that meet: {total} ({ways[0]} claim the same identifier, "
        f"{ways[1]} meet in one tip, {ways[2]} over two tips that share something rare; "
        f"{urgent[0]} through a tip in imminent danger, {urgent[1]} through an escalated one)."
    )
    apart = (
        f"For protection, possibly the same child: {len(answer.protective)}. "
        f"Only in values that many share: {len(answer.low_value)}."
    )
    return [met, apart]


def _shown_in(answer: Overlaps) -> set[str]:
    """Give the keys of the investigations in an answer."""
    pairs = (*answer.overlaps, *answer.protective, *answer.low_value)
    return {side.key for pair in pairs for side in (pair.first, pair.second)}


def _nearest(overlap: Overlap) -> int:
    """Give how many tips lie between two investigations where they are nearest."""
    return min(
        (meeting.tip is not None) + (meeting.second_tip is not None)
        for meeting in overlap.meetings
        if not meeting.is_low_value
    )


def _shortened(answer: Overlaps, limit: int) -> Overlaps:
    """Give the first of each list, and say how many are left out."""
    cut_off = [
        f"{len(pairs) - limit} further {kind} are not shown: ask for them with --limit."
        for kind, pairs in (
            ("pairs that meet", answer.overlaps),
            ("pairs that may be about the same child", answer.protective),
            ("pairs of low value", answer.low_value),
        )
        if len(pairs) > limit
    ]
    return replace(
        answer,
        overlaps=answer.overlaps[:limit],
        protective=answer.protective[:limit],
        low_value=answer.low_value[:limit],
        cut_off=(*answer.cut_off, *cut_off),
    )


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
    user: As = None,
    json: Json = False,
) -> None:
    """Look for an identifier or a tip number; says what the text was taken for."""
    wanted = typer.prompt("search for", hide_input=False) if text == "-" else text
    with desk(user, Deed.TIP_READ) as at:
        answer = search_store(at.store, wanted)
        found = [line.key for item in answer.found for line in item.tips]
        at.shows(None, *(line.key for line in answer.tips), *found)
        synthetic = at.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    if len(answer.tips) > 0:
        print_lines("Tips with this number", answer.tips)
        if len(answer.tips) == MAX_TIPS:
            say(f"Only the first {MAX_TIPS} tips whose number begins so are shown.")
    if len(answer.taken_for) > 0:
        print_table(
            "Also taken for" if len(answer.tips) > 0 else "Taken for",
            ("kind", "key", "state"),
            [(i.kind.value, i.key, i.state_reason or i.state.value) for i in answer.taken_for],
        )
    for item in answer.found:
        _print_found(item)
    if len(answer.tips) + len(answer.found) == 0:
        say(f"Nothing in this store under this text, as of {iso(answer.as_of_us)}.")
    for sentence in answer.cut_off:
        say(sentence)


def _print_found(item: Found) -> None:
    row = item.identifier
    print_lines(f"{row.kind} {row.key}: {row.mention_count} tips", item.tips)
    if row.mention_count > len(item.tips):
        say(f"{len(item.tips)} of {row.mention_count} tips are shown, the most urgent first.")
    for claim in item.claims:
        say(f"Claimed by {claim.agency}, {claim.reference} ({claim.status}, {claim.role}).")
    if row.claim_count > len(item.claims):
        say(f"{len(item.claims)} of {row.claim_count} claims are shown.")
