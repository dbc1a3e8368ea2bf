"""The purge: what confirmed policies let go, a record or a few in each transaction.

Every transaction asks anew, under the locks, whether the record is still due and no hold was
placed meanwhile; so a run that is cut off anywhere has done whole records, and the next one goes
on with what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import RightsError
from graph.queries.casework import LOCK, LockParams
from graph.queries.core import NoParams
from graph.queries.erasing import DROP_CHECKS, DROP_KEPT, KEPT, KeptRow
from graph.queries.evidence import AgencyParams
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.purging_holdings import AGENCIES, KeysParams, OneTipParams, TipAtParams
from graph.queries.purging_tips import DROP_HANDOFFS
from graph.queries.recording import LOCK_TIPS, TipKeysParams
from graph.queries.retention import ALL_POLICIES, IN_FORCE, ForceParams, PolicyRow
from graph.retention.classes import RecordClass
from graph.retention.due import Fate
from graph.services.acting import About, leaf, note, refusal
from graph.services.assistance_purging import purge_assistance
from graph.services.case_purging import drop_case
from graph.services.conflict_purging import purge_conflicts
from graph.services.holders import claimed_on
from graph.services.legal_holds import held_of
from graph.services.purge_records import leave_stub, note_held, note_purged
from graph.services.retention_due import (
    BATCH,
    Asked,
    candidates,
    cases_now,
    rule_of,
    tips_now,
)
from graph.services.retention_policies import in_force
from graph.services.tip_purging import drop_notices, drop_own, end_at
from graph.services.workspace_purging import purge_workspaces
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.places import triage_key


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run did."""

    purged: int = 0
    removed: int = 0
    """Tips that left the store."""
    held: int = 0
    """Records that would have been asked about and are on hold."""


def run_purge(caller: Caller, store: Store, *, go_on: Callable[[], None] = lambda: None) -> Tally:
    """Purge what is due everywhere as of the caller's time; `go_on` may end it between records.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was purged until then stays so.
    """
    try:
        require(caller, Deed.RETENTION_PURGE)
    except RightsError as error:
        refused = refusal(caller, Deed.RETENTION_PURGE, About(), error)
        store.writing(lambda unit: note(unit, caller, [refused]), name="logging a refusal")
        raise
    done = Tally()
    rows = store.read(ALL_POLICIES, ForceParams(at_us=caller.as_of_us))
    for policy in in_force(rows, at_us=caller.as_of_us).values():
        if policy.days is not None:
            _under(caller, store, policy, done, go_on)
    for purge in (purge_conflicts, purge_assistance, purge_workspaces):
        done.purged += purge(caller, store, go_on=go_on)
    _let_go_of_kept(store)
    said = f"{done.purged} purged, {done.removed} of them from the store, {done.held} on hold"
    made = leaf(caller, Deed.RETENTION_PURGE, About(), outcome=said)
    store.writing(lambda unit: note(unit, caller, [made]), name="logging upkeep")
    return done


def _under(
    caller: Caller, store: Store, policy: PolicyRow, done: Tally, go_on: Callable[[], None]
) -> None:
    after, held = "", 0
    while True:
        go_on()
        page = store.reading(
            lambda unit, a=after: candidates(  # type: ignore[misc]
                unit, asked_of(unit, policy, at_us=caller.as_of_us), after=a, limit=BATCH
            ),
            name="looking for what is due",
        )
        held += sum(each.fate is Fate.ON_HOLD for each in page)
        due = [each.key for each in page if each.fate is Fate.DUE]
        if policy.kind in (RecordClass.CHECKS, RecordClass.NOTICES):
            done.purged += store.writing(
                lambda unit, a=after: _drop_old(unit, caller, policy, a),  # type: ignore[misc]
                name="purging old records",
            )
        else:
            _one_by_one(caller, store, policy, due, done, go_on)
        if len(page) < BATCH:
            break
        after = page[-1].place
    done.held += held
    store.writing(
        lambda unit: note_held(unit, policy, held, at_us=caller.as_of_us),
        name="noting what is on hold",
    )


def asked_of(unit: ReadUnit, policy: PolicyRow, *, at_us: int) -> Asked:
    """Give the question that a policy asks, with the holds that count now."""
    if policy.days is None:
        raise ValueError(f"{policy.key} keeps for good")
    holds = unit.read(IN_FORCE, AgencyParams(agency=policy.agency))
    return Asked(
        agency=policy.agency,
        kind=RecordClass(policy.kind),
        rule=rule_of(policy.days, policy.counts_from),
        held=held_of(holds, policy.agency),
        at_us=at_us,
    )


def _one_by_one(
    caller: Caller,
    store: Store,
    policy: PolicyRow,
    due: list[str],
    done: Tally,
    go_on: Callable[[], None],
) -> None:
    drop = _drop_tip if policy.kind == RecordClass.TIPS else _drop_case
    for each in due:
        go_on()
        gone = store.writing(
            lambda unit, key=each: drop(unit, caller, policy, key),  # type: ignore[misc]
            name="purging a record",
        )
        done.purged += gone is not None
        done.removed += gone is True


def _drop_case(unit: WriteUnit, caller: Caller, policy: PolicyRow, case: str) -> bool | None:
    """Give True when a closed investigation went, None where it is not due any longer."""
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=[policy.agency]))
    unit.run(LOCK, LockParams(key=case))
    asked = asked_of(unit, policy, at_us=caller.as_of_us)
    now = next(iter(cases_now(unit, asked, case)), None)
    if now is None or now.fate is not Fate.DUE:
        return None
    drop_case(unit, case, policy, actor=caller.user, at_us=caller.as_of_us)
    note_purged(unit, policy, [case], removed=1, actor=caller.user, at_us=caller.as_of_us)
    return True


def _drop_tip(unit: WriteUnit, caller: Caller, policy: PolicyRow, tip: str) -> bool | None:
    """Give whether the tip left the store, None where it is not due any longer."""
    unit.run(LOCK_TIPS, TipKeysParams(keys=[tip]))
    claimed_on(unit, [tip])
    others = [row.agency for row in unit.read(AGENCIES, OneTipParams(tip=tip))]
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=sorted({policy.agency, *others})))
    place = triage_key(policy.agency, tip)
    asked = asked_of(unit, policy, at_us=caller.as_of_us)
    now = tips_now(unit, asked, [place]).get(place)
    if now is None or now.fate is not Fate.DUE:
        return None
    gone = end_at(
        unit,
        tip,
        agency=policy.agency,
        spared=_spared(unit, tip, others, but=policy.agency),
        actor=caller.user,
        at_us=caller.as_of_us,
    )
    leave_stub(unit, policy, tip, at_us=caller.as_of_us)
    note_purged(
        unit,
        policy,
        [tip],
        removed=int(gone.from_store),
        actor=caller.user,
        at_us=caller.as_of_us,
    )
    return gone.from_store


def _spared(unit: ReadUnit, tip: str, agencies: list[str], *, but: str) -> set[str]:
    """Give the other agencies whose holds are about the tip: what they had of it stays theirs."""
    found: set[str] = set()
    for agency in agencies:
        held = held_of(unit.read(IN_FORCE, AgencyParams(agency=agency)), agency)
        if agency != but and tip in held.tips_on_hold(unit, [tip]):
            found.add(agency)
    return found


def _drop_old(unit: WriteUnit, caller: Caller, policy: PolicyRow, after: str) -> int:
    """Delete those of a page that are due, asked anew under the lock that holds take too."""
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=[policy.agency]))
    asked = asked_of(unit, policy, at_us=caller.as_of_us)
    page = candidates(unit, asked, after=after, limit=BATCH)
    keys = sorted(each.key for each in page if each.fate is Fate.DUE)
    if len(keys) == 0:
        return 0
    if policy.kind == RecordClass.CHECKS:
        unit.run(DROP_CHECKS, KeysParams(keys=keys))
    else:
        drop_notices(unit, keys)
    note_purged(unit, policy, keys, removed=len(keys), actor=caller.user, at_us=caller.as_of_us)
    return len(keys)


def _let_go_of_kept(store: Store) -> None:
    """Delete what a hold kept of purged tips once no hold of that agency can be about it."""

    def drop(unit: WriteUnit, row: KeptRow) -> None:
        unit.run(LOCK_AGENCIES, BareKeysParams(keys=[row.agency]))
        held = held_of(unit.read(IN_FORCE, AgencyParams(agency=row.agency)), row.agency)
        # The tip is gone: what an investigation's claims had to do with it cannot be asked.
        if held.whole or row.tip in held.tips or len(held.cases) > 0:
            return
        drop_own(unit, row.tip, [row.agency])
        there = {each.agency for each in unit.read(AGENCIES, OneTipParams(tip=row.tip))}
        kept = {k.agency for k in unit.read(KEPT, NoParams()) if k.tip == row.tip} - {row.agency}
        unit.run(DROP_HANDOFFS, TipAtParams(tip=row.tip, agencies=sorted(there - kept)))
        unit.run(DROP_KEPT, KeysParams(keys=[row.key]))

    for row in store.read(KEPT, NoParams()):
        store.writing(
            lambda unit, r=row: drop(unit, r),  # type: ignore[misc]
            name="letting go of what a hold kept",
        )
