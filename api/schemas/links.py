"""Links of a tip on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import LinkAnswer, Part, answer
from api.schemas.tips import TipLine
from graph.opening import OpenStore
from graph.services.links import Links


class LinkReason(Part):
    """One identifier that two tips share."""

    kind: str
    identifier: str
    relation: str = Field(
        description="`shared identifier`, `possible same child or account` or `for review`; only "
        "the first is evidence of a link."
    )
    weight: int = Field(description="Thousandths of a bit; 0 where it is no evidence.")
    tip_count: int = Field(description="How many tips hold the value.")
    own_roles: tuple[str, ...]
    other_roles: tuple[str, ...]
    own_times: tuple[str, ...]
    other_times: tuple[str, ...]
    sentence: str


class TipLink(Part):
    """Another tip with the reasons and their exact sum."""

    tip: TipLine
    score: int = Field(description="Sum of the reasons' weights, thousandths of a bit.")
    reasons: tuple[LinkReason, ...]
    refers: tuple[str, ...] = Field(
        description="`names` or `named by`: one document names the other tip."
    )


class Hub(Part):
    """An identifier that too many tips share to be walked through: counted only."""

    kind: str
    identifier: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int


class LinksAnswer(LinkAnswer):
    """What is connected to a tip: imminent danger and escalated first, then the strongest."""

    tip: str
    tip_total: int = Field(description="Tips in the store; the base of every weight.")
    links: tuple[TipLink, ...]
    hubs: tuple[Hub, ...]

    @classmethod
    def of(cls, links: Links, opened: OpenStore) -> LinksAnswer:
        """Give the answer for links."""
        return answer(cls, links, opened, queries=links.queries)
