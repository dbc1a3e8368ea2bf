"""Counts what figures are made of, each range of an index once however many figures need it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from graph.caseload.periods import Run, runs_of
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.rights import roles_for
from graph.casework.terms import DAY_US
from graph.queries.caseload import (
    CHANGED,
    OPEN,
    OPEN_SINCE,
    OPEN_WITHIN,
    OWNERS,
    PARTNERS,
    BucketParams,
    BucketRow,
    ChangedRow,
    OpenParams,
    OpenRow,
    OwnerRow,
    PartnerParams,
    PartnerRow,
    SpanParams,
)
from graph.queries.caseload_expiry import EXPIRING, ExpiringParams
from graph.queries.caseload_flow import (
    CAME,
    LACKS,
    MADE,
    MOST_TIPS,
    STAYED,
    SUBJECTS,
    LackRow,
    MadeRow,
    StayRow,
    SubjectsParams,
    SubjectsRow,
)
from graph.queries.caseload_kept import ALERTS, IN_STATE, AlertAgesParams
from graph.queries.core import Query
from graph.queries.people import PAGE, USERS_OF, OfAgencyParams
from graph.retention.classes import RecordClass
from graph.services.caseload_asked import (
    OPEN_STATES,
    SOON_US,
    Asked,
    Span,
    all_open,
    between,
    came,
    left,
    of_people,
    whole,
)
from graph.services.caseload_purge import due_for_purge
from graph.store import ReadUnit
from graph.triage.moves import Move

T = TypeVar("T")
_BucketQuery: TypeAlias = Query[BucketParams, BucketRow]
_SECOND_US = 1_000_000
HOUR_US = 3600 * _SECOND_US
_STEPS_US = (DAY_US, 60 * _SECOND_US, _SECOND_US)
"""Widths by which a percentile is come closer to; each reads only the bucket before it."""


class Counting:
    """One reading of the store: what is counted for one figure serves the others."""

    def __init__(self, unit: ReadUnit, asked: Asked) -> None:
        """Take the unit of reads and the question."""
        self.asked = asked
        self._unit = unit
        self._kept: dict[str, object] = {}

    def open(self) -> list[OpenRow]:
        """Give what is open, by everything that figures of the open ask for."""
        now_us = self.asked.now_us
        span = all_open(self.asked.agency)
        params = OpenParams(
            after=span.after,
            end=span.end,
            now_us=now_us,
            soon_us=now_us + SOON_US,
            day_us=now_us - DAY_US,
            two_us=now_us - 2 * DAY_US,
            week_us=now_us - 8 * DAY_US,
            month_us=now_us - 31 * DAY_US,
        )
        return self._once("open", lambda: self._unit.read(OPEN, params))

    def expiring(self) -> dict[int, int]:
        """Give how many open tips have a presumed end, by part: passed, and four spans ahead."""
        now_us = self.asked.now_us
        span = between(part(self.asked.agency), 0, now_us + 30 * DAY_US + 1)
        params = ExpiringParams(
            after=span.after,
            end=span.end,
            now_us=now_us,
            day_us=now_us + DAY_US,
            week_us=now_us + 7 * DAY_US,
            fortnight_us=now_us + 14 * DAY_US,
        )
        rows = self._once("expiring", lambda: self._unit.read(EXPIRING, params))
        return {row.part: row.total for row in rows}

    def in_state(self, state: str) -> int:
        """Give how many tips are held in a state."""
        params = _range(whole(f"{part(self.asked.agency)}|{state}"))
        return self._once(f"in {state}", lambda: self._unit.read(IN_STATE, params)[0].total)

    def alerts(self) -> dict[int, int]:
        """Give how many urgent tips nobody acknowledged: below an hour, a day, and longer."""
        now_us = self.asked.now_us
        span = whole(part(self.asked.agency))
        params = AlertAgesParams(
            after=span.after, end=span.end, hour_us=now_us - HOUR_US, day_us=now_us - DAY_US
        )
        rows = self._once("alerts", lambda: self._unit.read(ALERTS, params))
        return {row.part: row.total for row in rows}

    def due_for_purge(self) -> dict[RecordClass, int]:
        """Give how many records go with the next purge, by kind."""
        return self._once("purge", lambda: due_for_purge(self._unit, self.asked))

    def changed(self) -> list[ChangedRow]:
        """Give what says more since it was last moved."""
        params = _range(all_open(self.asked.agency))
        return self._once("changed", lambda: self._unit.read(CHANGED, params))

    def owners(self) -> list[OwnerRow]:
        """Give what each person has."""
        params = _range(of_people(self.asked.agency))
        return self._once("owners", lambda: self._unit.read(OWNERS, params))

    def units(self) -> dict[str, tuple[str, ...]]:
        """Give the units of each of the agency's people, by user."""
        return self._once("units", self._units)

    def came(self) -> dict[str, int]:
        """Give how many tips came, by day or week."""
        (span,) = came(self.asked).spans
        return self._once("came", lambda: self._bucketed(CAME, span))

    def made(self, move: Move) -> dict[str, int]:
        """Give how many moves of a kind were made, by day or week."""
        return self._by_label(move, lambda row: row.total)

    def made_holding(self, move: Move) -> dict[str, int]:
        """Give the same of tips held without a break from the move until now."""
        return self._by_label(move, lambda row: row.holding)

    def outcomes(self) -> dict[str | None, int]:
        """Give how work ended in the period."""
        found = Counter[str | None]()
        for _, row in self._moves(Move.CLOSE):
            found[row.outcome] += row.total
        return dict(found)

    def lacks(self) -> list[LackRow]:
        """Give what tips that came in the period lack, by provider."""
        (span,) = came(self.asked).spans
        return self._once("lacks", lambda: self._unit.read(LACKS, _range(span)))

    def stayed(self) -> dict[str, StayRow]:
        """Give the median of the time in each state that was left in the period."""
        return self._once("stayed", self._stayed)

    def subjects(self) -> SubjectsRow:
        """Give the distinct subjects of the tips that came last in the period."""
        span = between(part(self.asked.agency), self._last_us(MOST_TIPS), self.asked.end_us)
        params = SubjectsParams(after=span.after, end=span.end)
        return self._once("subjects", lambda: self._unit.read(SUBJECTS, params)[0])

    def partners(self) -> list[PartnerRow]:
        """Give the conflicts that are not resolved, by other agency and age."""
        asked = self.asked
        params = PartnerParams(
            agency=asked.agency,
            user=asked.user,
            two_us=asked.now_us - 2 * DAY_US,
            week_us=asked.now_us - 8 * DAY_US,
            month_us=asked.now_us - 31 * DAY_US,
        )
        return self._once("partners", lambda: self._unit.read(PARTNERS, params))

    def ages_s(self, shares: Iterable[float]) -> list[int | None]:
        """Give percentiles of the age of what is open, by nearest rank, in whole seconds."""
        span = all_open(self.asked.agency)
        days = self._once("days", lambda: self._in_buckets(OPEN_SINCE, span, 0, DAY_US))
        return [self._age_s(days, share) for share in shares]

    def _age_s(self, days: dict[int, int], share: float) -> int | None:
        total = sum(days.values())
        if total == 0:
            return None
        # Ages grow as the time of coming falls: the rank is counted from the newest.
        rank = max(1, math.ceil(share * total))
        head, begin_us, found = part(self.asked.agency), 0, days
        for width_us, finer_us in zip(_STEPS_US, (*_STEPS_US[1:], 0), strict=True):
            for nth in sorted(found, reverse=True):
                if rank <= found[nth]:
                    begin_us += nth * width_us
                    break
                rank -= found[nth]
            if finer_us == 0:
                break
            span = between(head, begin_us, begin_us + width_us)
            found = self._in_buckets(OPEN_WITHIN, span, begin_us, finer_us)
        return max(0, (self.asked.now_us - begin_us) // _SECOND_US)

    def _last_us(self, wanted: int) -> int:
        """Give the begin of the day or week with which so many tips came until now, or of all."""
        came_in, total = self.came(), 0
        for bucket in reversed(self.asked.buckets):
            total += came_in[bucket.label]
            if total >= wanted:
                return bucket.begin_us
        return self.asked.begin_us

    def _by_label(self, move: Move, value: Callable[[MadeRow], int]) -> dict[str, int]:
        found = {bucket.label: 0 for bucket in self.asked.buckets}
        for label, row in self._moves(move):
            found[label] += value(row)
        return found

    def _moves(self, move: Move) -> list[tuple[str, MadeRow]]:
        return self._once(f"made {move.value}", lambda: self._read_moves(move))

    def _read_moves(self, move: Move) -> list[tuple[str, MadeRow]]:
        head = f"{part(self.asked.agency)}|{move.value}"
        found: list[tuple[str, MadeRow]] = []
        for run in runs_of(self.asked.buckets):
            params = _run_params(head, run)
            found += [(run.buckets[row.nth].label, row) for row in self._unit.read(MADE, params)]
        return found

    def _bucketed(self, query: _BucketQuery, span: Span) -> dict[str, int]:
        found = {bucket.label: 0 for bucket in self.asked.buckets}
        head = span.head.removesuffix("|")
        for run in runs_of(self.asked.buckets):
            end_us = run.begin_us + run.width_us * len(run.buckets)
            part_of = between(head, run.begin_us, end_us)
            rows = self._in_buckets(query, part_of, run.begin_us, run.width_us)
            for nth, total in rows.items():
                found[run.buckets[nth].label] += total
        return found

    def _in_buckets(
        self, query: _BucketQuery, span: Span, begin_us: int, width_us: int
    ) -> dict[int, int]:
        params = BucketParams(after=span.after, end=span.end, begin_us=begin_us, width_us=width_us)
        return {row.nth: row.total for row in self._unit.read(query, params)}

    def _stayed(self) -> dict[str, StayRow]:
        found: dict[str, StayRow] = {}
        for state in OPEN_STATES:
            (span,) = left(self.asked, state).spans
            found[state] = self._unit.read(STAYED, _range(span))[0]
        return found

    def _units(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        after = ""
        while True:
            params = OfAgencyParams(agency=self.asked.agency, after=after, limit=PAGE)
            rows = self._unit.read(USERS_OF, params)
            found |= {
                row.key: tuple(row.units or ())
                for row in rows
                if not roles_for(Deed.TRIAGE_WORK).isdisjoint(row.roles)
            }
            if len(rows) < PAGE:
                return found
            after = rows[-1].key

    def _once(self, name: str, read: Callable[[], T]) -> T:
        if name not in self._kept:
            self._kept[name] = read()
        found: T = self._kept[name]  # type: ignore[assignment]
        return found


def _run_params(head: str, run: Run) -> BucketParams:
    span = between(head, run.begin_us, run.begin_us + run.width_us * len(run.buckets))
    return BucketParams(
        after=span.after, end=span.end, begin_us=run.begin_us, width_us=run.width_us
    )


def _range(span: Span) -> SpanParams:
    return SpanParams(after=span.after, end=span.end)
