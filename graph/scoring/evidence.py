"""One piece of evidence between two tips: what it is, and what it counts alone and here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from graph.identifiers.core import IdentifierKind
from graph.roles import LINKING_ROLES, Role
from graph.scoring.addresses import Meeting
from graph.scoring.observations import QUALITY_ORDER, Observation, Quality
from graph.scoring.weights import Grade

NEVER_AGAINST = "never against"
"""Part that makes up for what would turn a shared value against the link."""


class Relation(StrEnum):
    """What two assertions about one identifier amount to."""

    SUBJECT = "shared identifier"
    CHILD = "possible same child or account"
    """Either side is a victim's: for the child's safety, never a link between subjects."""
    REVIEW = "for review"
    """Either side is a reporting person's, a provider's, an officer's or a parent's; or both sides
    are only those whom somebody wrote to."""
    AGAINST = "counter-evidence"
    """The tips say different things of their subjects."""
    ALIKE = "same trait"
    """The tips say the same of their subjects, in a field that is no identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What two tips share, or where they differ."""

    name: str
    """The kind of evidence: a line of the weights table."""
    kind: IdentifierKind | None
    """None for what is no identifier."""
    value: str
    """Identifier or /64 that is shared; the trait's values otherwise."""
    relation: Relation
    parts: tuple[tuple[str, int], ...] = ()
    """Lines of the weights table and what each adds; their sum is `alone`."""
    alone: int = 0
    """Thousandths of a bit that it counts by itself."""
    counted: int = 0
    """Thousandths of a bit that it counts here; what follows from other evidence counts less."""
    halvings: int | None = 0
    """How often `alone` is halved to what it counts; None when it counts nothing here."""
    less: str | None = None
    """Why it counts less than alone, in a sentence."""
    group: str = ""
    """Evidence of one group is not independent."""
    band: int = 0
    own: tuple[Observation, ...] = ()
    other: tuple[Observation, ...] = ()
    meeting: Meeting | None = None
    uncompared: int = 0
    """Uses of an address beyond the number that is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Two tips compared: the evidence, its exact sum, and the grade."""

    score: int
    """Thousandths of a bit: the sum of what every piece of evidence counts."""
    grade: Grade
    evidence: tuple[Evidence, ...]
    cut_off: str | None = None
    """What was not compared, in a sentence; None when nothing was left out."""

    @property
    def links_subjects(self) -> bool:
        """Whether the tips share an identifier of subjects; else nothing here makes a link."""
        return any(item.relation is Relation.SUBJECT for item in self.evidence)


def turned(weighed: Weighed) -> Weighed:
    """Give a comparison as the other tip sees it: what was said there is said here."""
    evidence = tuple(replace(e, own=e.other, other=e.own) for e in weighed.evidence)
    return replace(weighed, evidence=evidence)


class Said(Protocol):
    """Whose an identifier is in a tip, by one assertion."""

    @property
    def role(self) -> Role:
        """The role."""
        ...

    @property
    def linking(self) -> bool:
        """Whether it may link."""
        ...


def protection_of(said: Iterable[Said]) -> Relation | None:
    """Tell whether assertions about one identifier make it a child's, or keep it for review.

    A protected role wins, whatever else a tip says of it: a child's address that the narrative
    repeats stays a child's (`domain.md` 6, cases 12 and 13).
    """
    roles = {item.role for item in said}
    if Role.VICTIM in roles:
        return Relation.CHILD
    return None if roles <= LINKING_ROLES else Relation.REVIEW


def relation_of(own: Sequence[Said], other: Sequence[Said]) -> Relation:
    """Tell what two sides' assertions about one identifier amount to."""
    everything = (*own, *other)
    protection = protection_of(everything)
    if protection is not None:
        return protection
    if all(o.role is Role.INTENDED_RECIPIENT for o in everything):
        return Relation.REVIEW
    if any(o.linking for o in own) and any(o.linking for o in other):
        return Relation.SUBJECT
    return Relation.REVIEW


def worse_quality(own: Sequence[Observation], other: Sequence[Observation]) -> Quality:
    """Give the quality of the side that can be relied on less, each side by its best statement."""
    best = [min((o.quality for o in side), key=QUALITY_ORDER.__getitem__) for side in (own, other)]
    return max(best, key=QUALITY_ORDER.__getitem__)
