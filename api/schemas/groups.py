"""Groups of tips on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import LinkAnswer, Part, answer
from api.schemas.links import TipLink
from api.schemas.tips import TipLine
from graph.opening import OpenStore
from graph.services.group_answers import GroupAround


class GroupValue(Part):
    """An identifier, a /64 or a trait."""

    kind: str
    identifier: str


class GroupLink(Part):
    """A strong link between two tips, or a judgement of `same actor`."""

    first: str
    second: str
    score: int = Field(description="Thousandths of a bit.")
    judged: bool = Field(description="A person judged that one actor is behind both.")
    needs: tuple[GroupValue, ...] = Field(
        description="Values without any one of which the link would not be strong."
    )


class GroupMember(Part):
    """A tip of the group, and why it belongs there."""

    tip: TipLine
    links: tuple[TipLink, ...] = Field(description="Its strongest links to other members.")
    same_actor_as: tuple[str, ...] = Field(
        description="Members of whom a person judged that one actor is behind both."
    )
    link_total: int = Field(description="Members that it is linked to.")
    attached: bool = Field(description="It hangs on one link alone.")
    hinge: bool = Field(description="Without it the group would fall into parts.")


class GroupHold(Part):
    """What was cut between the group and another one."""

    cause: str = Field(description="`one link`, `one value` or `judged not the same`.")
    links: tuple[GroupLink, ...]
    score: int = Field(description="Sum of what was cut, thousandths of a bit.")
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
    tip_total: int = Field(description="Tips in the store.")
    weights: str = Field(description="Version of the weights table.")
    snapshot_at: str | None = Field(description="When it was counted how common values are.")
    members: tuple[GroupMember, ...]
    weakest: GroupLink | None = Field(
        description="The weakest link that the group needs: without links up to this score it "
        "falls apart."
    )
    rests_on: tuple[GroupValue, ...] = Field(
        description="Values without any one of which tips would fall off it."
    )
    beside: tuple[GroupBeside, ...]
    apart: tuple[KeptApart, ...]
    looked_at: int = Field(description="Tips that were looked at.")
    partial: bool = Field(description="A budget was reached: there may be more than this.")

    @property
    def tips_shown(self) -> list[str]:
        """Keys of the tips of the group and of those beside it."""
        return [
            *(member.tip.key for member in self.members),
            *(tip for group in self.beside for tip in group.tips),
        ]

    @classmethod
    def of(cls, found: GroupAround, opened: OpenStore) -> GroupAnswer:
        """Give the answer for a group."""
        return answer(cls, found, opened, queries=found.queries)
