"""What people do about urgent tips: see which wait, acknowledge one, and set the clocks."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, permits, require
from graph.clock import iso
from graph.errors import ChangedError, NotFoundError, RowError
from graph.queries.core import NoParams
from graph.queries.people import LOCK_PEOPLE, PAGE, UNITS, OfAgencyParams
from graph.queries.triage import PLACES, PlaceKeysParams, PlaceRow
from graph.queries.urgent import (
    MOST,
    OF_PLACE,
    OPEN,
    WAITING,
    AlertRow,
    ClocksRow,
    OpenRangeParams,
)
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.triage_steps import locked_place
from graph.services.urgent_alerts import clocks_of, end_alerts
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.urgent import ACKNOWLEDGED, LONGEST_MINUTES

_AFTER_BAR = "}"
_TOLD = {0: "people on duty", 1: "supervisors, twice", 2: "administrators"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentLine:
    """A tip that is to be looked at at once, and that nobody acknowledged."""

    tip: str
    at_us: int
    """Since when."""
    age_s: int
    """How long it waits, seconds."""
    told: str
    """Who was told last."""
    next_us: int | None
    """When further people are told; None: all were."""
    state: str | None
    """Where it stands; None for an administrator, who sees number and age alone."""
    owner: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentPage:
    """A page of urgent tips that nobody acknowledged."""

    lines: tuple[UrgentLine, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentWaiting:
    """How many urgent tips wait at an agency, and since when."""

    waiting: int
    is_more: bool
    """There are more than were counted."""
    oldest_us: int | None
    newest_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """That somebody has said that they have seen an urgent tip."""

    tip: str
    by: str
    at_us: int
    waited_s: int
    """How long it had waited, seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClocks:
    """Clocks as a supervisor sets them: minutes of real time, office hours or not."""

    supervisors_minutes: int
    administrators_minutes: int
    unit: str | None = None
    """Name of the unit that is on duty; None: everybody who works on tips."""


def list_urgent(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = 50
) -> UrgentPage:
    """Give the own agency's urgent tips that nobody acknowledged, whoever waits longest first.

    Raises:
        RightsError: the caller neither works on tips nor administers an agency.
    """
    size = max(1, min(limit, MOST))
    params = _range(caller, after=after, limit=size + 1)
    head = _head(caller)

    def work(unit: ReadUnit) -> Seen[UrgentPage]:
        rows = unit.read(OPEN, params)
        lines = _lines(unit, caller, rows[:size])
        more = None if len(rows) <= size else (rows[size - 1].open_order or "")[len(head) :]
        return Seen(
            answer=UrgentPage(lines=lines, next_after=more),
            outcome="listed",
            disclosed=tuple(line.tip for line in lines),
        )

    return look(caller, store, deed=Deed.URGENT_READ, about=About(), reads=reads, work=work)


def count_urgent(caller: Caller, store: Store) -> UrgentWaiting:
    """Count the own agency's urgent tips that nobody acknowledged.

    For a page that looks every few seconds: it shows no record, so no leaf is written.

    Raises:
        RightsError: as for `list_urgent`.
    """
    require(caller, Deed.URGENT_READ)
    row = store.read(WAITING, _range(caller, after="", limit=MOST + 1))[0]
    return UrgentWaiting(
        waiting=min(row.total, MOST),
        is_more=row.total > MOST,
        oldest_us=row.oldest_us,
        newest_us=row.newest_us,
    )


def _head(caller: Caller) -> str:
    return f"{part(agency_of(caller))}|"


def _range(caller: Caller, *, after: str, limit: int) -> OpenRangeParams:
    """Give the own agency's part of the order of open alerts; an agency is in the range alone."""
    head = _head(caller)
    return OpenRangeParams(
        after=max(head, f"{head}{after}"), end=head[:-1] + _AFTER_BAR, limit=limit
    )


def acknowledge_urgent(caller: Caller, store: Store, *, tip: str) -> Acknowledged:
    """Say that an urgent tip was seen. Of two people at once one does; the other is told who.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency holds no such tip, or it never was urgent.
        ChangedError: somebody did so already, or it is over; the sentence says who and when.
    """
    about = About(object=named(tip))

    def work(unit: WriteUnit) -> Acknowledged:
        place = locked_place(unit, caller, tip)
        alerts = unit.read(OF_PLACE, PlaceKeysParams(keys=[place.key]))
        waiting = [row for row in alerts if row.ended_us is None]
        if len(waiting) == 0:
            raise _nothing_waits(tip, alerts)
        at_us = caller.as_of_us
        end_alerts(unit, [place.key], by=caller.user, how=ACKNOWLEDGED, at_us=at_us)
        note(unit, caller, [leaf(caller, Deed.URGENT_ACKNOWLEDGE, about, outcome=ACKNOWLEDGED)])
        since_us = min(row.at_us for row in waiting)
        return Acknowledged(tip=tip, by=caller.user, at_us=at_us, waited_s=_age(since_us, at_us))

    return act(caller, store, deed=Deed.URGENT_ACKNOWLEDGE, about=about, work=work)


def show_clocks(caller: Caller, store: Store, *, reads: ReadLog) -> ClocksRow:
    """Give the own agency's clocks for urgent tips.

    Raises:
        RightsError: as for `list_urgent`.
    """

    def work(unit: ReadUnit) -> Seen[ClocksRow]:
        agency = agency_of(caller)
        return Seen(answer=clocks_of(unit, [agency])[agency], outcome="shown")

    return look(caller, store, deed=Deed.URGENT_READ, about=About(), reads=reads, work=work)


def set_clocks(caller: Caller, store: Store, *, expected: int, new: NewClocks) -> ClocksRow:
    """Set the own agency's clocks: for tips that come to be urgent from then on.

    Raises:
        RightsError: the caller is no supervisor.
        ChangedError: somebody set them meanwhile.
        RowError: the spans make no sense, or the agency has no such unit.
    """

    def work(unit: WriteUnit) -> ClocksRow:
        unit.run(LOCK_PEOPLE, NoParams())
        agency = agency_of(caller)
        before = clocks_of(unit, [agency])[agency]
        if (before.version or 0) != expected:
            raise ChangedError(
                f"The clocks have version {before.version or 0}, not {expected}: they were set "
                f"by {before.changed_by}. Look at them again; nothing was overwritten."
            )
        _check(new)
        row = ClocksRow(
            key=agency,
            agency=agency,
            supervisors_minutes=new.supervisors_minutes,
            administrators_minutes=new.administrators_minutes,
            unit=None if new.unit is None else _unit(unit, agency, new.unit),
            changed_us=caller.as_of_us,
            changed_by=caller.user,
            version=expected + 1,
        )
        unit.insert_nodes("UrgentClocks", [row.model_dump()])
        unit.update_nodes("UrgentClocks", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.URGENT_CLOCKS, About(), outcome=_said(row))])
        return row

    return act(caller, store, deed=Deed.URGENT_CLOCKS, about=About(), work=work)


def _lines(unit: ReadUnit, caller: Caller, rows: list[AlertRow]) -> tuple[UrgentLine, ...]:
    keys = PlaceKeysParams(keys=sorted({row.place for row in rows}))
    sees = permits(caller, Deed.TRIAGE_READ, resource=Resource(owner=caller.agency))
    places = {row.key: row for row in unit.read(PLACES, keys)} if sees else {}
    return tuple(
        _line(row, places.get(row.place), now_us=caller.as_of_us)
        for row in rows
        if confirms(caller, Deed.URGENT_READ, resource=Resource(owner=row.agency))
    )


def _line(row: AlertRow, place: PlaceRow | None, *, now_us: int) -> UrgentLine:
    reasons: tuple[str, ...] = ()
    if place is not None:
        by_person = () if place.set_why is None else (f"{place.set_by} set it: {place.set_why}",)
        reasons = (*by_person, *(place.reasons or ()))
    return UrgentLine(
        tip=row.tip,
        at_us=row.at_us,
        age_s=_age(row.at_us, now_us),
        told=_TOLD[row.step],
        next_us=row.clock_us,
        state=None if place is None else place.state,
        owner=None if place is None else place.owner,
        reasons=reasons,
    )


def _age(since_us: int, now_us: int) -> int:
    return max(0, now_us - since_us) // 1_000_000


def _nothing_waits(tip: str, alerts: list[AlertRow]) -> ChangedError | NotFoundError:
    if len(alerts) == 0 or alerts[0].ended_us is None:
        return NotFoundError(f"{tip} was never to be looked at at once: nothing waits for you.")
    last = alerts[0]
    return ChangedError(
        f"Nothing waits for you: {last.ended_by} did so at {iso(alerts[0].ended_us)} "
        f"({last.ended_how}). `crosstip queue show {tip}` says where it stands."
    )


def _check(new: NewClocks) -> None:
    if not 1 <= new.supervisors_minutes < new.administrators_minutes <= LONGEST_MINUTES:
        raise RowError(
            "Supervisors are told after a minute or later, administrators after them, and both "
            f"within {LONGEST_MINUTES} minutes. Nothing was changed."
        )


def _unit(unit: ReadUnit, agency: str, wanted: str) -> str:
    folded = wanted.strip().casefold()
    for row in unit.read(UNITS, OfAgencyParams(agency=agency, after="", limit=PAGE)):
        if folded in {row.name.casefold(), row.key.casefold()}:
            return row.key
    raise RowError(f"{agency} has no unit {wanted.strip()}. Nothing was changed.")


def _said(row: ClocksRow) -> str:
    return (
        f"supervisors after {row.supervisors_minutes} min, administrators after "
        f"{row.administrators_minutes} min"
    )
