"""The one door through which encounters have their consequences.

An encounter is one interest of an investigation (a claim, a line of a check, or a tip that its
agency holds) that meets another investigation's claim on the same identifier. Conflicts, notices
and the leaves in the owner's log are written in the caller's transaction or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from graph.casework.telling import Told as Told
from graph.casework.vocabulary import ClaimRole, Status
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.conflict_writing import Extended, extend
from graph.services.encounter import Consequence as Consequence
from graph.services.encounter import Encounter as Encounter
from graph.services.encounter import EncounterKind as EncounterKind
from graph.services.encounter import Outcome as Outcome
from graph.services.encounter import in_force as in_force
from graph.services.plain_notices import child_notices, own_tip_notice
from graph.services.sides import Facts, Met, claim_of, facts_of, met_of
from graph.store import ReadUnit, WriteUnit

_NORMAL = "normal"


class _Sort(Enum):
    """What an encounter leads to."""

    COMMON = auto()
    NOTHING = auto()
    OWN_TIP = auto()
    CHILD = auto()
    CONFLICT = auto()


def consequences(
    unit: WriteUnit, encounters: Sequence[Encounter], *, actor: str, at_us: int
) -> Outcome:
    """Open or extend the conflicts of these encounters, with notices and leaves for the owners.

    The caller has written the identifiers' nodes before it read the claims, and commits. Of one's
    own agency only a held tip leads to something: a notice, and no conflict.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    if len(encounters) == 0:
        return Outcome()
    facts = facts_of(unit, encounters, at_us=at_us)
    sorted_mets = [(met, _sort(met, facts)) for met in (met_of(e, facts) for e in encounters)]
    between = [met for met, sort in sorted_mets if sort is _Sort.CONFLICT]
    extended = extend(unit, between, facts, at_us=at_us)
    notices = [*extended.notices]
    for met, sort in sorted_mets:
        if sort is _Sort.OWN_TIP:
            notices += own_tip_notice(unit, met, facts, at_us=at_us)
        elif sort is _Sort.CHILD:
            notices += child_notices(unit, met, facts, at_us=at_us)
    _note(unit, between, extended, actor=actor, at_us=at_us)
    return Outcome(
        consequences=tuple(_consequence(met, sort, extended) for met, sort in sorted_mets),
        notices=tuple(notices),
    )


def conflicts_due(unit: ReadUnit, encounters: Sequence[Encounter], *, at_us: int) -> list[Met]:
    """Give those encounters that belong into a conflict now, with their sides."""
    facts = facts_of(unit, encounters, at_us=at_us)
    mets = [met_of(encounter, facts) for encounter in encounters]
    return [met for met in mets if _sort(met, facts) is _Sort.CONFLICT]


def _sort(met: Met, facts: Facts) -> _Sort:
    encounter = met.encounter
    is_own = encounter.asker_agency == encounter.owner_agency
    roles = (met.asker.role, met.owner.role)
    # Many share it: no conflict (domain rule 7), unless it is a persona's, where a hit is urgent.
    if encounter.identifier_state != _NORMAL and ClaimRole.OFFICER_PERSONA not in roles:
        return _Sort.COMMON
    if not _are_open(met, facts):
        return _Sort.NOTHING
    if is_own:
        return _Sort.OWN_TIP if encounter.kind is EncounterKind.TIP else _Sort.NOTHING
    return _Sort.CHILD if ClaimRole.VICTIM in roles else _Sort.CONFLICT


def _are_open(met: Met, facts: Facts) -> bool:
    """Tell whether the investigations are open: closing one ends new notices (domain rule 8)."""
    cases = [facts.cases.get(side.case) for side in met.sides if side.case is not None]
    return all(case is not None and case.status == Status.OPEN for case in cases)


def _consequence(met: Met, sort: _Sort, extended: Extended) -> Consequence:
    if sort is _Sort.COMMON:
        return Consequence(is_downgraded=True)
    if sort is not _Sort.CONFLICT:
        return Consequence()
    return Consequence(
        conflict=extended.refs[met.conflict_key],
        asker_told=met.asker.told,
        owner_told=met.owner.told,
        is_new=met.conflict_key in extended.opened,
    )


def _note(
    unit: WriteUnit, mets: Sequence[Met], extended: Extended, *, actor: str, at_us: int
) -> None:
    """Write a leaf into the log of each side that is told, naming the claim that it learns of.

    That is who received it (28 CFR 23.20(g)). A check's own leaf names what its answer shows.
    """
    leaves: dict[str, list[Leaf]] = {}
    for met in mets:
        ref = extended.refs[met.conflict_key]
        is_new = met.conflict_key in extended.opened
        action = "conflict.opened" if is_new else "conflict.evidence"
        sides = [met.owner]
        if met.encounter.kind is not EncounterKind.CHECK or met.owner.is_hidden:
            sides.append(met.asker)
        for side in sides:
            other = met.asker if side is met.owner else met.owner
            if side.told is Told.NONE:
                continue
            # Who asked is named where the side may know of the asker at all.
            by = "standing watch" if other.is_hidden else actor
            leaf = Leaf(
                action=action,
                object=ref,
                outcome=f"{met.encounter.kind} met {side.ref}",
                agency=side.agency,
                purpose=None if other.is_hidden else met.encounter.purpose,
                investigation=side.case,
                disclosed=claim_of(met, other),
            )
            leaves.setdefault(by, []).append(leaf)
    for by, of_actor in sorted(leaves.items()):
        add_leaves(unit, of_actor, actor=by, at_us=at_us)
