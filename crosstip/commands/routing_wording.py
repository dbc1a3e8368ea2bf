"""Proposals of holders as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator

from graph.services.routing_decisions import said
from graph.services.routing_proposals import Proposal, Routes


def in_words(found: Routes) -> Iterator[str]:
    """Give proposals line by line: who, how surely, why, what is against it and what is missing."""
    yield _outcome(found)
    if found.holders is not None:
        yield f"Held now by {', '.join(found.holders) or 'nobody'}."
    for each in found.proposals:
        yield from _proposal(each)
    if len(found.left_out) > 0:
        yield "Not used:"
        yield from (f"  {out.source.value}, at `{out.path}`: {out.why}" for out in found.left_out)
    if len(found.helps) > 0:
        yield "What would help:"
        yield from (f"  {text}" for text in found.helps)
    yield from found.cut_off
    yield f"Made with {'; '.join(found.versions)}."
    yield f"{found.caveat} Seen: {found.seen}"


def _outcome(found: Routes) -> str:
    if found.outcome == "unknown":
        return f"{found.tip}: UNKNOWN. Nothing in it leads to an agency that is entered here."
    if found.outcome == "one":
        return f"{found.tip}: one agency is proposed."
    return f"{found.tip}: {len(found.proposals)} agencies are proposed; more than one may hold it."


def _proposal(each: Proposal) -> Iterator[str]:
    who, permit = each.proposed.candidate, each.permit
    holds = " (holds it now)" if each.holds else ""
    yield f"{each.proposed.confidence.value.upper()}  {who.key}: {who.name}, {who.kind}{holds}"
    yield from (f"    + {said(reason)}" for reason in each.proposed.reasons)
    yield from (f"    - {text}" for text in each.proposed.against)
    warned = "WARNING, to be acknowledged: " if permit.is_warning else ""
    yield (
        f"    {warned}{permit.purpose.value}: {permit.answer.value} ({permit.paragraph}; this "
        f"table is for {permit.status.removesuffix(' to confirm')} to confirm)"
    )
