"""Chains of links between two tips on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import LinkAnswer, Part, answer
from api.schemas.links import LinkReason
from api.schemas.tips import TipLine
from graph.opening import OpenStore
from graph.services.path_answers import Paths


class ChainStep(Part):
    """A link of a chain, seen from `own`."""

    own: str
    other: str
    score: int = Field(description="Sum of the reasons' weights, thousandths of a bit.")
    grade: str = Field(description="A judgement of `same actor` counts as strong.")
    judged: str | None = Field(description="What a person decided: `same actor` or `unsure`.")
    reasons: tuple[LinkReason, ...]


class TipChain(Part):
    """Tips from one end to the other, and the links between them."""

    tips: tuple[TipLine, ...]
    steps: tuple[ChainStep, ...]
    grade: str = Field(description="Of its weakest link: a chain is no stronger.")
    weakest: int = Field(description="Place of its weakest link among the steps, from 0.")


class ClaimedOfBoth(Part):
    """An investigation that claims something of both tips: no evidence, and no chain."""

    investigation: str
    agency: str
    reference: str
    status: str
    own: tuple[str, ...] = Field(description="What it claims of this tip.")
    other: tuple[str, ...]


class PathsAnswer(LinkAnswer):
    """The best chains between two tips. None within the bounds does not say that there is none."""

    own: TipLine
    other: TipLine
    tip_total: int = Field(description="Tips in the store.")
    weights: str = Field(description="Version of the weights table.")
    snapshot_at: str | None = Field(description="When it was counted how common values are.")
    summary: str
    chains: tuple[TipChain, ...] = Field(
        description="Best first: grade of the weakest link, then fewer links, then its score."
    )
    judged: str | None = Field(description="What a person decided about the two tips themselves.")
    investigations: tuple[ClaimedOfBoth, ...]
    longest: int = Field(description="Links of a chain at most.")
    looked_at: int = Field(description="Tips that were looked at.")
    partial: bool = Field(description="A budget was reached: there may be better chains.")

    @property
    def tips_shown(self) -> list[str]:
        """Keys of the tips of all chains."""
        return [tip.key for chain in self.chains for tip in chain.tips]

    @classmethod
    def of(cls, found: Paths, opened: OpenStore) -> PathsAnswer:
        """Give the answer for chains."""
        return answer(cls, found, opened, queries=found.queries)
