"""Purges: a supervisor takes a claim out, or what has lapsed goes; only the record of it stays.

A purge leaves a leaf with the claim's random name, and with a salted commitment to what it was
about: whoever keeps the salt can prove later what was purged, and nobody can find it out.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.log_text import reason_for_log
from graph.casework.rights import agency_of
from graph.errors import RowError
from graph.queries.casework import LOCK, LockParams
from graph.queries.core import NoParams
from graph.queries.evidence import AgencyParams
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.purging import LAPSED, MOST_LAPSED, LapsedParams
from graph.queries.retention import ALL_HOLDS, IN_FORCE
from graph.services.acting import About, act, leaf, note
from graph.services.case_access import locked_case
from graph.services.claim_access import claim_there, recipients_of
from graph.services.legal_holds import HeldKind, held_of
from graph.services.removing import remove
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """A claim that is gone, and what its agency may keep elsewhere to prove what it was."""

    ref: str
    commitment: str
    """SHA-256 of `<salt>|<key of the claim>`, hexadecimal; stands in the log."""
    salt: str
    to_tell: tuple[str, ...]
    """Agencies that were shown it (28 CFR 23.20(h), rule 23-11)."""


def purge_claim(caller: Caller, store: Store, *, ref: str, why: str) -> Purged:
    """Take a claim out, with the identifier when nothing else knows of it.

    Raises:
        RightsError: the caller is no supervisor.
        NotFoundError: there is no such claim that the caller may see.
        RowError: there is no reason, or it holds an identifier, which the log must not; or a
            legal hold keeps it.
    """
    about = About(object=ref)
    salt = secrets.token_hex(16)

    def work(unit: WriteUnit) -> Purged:
        seen = claim_there(unit, caller, ref)
        reason = reason_for_log(why, but=(*seen.identifier.split("|"), seen.identifier))
        locked_case(unit, caller, seen.investigation, deed=Deed.CLAIM_PURGE)
        _require_free(unit, agency_of(caller), seen.investigation)
        row = claim_there(unit, caller, ref)
        to_tell = recipients_of(unit, ref, owner=row.agency)
        commitment = hashlib.sha256(f"{salt}|{row.key}".encode()).hexdigest()
        outcome = f"purged; commitment {commitment}"
        remove(unit, [row], why=outcome, actor=caller.user, at_us=caller.as_of_us)
        done = About(object=ref, investigation=row.investigation)
        note(unit, caller, [leaf(caller, Deed.CLAIM_PURGE, done, outcome=reason)])
        return Purged(ref=ref, commitment=commitment, salt=salt, to_tell=to_tell)

    return act(caller, store, deed=Deed.CLAIM_PURGE, about=about, work=work)


def purge_lapsed(caller: Caller, store: Store) -> int:
    """Take out what has lapsed and give how many claims that were: all for an operator.

    A lapsed claim is in no answer from its review date on; this takes it off the disk too, where
    no legal hold is about its investigation or its agency.

    Raises:
        RightsError: the caller is neither a supervisor nor an operator.
    """

    def work(unit: WriteUnit) -> int:
        rows = unit.read(LAPSED, _lapsed(unit, caller))
        unit.run(LOCK_AGENCIES, BareKeysParams(keys=sorted({row.agency for row in rows})))
        for key in sorted({row.investigation for row in rows}):
            unit.run(LOCK, LockParams(key=key))
        # Read again under the locks: another one may have purged some of them meanwhile.
        rows = unit.read(LAPSED, _lapsed(unit, caller))
        remove(unit, rows, why="lapsed", actor=caller.user, at_us=caller.as_of_us)
        outcome = f"{len(rows)} purged"
        note(unit, caller, [leaf(caller, Deed.CLAIM_PURGE_LAPSED, About(), outcome=outcome)])
        return len(rows)

    total, last = 0, MOST_LAPSED
    while last == MOST_LAPSED:
        last = act(caller, store, deed=Deed.CLAIM_PURGE_LAPSED, about=About(), work=work)
        total += last
    return total


def _lapsed(unit: ReadUnit, caller: Caller) -> LapsedParams:
    holds = unit.read(ALL_HOLDS, NoParams())
    return LapsedParams(
        agency=agency_of(caller),
        now_us=caller.as_of_us,
        held_agencies=sorted({row.agency for row in holds if row.about == HeldKind.AGENCY}),
        held_cases=sorted({row.subject for row in holds if row.about == HeldKind.INVESTIGATION}),
    )


def _require_free(unit: WriteUnit, agency: str, investigation: str) -> None:
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=[agency]))
    held = held_of(unit.read(IN_FORCE, AgencyParams(agency=agency)), agency)
    if held.has_case(investigation):
        raise RowError(
            "A legal hold is about this investigation or your agency: nothing of it is purged "
            "until a supervisor ends the hold. Nothing was changed."
        )
