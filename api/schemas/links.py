"""Links of a tip on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import OF_TIPS, LinkAnswer, Part, answer
from api.schemas.tips import TipLine
from graph.opening import OpenStore
from graph.services.explaining import Explanation
from graph.services.links import Links


class ReasonPart(Part):
    """A line of the weights table that went into a reason."""

    name: str
    weight: int


class LinkReason(Part):
    """Something that two tips share, or in which they differ."""

    kind: str
    identifier: str
    relation: str = Field(
        description="`shared identifier`, `same trait`, `counter-evidence`, `possible same child "
        "or account` or `for review`; the last two are no evidence of a link."
    )
    name: str = Field(description="Line of the weights table.")
    weight: int = Field(
        description="Thousandths of a bit that it counts here; negative speaks against."
    )
    alone: int = Field(description="What it would count if nothing else were shared.")
    parts: tuple[ReasonPart, ...] = Field(description="What `alone` is the sum of.")
    group: str = Field(description="Reasons of one group are not added twice.")
    holders: str = Field(description="How many tips hold the value, in bands.")
    own_roles: tuple[str, ...]
    other_roles: tuple[str, ...]
    own_times: tuple[str, ...]
    other_times: tuple[str, ...]
    own_places: tuple[str, ...] = Field(description="Where it stands in this tip's documents.")
    other_places: tuple[str, ...]
    sentence: str


class TipLink(Part):
    """Another tip with the reasons and their exact sum."""

    tip: TipLine
    score: int = Field(description="Sum of the reasons' weights, thousandths of a bit.")
    grade: str = Field(description="`strong`, `moderate`, `weak` or `none`, by the cut-offs.")
    reasons: tuple[LinkReason, ...]
    chance: str = Field(
        description="How many pairs this strong are expected to be of strangers, if estimated."
    )
    judged: str | None = Field(description="What a person decided: `same actor` or `unsure`.")
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
    mention_count: int = Field(description=OF_TIPS)
    is_child: bool = Field(description="It is a child's in this tip: no subject's.")


class LinksAnswer(LinkAnswer):
    """What is connected to a tip: imminent danger and escalated first, then the strongest."""

    tip: str
    tip_total: int = Field(description="Tips in the store.")
    weights: str = Field(description="Version of the weights table.")
    snapshot_at: str | None = Field(description="When it was counted how common values are.")
    links: tuple[TipLink, ...]
    apart: tuple[str, ...] = Field(
        description="Tips that a person judged not to be the same actor's: not suggested."
    )
    hubs: tuple[Hub, ...]

    @classmethod
    def of(cls, links: Links, opened: OpenStore) -> LinksAnswer:
        """Give the answer for links."""
        return answer(cls, links, opened, queries=links.queries)


class Judgement(Part):
    """A person's decision about two tips, or the undoing of one."""

    key: str
    tips: tuple[str, ...]
    verdict: str = Field(description="`same actor`, `not the same`, `unsure` or `undone`.")
    undoes: str | None = Field(description="Key of the judgement that this one undoes.")
    why: str
    judged_by: str
    at: str
    weights: str | None
    score: int | None
    grade: str | None


class CutOffs(Part):
    """Least scores of the grades, thousandths of a bit."""

    strong: int
    moderate: int
    weak: int


class ExplanationAnswer(LinkAnswer):
    """Two tips side by side: all that speaks for and against one person behind them."""

    own: TipLine
    other: TipLine
    weights: str = Field(description="Version of the weights table.")
    snapshot_at: str | None = Field(description="When it was counted how common values are.")
    score: int
    grade: str
    chance: str = Field(
        description="How many pairs this strong are expected to be of strangers, if estimated."
    )
    cut_offs: CutOffs
    reasons: tuple[LinkReason, ...]
    refers: tuple[str, ...]
    judgements: tuple[Judgement, ...] = Field(
        description="What people decided about the two, oldest first, undone ones included."
    )

    @classmethod
    def of(cls, found: Explanation, opened: OpenStore) -> ExplanationAnswer:
        """Give the answer for an explanation."""
        return answer(cls, found, opened, queries=found.queries)
