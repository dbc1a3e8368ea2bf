"""Requests to providers as an agency enters them: sent, renewed, returned, called off.

Crosstip sends nothing to anybody: it keeps what was sent, and the clock that follows from it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from zoneinfo import ZoneInfo

from graph.caseload.periods import UTC, zone_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import optional_text, text_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, require
from graph.desk.clocks import Clock, civil_day, next_mark
from graph.desk.moves import NONE, rule_of
from graph.desk.providers import (
    PROVIDERS,
    RUNNING,
    ProviderKind,
    ProviderStage,
    ProviderStep,
    clock_of,
    ends_place,
)
from graph.desk.tasks import subject_place
from graph.errors import NotFoundError, RowError
from graph.queries.desk_tasks import RecordKeyParams, RecordKeysParams
from graph.queries.providers import LOCK, REQUESTS, ProviderRow
from graph.services.acting import About, act, leaf, named, note
from graph.services.agencies import agency_there
from graph.services.desk_steps import Step, keep_step, require_version
from graph.services.desk_subjects import Subject, about_subject, subject_there
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProviderRequest:
    """A letter or a process that was sent, as somebody enters it."""

    subject: Subject
    kind: ProviderKind
    provider: str
    reference: str
    sent_on: date
    due_on: date | None = None
    """Of a process: the day of return that it states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChange:
    """A step of a request, and what it needs."""

    step: ProviderStep
    on: date | None = None
    """Of a renewal or a return: the civil day; None: today."""
    why: str | None = None


def enter_request(caller: Caller, store: Store, *, new: NewProviderRequest) -> ProviderRow:
    """Enter what was sent to a provider; its clock follows from kind and day.

    Raises:
        RightsError: the caller enters no requests.
        NotFoundError: the tip or investigation is not the agency's.
        RowError: it was sent in the future, or the day of return does not fit its kind.
    """
    about = about_subject(caller, new.subject)

    def work(unit: WriteUnit) -> ProviderRow:
        subject = subject_there(unit, caller, new.subject, deed=Deed.PROVIDER_SEND)
        row = _new(caller, new, subject, zone=_zone(unit, agency_of(caller)))
        unit.insert_nodes("ProviderRequest", [row.model_dump()])
        keep_step(unit, step_of(row, NONE, ProviderStep.SEND))
        done = leaf(caller, Deed.PROVIDER_SEND, about, outcome="sent", disclosed=(row.key,))
        note(unit, caller, [done])
        return row

    return act(caller, store, deed=Deed.PROVIDER_SEND, about=about, work=work)


def step_request(
    caller: Caller, store: Store, *, key: str, expected: int, change: ProviderChange
) -> ProviderRow:
    """Take a step from the version of a request that the caller looked at.

    Raises:
        RightsError: the caller enters no requests.
        NotFoundError: the agency has no such request.
        ChangedError: somebody moved it on meanwhile; the sentence says who.
        RowError: it is no step from there, its time is over, or a reason is missing.
    """
    about = About(object=named(key))

    def work(unit: WriteUnit) -> ProviderRow:
        request_there(unit, caller, key)
        unit.run(LOCK, RecordKeyParams(key=key))
        before = request_there(unit, caller, key)
        require_version(
            "The request",
            expected=expected,
            version=before.version,
            stage=before.stage,
            moved_by=before.moved_by,
            moved_us=before.moved_us,
        )
        stage = stage_at(before, caller.as_of_us)
        rule = rule_of(PROVIDERS, stage, change.step, what="The request", kind=before.kind)
        require(caller, rule.deed, resource=Resource(owner=before.agency))
        why = optional_text(change.why, "A reason")
        if rule.needs_why and why is None:
            raise RowError(f"`{change.step}` needs a reason. Nothing was changed.")
        row = _after(before, caller, change, to=rule.to.value, why=why)
        unit.update_nodes("ProviderRequest", [row.model_dump()])
        keep_step(unit, step_of(row, stage, change.step))
        note(unit, caller, [leaf(caller, rule.deed, about, outcome=change.step.value)])
        return row

    return act(caller, store, deed=Deed.PROVIDER_SEND, about=about, work=work)


def request_there(unit: ReadUnit, caller: Caller, key: str) -> ProviderRow:
    """Give a request of the caller's agency.

    Raises:
        NotFoundError: there is none, or it is another agency's: the same answer.
    """
    rows = unit.read(REQUESTS, RecordKeysParams(keys=[key]))
    if (
        len(rows) == 0
        or rows[0].agency != agency_of(caller)
        or not confirms(caller, Deed.PROVIDER_READ, resource=Resource(owner=rows[0].agency))
    ):
        raise NotFoundError("There is no such request of your agency's.")
    return rows[0]


def stage_at(row: ProviderRow, at_us: int) -> str:
    """Give where a request stands at a time: a letter whose time is over has run out by itself."""
    is_over = row.kind == ProviderKind.LETTER and row.ends_us <= at_us
    return ProviderStage.RUN_OUT.value if is_over and row.stage in RUNNING else row.stage


def placed(row: ProviderRow) -> ProviderRow:
    """Give a request with what orders it in each list, and when the clock looks at it."""
    runs = row.stage in RUNNING
    mark_us = next_mark(row.ends_us, told_days=row.told_days)
    ends_us = row.ends_us if row.kind == ProviderKind.LETTER else None
    rest = f"{row.entered_us:019d}|{row.key}"
    return row.model_copy(
        update={
            "ends_place": ends_place(row.agency, row.ends_us, row.key) if runs else None,
            "subject_place": subject_place(row.agency, row.subject, rest),
            "clock_us": (mark_us if mark_us is not None else ends_us) if runs else None,
        }
    )


def step_of(row: ProviderRow, before: str, step: ProviderStep) -> Step:
    """Give the record of the step that a request has just taken."""
    return Step(
        record=row.key,
        number=row.steps,
        step=step.value,
        from_stage=before,
        to_stage=row.stage,
        at_us=row.moved_us,
        made_by=row.moved_by,
        why=row.why,
    )


def _new(caller: Caller, new: NewProviderRequest, subject: str, *, zone: str) -> ProviderRow:
    at_us, place = caller.as_of_us, zone_of(zone)
    _require_past(new.sent_on, at_us, place)
    clock = clock_of(new.kind, new.sent_on, new.due_on, place, is_renewed=False)
    row = ProviderRow(
        key=uuid.uuid4().hex,
        agency=agency_of(caller),
        subject=subject,
        kind=new.kind.value,
        provider=text_of(new.provider, "A provider", most=200),
        reference=text_of(new.reference, "A reference", most=200),
        sent_on=new.sent_on.isoformat(),
        **_ends(clock),
        zone=zone,
        entered_us=at_us,
        entered_by=caller.user,
        renewed_on=None,
        answered_on=None,
        told_days=None,
        ends_place=None,
        subject_place=None,
        stage=ProviderStage.SENT.value,
        moved_us=at_us,
        moved_by=caller.user,
        why=None,
        steps=1,
        clock_us=None,
        version=1,
    )
    return placed(row)


def _after(
    row: ProviderRow, caller: Caller, change: ProviderChange, *, to: str, why: str | None
) -> ProviderRow:
    zone, sent_on = zone_of(row.zone), date.fromisoformat(row.sent_on)
    on = civil_day(caller.as_of_us, zone) if change.on is None else change.on
    _require_past(on, caller.as_of_us, zone)
    if on < sent_on:
        raise RowError("That was before it was sent. Nothing was changed.")
    update: dict[str, object] = {
        "stage": to,
        "moved_us": caller.as_of_us,
        "moved_by": caller.user,
        "why": why,
        "steps": row.steps + 1,
        "version": (row.version or 0) + 1,
    }
    if change.step is ProviderStep.RENEW:
        clock = clock_of(ProviderKind(row.kind), sent_on, None, zone, is_renewed=True)
        update |= {"renewed_on": on.isoformat(), "told_days": None, **_ends(clock)}
    if change.step is ProviderStep.RETURN:
        update["answered_on"] = on.isoformat()
    return placed(row.model_copy(update=update))


class _Ends(TypedDict):
    ends_on: str
    ends_us: int
    source: str


def _ends(clock: Clock) -> _Ends:
    if clock.ends_on is None or clock.ends_us is None:
        raise RowError("Its end is not known. Nothing was changed.")
    return {
        "ends_on": clock.ends_on.isoformat(),
        "ends_us": clock.ends_us,
        "source": clock.source,
    }


def _require_past(day: date, at_us: int, zone: ZoneInfo) -> None:
    if day > civil_day(at_us, zone):
        raise RowError("What was sent or returned has a day in the past. Nothing was changed.")


def _zone(unit: ReadUnit, agency: str) -> str:
    return agency_there(unit, agency).zone or UTC
