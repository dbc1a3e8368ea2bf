"""Search on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import OF_TIPS, LinkAnswer, Part, Wanted, answer
from api.schemas.tips import TipLine
from graph.opening import OpenStore
from graph.queries.identifiers import CLAIMED_BY, IDENTIFIERS, TIPS_OF
from graph.queries.tips import TIPS_BY_PREFIX
from graph.services.search import MAX_TIPS, SearchResult


class SearchQuestion(Wanted):
    """What somebody looks for. It travels in the body, so that no log of addresses holds it."""

    text: str = Field(
        min_length=1,
        max_length=2000,
        description="A tip's number, or an identifier of any kind in any usual spelling.",
        examples=["ncmec:198000001", "(555) 555-0123", "someone@example.com"],
    )


class Taken(Part):
    """An identifier that the text can be read as."""

    kind: str
    key: str = Field(description="As it is looked up.")
    display: str
    state: str
    state_reason: str | None


class FoundIdentifier(Part):
    """An identifier that is in the graph."""

    kind: str
    key: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int = Field(description=OF_TIPS)
    claim_count: int


class Claimant(Part):
    """An investigation that claims an identifier."""

    investigation: str
    agency: str
    reference: str
    status: str
    role: str


class Found(Part):
    """An identifier that is in the graph, with its first tips and its claims."""

    identifier: FoundIdentifier
    tips: tuple[TipLine, ...]
    claims: tuple[Claimant, ...]


class SearchAnswer(LinkAnswer):
    """What is in the graph under a text."""

    taken_for: tuple[Taken, ...]
    tips: tuple[TipLine, ...] = Field(description="Tips whose number is, or begins with, it.")
    found: tuple[Found, ...]

    @classmethod
    def of(cls, result: SearchResult, opened: OpenStore) -> SearchAnswer:
        """Give the answer for a result."""
        used = (IDENTIFIERS, TIPS_OF, CLAIMED_BY, TIPS_BY_PREFIX)
        names = tuple(query.name for query in used)
        return answer(
            cls, result, opened, queries=names, cut_off=[*result.cut_off, *_cut_off(result)]
        )


def _cut_off(result: SearchResult) -> list[str]:
    said = []
    if len(result.tips) == MAX_TIPS:
        said.append(f"Only the first {MAX_TIPS} tips whose number begins so are shown.")
    for item in result.found:
        row = item.identifier
        if row.mention_count > len(item.tips):
            shown = f"{len(item.tips)} of {row.mention_count}"
            said.append(f"{shown} tips that mention the {row.kind} are shown.")
        if len(item.claims) == MAX_TIPS:
            said.append(f"Only the first {MAX_TIPS} claims on the {row.kind} are shown.")
    return said
