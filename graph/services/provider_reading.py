"""Requests to providers and presumed ends: by which runs out first, of one subject, or one."""

from __future__ import annotations

from dataclasses import dataclass

from graph.caseload.periods import UTC, zone_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.desk.clocks import CONFIRM, presumed_expiry, presumed_source
from graph.desk.tasks import agency_place, subject_place
from graph.queries.desk_tasks import MOST, PlacedRow, RangeParams, RecordKeysParams, StepRow
from graph.queries.providers import BY_END, OF_SUBJECT, PRESUMED, REQUESTS, ProviderRow
from graph.queries.tips import TIPS, TipsParams
from graph.queries.triage import PLACES, PlaceKeysParams
from graph.services.acting import About, Seen, look, named
from graph.services.agencies import agency_there
from graph.services.audit_reads import ReadLog
from graph.services.desk_steps import steps_of
from graph.services.desk_subjects import (
    Subject,
    about_subject,
    reference_of,
    subject_key,
    subject_there,
)
from graph.services.providers import request_there, stage_at
from graph.store import ReadUnit, Store

PRESUMED_KIND = "presumed expiry"
"""What a provider keeps by itself; nobody asked it of them."""
_AFTER_BAR = "}"
_DAY_US = 24 * 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLine:
    """Something whose time runs out, and why."""

    ref: str | None
    """Name of the request; None of a presumed end."""
    kind: str
    tip: str | None
    investigation: str | None
    provider: str | None
    ends_on: str | None
    ends_us: int | None
    """When that civil day begins in the agency's zone; None: not known."""
    left_days: int | None
    """Whole spans of 24 hours; negative once it is over."""
    source: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage:
    """A page of what runs out."""

    items: tuple[EndLine, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderView:
    """A request to a provider, as the agency's people see it."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    provider: str
    reference: str
    stage: str
    sent_on: str
    ends_on: str
    ends_us: int
    zone: str
    source: str
    says: str
    renewed_on: str | None
    answered_on: str | None
    entered_us: int
    entered_by: str
    moved_us: int
    moved_by: str
    why: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderStory:
    """A request and its steps."""

    request: ProviderView
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectClocks:
    """What was asked of providers about one tip or investigation, and a tip's presumed end."""

    presumed: EndLine | None
    requests: tuple[ProviderView, ...]


def list_ends(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = 50
) -> EndPage:
    """Give what runs out, the first end first: letters, processes, presumed ends of open tips.

    Raises:
        RightsError: the caller does not work on investigations.
    """
    size = max(1, min(limit, MOST))
    agency = agency_of(caller)
    head = agency_place(agency)
    params = RangeParams(after=f"{head}{after}", end=f"{head[:-1]}{_AFTER_BAR}", limit=size + 1)

    def work(unit: ReadUnit) -> Seen[EndPage]:
        asked, presumed = unit.read(BY_END, params), unit.read(PRESUMED, params)
        placed = sorted((*asked, *presumed), key=lambda row: row.place)
        lines = _lines(unit, caller, placed[:size], {row.key for row in asked})
        more = placed[size - 1].place[len(head) :] if len(placed) > size else None
        disclosed = tuple(line.ref or line.tip or "" for line in lines)
        page = EndPage(items=lines, next_after=more)
        return Seen(answer=page, outcome="listed", disclosed=disclosed)

    return look(caller, store, deed=Deed.PROVIDER_READ, about=About(), reads=reads, work=work)


def show_clocks_of(
    caller: Caller, store: Store, *, subject: Subject, reads: ReadLog
) -> SubjectClocks:
    """Give what was asked of providers about a tip or an investigation, and a tip's presumed end.

    Raises:
        RightsError: the caller does not work on investigations.
        NotFoundError: the agency neither has the tip or investigation, nor asked about it.
    """

    def work(unit: ReadUnit) -> Seen[SubjectClocks]:
        agency, key = agency_of(caller), subject_key(caller, subject)
        head = subject_place(agency, key)
        params = RangeParams(after=head, end=f"{head[:-1]}{_AFTER_BAR}", limit=MOST)
        keys = [row.key for row in unit.read(OF_SUBJECT, params)]
        rows = unit.read(REQUESTS, RecordKeysParams(keys=keys))
        if len(rows) == 0:
            subject_there(unit, caller, subject, deed=Deed.PROVIDER_READ)
        views = {row.key: view_of(row, caller) for row in rows if row.agency == agency}
        found = SubjectClocks(
            presumed=_presumed(unit, caller, key) if subject.tip is not None else None,
            requests=tuple(views[key] for key in keys if key in views),
        )
        return Seen(answer=found, outcome="shown", disclosed=tuple(views))

    about = about_subject(caller, subject)
    return look(caller, store, deed=Deed.PROVIDER_READ, about=about, reads=reads, work=work)


def show_request(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> ProviderStory:
    """Give a request of the own agency with its steps.

    Raises:
        RightsError: the caller does not work on investigations.
        NotFoundError: the agency has no such request.
    """

    def work(unit: ReadUnit) -> Seen[ProviderStory]:
        row = request_there(unit, caller, key)
        story = ProviderStory(request=view_of(row, caller), steps=steps_of(unit, key))
        return Seen(answer=story, outcome="shown", disclosed=(row.subject,))

    about = About(object=named(key))
    return look(caller, store, deed=Deed.PROVIDER_READ, about=about, reads=reads, work=work)


def view_of(row: ProviderRow, caller: Caller) -> ProviderView:
    """Give a request as it stands at the caller's time."""
    subject = reference_of(row.subject)
    return ProviderView(
        ref=row.key,
        tip=subject.tip,
        investigation=subject.investigation,
        kind=row.kind,
        provider=row.provider,
        reference=row.reference,
        stage=stage_at(row, caller.as_of_us),
        sent_on=row.sent_on,
        ends_on=row.ends_on,
        ends_us=row.ends_us,
        zone=row.zone,
        source=row.source,
        says=CONFIRM,
        renewed_on=row.renewed_on,
        answered_on=row.answered_on,
        entered_us=row.entered_us,
        entered_by=row.entered_by,
        moved_us=row.moved_us,
        moved_by=row.moved_by,
        why=row.why,
        version=row.version or 0,
    )


def _presumed(unit: ReadUnit, caller: Caller, tip: str) -> EndLine | None:
    """Give a tip's presumed end; None where the agency holds the tip no longer."""
    lines = unit.read(TIPS, TipsParams(tips=[tip]))
    if len(lines) == 0:
        return None
    zone = zone_of(agency_there(unit, agency_of(caller)).zone or UTC)
    clock = presumed_expiry(lines[0].received_us, zone)
    return EndLine(
        ref=None,
        kind=PRESUMED_KIND,
        tip=tip,
        investigation=None,
        provider=lines[0].provider_name,
        ends_on=None if clock.ends_on is None else clock.ends_on.isoformat(),
        ends_us=clock.ends_us,
        left_days=_left(clock.ends_us, caller.as_of_us),
        source=clock.source,
        says=clock.says,
    )


def _lines(
    unit: ReadUnit, caller: Caller, placed: list[PlacedRow], asked: set[str]
) -> tuple[EndLine, ...]:
    keys = [row.key for row in placed if row.key in asked]
    requests = {row.key: row for row in unit.read(REQUESTS, RecordKeysParams(keys=keys))}
    tips = [row.key for row in placed if row.key not in asked]
    found = {row.key: row for row in unit.read(PLACES, PlaceKeysParams(keys=tips))}
    lines: list[EndLine] = []
    for row in placed:
        if row.key in requests:
            lines.append(_asked_line(requests[row.key], caller))
        elif row.key in found:
            place = found[row.key]
            lines.append(
                EndLine(
                    ref=None,
                    kind=PRESUMED_KIND,
                    tip=place.tip,
                    investigation=None,
                    provider=place.provider,
                    ends_on=place.expires_on,
                    ends_us=place.expires_us,
                    left_days=_left(place.expires_us, caller.as_of_us),
                    source=presumed_source(place.expires_on),
                    says=CONFIRM,
                )
            )
    return tuple(lines)


def _asked_line(row: ProviderRow, caller: Caller) -> EndLine:
    subject = reference_of(row.subject)
    return EndLine(
        ref=row.key,
        kind=row.kind,
        tip=subject.tip,
        investigation=subject.investigation,
        provider=row.provider,
        ends_on=row.ends_on,
        ends_us=row.ends_us,
        left_days=_left(row.ends_us, caller.as_of_us),
        source=row.source,
        says=CONFIRM,
    )


def _left(ends_us: int | None, at_us: int) -> int | None:
    return None if ends_us is None else (ends_us - at_us) // _DAY_US
