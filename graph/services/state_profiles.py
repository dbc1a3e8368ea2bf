"""Profiles of tips that hold common values, as counting compares them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from graph.identifiers.core import IdentifierKind
from graph.queries.link_questions import ComparedParams, OwnParams
from graph.queries.links import COMPARED, OWN, OwnRow
from graph.scoring.observations import Profile
from graph.scoring.traits import names_of
from graph.services.comparing import bands_of_names, profile_of_rows
from graph.store import ReadUnit, Store

MOST_ASSERTIONS = 1000
"""Assertions of one tip that are compared here."""
_TIPS_AT_ONCE = 500
_KEPT = 20_000
"""Profiles that are kept in memory."""


class Profiles:
    """Reads profiles in parts and keeps those that are asked for again."""

    def __init__(self, store: Store, states: Mapping[tuple[IdentifierKind, str], str]) -> None:
        """Read from a store; `states` replaces those that stand on identifiers."""
        self._store = store
        self._states = states
        self._kept: dict[str, Profile] = {}

    def load(self, tips: Collection[str]) -> None:
        """Read the profiles of tips."""
        missing = sorted(set(tips) - self._kept.keys())
        if len(self._kept) + len(missing) > _KEPT:
            self._kept = {tip: self._kept[tip] for tip in tips if tip in self._kept}
        for start in range(0, len(missing), _TIPS_AT_ONCE):
            part = missing[start : start + _TIPS_AT_ONCE]
            read = self._store.reading(
                lambda unit, p=part: self._read(unit, p),  # type: ignore[misc]
                name="profiles of tips",
            )
            self._kept.update(read)

    def of(self, tips: Iterable[str]) -> list[Profile]:
        """Give the profiles of tips that were loaded; tips that are gone meanwhile have none."""
        return [self._kept[tip] for tip in tips if tip in self._kept]

    def _read(self, unit: ReadUnit, tips: list[str]) -> dict[str, Profile]:
        own: dict[str, list[OwnRow]] = {}
        for row in unit.read(OWN, OwnParams(tips=tips, limit=MOST_ASSERTIONS)):
            own.setdefault(row.tip, []).append(row)
        rows = unit.read(COMPARED, ComparedParams(tips=tips))
        bands = bands_of_names(unit, {name for row in rows for name in names_of(row.traits or ())})
        return {
            row.key: self._with_states(profile_of_rows(row, own.get(row.key, ()), bands))
            for row in rows
        }

    def _with_states(self, profile: Profile) -> Profile:
        changed = tuple(
            replace(item, state=self._states.get((item.kind, item.identifier), item.state))
            for item in profile.observations
        )
        return replace(profile, observations=changed)
