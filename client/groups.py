"""The API's answers about groups of tips."""

from __future__ import annotations

from client.answers import LinkAnswer, Part
from client.links import TipLink
from client.tips import TipLine


class GroupValue(Part):
    """An identifier, a /64 or a trait."""

    kind: str
    identifier: str


class GroupLink(Part):
    """A strong link between two tips, or a judgement of `same actor`."""

    first: str
    second: str
    score: int
    judged: bool
    needs: tuple[GroupValue, ...]


class GroupMember(Part):
    """A tip of the group, and why it belongs there."""

    tip: TipLine
    links: tuple[TipLink, ...]
    same_actor_as: tuple[str, ...]
    link_total: int
    attached: bool
    hinge: bool


class GroupHold(Part):
    """What was cut between the group and another one."""

    cause: str
    links: tuple[GroupLink, ...]
    score: int
    value: GroupValue | None
    sentence: str


class GroupBeside(Part):
    """Another group, which is joined to this one too thinly, or against a judgement."""

    tips: tuple[str, ...]
    holds: tuple[GroupHold, ...]


class KeptApart(Part):
    """A pair that a person judged not the same."""

    first: str
    second: str
    judged_by: str
    at: str
    why: str


class GroupAnswer(LinkAnswer):
    """The tips that hang together with one, and the groups that are nearly one with it."""

    tip: str
    tip_total: int
    weights: str
    snapshot_at: str | None
    members: tuple[GroupMember, ...]
    weakest: GroupLink | None
    rests_on: tuple[GroupValue, ...]
    beside: tuple[GroupBeside, ...]
    apart: tuple[KeptApart, ...]
    looked_at: int
    partial: bool
