"""What changes of an agency's table would do to the tips that it holds: computed, not written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.queries.priority_tables import HELD, TOGETHER, SpanParams
from graph.queries.triage import PLACES, PlaceKeysParams, PlaceRow
from graph.services.acting import About, Seen, look
from graph.services.audit_reads import ReadLog
from graph.services.priority_places import AT_ONCE
from graph.services.triage_places import bases_of
from graph.store import ReadUnit, Store
from graph.triage.moves import OPEN
from graph.triage.own_table import RuleChange, checked, own_table
from graph.triage.places import held_order, held_range, triage_key
from graph.triage.priority import RANKS, PriorityTable, judged, shipped_priority_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How many tips would come from one class to another by the table."""

    before: str
    after: str
    tips: int
    open: int
    """Of them, tips that are neither closed nor withdrawn."""
    set_by_person: int
    """Of them, tips whose class a person set: that one stands, whatever the table says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What changes would do to some of the tips that an agency holds."""

    looked_at: int
    changed: int
    shifts: tuple[Shift, ...]
    """The most urgent class first."""
    next_after: str | None
    """Where the next tips begin; None: these were the last."""


def try_changes(
    caller: Caller,
    store: Store,
    *,
    changes: Collection[RuleChange],
    reads: ReadLog,
    after: str = "",
    limit: int = TOGETHER,
) -> Trial:
    """Give how many held tips of the own agency would change class, at most 2,000 at a time.

    `changes` are all that the agency would have. A tip that is taken in, or moved, between two
    pages may be missed or counted twice. Nothing is written.

    Raises:
        RightsError: the caller is no supervisor.
        RowError: no such rule, or one for safety would be put lower.
    """
    size = max(1, min(limit, TOGETHER))

    def work(unit: ReadUnit) -> Seen[Trial]:
        agency, built_in = agency_of(caller), shipped_priority_table()
        table = own_table(built_in, checked(changes, built_in), number=0).table
        begin, end = held_range(agency, after)
        held = unit.read(HELD, SpanParams(after=begin, end=end, limit=size + 1))
        found: Counter[tuple[str, str, bool, bool]] = Counter()
        for start in range(0, min(len(held), size), AT_ONCE):
            tips = [row.tip for row in held[start : min(start + AT_ONCE, size)]]
            found.update(_moved(unit, agency, tips, table, at_us=caller.as_of_us))
        more = held_order(held[size - 1].place) if len(held) > size else None
        return Seen(answer=_trial(found, min(len(held), size), more), outcome="tried")

    return look(caller, store, deed=Deed.PRIORITY_TRY, about=About(), reads=reads, work=work)


def _moved(
    unit: ReadUnit, agency: str, tips: Sequence[str], table: PriorityTable, *, at_us: int
) -> Iterator[tuple[str, str, bool, bool]]:
    """Give each tip's class as it is and would be, whether it is open, and set by a person."""
    keys = PlaceKeysParams(keys=sorted(triage_key(agency, tip) for tip in tips))
    places: dict[str, PlaceRow] = {row.key: row for row in unit.read(PLACES, keys)}
    for key, basis in bases_of(unit, tips, at_us=at_us).items():
        row = places.get(key)
        if row is not None:
            signals = {*(basis.found.signals or ()), *basis.own}
            would = judged(signals, table).priority.value
            yield row.priority, would, row.state in OPEN, row.set_priority is not None


def _trial(found: Counter[tuple[str, str, bool, bool]], looked_at: int, more: str | None) -> Trial:
    pairs = sorted(
        {(before, after) for before, after, _, _ in found if before != after},
        key=lambda pair: (RANKS[pair[0]], RANKS[pair[1]]),
    )
    shifts = tuple(
        Shift(
            before=before,
            after=after,
            tips=_total(found, (before, after)),
            open=_total(found, (before, after), open_=True),
            set_by_person=_total(found, (before, after), by_person=True),
        )
        for before, after in pairs
    )
    changed = sum(shift.tips for shift in shifts)
    return Trial(looked_at=looked_at, changed=changed, shifts=shifts, next_after=more)


def _total(
    found: Counter[tuple[str, str, bool, bool]],
    pair: tuple[str, str],
    *,
    open_: bool = False,
    by_person: bool = False,
) -> int:
    return sum(
        total
        for (before, after, is_open, is_set), total in found.items()
        if (before, after) == pair and (is_open or not open_) and (is_set or not by_person)
    )
