"""The reasons of a link as answers carry them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.scoring.bands import band_words
from graph.scoring.evidence import Evidence, Relation, Weighed
from graph.scoring.observations import Observation
from graph.scoring.sentences import sentence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A line of the weights table that went into a reason."""

    name: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that two tips share, or in which they differ."""

    name: str
    """Line of the weights table that it is."""
    kind: str
    """Kind of identifier, or `trait`."""
    identifier: str
    relation: Relation
    weight: int
    """Thousandths of a bit that it counts here; negative speaks against. 0 where it is no
    evidence of a link between subjects."""
    alone: int
    """Thousandths of a bit that it would count if nothing else were shared."""
    parts: tuple[Part, ...]
    """What `alone` is the sum of."""
    group: str
    """Reasons of one group follow from each other and are not added twice."""
    holders: str
    """How many tips hold the value, in the snapshot's bands, in words."""
    own_roles: tuple[str, ...]
    other_roles: tuple[str, ...]
    own_times_us: tuple[int, ...]
    other_times_us: tuple[int, ...]
    own_places: tuple[str, ...]
    """Where it stands in this tip's documents."""
    other_places: tuple[str, ...]
    sentence: str


def reasons_of(weighed: Weighed) -> tuple[Reason, ...]:
    """Give the reasons behind a comparison, strongest first, counter-evidence after them."""
    return tuple(_reason(item) for item in weighed.evidence)


def _reason(item: Evidence) -> Reason:
    return Reason(
        name=item.name,
        kind=item.kind.value if item.kind is not None else "trait",
        identifier=item.value,
        relation=item.relation,
        weight=item.counted,
        alone=item.alone,
        parts=tuple(Part(name=name, weight=weight) for name, weight in item.parts),
        group=item.group,
        holders=band_words(item.band) if item.kind is not None else "",
        own_roles=_roles(item.own),
        other_roles=_roles(item.other),
        own_times_us=_times(item.own),
        other_times_us=_times(item.other),
        own_places=tuple(sorted({o.path for o in item.own})),
        other_places=tuple(sorted({o.path for o in item.other})),
        sentence=sentence_of(item),
    )


def _roles(side: tuple[Observation, ...]) -> tuple[str, ...]:
    return tuple(sorted({o.role.value for o in side}))


def _times(side: tuple[Observation, ...]) -> tuple[int, ...]:
    return tuple(sorted({o.at_us for o in side if o.at_us is not None}))
