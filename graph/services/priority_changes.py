"""An agency's own table of priority: what it is, how it came to be, and changing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part, text_of
from graph.casework.rights import agency_of
from graph.errors import ChangedError, RowError
from graph.queries.core import NoParams
from graph.queries.people import LOCK_PEOPLE
from graph.queries.priority_tables import COUNTED, MOST, VERSIONS, SpanParams, VersionRow
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_reads import ReadLog
from graph.services.priority_places import left_to_place
from graph.services.priority_tables import newest_of, table_by
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.own_table import (
    OFF,
    Fallen,
    RuleChange,
    changes_in,
    checked,
)
from graph.triage.priority import ClassRule, shipped_priority_table

_LAST_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule as an agency goes by it."""

    rule: str
    """Its name: what holds where it does."""
    to: str
    """Its class at the agency, or `off`."""
    built_in: str
    """Its class in the built-in table."""
    is_changed: bool
    says: str
    safety: str | None
    """Of a rule for safety: from where. Its class is no lower than the built-in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTableView:
    """An agency's table of priority."""

    agency: str
    version: int
    """Of the agency's changes; 0: it made none."""
    rules_version: str
    """As tips name it that stand by it: the built-in version, then the agency's own."""
    built_in: str
    made_by: str | None
    made_us: int | None
    why: str | None
    classes: tuple[ClassRule, ...]
    rules: tuple[RuleLine, ...]
    fell_away: tuple[Fallen, ...]
    """Changes that the built-in table has no place for any more, since an upgrade."""
    to_place: int
    """Held tips that do not stand by it yet; `COUNTED` are counted."""
    is_more_to_place: bool
    under_way: str | None
    """A sentence where there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version of an agency's changes."""

    number: int
    built_in: str
    """Version of the built-in table that it was made of."""
    changes: tuple[RuleChange, ...]
    why: str
    made_by: str
    made_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """A page of versions, the newest first."""

    versions: tuple[VersionView, ...]
    next_before: int | None
    """Number before which the next page begins; None on the last."""


def show_table(caller: Caller, store: Store, *, reads: ReadLog) -> OwnTableView:
    """Give the table of priority that the own agency goes by.

    Raises:
        RightsError: the caller belongs to no agency.
    """

    def work(unit: ReadUnit) -> Seen[OwnTableView]:
        agency = agency_of(caller)
        row = newest_of(unit, [agency]).get(agency)
        return Seen(answer=_view(unit, agency, row), outcome="shown")

    return look(caller, store, deed=Deed.PRIORITY_READ, about=About(), reads=reads, work=work)


def change_table(
    caller: Caller, store: Store, *, expected: int, changes: Collection[RuleChange], why: str
) -> OwnTableView:
    """Let these be all changes of the own agency to the built-in table, as a new version.

    `expected` is the version that was looked at, 0 for none. Held tips are placed by the new table
    after this, some at a time; until then each stands by the version that it names.

    Raises:
        RightsError: the caller is no supervisor.
        ChangedError: somebody made another version meanwhile.
        RowError: no such rule, one for safety would be put lower, no reason, or nothing is new.
    """

    def work(unit: WriteUnit) -> OwnTableView:
        unit.run(LOCK_PEOPLE, NoParams())
        agency = agency_of(caller)
        before = newest_of(unit, [agency]).get(agency)
        _require_version(before, expected)
        built_in = shipped_priority_table()
        wanted = checked(changes, built_in)
        if wanted == changes_in(before):
            raise RowError("Your agency's table is like that already. Nothing was changed.")
        row = VersionRow(
            key=version_key(agency, expected + 1),
            agency=agency,
            number=expected + 1,
            built_in=built_in.version,
            rules=[change.rule for change in wanted],
            classes=[change.to for change in wanted],
            why=text_of(why, "A reason"),
            made_by=caller.user,
            made_us=caller.as_of_us,
            newest_of=agency,
        )
        if before is not None:
            older = before.model_copy(update={"newest_of": None})
            unit.update_nodes("PriorityVersion", [older.model_dump()])
        unit.insert_nodes("PriorityVersion", [row.model_dump()])
        outcome = f"version {row.number}: {len(wanted)} rules changed, {_off(wanted)} of them off"
        note(unit, caller, [leaf(caller, Deed.PRIORITY_CHANGE, About(), outcome=outcome)])
        return _view(unit, agency, row)

    return act(caller, store, deed=Deed.PRIORITY_CHANGE, about=About(), work=work)


def list_versions(
    caller: Caller, store: Store, *, reads: ReadLog, before: int | None = None, limit: int = 50
) -> VersionPage:
    """Give versions of the own agency's changes, the newest first, from before a number on.

    Raises:
        RightsError: the caller belongs to no agency.
    """
    agency, size = agency_of(caller), max(1, min(limit, MOST))
    end = f"{part(agency)}}}" if before is None else version_key(agency, before)
    params = SpanParams(after=f"{part(agency)}|", end=end, limit=size + 1)

    def work(unit: ReadUnit) -> Seen[VersionPage]:
        rows = unit.read(VERSIONS, params)
        shown = tuple(_version(row) for row in rows[:size])
        following = shown[-1].number if len(rows) > size else None
        return Seen(answer=VersionPage(versions=shown, next_before=following), outcome="listed")

    return look(caller, store, deed=Deed.PRIORITY_READ, about=About(), reads=reads, work=work)


def version_key(agency: str, number: int) -> str:
    """Give the key of a version, in whose order numbers are."""
    return f"{part(agency)}|{min(number, _LAST_NUMBER):09d}"


def _require_version(row: VersionRow | None, expected: int) -> None:
    number = 0 if row is None else row.number
    if number != expected:
        by = "" if row is None else f": {row.made_by} made it"
        raise ChangedError(
            f"Your agency's table has version {number}, not {expected}{by}. Look at it again; "
            "nothing was overwritten."
        )


def _off(changes: Sequence[RuleChange]) -> int:
    return sum(change.to == OFF for change in changes)


def _version(row: VersionRow) -> VersionView:
    return VersionView(
        number=row.number,
        built_in=row.built_in,
        changes=changes_in(row),
        why=row.why,
        made_by=row.made_by,
        made_us=row.made_us,
    )


def _view(unit: ReadUnit, agency: str, row: VersionRow | None) -> OwnTableView:
    built_in, own = shipped_priority_table(), table_by(row)
    number = 0 if row is None else row.number
    classes = {rule.name: rule.priority.value for rule in own.table.rules}
    fallen = {each.rule for each in own.fallen}
    changed = {change.rule for change in changes_in(row)} - fallen
    # Who made no change goes by the built-in table, which the daily count places by.
    total = 0 if row is None else left_to_place(unit, agency, number=number)
    return OwnTableView(
        agency=agency,
        version=number,
        rules_version=own.table.version,
        built_in=built_in.version,
        made_by=None if row is None else row.made_by,
        made_us=None if row is None else row.made_us,
        why=None if row is None else row.why,
        classes=own.table.classes,
        rules=tuple(
            RuleLine(
                rule=rule.name,
                to=classes.get(rule.name, OFF),
                built_in=rule.priority.value,
                is_changed=rule.name in changed,
                says=rule.says,
                safety=rule.safety,
            )
            for rule in built_in.rules
        ),
        fell_away=own.fallen,
        to_place=min(total, COUNTED),
        is_more_to_place=total > COUNTED,
        under_way=_under_way(total),
    )


def _under_way(total: int) -> str | None:
    if total == 0:
        return None
    many = f"more than {COUNTED:,}" if total > COUNTED else f"{total:,}"
    return (
        f"It is under way: {many} held tips do not stand by this table yet. They are placed some "
        "at a time; until then each stands by the version that it names."
    )
