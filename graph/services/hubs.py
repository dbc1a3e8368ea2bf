"""Hubs of a tip: what too many tips share to be walked through, or what is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.queries.links import OwnRow
from graph.scoring.evidence import Relation, protection_of
from graph.scoring.observations import Observation
from graph.scoring.pairs import WALKED_STATES
from graph.services.comparing import Compared, observation_of_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """An identifier of the tip that too many tips share to be walked through, or a stopped one."""

    kind: str
    identifier: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    is_child: bool = False
    """The tip says that it is a child's: for the child's safety, no subject's hub."""


def hubs_of(own: Sequence[OwnRow], compared: Compared) -> list[Hub]:
    """Give the hubs of a tip that was compared, the largest first."""
    roles: dict[tuple[str, str], list[Observation]] = {}
    for row in own:
        roles.setdefault((row.kind, row.identifier), []).append(observation_of_row(row))
    found: dict[tuple[str, str], Hub] = {}
    for row in own:
        protection = protection_of(roles[row.kind, row.identifier])
        if protection is Relation.REVIEW or not (row.linking or protection is Relation.CHILD):
            continue
        crowd = compared.crowded.get(row.subnet) if row.subnet is not None else None
        is_hub = row.mention_count > compared.most or row.state not in WALKED_STATES
        if is_hub or crowd is not None:
            name = row.subnet if row.subnet is not None and crowd is not None else row.identifier
            found[(row.kind, name)] = Hub(
                kind=row.kind,
                identifier=name,
                state=row.state,
                state_reason=row.state_reason,
                tip_count=crowd if crowd is not None else row.tip_count,
                mention_count=crowd if crowd is not None else row.mention_count,
                is_child=protection is Relation.CHILD,
            )
    return sorted(found.values(), key=lambda hub: (-hub.tip_count, hub.kind, hub.identifier))
