"""Opens conflicts and extends those that are there, with a notice for each side that is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.casework.conflict_life import ConflictStep, Standing, standing_after
from graph.casework.severity import Severity
from graph.queries.conflicts import (
    CONFLICTS_BY_KEY,
    LOCK_CONFLICTS,
    REASONS_OF,
    SEEN_AGAIN,
    ConflictKeysParams,
    ConflictRow,
    ReasonRow,
    SeenAgainItem,
    SeenAgainParams,
)
from graph.rows import PropertyRow
from graph.services.conflict_rows import (
    NAMES,
    WATCH,
    changed,
    clocked,
    new_row,
    opened_anew,
    side_of,
    stored,
    told_of,
    unseen,
    weighed,
)
from graph.services.encounter import EncounterKind
from graph.services.notice_writing import Notice, conflict_notice, write_notices
from graph.services.sides import Facts, Met
from graph.services.whole import halved
from graph.store import ReadUnit, WriteUnit

_TOGETHER = 1000
_RANKS = tuple(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """What became of the conflicts that some encounters belong to."""

    refs: Mapping[str, str]
    """Ref of each conflict by its key."""
    opened: frozenset[str]
    """Keys of those that were opened, or opened anew."""
    notices: tuple[str, ...]
    """Keys of the notices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """One conflict, what is new in it, and what its sides are told."""

    row: ConflictRow
    is_there: bool
    is_opened: bool
    fresh: Mapping[str, Met]
    """What was not known, by the key of its reason."""
    again: Mapping[str, Met]
    """What was known."""
    said: str | None
    """What happened, for the notices; None: nothing that a notice is written for."""


def extend(unit: WriteUnit, mets: Sequence[Met], facts: Facts, *, at_us: int) -> Extended:
    """Open or extend the conflict of each encounter; one for each pair and circle of the told.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    by_conflict: dict[str, list[Met]] = {}
    for met in mets:
        by_conflict.setdefault(met.conflict_key, []).append(met)
    keys = sorted(by_conflict)
    refs: dict[str, str] = {}
    opened: set[str] = set()
    notices: list[str] = []
    for start in range(0, len(keys), _TOGETHER):
        part = keys[start : start + _TOGETHER]
        # Written before it is read: of two that extend one conflict, one waits for the other.
        unit.run(LOCK_CONFLICTS, ConflictKeysParams(keys=part))
        there, reasons = _there(unit, part)
        changes = [
            _change(key, by_conflict[key], there.get(key), reasons.get(key, []), at_us=at_us)
            for key in part
        ]
        notices += _write(unit, changes, facts, at_us=at_us)
        refs |= {change.row.key: change.row.ref for change in changes}
        opened |= {change.row.key for change in changes if change.is_opened}
    return Extended(refs=refs, opened=frozenset(opened), notices=tuple(notices))


def _there(
    unit: ReadUnit, keys: list[str]
) -> tuple[dict[str, ConflictRow], dict[str, list[ReasonRow]]]:
    params = ConflictKeysParams(keys=keys)
    rows = {row.key: row for row in unit.read(CONFLICTS_BY_KEY, params)}
    reasons: dict[str, list[ReasonRow]] = {}
    if len(rows) > 0:
        found = halved(
            lambda some: unit.read(REASONS_OF, ConflictKeysParams(keys=some)),
            sorted(rows),
            most=REASONS_OF.max_rows,
            what="The reasons of a conflict",
        )
        for reason in found:
            reasons.setdefault(reason.conflict, []).append(reason)
    return rows, reasons


def _change(
    key: str,
    mets: Sequence[Met],
    there: ConflictRow | None,
    reasons: Sequence[ReasonRow],
    *,
    at_us: int,
) -> _Change:
    known = {reason.key for reason in reasons}
    fresh = {met.reason_key: met for met in mets if met.reason_key not in known}
    again = {met.reason_key: met for met in mets if met.reason_key in known}
    row = new_row(mets[0], at_us=at_us) if there is None else there
    # A tip that comes in anew is new evidence, though its claim was met by another one before.
    is_evidence = len(fresh) > 0 or any(m.encounter.kind is EncounterKind.TIP for m in mets)
    is_reopened = row.status == Standing.RESOLVED and is_evidence
    if is_reopened:
        standing_after(row.status, ConflictStep.FIND, what="The conflict")
        row = opened_anew(row, at_us=at_us)
    said: str | None = None
    if there is None:
        said = "Your work meets another agency's"
    elif is_reopened:
        said = "A resolved conflict is open again: there is new evidence"
    elif len(fresh) > 0:
        said = "A conflict has new evidence"
    everything = [
        *_merged(reasons, again, at_us),
        *(_reason(key, k, m, at_us) for k, m in fresh.items()),
    ]
    if row.status != Standing.RESOLVED:
        before = row.severity
        row = weighed(row, everything, at_us=at_us)
        if _RANKS.index(row.severity) < _RANKS.index(before):
            said = f"A conflict is {row.severity} now" if said is None else said
            row = clocked(unseen(row), at_us=at_us)
    if said is not None:
        row = changed(row, actor=WATCH, at_us=at_us)
        count = (row.notice_count or 0) + len(told_of(row))
        row = row.model_copy(update={"notice_count": count})
    return _Change(
        row=row,
        is_there=there is not None,
        is_opened=there is None or is_reopened,
        fresh=fresh,
        again=again,
        said=said,
    )


def _merged(reasons: Sequence[ReasonRow], again: Mapping[str, Met], at_us: int) -> list[ReasonRow]:
    """Give the reasons that are there as they will be."""
    found: list[ReasonRow] = []
    for reason in reasons:
        met = again.get(reason.key)
        if met is None:
            found.append(reason)
            continue
        urgencies = [u for u in (reason.urgency, met.encounter.urgency) if u is not None]
        update = {"last_us": at_us, "urgency": min(urgencies, default=None)}
        found.append(reason.model_copy(update=update))
    return found


def _reason(conflict: str, key: str, met: Met, at_us: int) -> ReasonRow:
    first, second = met.sides
    return ReasonRow(
        conflict=conflict,
        key=key,
        kind=met.encounter.kind,
        identifier_kind=met.encounter.identifier_kind,
        first_ref=first.ref,
        second_ref=second.ref,
        first_role=first.role,
        second_role=second.role,
        asked_side=NAMES[met.sides.index(met.asker)],
        asked_by=met.encounter.asker_user,
        purpose=met.encounter.purpose,
        urgency=met.encounter.urgency,
        first_us=at_us,
        last_us=at_us,
        times=1,
        tip=met.asker.ref if met.encounter.kind is EncounterKind.TIP else None,
    )


def _write(unit: WriteUnit, changes: Sequence[_Change], facts: Facts, *, at_us: int) -> list[str]:
    unit.insert_nodes("Conflict", [stored(c.row) for c in changes if not c.is_there])
    unit.update_nodes("Conflict", [stored(c.row) for c in changes if c.is_there])
    cases = [
        (case, c.row.key)
        for c in changes
        if not c.is_there
        for case in (c.row.first_case, c.row.second_case)
        if case is not None
    ]
    meets: list[tuple[str, str, PropertyRow]] = [(case, key, {}) for case, key in cases]
    unit.insert_rels("MEETS_IN", ("Investigation", "Conflict"), meets)
    reasons = [_reason(c.row.key, k, m, at_us) for c in changes for k, m in c.fresh.items()]
    unit.insert_nodes("Reason", [stored(reason) for reason in reasons])
    has: list[tuple[str, str, PropertyRow]] = [(r.conflict, r.key, {}) for r in reasons]
    unit.insert_rels("HAS_REASON", ("Conflict", "Reason"), has)
    again = [
        SeenAgainItem(key=key, at_us=at_us, urgency=met.encounter.urgency)
        for c in changes
        for key, met in c.again.items()
    ]
    if len(again) > 0:
        unit.run(SEEN_AGAIN, SeenAgainParams(rows=again))
    notices = [notice for change in changes for notice in _notices(change, facts)]
    return write_notices(unit, notices, facts, at_us=at_us)


def _notices(change: _Change, facts: Facts) -> list[Notice]:
    if change.said is None:
        return []
    row = change.row
    told = told_of(row)
    number = (row.notice_count or 0) - len(told)
    kind = "conflict.opened" if change.is_opened else "conflict.evidence"
    return [
        conflict_notice(
            row,
            name,
            facts,
            kind=kind,
            said=change.said,
            number=number + at,
            at_once=any(
                met.sides[NAMES.index(name)].supervisors_at_once for met in change.fresh.values()
            ),
        )
        for at, name in enumerate(told, start=1)
        if side_of(row, name).told
    ]
