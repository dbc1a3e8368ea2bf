"""The API's answers about chains of links between two tips."""

from __future__ import annotations

from client.answers import LinkAnswer, Part
from client.links import LinkReason
from client.tips import TipLine


class ChainStep(Part):
    """A link of a chain, seen from `own`."""

    own: str
    other: str
    score: int
    grade: str
    judged: str | None
    reasons: tuple[LinkReason, ...]


class TipChain(Part):
    """Tips from one end to the other, and the links between them."""

    tips: tuple[TipLine, ...]
    steps: tuple[ChainStep, ...]
    grade: str
    weakest: int


class ClaimedOfBoth(Part):
    """An investigation that claims something of both tips: no evidence, and no chain."""

    investigation: str
    agency: str
    reference: str
    status: str
    own: tuple[str, ...]
    other: tuple[str, ...]


class PathsAnswer(LinkAnswer):
    """The best chains between two tips. None within the bounds does not say that there is none."""

    own: TipLine
    other: TipLine
    tip_total: int
    weights: str
    snapshot_at: str | None
    summary: str
    chains: tuple[TipChain, ...]
    judged: str | None
    investigations: tuple[ClaimedOfBoth, ...]
    longest: int
    looked_at: int
    partial: bool
