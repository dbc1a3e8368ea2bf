"""A tip's neighbourhood on the wire: a bounded picture, laid out."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import LinkAnswer, Part, answer
from graph.opening import OpenStore
from graph.queries.investigations import TOUCHING
from graph.queries.links import COMPARED, HUB_PAIRS, OWN, SHARED
from graph.queries.subnets import SUBNETS
from graph.queries.tips import REFERENCES
from graph.services.neighbourhood import Picture


class Node(Part):
    """A node of the picture."""

    id: str = Field(description="Opaque; holds nothing of what the node stands for.")
    kind: str = Field(
        description="Tip, Investigation, Bundle (a hub with its count) or a kind of identifier."
    )
    key: str
    label: str
    detail: str
    urgency: int = Field(description="As of tips: 0 imminent danger, 1 escalated, 2 neither.")
    x: float = Field(description="Between -1 and 1.")
    y: float = Field(description="Between -1 and 1.")


class Edge(Part):
    """An edge of the picture."""

    start: str
    end: str
    label: str
    weight: int = Field(description="Thousandths of a bit; 0 where it is no evidence.")


class NeighbourhoodAnswer(LinkAnswer):
    """The picture around a tip."""

    tip: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def tips_shown(self) -> list[str]:
        """Keys of the tips in the picture."""
        return [node.key for node in self.nodes if node.kind == "Tip"]

    @classmethod
    def of(cls, picture: Picture, opened: OpenStore) -> NeighbourhoodAnswer:
        """Give the answer for a picture."""
        used = (OWN, SHARED, SUBNETS, HUB_PAIRS, COMPARED, REFERENCES, TOUCHING)
        return answer(cls, picture, opened, queries=tuple(query.name for query in used))
