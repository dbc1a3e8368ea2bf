"""Agencies: seeded, added by operators, kept up to date, and their units."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from graph.caseload.periods import UTC, zone_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import folded, optional_text, part, text_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of
from graph.casework.seed import SEED, seed_agencies
from graph.casework.vocabulary import AgencyKind
from graph.errors import ChangedError, NotFoundError, QuestionError, RowError
from graph.queries.core import NoParams
from graph.queries.people import (
    AGENCIES,
    AGENCIES_BY_KEY,
    LOCK_PEOPLE,
    PAGE,
    UNITS,
    AgencyRow,
    OfAgencyParams,
    PageParams,
    PeopleKeysParams,
    UnitRow,
)
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """An agency as an operator enters it."""

    key: str
    name: str
    kind: AgencyKind
    state: str | None = None
    region: str | None = None
    contact: str | None = None
    source: str | None = None
    task_force: str | None = None
    """Of an affiliate: key of its task force."""
    affiliated_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyChange:
    """What is to change; None leaves a field as it is."""

    name: str | None = None
    state: str | None = None
    region: str | None = None
    contact: str | None = None
    zone: str | None = None
    """Name of the time zone of its days in the IANA database."""
    verified: bool | None = None
    source: str | None = None
    task_force: str | None = None
    affiliated_us: int | None = None
    left_us: int | None = None
    until_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCard:
    """An agency with its units."""

    agency: AgencyRow
    units: tuple[UnitRow, ...]


def seed(caller: Caller, store: Store) -> int:
    """Enter the seed's agencies that are not there, unverified, and give how many those were.

    Raises:
        RightsError: the caller is no operator.
    """
    rows = [
        AgencyRow(
            key=item.key,
            name=item.name,
            kind=item.kind.value,
            state=item.state,
            region=item.region,
            contact=None,
            verified=False,
            source=SEED,
            task_force=None,
            affiliated_us=None,
            left_us=None,
            until_us=None,
            changed_us=caller.as_of_us,
            changed_by=caller.user,
            version=1,
        )
        for item in seed_agencies()
    ]

    def work(unit: WriteUnit) -> int:
        unit.run(LOCK_PEOPLE, NoParams())
        keys = PeopleKeysParams(keys=[row.key for row in rows])
        there = {row.key for row in unit.read(AGENCIES_BY_KEY, keys)}
        fresh = [row for row in rows if row.key not in there]
        unit.insert_nodes("Agency", [row.model_dump() for row in fresh])
        leaves = [
            leaf(caller, Deed.AGENCY_ADD, About(object=row.key), outcome="seeded") for row in fresh
        ]
        note(unit, caller, leaves)
        return len(fresh)

    return act(caller, store, deed=Deed.AGENCY_ADD, about=About(), work=work)


def add_agency(caller: Caller, store: Store, *, new: NewAgency) -> AgencyRow:
    """Enter an agency.

    Raises:
        RightsError: the caller is no operator.
        RowError: it is there, a text is missing, or an affiliate names no task force.
    """
    row = AgencyRow(
        key=folded(text_of(new.key, "A short name", most=200)),
        name=text_of(new.name, "A name"),
        kind=new.kind.value,
        state=optional_text(new.state, "A state"),
        region=optional_text(new.region, "A region"),
        contact=optional_text(new.contact, "A contact"),
        verified=True,
        source=optional_text(new.source, "A source"),
        task_force=None if new.task_force is None else folded(new.task_force),
        affiliated_us=new.affiliated_us,
        left_us=None,
        until_us=None,
        changed_us=caller.as_of_us,
        changed_by=caller.user,
        version=1,
    )
    about = About(object=row.key)

    def work(unit: WriteUnit) -> AgencyRow:
        unit.run(LOCK_PEOPLE, NoParams())
        if len(unit.read(AGENCIES_BY_KEY, PeopleKeysParams(keys=[row.key]))) > 0:
            raise RowError(f"There is an agency {row.key} already. `crosstip agency change` it.")
        _check_affiliation(unit, row)
        unit.insert_nodes("Agency", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.AGENCY_ADD, about, outcome="added")])
        return row

    return act(caller, store, deed=Deed.AGENCY_ADD, about=about, work=work)


def change_agency(
    caller: Caller, store: Store, *, key: str, expected: int, change: AgencyChange
) -> AgencyRow:
    """Change an agency's entry; `expected` is the version that the change was made from.

    Raises:
        RightsError: the caller is neither an operator nor that agency's administrator.
        NotFoundError: there is no such agency.
        ChangedError: somebody changed it meanwhile.
        RowError: an affiliation makes no sense.
    """
    about = About(object=key)
    deed, entry = Deed.AGENCY_CHANGE, Resource(owner=key)

    def work(unit: WriteUnit) -> AgencyRow:
        unit.run(LOCK_PEOPLE, NoParams())
        found = agency_there(unit, key)
        if (found.version or 0) != expected:
            raise ChangedError(
                f"The agency {key} has version {found.version or 0}, not {expected}: it was "
                "changed meanwhile. Look at it again; nothing was overwritten."
            )
        changes = {name: value for name, value in asdict(change).items() if value is not None}
        row = found.model_copy(
            update=changes
            | {
                "changed_us": caller.as_of_us,
                "changed_by": caller.user,
                "version": expected + 1,
            }
        )
        _check_affiliation(unit, row)
        _check_zone(row)
        unit.update_nodes("Agency", [row.model_dump()])
        done = leaf(caller, deed, about, outcome="changed", resource=entry)
        note(unit, caller, [done])
        return row

    return act(caller, store, deed=deed, about=about, work=work, resource=entry)


def list_agencies(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = PAGE
) -> tuple[AgencyRow, ...]:
    """Give agencies by key: whom one may call is known to everybody who works here."""
    params = PageParams(after=after, limit=min(limit, PAGE))
    return look(
        caller,
        store,
        deed=Deed.AGENCY_READ,
        about=About(),
        reads=reads,
        work=lambda unit: Seen(answer=tuple(unit.read(AGENCIES, params)), outcome="listed"),
    )


def show_agency(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> AgencyCard:
    """Give an agency with its units.

    Raises:
        NotFoundError: there is no such agency.
    """

    def work(unit: ReadUnit) -> Seen[AgencyCard]:
        found = agency_there(unit, folded(key))
        units = unit.read(UNITS, OfAgencyParams(agency=found.key, after="", limit=PAGE))
        return Seen(answer=AgencyCard(agency=found, units=tuple(units)), outcome="shown")

    about = About(object=folded(key))
    return look(caller, store, deed=Deed.AGENCY_READ, about=about, reads=reads, work=work)


def add_unit(caller: Caller, store: Store, *, name: str, contact: str | None) -> UnitRow:
    """Enter a unit of the caller's agency.

    Raises:
        RightsError: the caller is no administrator of an agency.
        RowError: there is one of that name.
    """
    agency = agency_of(caller)
    shown = text_of(name, "A name", most=200)
    row = UnitRow(
        key=f"{part(agency)}|{part(folded(shown))}",
        agency=agency,
        name=shown,
        contact=optional_text(contact, "A contact"),
    )
    about = About(object=row.key)

    def work(unit: WriteUnit) -> UnitRow:
        unit.run(LOCK_PEOPLE, NoParams())
        there = unit.read(UNITS, OfAgencyParams(agency=agency, after="", limit=PAGE))
        if row.key in {other.key for other in there}:
            raise RowError(f"{agency} has a unit {shown} already.")
        unit.insert_nodes("Unit", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.UNIT_ADD, about, outcome="added")])
        return row

    return act(caller, store, deed=Deed.UNIT_ADD, about=about, work=work)


def agency_there(unit: ReadUnit, key: str) -> AgencyRow:
    """Give an agency.

    Raises:
        NotFoundError: there is none of that key.
    """
    rows = unit.read(AGENCIES_BY_KEY, PeopleKeysParams(keys=[key]))
    if len(rows) == 0:
        raise NotFoundError(f"There is no agency {key}. `crosstip agency list` shows all.")
    return rows[0]


def _check_zone(row: AgencyRow) -> None:
    try:
        zone_of(row.zone or UTC)
    except QuestionError as error:
        raise RowError(f"{error} Nothing was changed.") from error


def _check_affiliation(unit: ReadUnit, row: AgencyRow) -> None:
    if (row.kind == AgencyKind.AFFILIATE) is not (row.task_force is not None):
        raise RowError("An affiliate names its task force, and nothing else does.")
    if row.task_force is None:
        return
    if agency_there(unit, row.task_force).kind != AgencyKind.TASK_FORCE:
        raise RowError(f"{row.task_force} is no task force, so nothing is affiliated with it.")
    if row.left_us is not None and row.left_us <= (row.affiliated_us or 0):
        raise RowError("An affiliation ends after it began.")
