"""Who may hold a tip, by what it points to and by whose area that is: several or none is normal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.casework.keys import folded
from graph.casework.vocabulary import AgencyKind
from graph.routing.areas import Area
from graph.routing.places import US
from graph.routing.pointers import RANK, Confidence, Pointer, Source, moved

_LAST_RESORT = frozenset({AgencyKind.FEDERAL})
"""Desks that cover a whole country: proposed where nobody nearer is, or where states meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An agency that may be proposed."""

    key: str
    name: str
    kind: AgencyKind
    contact: str | None = None
    task_force: str | None = None
    """Of an affiliate at the time of the question: its task force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An agency with what speaks for it and against it."""

    candidate: Candidate
    confidence: Confidence
    reasons: tuple[Pointer, ...]
    areas: tuple[Area, ...]
    """Its areas by which the reasons lead to it; none where a document names it."""
    against: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    reasons: list[Pointer]
    areas: list[Area]
    notes: list[str]
    steps: int = 0


def propose(
    pointers: Sequence[Pointer], *, areas: Sequence[Area], candidates: Sequence[Candidate]
) -> tuple[Proposed, ...]:
    """Give who may hold a tip, the most reliable first; areas and candidates are those in force."""
    known = {each.key: each for each in candidates}
    gathered: dict[str, _Gathered] = defaultdict(lambda: _Gathered([], [], []))
    for pointer in pointers:
        for key, area, note in _led_to(pointer, areas, known):
            _add(gathered[key], pointer, area, note)
    _federal_where_states_meet(gathered, pointers, areas, known)
    found = [_proposed(known[key], each, pointers) for key, each in gathered.items()]
    return tuple(sorted(found, key=lambda p: (-RANK[p.confidence], p.candidate.key)))


def uncovered(pointers: Iterable[Pointer], proposed: Iterable[Proposed]) -> tuple[str, ...]:
    """Give what points somewhere and leads to nobody, in sentences."""
    used = {id(reason) for each in proposed for reason in each.reasons}
    places = {p.points_to: p.place is None for p in pointers if id(p) not in used}
    return tuple(
        f"A document names {where}: no agency of that name is entered."
        if is_name
        else f"Nobody's area covers {where}: enter one (`crosstip route areas load`)."
        for where, is_name in sorted(places.items())
    )


def _led_to(
    pointer: Pointer, areas: Sequence[Area], known: dict[str, Candidate]
) -> Iterator[tuple[str, Area | None, str | None]]:
    if pointer.place is None:
        wanted = folded(pointer.agency_name or "")
        for key, candidate in sorted(known.items()):
            if wanted in (key, folded(candidate.name)):
                yield key, None, None
        return
    covering = _narrowest(pointer, areas, known)
    near = {k: a for k, a in covering.items() if known[k].kind not in _LAST_RESORT}
    if len(near) == 0:
        where = pointer.place.said()
        said = f"Nobody nearer covers {where}: a desk for the whole country is the last resort."
        yield from ((key, area, said) for key, area in covering.items())
        return
    for key, area in near.items():
        yield key, area, _shared(key, area, near, known)
        leader = known[key].task_force
        if leader is not None and leader in known and leader not in covering:
            yield leader, None, f"By its affiliate {known[key].name}, whose area it is."


def _narrowest(
    pointer: Pointer, areas: Sequence[Area], known: dict[str, Candidate]
) -> dict[str, Area]:
    best: dict[str, Area] = {}
    for area in areas:
        if area.agency not in known or pointer.place is None or not area.covers(pointer.place):
            continue
        if area.agency not in best or (-area.depth, area.key) < (
            -best[area.agency].depth,
            best[area.agency].key,
        ):
            best[area.agency] = area
    return dict(sorted(best.items()))


def _shared(key: str, area: Area, near: dict[str, Area], known: dict[str, Candidate]) -> str | None:
    """Give a sentence where agencies of one kind cover the same place."""
    rivals = [k for k in near if k != key and known[k].kind is known[key].kind]
    narrower = [k for k in rivals if near[k].depth > area.depth]
    if len(narrower) > 0:
        named = ", ".join(known[k].name for k in narrower)
        return f"Its area holds the place, and a narrower one is that of {named}."
    level = [k for k in rivals if near[k].depth == area.depth]
    if len(level) > 0:
        named = ", ".join(known[k].name for k in level)
        return f"{area.place.said()} is an area of {named} too: which part is whose is not in it."
    return None


def _add(to: _Gathered, pointer: Pointer, area: Area | None, note: str | None) -> None:
    if pointer not in to.reasons:
        to.reasons.append(pointer)
    if area is not None and area not in to.areas:
        to.areas.append(area)
    if note is not None and note not in to.notes:
        to.notes.append(note)
        if not note.startswith("By its affiliate"):
            to.steps = -1


def _federal_where_states_meet(
    gathered: dict[str, _Gathered],
    pointers: Sequence[Pointer],
    areas: Sequence[Area],
    known: dict[str, Candidate],
) -> None:
    states = sorted(
        {p.place.said() for p in pointers if p.place is not None and p.place.state is not None}
    )
    met = {p.place.state for p in pointers if p.place is not None and p.place.state is not None}
    if len(met) < 2:
        return
    for area in areas:
        holder = known.get(area.agency)
        is_desk = holder is not None and holder.kind in _LAST_RESORT
        if not is_desk or area.country != US or area.state is not None:
            continue
        for pointer in pointers:
            if pointer.place is not None and pointer.place.state is not None:
                _add(gathered[area.agency], pointer, area, None)
        note = f"Proposed because the tip points to several states: {'; '.join(states)}."
        gathered[area.agency].notes.append(note)
        # Its reasons do not agree with each other: that they do not is why it is here.
        gathered[area.agency].steps = -len(RANK)


def _proposed(candidate: Candidate, found: _Gathered, pointers: Sequence[Pointer]) -> Proposed:
    best = max((r.confidence for r in found.reasons), key=RANK.__getitem__)
    kinds = {r.source for r in found.reasons} - {Source.VICTIM}
    elsewhere = [p for p in pointers if _speaks_against(p, found)]
    is_contradicted = any(RANK[p.confidence] >= RANK[best] for p in elsewhere)
    steps = (1 if len(kinds) > 1 else 0) + found.steps - (1 if is_contradicted else 0)
    unverified = [area for area in found.areas if not area.verified]
    against = [
        *found.notes,
        *(f"{p.source.value.capitalize()} points to {p.points_to}." for p in elsewhere),
        *(note for reason in found.reasons for note in reason.notes if reason.confidence == "weak"),
        *(
            f"The area {a.place.said()} is unverified ({a.source}): ask the agency before you "
            "rely on it."
            for a in unverified
        ),
    ]
    return Proposed(
        candidate=candidate,
        confidence=moved(best, steps),
        reasons=tuple(found.reasons),
        areas=tuple(found.areas),
        against=tuple(dict.fromkeys(against)),
    )


def _speaks_against(pointer: Pointer, found: _Gathered) -> bool:
    """Tell whether something points where nothing of a proposal can be."""
    if pointer in found.reasons:
        return False
    places = [reason.place for reason in found.reasons if reason.place is not None]
    if pointer.place is None or len(places) == 0:
        return True
    return not any(pointer.place.holds(place) for place in places)
