"""The answer to `which tips hang together with this one`."""

from __future__ import annotations

from dataclasses import dataclass

from graph.grouping.cuts import Cause
from graph.queries.judgements import JUDGED
from graph.queries.links import COMPARED, HUB_PAIRS, OWN, SHARED
from graph.queries.subnets import SUBNETS
from graph.queries.tips import TipLine
from graph.services.links import CAVEAT, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupValue:
    """An identifier, a /64 or a trait."""

    kind: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """A strong link between two tips, or a judgement of `same actor`."""

    first: str
    second: str
    score: int
    judged: bool
    needs: tuple[GroupValue, ...]
    """Values without any one of which it would not be strong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A tip of the group, and why it belongs there."""

    tip: TipLine
    links: tuple[Link, ...]
    """Its strongest links to other members."""
    same_actor_as: tuple[str, ...]
    """Members of whom a person judged that one actor is behind both."""
    link_total: int
    """Members that it is linked to."""
    attached: bool
    """It hangs on one link alone: look at that link first."""
    hinge: bool
    """Without it the group would fall into parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What was cut between the group and another one."""

    cause: Cause
    links: tuple[GroupLink, ...]
    score: int
    """Sum of what was cut; between tips judged not the same it is the least that parts them."""
    value: GroupValue | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another group, which strong links join to this one too thinly, or against a judgement."""

    tips: tuple[str, ...]
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApart:
    """A pair that a person judged not the same."""

    first: str
    second: str
    judged_by: str
    at_us: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAround:
    """The answer to `which tips hang together with this one`."""

    tip: str
    as_of_us: int
    tip_total: int
    weights: str
    snapshot_us: int | None
    members: tuple[Member, ...]
    """Imminent danger and escalated first, then by key; the tip itself among them."""
    weakest: GroupLink | None
    """The weakest link that the group needs: without links up to this score it falls apart."""
    rests_on: tuple[GroupValue, ...]
    """Values without any one of which tips would fall off it."""
    beside: tuple[Beside, ...]
    apart: tuple[KeptApart, ...]
    looked_at: int
    partial: bool
    """A budget was reached: there may be more tips, and other parts than these."""
    cut_off: tuple[str, ...]
    queries: tuple[str, ...] = (
        OWN.name,
        SHARED.name,
        SUBNETS.name,
        HUB_PAIRS.name,
        COMPARED.name,
        JUDGED.name,
    )
    caveat: str = CAVEAT
