"""What a report rests on, asked for when it is made: reasons of links, and documents of tips."""

from __future__ import annotations

from dataclasses import dataclass

from client.client import CrosstipClient
from client.links import ExplanationAnswer
from client.tips import TipAnswer
from dashboard.charting.filters import Sight
from dashboard.charting.model import ChartLink

MOST_LINKS = 30
"""Links between tips whose reasons are in one report, the strongest first."""
MOST_TIPS = 100
"""Tips whose documents are in one report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why tips are linked, what stands behind each, and what was left out."""

    why: tuple[ExplanationAnswer, ...]
    tips: tuple[TipAnswer, ...]
    left_out: tuple[str, ...]
    version: str
    """Of the Crosstip that answered."""


def tips_of(sight: Sight) -> tuple[str, ...]:
    """Give the tips in sight, as they were put on the chart."""
    return tuple(node.key for node in sight.nodes.values() if node.kind == "Tip")


def gather(client: CrosstipClient, sight: Sight) -> Grounds:
    """Ask for what a report of a chart rests on; each look is in the log as any other.

    Raises:
        ApiError: the API does not say, or a tip may not be seen any more.
    """
    links = strongest(sight)
    tips = tips_of(sight)
    left_out = []
    if len(links) > MOST_LINKS:
        left_out.append(
            f"Reasons are given for the {MOST_LINKS} strongest of {len(links)} links between tips."
        )
    if len(tips) > MOST_TIPS:
        left_out.append(f"Documents are named for {MOST_TIPS} of {len(tips)} tips.")
    return Grounds(
        why=tuple(
            client.tip_explanation(link.ends[0][1], link.ends[1][1]) for link in links[:MOST_LINKS]
        ),
        tips=tuple(client.tip(tip) for tip in tips[:MOST_TIPS]),
        left_out=tuple(left_out),
        version=client.version().crosstip,
    )


def strongest(sight: Sight) -> list[ChartLink]:
    """Give the links between two tips in sight, the strongest first."""
    between = [
        link
        for link in sight.links.values()
        if all(kind == "Tip" for kind, _ in link.ends) and link.grade is not None
    ]
    return sorted(between, key=lambda link: (-link.weight, link.ends))
