"""Compares two tips: every shared or conflicting observation is evidence, and the score its sum."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.addresses import Meeting, Port, meeting
from graph.scoring.bands import steps_of
from graph.scoring.correlation import counted
from graph.scoring.evidence import (
    NEVER_AGAINST,
    Evidence,
    Relation,
    Weighed,
    relation_of,
    worse_quality,
)
from graph.scoring.networks import CAUTION, NetworkClass, Networks
from graph.scoring.observations import Observation, Profile, Quality
from graph.scoring.trait_evidence import trait_evidence
from graph.scoring.weights import Grade, Weights

WALKED_STATES = ("normal", "known series", "viral")
"""States of identifiers that are evidence at all; stopped and shared ones never are."""
_NAMES = {
    IdentifierKind.ACCOUNT: "account",
    IdentifierKind.EMAIL: "email",
    IdentifierKind.PHONE: "phone",
    IdentifierKind.DEVICE: "device",
    IdentifierKind.URL: "url",
    IdentifierKind.SCREEN_NAME: "screen_name",
    IdentifierKind.FILE_HASH: "file",
}
_SUBJECTS = (Role.REPORTED, Role.FILE)
OF_ANOTHER = "It is said of another person of a bundled report: not added."
ALONE = "The tips share no identifier of subjects: this alone makes no link and is not added."
_MAX_USES = 500
"""Uses of one address by one tip that are compared; the first ones by time."""
_MAX_PERSONS = 2_000
"""Pairs of persons of two bundles that are compared."""
_FEW = 64
"""Pairs of uses that are all compared; of more, only those nearest in time and by port."""

_Place: TypeAlias = tuple[int, int, str, str]
_Both: TypeAlias = tuple[_Place, _Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a comparison rests on beside the tips."""

    weights: Weights
    networks: Networks


def weigh(own: Profile, other: Profile, basis: Basis) -> Weighed:
    """Compare two tips. Of a bundled tip only what it says of one person counts together."""
    if not own.bundled and not other.bundled:
        return _weigh(own, other, basis)
    every = _persons_that_meet(own, other)
    met = every[:_MAX_PERSONS]
    if len(met) == 0:
        return _weigh(own, other, basis)
    mine = {p: own if p is None else own.of_person(p) for p, _ in met}
    theirs = {p: other if p is None else other.of_person(p) for _, p in met}
    found = [_weigh(mine[a], theirs[b], basis) for a, b in met]
    best = max(found, key=lambda w: (w.score, [(str(e.kind), e.value) for e in w.evidence]))
    told = {(e.kind, e.value) for e in best.evidence}
    whole = _weigh(own, other, basis)
    rest = [
        replace(e, counted=0, halvings=None, less=OF_ANOTHER)
        for e in whole.evidence
        if (e.kind, e.value) not in told and e.kind is not None
    ]
    cut_off = (
        f"{own.tip} and {other.tip}: of {len(every)} pairs of persons of the bundled reports only "
        f"the first {_MAX_PERSONS} were compared."
    )
    return replace(
        best,
        evidence=(*best.evidence, *rest),
        cut_off=cut_off if len(every) > _MAX_PERSONS else None,
    )


def _persons_that_meet(own: Profile, other: Profile) -> list[tuple[str | None, str | None]]:
    """Give the pairs of persons, of bundles, of whom both tips say something equal."""
    theirs: dict[tuple[IdentifierKind, str], set[str | None]] = {}
    for item in other.observations:
        person = item.about if other.bundled else None
        theirs.setdefault(item.token, set()).add(person)
    met = {
        (item.about if own.bundled else None, person)
        for item in own.observations
        for person in theirs.get(item.token, ())
    }
    return sorted(met, key=lambda pair: sorted(map(str, pair)))


def _weigh(own: Profile, other: Profile, basis: Basis) -> Weighed:
    shared = list(_shared(own, other, basis))
    subjects = [e for e in shared if e.relation is Relation.SUBJECT]
    others = [e for e in shared if e.relation is not Relation.SUBJECT]
    traits = list(trait_evidence(own, other, shared, basis.weights))
    if len(subjects) > 0:
        evidence = counted([*subjects, *traits], own, other)
    else:
        evidence = [replace(e, halvings=None, less=ALONE) for e in traits]
    score = sum(item.counted for item in evidence)
    evidence.sort(key=lambda e: (-e.counted, -e.alone, e.name, e.value))
    grade = _grade(evidence, score, basis.weights)
    return Weighed(score=score, grade=grade, evidence=(*evidence, *others))


def _grade(evidence: Sequence[Evidence], score: int, weights: Weights) -> Grade:
    """Give the grade; addresses alone, and what is nobody's own, are never a strong link."""
    grade = weights.grade(score)
    if _is_only_crowded(evidence):
        return Grade.NONE
    speaking = [e for e in evidence if e.counted > 0]
    is_only_addresses = all(e.meeting is not None for e in speaking)
    # What neither tip calls its subject's own says that they know somebody, not who they are.
    is_nobodys = not any(
        _is_subject(e.own) or _is_subject(e.other) for e in speaking if e.kind is not None
    )
    is_weaker = grade is Grade.STRONG and (is_only_addresses or is_nobodys)
    return Grade.MODERATE if is_weaker else grade


def _is_only_crowded(evidence: Sequence[Evidence]) -> bool:
    """Tell whether nothing but addresses that very many stand behind speaks for the pair.

    A carrier's shared address without a port, a proxy, a VPN or Tor is never a link alone (RFC
    6269; Europol 2017: thousands of subscribers on one address).
    """
    return all(
        item.meeting is not None
        and CAUTION[item.meeting.network_class] >= CAUTION[NetworkClass.CARRIER_NAT]
        and item.meeting.port is not Port.SAME
        for item in evidence
        if item.counted > 0
    )


def _shared(own: Profile, other: Profile, basis: Basis) -> Iterator[Evidence]:
    mine: dict[tuple[IdentifierKind, str], list[Observation]] = {}
    for item in own.observations:
        if item.state in WALKED_STATES:
            mine.setdefault(item.token, []).append(item)
    theirs: dict[tuple[IdentifierKind, str], list[Observation]] = {}
    for item in other.observations:
        if item.token in mine and item.state in WALKED_STATES:
            theirs.setdefault(item.token, []).append(item)
    for token in sorted(theirs):
        yield _evidence(token, mine[token], theirs[token], basis)


def _evidence(
    token: tuple[IdentifierKind, str],
    own: list[Observation],
    other: list[Observation],
    basis: Basis,
) -> Evidence:
    relation = relation_of(own, other)
    kind, value = token
    band = max(o.band for o in (*own, *other))
    if relation is not Relation.SUBJECT:
        name = "child" if relation is Relation.CHILD else "review"
        return Evidence(
            name=name, kind=kind, value=value, relation=relation,
            band=band, own=tuple(own), other=tuple(other),
        )  # fmt: skip
    own = [o for o in own if o.linking]
    other = [o for o in other if o.linking]
    if kind is IdentifierKind.IP_ADDRESS:
        met, parts = _best_meeting(own, other, band, basis)
    else:
        met, parts = None, _parts(_NAMES[kind], own, other, band=band, weights=basis.weights)
        total = sum(amount for _, amount in parts)
        # Doubts about a shared value leave nothing of it; they do not make it speak against.
        parts = (*parts, (NEVER_AGAINST, -total)) if total < 0 else parts
    return Evidence(
        name=parts[0][0],
        kind=kind,
        value=value,
        relation=relation,
        parts=parts,
        alone=sum(amount for _, amount in parts),
        band=band,
        own=tuple(own),
        other=tuple(other),
        meeting=met,
        uncompared=sum(max(len(side) - _MAX_USES, 0) for side in (own, other))
        if met is not None
        else 0,
    )


def _parts(
    name: str,
    own: Sequence[Observation],
    other: Sequence[Observation],
    *,
    band: int,
    weights: Weights,
) -> tuple[tuple[str, int], ...]:
    base = weights.of(name)
    parts = [(name, base.weight)]
    if (steps := steps_of(band)) > 0:
        # A value that very many hold says nothing; it never speaks against.
        parts.append((f"{name}, rarity", max(base.per_band * steps, -max(base.weight, 0))))
    quality = worse_quality(own, other)
    if quality is not Quality.STATED:
        line = f"quality.{quality.value}"
        parts.append((line, weights.of(line).weight))
    state = own[0].state
    if state != "normal":
        line = f"state.{state.replace(' ', '_')}"
        parts.append((line, weights.of(line).weight))
    if not (_is_subject(own) and _is_subject(other)):
        parts.append(("role.other", weights.of("role.other").weight))
    return tuple(parts)


def _is_subject(side: Sequence[Observation]) -> bool:
    return any(o.role in _SUBJECTS for o in side)


def _best_meeting(
    own: Sequence[Observation], other: Sequence[Observation], band: int, basis: Basis
) -> tuple[Meeting, tuple[tuple[str, int], ...]]:
    """Give the two uses that speak for one subscriber most, and what they count."""
    found: list[tuple[tuple[int, _Both], Meeting, tuple[tuple[str, int], ...]]] = []
    for mine, theirs in _nearest(_uses(own), _uses(other)):
        met = meeting(mine, theirs, basis.networks)
        name = f"address.{met.network_class.value}.{met.gap.value}"
        parts = _parts(name, [mine], [theirs], band=band, weights=basis.weights)
        if met.port is not Port.MISSING:
            line = f"port.{met.port.value}"
            parts = (*parts, (line, basis.weights.of(line).weight))
        # Whichever side is asked: of uses that count the same, the same ones are told.
        first, second = sorted((_place(mine), _place(theirs)))
        found.append(((sum(amount for _, amount in parts), (first, second)), met, parts))
    _, met, parts = max(found, key=lambda item: item[0])
    return met, parts


def _nearest(
    own: Sequence[Observation], other: Sequence[Observation]
) -> Iterator[tuple[Observation, Observation]]:
    """Give each use with the nearest ones of the other side: before, after, by port, untimed."""
    if len(own) * len(other) <= _FEW:
        yield from product(own, other)
        return
    yield from _neighbours(own, other)
    # From the other side too: a poor use that is near would hide a good one a little further off.
    yield from ((mine, theirs) for theirs, mine in _neighbours(other, own))


def _neighbours(
    own: Sequence[Observation], other: Sequence[Observation]
) -> Iterator[tuple[Observation, Observation]]:
    by_port: dict[int | None, list[Observation]] = {None: list(other)}
    for item in other:
        if item.port is not None:
            by_port.setdefault(item.port, []).append(item)
    for mine in own:
        for port in dict.fromkeys((None, mine.port)):
            uses = by_port.get(port, [])
            timed = [use for use in uses if use.at_us is not None]
            at = bisect_left(timed, mine.at_us or 0, key=lambda use: use.at_us or 0)
            for theirs in (*timed[max(at - 1, 0) : at + 1], *uses[len(timed) : len(timed) + 1]):
                yield mine, theirs


def _place(use: Observation) -> _Place:
    return (use.at_us if use.at_us is not None else -1, use.port or 0, use.identifier, use.path)


def _uses(side: Sequence[Observation]) -> list[Observation]:
    ordered = sorted(
        side, key=lambda o: (o.at_us is None, o.at_us or 0, o.port or 0, o.identifier, o.path)
    )
    return ordered[:_MAX_USES]
