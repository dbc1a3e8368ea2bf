"""The answer to `how do these two tips hang together`."""

from __future__ import annotations

from dataclasses import dataclass

from graph.queries.investigations import TOUCHING
from graph.queries.judgements import JUDGED
from graph.queries.links import COMPARED, HUB_PAIRS, OWN, SHARED
from graph.queries.subnets import SUBNETS
from graph.queries.tips import TipLine
from graph.scoring.weights import Grade
from graph.services.links import CAVEAT
from graph.services.reasons import Reason

LONGEST = 4
"""Links of a chain, unless more or fewer are asked for."""
MAX_LONGEST = 6
MAX_CHAINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A link of a chain, seen from `own`."""

    own: str
    other: str
    score: int
    grade: Grade
    """A judgement of `same actor` counts as strong, whatever the evidence."""
    judged: str | None
    """What a person decided about the two: `same actor` or `unsure`."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Tips from one end to the other, and the links between them."""

    tips: tuple[TipLine, ...]
    steps: tuple[Step, ...]
    grade: Grade
    """Of its weakest link: a chain is no stronger."""
    weakest: int
    """Place of its weakest link among the steps, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An investigation that claims something of both tips: no evidence, and no chain."""

    investigation: str
    agency: str
    reference: str
    status: str
    own: tuple[str, ...]
    """What it claims of this tip: kind and identifier."""
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The answer to `how do these two tips hang together`."""

    own: TipLine
    other: TipLine
    as_of_us: int
    tip_total: int
    weights: str
    snapshot_us: int | None
    summary: str
    chains: tuple[Chain, ...]
    """Best first: grade of the weakest link, then fewer links, then its score, then keys."""
    judged: str | None
    """What a person decided about the two tips themselves."""
    investigations: tuple[Meeting, ...]
    longest: int
    """Links of a chain at most."""
    looked_at: int
    partial: bool
    """A budget was reached: there may be better chains than these."""
    cut_off: tuple[str, ...]
    queries: tuple[str, ...] = (
        OWN.name,
        SHARED.name,
        SUBNETS.name,
        HUB_PAIRS.name,
        COMPARED.name,
        JUDGED.name,
        TOUCHING.name,
    )
    caveat: str = CAVEAT
