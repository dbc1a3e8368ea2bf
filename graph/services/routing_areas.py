"""Areas of agencies: entered from a file by whoever routes tips, and read by everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.errors import RowError
from graph.queries.core import NoParams
from graph.queries.people import AGENCIES_BY_KEY, LOCK_PEOPLE, PeopleKeysParams
from graph.queries.routing import AREAS, MOST_AREAS, AreaRow, AreasParams
from graph.routing.areas import Area, read_areas
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit

PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of a file of areas."""

    entered: int
    changed: int
    unchanged: int
    unknown: tuple[str, ...]
    """Agencies of the file that are not entered here: their lines were left out."""


def load_areas(
    caller: Caller, store: Store, *, text: str, name: str, known_only: bool = False
) -> Entered:
    """Enter or change the areas of a CSV file; what the file does not name stays as it is.

    With `known_only` lines of agencies that are not entered are left out and named, else refused.

    Raises:
        RightsError: the caller does not route tips.
        RowError: the file cannot be read, or names an agency that is not entered; nothing was
            changed.
    """

    def work(unit: WriteUnit) -> Entered:
        areas = read_areas(text, name=name)
        unit.run(LOCK_PEOPLE, NoParams())
        unknown = _unknown(unit, areas)
        if len(unknown) > 0 and not known_only:
            raise RowError(
                f"{name}: no agency {unknown[0]} is entered. `crosstip agency add` it, or leave "
                "its lines out. Nothing was changed."
            )
        taken = [area for area in areas if area.agency not in unknown]
        done = _write(unit, caller, taken, unknown=unknown)
        said = f"areas: {done.entered} entered, {done.changed} changed"
        note(unit, caller, [leaf(caller, Deed.ROUTE_AREAS, About(), outcome=said)])
        return done

    return act(caller, store, deed=Deed.ROUTE_AREAS, about=About(), work=work)


def list_areas(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = PAGE
) -> tuple[AreaRow, ...]:
    """Give areas by key, ended ones too: who covers what is known to everybody who works here."""
    params = AreasParams(after=after, limit=max(1, min(limit, PAGE)))
    return look(
        caller,
        store,
        deed=Deed.AGENCY_READ,
        about=About(),
        reads=reads,
        work=lambda unit: Seen(answer=tuple(unit.read(AREAS, params)), outcome="listed"),
    )


def areas_at(unit: ReadUnit, at_us: int) -> list[Area]:
    """Give the areas that hold at a time.

    Raises:
        RowError: there are more than this can weigh.
    """
    rows = _all(unit)
    areas = [
        Area(**{name: getattr(row, name) for name in Area.__dataclass_fields__}) for row in rows
    ]
    return [area for area in areas if area.holds_at(at_us)]


def _all(unit: ReadUnit) -> list[AreaRow]:
    rows: list[AreaRow] = []
    while len(rows) <= MOST_AREAS:
        after = rows[-1].key if len(rows) > 0 else ""
        page = unit.read(AREAS, AreasParams(after=after, limit=PAGE))
        rows += page
        if len(page) < PAGE:
            return rows
    raise RowError(f"There are more than {MOST_AREAS} areas. Take out those that ended long ago.")


def _unknown(unit: ReadUnit, areas: Sequence[Area]) -> tuple[str, ...]:
    named = sorted({area.agency for area in areas})
    there = {row.key for row in unit.read(AGENCIES_BY_KEY, PeopleKeysParams(keys=named))}
    return tuple(key for key in named if key not in there)


def _write(
    unit: WriteUnit, caller: Caller, areas: Sequence[Area], *, unknown: tuple[str, ...]
) -> Entered:
    there = {row.key: row for row in _all(unit)}
    stamp = {"changed_us": caller.as_of_us, "changed_by": caller.user}
    fresh = [a for a in areas if a.key not in there]
    changed = [a for a in areas if a.key in there and not _is_same(a, there[a.key])]
    unit.insert_nodes("AgencyArea", [asdict(a) | stamp | {"version": 1} for a in fresh])
    unit.update_nodes(
        "AgencyArea",
        [asdict(a) | stamp | {"version": there[a.key].version + 1} for a in changed],
    )
    return Entered(
        entered=len(fresh),
        changed=len(changed),
        unchanged=len(areas) - len(fresh) - len(changed),
        unknown=unknown,
    )


def _is_same(area: Area, row: AreaRow) -> bool:
    return all(getattr(row, name) == value for name, value in asdict(area).items())
