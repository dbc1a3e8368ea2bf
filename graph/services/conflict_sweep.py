"""The sweep: every encounter computed from scratch, and any that no conflict knows of named.

It must find none. What it finds was missed by the standing watch, or taken out of the store. A
suspect's silence that ended by itself is no miss: nothing was written on that day, so the sweep
tells both sides then, where it is asked to mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.queries.conflict_views import MET_OF_CASES, MetRow
from graph.queries.conflicts import ConflictKeysParams
from graph.queries.meeting import CLAIM_PAGE, ClaimPageParams
from graph.services.encounters import (
    Encounter,
    EncounterKind,
    conflicts_due,
    consequences,
)
from graph.services.sides import Met
from graph.services.watch import encounters_of
from graph.services.whole import halved
from graph.store import ReadUnit, Store

_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An encounter that no conflict knows of. Names no identifier."""

    kind: str
    first: str
    """Key of an investigation, or of an agency that holds tips."""
    second: str
    refs: tuple[str, ...]
    is_only_untold: bool
    """A conflict knows of it, but not all are told who are to be now: a silence has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What a sweep found."""

    as_of_us: int
    claims: int
    encounters: int
    missing: tuple[Missing, ...]
    mended: int
    bare: tuple[str, ...] = ()
    """Refs of claims without an identifier, which meet nobody: a defect."""


def sweep(store: Store, *, at_us: int, mend: bool = False, actor: str = "sweep") -> Sweep:
    """Compute all encounters of claims from scratch, page by page, and name those that are missing.

    With `mend` the missing ones have their consequences now. Notices that belong to no conflict
    are not looked at.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    after, claims, total, mended = "", 0, 0, 0
    missing: list[Missing] = []
    bare: list[str] = []
    while True:
        params = ClaimPageParams(after=after, limit=_PAGE, now_us=at_us)
        rows = store.read(CLAIM_PAGE, params)
        keys = [row.key for row in rows]
        bare += [row.ref or "of no name" for row in rows if row.is_bare]
        if len(keys) > 0:
            page = store.reading(lambda unit, k=keys: _page(unit, k, at_us), name="sweep")  # type: ignore[misc]
            total += page.encounters
            missing += page.missing
            if mend and len(page.found) > 0:
                found = page.found
                store.writing(
                    lambda unit, f=found: consequences(unit, f, actor=actor, at_us=at_us),  # type: ignore[misc]
                    name="mending conflicts",
                )
                mended += len(found)
            claims += len(keys)
            after = keys[-1]
        if len(keys) < _PAGE:
            return Sweep(
                as_of_us=at_us,
                claims=claims,
                encounters=total,
                missing=tuple(dict.fromkeys(missing)),
                mended=mended,
                bare=tuple(bare),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    encounters: int
    missing: Sequence[Missing]
    found: Sequence[Encounter]
    """What the missing ones came of."""


def _page(unit: ReadUnit, claims: Sequence[str], at_us: int) -> _Page:
    mets = conflicts_due(unit, encounters_of(unit, claims, at_us=at_us), at_us=at_us)
    cases = sorted({met.owner.case for met in mets if met.owner.case is not None})
    known = [
        row
        for start in range(0, len(cases), _PAGE)
        for row in halved(
            lambda some: unit.read(MET_OF_CASES, ConflictKeysParams(keys=some)),
            cases[start : start + _PAGE],
            most=MET_OF_CASES.max_rows,
            what="The things in which an investigation meets others",
        )
    ]
    whole = {row.key for row in known}
    loose = {_of_row(row) for row in known}
    missed = [met for met in mets if met.reason_key not in whole]
    return _Page(
        encounters=len(mets),
        missing=[_missing(met, is_only_untold=_of_met(met) in loose) for met in missed],
        found=[met.encounter for met in missed],
    )


def _of_met(met: Met) -> tuple[str, ...]:
    """Give what two sides meet in, whoever is told of it."""
    first, second = met.sides
    if met.encounter.kind is EncounterKind.TIP:
        return ("tip", met.encounter.owner_claim_ref, met.asker.agency)
    return ("claim", str(first.ref), str(second.ref))


def _of_row(row: MetRow) -> tuple[str, ...]:
    if row.kind == EncounterKind.TIP:
        is_first = row.first_case is not None
        claim = row.first_ref if is_first else row.second_ref
        return ("tip", str(claim), row.second_agency if is_first else row.first_agency)
    return ("claim", str(row.first_ref), str(row.second_ref))


def _missing(met: Met, *, is_only_untold: bool) -> Missing:
    first, second = met.sides
    return Missing(
        kind=met.encounter.kind,
        first=first.party,
        second=second.party,
        refs=tuple(str(side.ref) for side in met.sides),
        is_only_untold=is_only_untold,
    )
