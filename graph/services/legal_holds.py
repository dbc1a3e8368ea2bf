"""Legal holds: what is held is not purged, whatever a policy says, until a person ends the hold.

A hold protects what its agency holds and the agency's own records; no other agency learns of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import investigation_key, text_of
from graph.casework.log_text import reason_for_log
from graph.casework.rights import agency_of
from graph.errors import ChangedError, NotFoundError
from graph.queries.evidence import AgencyParams
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.retention import (
    END_HOLD,
    HELD_BY_CASE,
    HOLDS,
    EndHoldParams,
    HeldCaseParams,
    HoldRow,
)
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.case_access import case_there
from graph.services.holders import holders_of
from graph.services.tip_names import no_such_tip
from graph.store import ReadUnit, Store, WriteUnit


class HeldKind(StrEnum):
    """What a hold is about."""

    TIP = "tip"
    INVESTIGATION = "investigation"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """A hold as a supervisor places it."""

    about: HeldKind
    subject: str = ""
    """Key of the tip, or the investigation's reference; of the agency nothing."""
    why: str
    reference: str
    """The order or letter that asks for it."""


def place_hold(caller: Caller, store: Store, *, new: NewHold) -> HoldRow:
    """Place a hold: from then on nothing of it is purged.

    Raises:
        RightsError: the caller is no supervisor.
        NotFoundError: the agency holds no such tip and has no such investigation.
        RowError: there is no reason or reference.
    """
    about = About(object=named(new.subject))

    def work(unit: WriteUnit) -> HoldRow:
        agency = agency_of(caller)
        unit.run(LOCK_AGENCIES, BareKeysParams(keys=[agency]))
        row = HoldRow(
            key=secrets.token_hex(16),
            agency=agency,
            about=new.about.value,
            subject=_subject(unit, caller, new),
            why=text_of(new.why, "A reason"),
            reference=text_of(new.reference, "The order or letter that asks for it", most=200),
            placed_by=caller.user,
            placed_us=caller.as_of_us,
            ended_us=None,
            ended_by=None,
            ended_why=None,
        )
        unit.insert_nodes("LegalHold", [row.model_dump()])
        done = leaf(caller, Deed.HOLD_PLACE, About(object=row.key), outcome=f"placed: {row.about}")
        note(unit, caller, [done])
        return row

    return act(caller, store, deed=Deed.HOLD_PLACE, about=about, work=work)


def end_hold(caller: Caller, store: Store, *, hold: str, why: str) -> HoldRow:
    """End a hold; what is due goes with the next purge.

    Raises:
        RightsError: the caller is no supervisor.
        NotFoundError: the agency has no such hold.
        ChangedError: it was ended already.
        RowError: there is no reason, or it holds an identifier, which the log must not.
    """
    about = About(object=named(hold))

    def work(unit: WriteUnit) -> HoldRow:
        agency = agency_of(caller)
        unit.run(LOCK_AGENCIES, BareKeysParams(keys=[agency]))
        found = next((row for row in _of(unit, agency) if row.key == hold), None)
        if found is None:
            raise NotFoundError("Your agency has no such legal hold. Nothing was changed.")
        if found.ended_us is not None:
            raise ChangedError(f"{found.ended_by} ended it already. Nothing was changed.")
        reason = reason_for_log(why)
        unit.run(
            END_HOLD, EndHoldParams(key=hold, at_us=caller.as_of_us, user=caller.user, why=reason)
        )
        done = leaf(caller, Deed.HOLD_PLACE, About(object=hold), outcome=f"ended: {reason}")
        note(unit, caller, [done])
        return found.model_copy(
            update={"ended_us": caller.as_of_us, "ended_by": caller.user, "ended_why": reason}
        )

    return act(caller, store, deed=Deed.HOLD_PLACE, about=about, work=work)


def list_holds(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[HoldRow, ...]:
    """Give the own agency's holds, ended ones too, the newest first, 1,000 at most.

    Raises:
        RightsError: the caller neither works on tips nor administers or audits the agency.
    """

    def work(unit: ReadUnit) -> Seen[tuple[HoldRow, ...]]:
        rows = tuple(_of(unit, agency_of(caller)))
        return Seen(answer=rows, outcome="holds listed")

    return look(caller, store, deed=Deed.RETENTION_READ, about=About(), reads=reads, work=work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds in force protect, of one agency."""

    whole: bool
    tips: frozenset[str]
    cases: frozenset[str]

    def tips_on_hold(self, unit: ReadUnit, tips: Collection[str]) -> set[str]:
        """Give of tips those that a hold is about: by name, or by an investigation's claims."""
        if self.whole:
            return set(tips)
        found = set(tips) & self.tips
        rest = sorted(set(tips) - found)
        if len(self.cases) == 0 or len(rest) == 0:
            return found
        params = HeldCaseParams(keys=rest, cases=sorted(self.cases))
        return found | {row.tip for row in unit.read(HELD_BY_CASE, params)}

    def has_case(self, case: str) -> bool:
        """Say whether a hold is about an investigation, or about everything."""
        return self.whole or case in self.cases


def held_of(rows: Collection[HoldRow], agency: str) -> Held:
    """Give what an agency's holds in force protect."""
    own = [row for row in rows if row.agency == agency and row.ended_us is None]
    return Held(
        whole=any(row.about == HeldKind.AGENCY for row in own),
        tips=frozenset(row.subject for row in own if row.about == HeldKind.TIP),
        cases=frozenset(row.subject for row in own if row.about == HeldKind.INVESTIGATION),
    )


def _subject(unit: ReadUnit, caller: Caller, new: NewHold) -> str:
    agency = agency_of(caller)
    if new.about is HeldKind.AGENCY:
        return agency
    if new.about is HeldKind.TIP:
        if (new.subject, agency) not in holders_of(unit, [new.subject]):
            raise no_such_tip(new.subject, then="Nothing was changed.")
        return new.subject
    key = investigation_key(agency, new.subject.strip())
    return case_there(unit, caller, key).key


def _of(unit: ReadUnit, agency: str) -> list[HoldRow]:
    return unit.read(HOLDS, AgencyParams(agency=agency))
