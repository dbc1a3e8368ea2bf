"""Whom a question meets, and what follows for them: every claim in one reading.

Whoever is shown is also told, and whoever is told was there when the answer was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.rights import agency_of
from graph.casework.vocabulary import ClaimRole, Status, Visibility
from graph.errors import StoreRefusedError
from graph.identifiers.core import IdentifierKind
from graph.queries.checks import MET, MOST_KEYS, MOST_MET, MetParams, MetRow
from graph.services.check_question import Question
from graph.services.check_reading import Asked
from graph.services.encounters import Encounter, EncounterKind, consequences, in_force
from graph.store import ReadUnit, WriteUnit

_HIDDEN_FIRST = (Visibility.SEALED, Visibility.SILENT, Visibility.POINTER, Visibility.OPEN)
Met: TypeAlias = dict[tuple[str, str], list[MetRow]]
"""Claims by kind and key of the identifier, those that nobody is shown too."""


def met_by_lines(unit: ReadUnit, caller: Caller, lines: Sequence[Asked]) -> Met:
    """Give the claims on everything that lines state.

    Raises:
        StoreRefusedError: too many are on one identifier.
    """
    found: Met = {key: [] for asked in lines for key in asked.keys}
    keys = sorted({key for _, key in found})
    for start in range(0, len(keys), MOST_KEYS):
        for row in _met_by(unit, caller, keys[start : start + MOST_KEYS]):
            if (row.kind, row.identifier) in found:
                found[row.kind, row.identifier].append(row)
    return found


def _met_by(unit: ReadUnit, caller: Caller, keys: list[str]) -> list[MetRow]:
    """Give the claims on identifiers, all of them: with fewer keys where they are too many."""
    params = MetParams(
        agency=agency_of(caller), user=caller.user, now_us=caller.as_of_us, keys=keys
    )
    rows = unit.read(MET, params)
    if len(rows) < MOST_MET:
        return rows
    if len(keys) == 1:
        raise StoreRefusedError("Too many claims are on one identifier to be looked at.")
    half = len(keys) // 2
    return [*_met_by(unit, caller, keys[:half]), *_met_by(unit, caller, keys[half:])]


def met_by(met: Met, asked: Asked) -> list[MetRow]:
    """Give the claims on what one line states."""
    return [row for key in asked.keys for row in met[key]]


def tell(
    unit: WriteUnit,
    caller: Caller,
    question: Question,
    met: Met,
    looked: Sequence[Asked],
    *,
    ref: str,
) -> None:
    """Let every claim of another agency's open investigation have its consequence."""
    agency, at_us = agency_of(caller), caller.as_of_us
    encounters: dict[str, Encounter] = {}
    for key in sorted({key for asked in looked for key in asked.keys}):
        # What a colleague sealed is not the asker's, and changes nothing of what follows.
        mine = [r for r in met[key] if r.own and r.investigation == question.investigation]
        mine.sort(key=lambda row: _HIDDEN_FIRST.index(_visibility(row, at_us)))
        shows = _visibility(mine[0], at_us) if len(mine) > 0 else Visibility.POINTER
        for row in met[key]:
            if row.agency == agency or row.status != Status.OPEN:
                continue
            encounters[row.claim] = Encounter(
                kind=EncounterKind.CHECK,
                asker_agency=agency,
                asker_investigation=question.investigation,
                asker_user=caller.user,
                purpose=question.purpose,
                asker_claim=mine[0].claim if len(mine) > 0 else None,
                asker_visibility=shows,
                object_ref=ref,
                owner_claim=row.claim,
                owner_claim_ref=row.ref,
                owner_investigation=row.investigation,
                owner_agency=row.agency,
                owner_role=ClaimRole(row.role),
                owner_visibility=_visibility(row, at_us),
                identifier_kind=IdentifierKind(row.kind),
                identifier_state=row.state,
            )
    consequences(unit, list(encounters.values()), actor=caller.user, at_us=at_us)


def _visibility(row: MetRow, at_us: int) -> Visibility:
    return in_force(row.visibility, row.role, row.silent_until_us, at_us=at_us)
