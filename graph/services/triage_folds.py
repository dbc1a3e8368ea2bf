"""Keeps records of one incident in one row of their agency's queue.

Whose place may fold with whose is read before places are locked, so that all are locked together,
in key order; what they fold to is decided from what is read under those locks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.queries.folds import (
    ACCOUNTS,
    AT_INSTANTS,
    HASHES,
    IN_FOLDS,
    MOST_AT_ONCE,
    OF_TIPS,
    FoldsParams,
    IncidentsParams,
    KeptRow,
)
from graph.queries.recording import TipKeysParams
from graph.queries.triage import PLACES, STANDING, PlaceKeysParams, PlaceRow
from graph.store import ReadUnit, WriteUnit
from graph.triage.folding import Likeness, folded, in_rows, joined
from graph.triage.places import triage_key
from graph.triage.standing import incident_by, stored

_TOGETHER = 500
_SAID = {"apart_us", "apart_by", "apart_why", "news", "news_us", "news_place"}
"""What a move may say that its own statement does not write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The tips that what happens to some of them bears on."""

    tips: frozenset[str] = frozenset()
    """Further ones, whose places are locked with them."""
    crowds: frozenset[str] = frozenset()
    """Instants of which there are too many places to fold any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fellows:
    """The places whose rows a move bears on."""

    keys: frozenset[str]
    anew: bool = False
    """Whether it is to be found out anew which fold."""
    crowds: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Found:
    tips: set[str] = field(default_factory=set)
    crowds: set[str] = field(default_factory=set)


def company_of(unit: ReadUnit, tips: Collection[str]) -> Company:
    """Give the tips that may fold with these, or did, at whichever agency holds both."""
    ordered, found = sorted(set(tips)), _Found()
    for start in range(0, len(ordered), _TOGETHER):
        _company(unit, ordered[start : start + _TOGETHER], found)
    return Company(tips=frozenset(found.tips) - set(ordered), crowds=frozenset(found.crowds))


def fold_of(unit: ReadUnit, place: str) -> list[str]:
    """Give the keys of a place and of those that fold with it, in order."""
    rows = places_of(unit, [place])
    fold = rows[0].fold if len(rows) > 0 else None
    if fold is None:
        return [place]
    return sorted({place, *(row.key for row in unit.read(IN_FOLDS, FoldsParams(keys=[fold])))})


def fellows_of_place(unit: ReadUnit, place: str, *, tip: str, agency: str, anew: bool) -> Fellows:
    """Give whose rows a move of a place bears on; `anew`: also of what may fold with it then."""
    kept = fold_of(unit, place)
    if not anew:
        return Fellows(keys=frozenset(kept))
    company = company_of(unit, [tip])
    keys = {triage_key(agency, other) for other in company.tips}
    return Fellows(keys=frozenset({*kept, *keys}), anew=True, crowds=company.crowds)


def settle(unit: WriteUnit, before: Sequence[PlaceRow], *, crowds: Collection[str]) -> None:
    """Let places that are locked fold as their tips say now, and write what changed of their rows.

    `before` is how they are stored.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    by_instant: dict[str, list[PlaceRow]] = {}
    for row in before:
        if row.incident is not None and row.incident not in crowds:
            by_instant.setdefault(row.incident, []).append(row)
    several = [rows for rows in by_instant.values() if len(rows) > 1]
    likeness = likeness_of(unit, [row.tip for rows in several for row in rows])
    wanted = {key: fold for rows in several for key, fold in folded(rows, likeness).items()}
    _write(unit, before, in_rows([_in_fold(row, wanted.get(row.key)) for row in before]))


def arrange(unit: WriteUnit, fellows: Fellows, *, moved: PlaceRow) -> None:
    """Let places that are locked lie in rows as they stand after one of them was moved.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    there = places_of(unit, fellows.keys)
    said = moved.model_dump(include=_SAID)
    _write(unit, there, [_with(row, moved.key, said) for row in there])
    now = [_with(row, moved.key, said) for row in there]
    if fellows.anew:
        settle(unit, now, crowds=fellows.crowds)
    else:
        _write(unit, now, in_rows(now))


def _with(row: PlaceRow, key: str, said: Mapping[str, object]) -> PlaceRow:
    return row.model_copy(update=dict(said)) if row.key == key else row


def likeness_of(unit: ReadUnit, tips: Sequence[str]) -> Likeness:
    """Give what tips have in common; no hashes where no account is."""
    keys = TipKeysParams(keys=sorted(set(tips)))
    if len(keys.keys) == 0:
        return Likeness(accounts={}, hashes=())
    accounts: dict[str, set[str]] = {}
    for row in unit.read(ACCOUNTS, keys):
        accounts.setdefault(row.account, set()).add(row.tip)
    several = {name: frozenset(found) for name, found in accounts.items() if len(found) > 1}
    sharing = TipKeysParams(keys=sorted(frozenset[str]().union(*several.values())))
    hashes = [] if len(several) == 0 else unit.read(HASHES, sharing)
    return Likeness(accounts=several, hashes=[frozenset(row.tips) for row in hashes])


def _company(unit: ReadUnit, tips: list[str], found: _Found) -> None:
    keys = TipKeysParams(keys=tips)
    kept = unit.read(OF_TIPS, keys)
    instants: dict[str, set[str]] = {}
    for row in kept:
        if row.incident is not None:
            instants.setdefault(row.incident, set()).add(row.tip)
    for found_row in unit.read(STANDING, keys):
        incident = incident_by(found_row)
        if incident is not None:
            instants.setdefault(incident, set()).add(found_row.tip)
    there = _at(unit, instants)
    folds = {row.fold for row in kept if row.fold is not None}
    found.tips |= {row.tip for row in there if row.fold in folds}
    at: dict[str, set[str]] = {incident: set() for incident in instants}
    for row in there:
        at[row.incident or ""].add(row.tip)
    found.crowds |= {incident for incident, others in at.items() if len(others) > MOST_AT_ONCE}
    groups = {
        incident: others | instants[incident]
        for incident, others in at.items()
        if incident not in found.crowds and len(others | instants[incident]) > 1
    }
    likeness = likeness_of(unit, [tip for group in groups.values() for tip in group])
    for incident, group in groups.items():
        for part in joined(group, likeness.accounts.values()):
            if not part.isdisjoint(instants[incident]):
                found.tips |= part


def _at(unit: ReadUnit, incidents: Iterable[str]) -> list[KeptRow]:
    keys = sorted(incidents)
    return unit.read(AT_INSTANTS, IncidentsParams(keys=keys)) if len(keys) > 0 else []


def places_of(unit: ReadUnit, keys: Iterable[str]) -> list[PlaceRow]:
    """Give places by key."""
    return unit.read(PLACES, PlaceKeysParams(keys=sorted(set(keys))))


def _in_fold(row: PlaceRow, fold: str | None) -> PlaceRow:
    return row if row.fold == fold else row.model_copy(update={"fold": fold})


def _write(unit: WriteUnit, before: Iterable[PlaceRow], after: Iterable[PlaceRow]) -> None:
    there = {row.key: row for row in before}
    unit.update_nodes("Triage", [stored(row) for row in after if row != there[row.key]])
