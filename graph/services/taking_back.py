"""Tells whoever acted on what a tip said that it says so no longer: corrected, or withdrawn.

Whoever was told of something is told when it falls (28 CFR 23.20(h); `docs/cases.md`, cases 3
and 38). Nothing that was told is deleted: the notice, the conflict and the log stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.casework.severity import Severity
from graph.casework.telling import Told
from graph.queries.conflicts import (
    CONFLICTS_BY_KEY,
    LOCK_CONFLICTS,
    ConflictKeysParams,
    ConflictRow,
)
from graph.queries.recording import TIP_HEADS, TipKeysParams
from graph.queries.taken_back import (
    END_REASONS,
    HAD,
    RESTING,
    STATED,
    TOLD_OF,
    EndedReasonsParams,
    RestingRow,
    ToldRow,
)
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.conflict_rows import WATCH, changed, side_of, stored, told_of
from graph.services.notice_writing import Notice, conflict_notice, write_notices
from graph.services.plain_notices import TAKEN_BACK, named_stream
from graph.services.sides import Facts, Side, digest, facts_about
from graph.store import ReadUnit, WriteUnit

_TOGETHER = 500
_WITHDRAWN = "tip.withdrawn"


def tell_taken_back(unit: WriteUnit, tips: Collection[str], *, at_us: int) -> None:
    """Tell those who were told that tips name what they claim, where these do so no longer.

    Whoever calls has the locks of the tips and has written their new state. What was told because
    a person judged a tip one actor's with another falls only when the tip is withdrawn.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    ordered = sorted(set(tips))
    for start in range(0, len(ordered), _TOGETHER):
        _tell(unit, ordered[start : start + _TOGETHER], at_us=at_us)


def tell_withdrawn(unit: WriteUnit, tip: str, *, actor: str, at_us: int) -> None:
    """Tell every agency that has or had a tip, or was offered it, that it was withdrawn.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    agencies = [row.agency for row in unit.read(HAD, TipKeysParams(keys=[tip]))]
    facts = facts_about(unit, cases=set(), agencies=set(agencies), at_us=at_us)
    said = f"{tip} was withdrawn"
    notices = [
        Notice(
            kind=_WITHDRAWN,
            side=Side(agency=agency, case=None, told=Told.SUPERVISOR),
            stream=digest(f"withdrawn|{tip}|{agency}"),
            number=1,
            object=tip,
            severity=Severity.HIGH,
            subject=said,
            text=f"{said}: it links nothing and meets nothing from now on. Your agency has it, or "
            "had it before it. What it said stays in your log; whoever acted on it should know.",
            since_us=at_us,
        )
        for agency in agencies
    ]
    write_notices(unit, notices, facts, at_us=at_us)
    leaves = [
        Leaf(action=_WITHDRAWN, object=tip, outcome="told", agency=agency) for agency in agencies
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)


def _tell(unit: WriteUnit, tips: list[str], *, at_us: int) -> None:
    keys = TipKeysParams(keys=tips)
    told = _last_told(unit.read(TOLD_OF, keys))
    resting = unit.read(RESTING, keys)
    if len(told) == 0 and len(resting) == 0:
        return
    stated = unit.read(STATED, keys)
    withdrawn = {row.key for row in unit.read(TIP_HEADS, keys) if row.withdrawn_us is not None}
    live_cases = {(row.tip, row.investigation) for row in stated if row.live == 1}
    cases = {(row.tip, row.investigation) for row in stated} - live_cases
    claims = {(row.tip, row.claim) for row in stated if row.live == 0}
    _tell_claimants(
        unit,
        [row for row in told if (row.tip, row.investigation) in cases or row.tip in withdrawn],
        at_us=at_us,
    )
    fallen = [row for row in resting if (row.tip, row.claim) in claims or row.tip in withdrawn]
    if len(fallen) > 0:
        unit.run(END_REASONS, EndedReasonsParams(keys=[r.reason for r in fallen], at_us=at_us))
        _tell_sides(unit, fallen, at_us=at_us)


def _last_told(rows: Sequence[ToldRow]) -> list[ToldRow]:
    """Give those notices that nothing took back since, one for each who was told."""
    last = {(row.tip, row.agency, row.investigation, row.sealed_to): row for row in rows}
    return [row for row in last.values() if row.kind != TAKEN_BACK]


def _tell_claimants(unit: WriteUnit, rows: Sequence[ToldRow], *, at_us: int) -> None:
    if len(rows) == 0:
        return
    facts = facts_about(
        unit,
        cases={row.investigation for row in rows if row.investigation is not None},
        agencies={row.agency for row in rows},
        at_us=at_us,
    )
    notices = [_taken_back(row, facts, at_us=at_us) for row in rows]
    write_notices(unit, notices, facts, at_us=at_us)
    leaves = [
        Leaf(
            action=TAKEN_BACK,
            object=row.tip,
            outcome="told",
            agency=row.agency,
            investigation=row.investigation,
        )
        for row in rows
    ]
    add_leaves(unit, leaves, actor=WATCH, at_us=at_us)


def _taken_back(row: ToldRow, facts: Facts, *, at_us: int) -> Notice:
    is_sealed = row.sealed_to is not None
    side = Side(
        agency=row.agency,
        case=row.investigation,
        told=Told.SUPERVISOR if is_sealed else Told.OFFICER,
        sealed_to=row.sealed_to,
    )
    said = f"A tip no longer states what {facts.reference_of(side)} claims"
    return Notice(
        kind=TAKEN_BACK,
        side=side,
        stream=named_stream(row.tip, row.investigation, row.sealed_to),
        number=2,
        object=row.tip,
        severity=Severity.HIGH,
        subject=said,
        text=f"{said}: it was corrected or withdrawn since you were told. What was done because "
        f"of it should be looked at again.\nOpen it: crosstip show {row.tip}",
        since_us=at_us,
    )


def _tell_sides(unit: WriteUnit, fallen: Sequence[RestingRow], *, at_us: int) -> None:
    keys = sorted({row.conflict for row in fallen})
    params = ConflictKeysParams(keys=keys)
    unit.run(LOCK_CONFLICTS, params)
    rows = [_counted(row, at_us=at_us) for row in unit.read(CONFLICTS_BY_KEY, params)]
    unit.update_nodes("Conflict", [stored(row) for row in rows])
    facts = _facts(unit, rows, at_us=at_us)
    notices: list[Notice] = []
    leaves: list[Leaf] = []
    for row in rows:
        sides = told_of(row)
        first = (row.notice_count or 0) - len(sides)
        for at, name in enumerate(sides, start=1):
            notices.append(
                conflict_notice(
                    row,
                    name,
                    facts,
                    kind="conflict.taken_back",
                    said="Evidence of a conflict was taken back: the tip no longer says it",
                    number=first + at,
                )
            )
            side = side_of(row, name)
            leaves.append(
                Leaf(
                    action="conflict.taken_back",
                    object=row.ref,
                    outcome="told",
                    agency=side.agency,
                    investigation=side.case,
                )
            )
    write_notices(unit, notices, facts, at_us=at_us)
    add_leaves(unit, leaves, actor=WATCH, at_us=at_us)


def _counted(row: ConflictRow, *, at_us: int) -> ConflictRow:
    count = (row.notice_count or 0) + len(told_of(row))
    return changed(row, actor=WATCH, at_us=at_us).model_copy(update={"notice_count": count})


def _facts(unit: ReadUnit, rows: Sequence[ConflictRow], *, at_us: int) -> Facts:
    cases = {case for row in rows for case in (row.first_case, row.second_case) if case is not None}
    agencies = {agency for row in rows for agency in (row.first_agency, row.second_agency)}
    return facts_about(unit, cases=cases, agencies=agencies, at_us=at_us)
