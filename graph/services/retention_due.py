"""What a policy would take away now: the dry run, and the question that each purge asks again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.casework.keys import part
from graph.queries.casework import LockParams
from graph.queries.recording import TipKeysParams
from graph.queries.retention import RangeParams
from graph.queries.retention_rows import (
    HELD_BEFORE,
    LAST_VERSIONS,
    OFFERED,
    OLD_CASE,
    OLD_CASES,
    OLD_CHECKS,
    OLD_NOTICES,
    TIP_PLACES,
    OffersParams,
    OldCaseRow,
    OldParams,
    PlaceKeysParams,
    TipPlaceRow,
)
from graph.retention.classes import CountsFrom, RecordClass, cutoff_us
from graph.retention.due import Facts, Fate, Rule, due_us, fate_of
from graph.services.legal_holds import Held
from graph.store import ReadUnit
from graph.triage.moves import OPEN, State

BATCH = 200
"""Records that are looked at together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose records of which class, under what rule, as of when, and what holds protect."""

    agency: str
    kind: RecordClass
    rule: Rule
    held: Held
    at_us: int

    @property
    def before_us(self) -> int:
        """The latest instant of receipt, closing or the like that can make a record due."""
        return cutoff_us(self.rule.days, at_us=self.at_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record that is old enough to be asked about, and what becomes of it."""

    key: str
    """Of the record: a tip, a place, an investigation, a check or a notice."""
    place: str
    """Where the next page begins after it."""
    fate: Fate
    due_us: int | None


def candidates(unit: ReadUnit, asked: Asked, *, after: str, limit: int) -> list[Candidate]:
    """Give records that are old enough, after one of them, in the order that pages go by."""
    if asked.kind is RecordClass.TIPS:
        return _tips(unit, asked, after=after, limit=limit)
    if asked.kind is RecordClass.INVESTIGATIONS:
        return _cases(unit, asked, after=after, limit=limit)
    return _old(unit, asked, after=after, limit=limit)


def pages(unit: ReadUnit, asked: Asked) -> Iterator[list[Candidate]]:
    """Give all of them, some at a time."""
    after = ""
    while len(page := candidates(unit, asked, after=after, limit=BATCH)) > 0:
        yield page
        after = page[-1].place


def tips_now(unit: ReadUnit, asked: Asked, places: Sequence[str]) -> dict[str, Candidate]:
    """Give what becomes of tips at these places of theirs, by place."""
    rows = unit.read(TIP_PLACES, PlaceKeysParams(keys=list(places)))
    tips = [row.tip for row in rows]
    last = {row.tip: row.last_us for row in unit.read(LAST_VERSIONS, TipKeysParams(keys=tips))}
    offers = OffersParams(keys=tips, agency=asked.agency)
    offered = {row.tip for row in unit.read(OFFERED, offers)}
    on_hold = asked.held.tips_on_hold(unit, tips)
    found: dict[str, Candidate] = {}
    for row in rows:
        facts = replace(
            _facts(row, last.get(row.tip, 0)),
            on_hold=row.tip in on_hold,
            offered=row.tip in offered,
        )
        found[row.key] = _candidate(row.tip, row.key, facts, asked)
    return found


def _tips(unit: ReadUnit, asked: Asked, *, after: str, limit: int) -> list[Candidate]:
    head = f"{part(asked.agency)}|"
    end = f"{head}{max(0, asked.before_us) + 1:019d}|"
    params = RangeParams(after=max(head, after), end=end, limit=limit)
    there = unit.read(HELD_BEFORE, params)
    found = tips_now(unit, asked, [row.key for row in there])
    return [replace(found[row.key], place=row.place) for row in there if row.key in found]


def cases_now(unit: ReadUnit, asked: Asked, case: str) -> list[Candidate]:
    """Give what becomes of one investigation; nothing where it is not closed."""
    return [_case(row, asked) for row in unit.read(OLD_CASE, LockParams(key=case))]


def _cases(unit: ReadUnit, asked: Asked, *, after: str, limit: int) -> list[Candidate]:
    params = OldParams(agency=asked.agency, after=after, before_us=asked.before_us, limit=limit)
    return [_case(row, asked) for row in unit.read(OLD_CASES, params)]


def _case(row: OldCaseRow, asked: Asked) -> Candidate:
    facts = Facts(
        received_us=row.closed_us,
        closed_us=row.closed_us,
        active_us=row.active_us,
        on_hold=asked.held.has_case(row.key),
        in_conflict=row.conflicts > 0,
    )
    return _candidate(row.key, row.key, facts, asked)


def _old(unit: ReadUnit, asked: Asked, *, after: str, limit: int) -> list[Candidate]:
    params = OldParams(agency=asked.agency, after=after, before_us=asked.before_us, limit=limit)
    query = OLD_CHECKS if asked.kind is RecordClass.CHECKS else OLD_NOTICES
    return [
        _candidate(
            row.key,
            row.key,
            Facts(
                received_us=row.at_us,
                closed_us=row.at_us,
                active_us=row.at_us,
                on_hold=asked.held.whole
                or (row.investigation is not None and asked.held.has_case(row.investigation)),
            ),
            asked,
        )
        for row in unit.read(query, params)
    ]


def _facts(row: TipPlaceRow, last_us: int) -> Facts:
    is_open = State(row.state) in OPEN
    happened = (row.stood_us, row.changed_us, row.raised_us, row.set_us, last_us)
    return Facts(
        received_us=row.since_us,
        closed_us=None if is_open else row.stood_us,
        active_us=max(each for each in happened if each is not None),
        on_hold=False,
    )


def _candidate(key: str, place: str, facts: Facts, asked: Asked) -> Candidate:
    return Candidate(
        key=key,
        place=place,
        fate=fate_of(facts, asked.rule, at_us=asked.at_us),
        due_us=due_us(facts, asked.rule),
    )


def rule_of(days: int, counts_from: str) -> Rule:
    """Give the rule of a policy."""
    return Rule(days=days, counts_from=CountsFrom(counts_from))


def counted(fates: Collection[Fate]) -> dict[str, int]:
    """Give how many there are of each."""
    return {fate.value: sum(each is fate for each in fates) for fate in Fate}
