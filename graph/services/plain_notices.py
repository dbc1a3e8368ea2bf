"""Notices that belong to no conflict: of a new tip in one's own agency, and of a child."""

from __future__ import annotations

from dataclasses import replace

from graph.casework.severity import Severity
from graph.casework.telling import Told
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.queries.recording import TipKeysParams
from graph.queries.taken_back import TOLD_OF
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.encounter import EncounterKind
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import Facts, Met, Side, claim_of, digest
from graph.store import ReadUnit, WriteUnit

TAKEN_BACK = "tip.taken_back"
_BY_URGENCY = {0: Severity.URGENT, 1: Severity.HIGH}


def own_tip_notice(unit: WriteUnit, met: Met, facts: Facts, *, at_us: int) -> list[str]:
    """Tell whoever claims an identifier of a tip that their own agency holds, once for each."""
    e = met.encounter
    sealed = e.owner_visibility is Visibility.SEALED
    side = replace(
        met.owner,
        told=Told.SUPERVISOR if sealed else Told.OFFICER,
        supervisors_at_once=e.owner_role is ClaimRole.OFFICER_PERSONA,
    )
    severity = _BY_URGENCY.get(e.urgency if e.urgency is not None else 2, Severity.NORMAL)
    if e.owner_role is ClaimRole.OFFICER_PERSONA:
        severity = Severity.URGENT
    said = f"A tip states an identifier that {facts.reference_of(side)} claims"
    notice = Notice(
        kind="tip.named",
        side=side,
        stream=named_stream(str(e.object_ref), e.owner_investigation, side.sealed_to),
        number=1,
        object=e.object_ref,
        severity=severity,
        subject=f"{said} ({severity})",
        text=(
            f"{said}: a {e.identifier_kind}, claimed as {e.owner_role}'s. Your agency holds the "
            f"tip.\nOpen it: crosstip show {e.object_ref}"
        ),
        # What was taken back and is stated again is news.
        since_us=_taken_back_us(unit, str(e.object_ref), e.owner_investigation),
    )
    _note(unit, side, notice, at_us=at_us)
    return write_notices(unit, [notice], facts, at_us=at_us)


def named_stream(tip: str, investigation: str | None, sealed_to: str | None) -> str:
    """Give the stream of what an investigation is told about a tip that names what it claims."""
    return digest(f"tip|{tip}|{investigation}|{sealed_to}")


def _taken_back_us(unit: ReadUnit, tip: str, investigation: str) -> int:
    told = unit.read(TOLD_OF, TipKeysParams(keys=[tip]))
    taken = (r.at_us for r in told if r.kind == TAKEN_BACK and r.investigation == investigation)
    return max(taken, default=0)


def child_notices(unit: WriteUnit, met: Met, facts: Facts, *, at_us: int) -> list[str]:
    """Tell the supervisors of both sides that they may have the same child before them.

    Nobody becomes a subject by it. A side that only asked, and one whose interest the other must
    not learn of, is not told.
    """
    is_check = met.encounter.kind is EncounterKind.CHECK
    shows = (met.encounter.asker_visibility, met.encounter.owner_visibility)
    notices: list[Notice] = []
    for side, other in ((met.owner, met.asker), (met.asker, met.owner)):
        told = replace(side, told=Told.SUPERVISOR, supervisors_at_once=True)
        is_asker = side is met.asker
        if is_asker and is_check:
            continue
        if other.is_hidden and not side.is_hidden:
            continue
        if shows[is_asker] is Visibility.SEALED and shows[not is_asker] is not Visibility.SEALED:
            continue
        notices.append(_child_notice(met, told, other, facts))
        _note(unit, told, notices[-1], at_us=at_us, disclosed=claim_of(met, other))
    return write_notices(unit, notices, facts, at_us=at_us)


def _child_notice(met: Met, side: Side, other: Side, facts: Facts) -> Notice:
    agency = facts.agencies.get(other.agency)
    name = agency.name if agency is not None else other.agency
    own = facts.reference_of(side)
    mine = f"investigation {own}" if own is not None else "tips that your agency holds"
    said = "Another agency may have the same child before it"
    return Notice(
        kind="child.protected",
        side=side,
        stream=digest(f"child|{met.reason_key}|{side.party}"),
        number=1,
        object=str(side.ref),
        severity=Severity.HIGH,
        subject=f"{said} ({Severity.HIGH})",
        text=(
            f"{said}: a {met.encounter.identifier_kind} of {mine}. This is for protection; it "
            f"makes nobody a subject.\nCall a supervisor of {name}: "
            f"{facts.contact_of(replace(other, is_hidden=True))}."
        ),
    )


def _note(
    unit: WriteUnit,
    side: Side,
    notice: Notice,
    *,
    at_us: int,
    disclosed: tuple[str, ...] = (),
) -> None:
    leaf = Leaf(
        action=notice.kind,
        object=notice.object,
        outcome="told",
        agency=side.agency,
        investigation=side.case,
        disclosed=disclosed,
    )
    add_leaves(unit, [leaf], actor="standing watch", at_us=at_us)
