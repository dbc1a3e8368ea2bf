"""Tips of the queue as its lists show them, each with the further records of its incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import confirms
from graph.queries.folds import IN_FOLDS, FoldsParams
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.queries.tips import TIPS, TipLine, TipsParams
from graph.queries.triage import PLACES, PlaceKeysParams, PlaceRow
from graph.store import ReadUnit
from graph.triage.folding import alike_by
from graph.triage.places import order_of
from graph.triage.standing import effective


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A further record of one incident."""

    tip: str
    state: str
    owner: str | None
    outcome: str | None
    priority: str
    says: tuple[str, ...]
    """Why it is as urgent as it is, as far as the tip that is shown does not say so itself."""
    since_us: int
    has_news: bool
    """Whether its report says more since it was last moved."""
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One tip of the queue."""

    tip: str
    state: str
    owner: str | None
    priority: str
    """The class that counts: a person's over the table's."""
    is_set: bool
    """Whether a person set it."""
    set_by: str | None
    set_why: str | None
    by_rule: str
    """The class by the table."""
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    rules: str
    """Version of the table."""
    since_us: int
    """Since when the agency holds it."""
    stood_us: int
    """Since when it stands in its state."""
    due_us: int | None
    """Until when somebody is to look at it; null once somebody did."""
    is_late: bool
    why: str | None
    outcome: str | None
    recipient: str | None
    version: int
    provider_name: str | None
    incident_types: tuple[str, ...]
    received_us: int | None
    ncmec_priority: str | None
    file_count: int | None
    under: str | None
    """Tip in whose row the queue shows it, as a further record of the same incident."""
    more: tuple[Record, ...]
    """Further records of the same incident that stand alike: one row with it."""
    elsewhere: tuple[Record, ...]
    """Further records of it that stand elsewhere, or are somebody else's: rows of their own."""
    apart_by: str | None
    """Who says that it is no record of what it looks like one of."""
    apart_why: str | None
    news: tuple[str, ...]
    """What its report says more since it was last moved, one sentence for each delivery."""
    news_us: int | None


def lines_of(unit: ReadUnit, caller: Caller, keys: Sequence[str]) -> tuple[QueueLine, ...]:
    """Give tips of the queue as lists show them, in the order of these keys of places."""
    if len(keys) == 0:
        return ()
    places = {row.key: row for row in unit.read(PLACES, PlaceKeysParams(keys=list(keys)))}
    fellows = _fellows(unit, places.values())
    every = {row.key: row for row in (*places.values(), *fellows)}
    shown = TipsParams(tips=sorted({row.tip for row in places.values()}))
    tips = {line.key: line for line in unit.read(TIPS, shown)}
    seen = _seen(unit, caller, every)
    by_fold: dict[str, list[PlaceRow]] = {}
    for row in seen.values():
        if row.fold is not None:
            by_fold.setdefault(row.fold, []).append(row)
    return tuple(
        _line(one, tips[one.tip], by_fold.get(one.fold or "", []), now_us=caller.as_of_us)
        for key in keys
        if (one := seen.get(key)) is not None and one.tip in tips
    )


def _seen(unit: ReadUnit, caller: Caller, rows: Mapping[str, PlaceRow]) -> dict[str, PlaceRow]:
    """Give the places that the caller may see, by key; the same holders are asked about once."""
    names = TipKeysParams(keys=sorted({row.tip for row in rows.values()}))
    whose = {row.tip: frozenset(row.holders) for row in unit.read(WHOSE, names)}
    asked: dict[tuple[str, frozenset[str]], bool] = {}
    for row in rows.values():
        about = (row.agency, whose.get(row.tip, frozenset()))
        if about not in asked:
            resource = Resource(owner=row.agency, holders=about[1])
            asked[about] = confirms(caller, Deed.TRIAGE_READ, resource=resource)
    return {
        key: row for key, row in rows.items() if asked[row.agency, whose.get(row.tip, frozenset())]
    }


def _fellows(unit: ReadUnit, rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    """Give the places that fold with some."""
    folds = sorted({row.fold for row in rows if row.fold is not None})
    if len(folds) == 0:
        return []
    keys = [row.key for row in unit.read(IN_FOLDS, FoldsParams(keys=folds))]
    return unit.read(PLACES, PlaceKeysParams(keys=keys))


def _line(row: PlaceRow, tip: TipLine, fold: Sequence[PlaceRow], *, now_us: int) -> QueueLine:
    others = sorted((each for each in fold if each.key != row.key), key=_urgent_first)
    alike = [each for each in others if alike_by(each) == alike_by(row)]
    in_row = [row, *alike] if row.under is None else [row]
    due_us = min((each.due_us for each in in_row if each.due_us is not None), default=None)
    return QueueLine(
        tip=row.tip,
        state=row.state,
        owner=row.owner,
        priority=effective(row),
        is_set=row.set_priority is not None,
        set_by=row.set_by,
        set_why=row.set_why,
        by_rule=row.priority,
        reasons=tuple(row.reasons or ()),
        unknown=tuple(row.unknown or ()),
        rules=row.rules,
        since_us=row.since_us,
        stood_us=row.stood_us,
        due_us=due_us,
        is_late=due_us is not None and due_us < now_us,
        why=row.why,
        outcome=row.outcome,
        recipient=row.recipient,
        version=row.version or 0,
        provider_name=tip.provider_name,
        incident_types=tuple(tip.incident_types or ()),
        received_us=tip.received_us,
        ncmec_priority=tip.ncmec_priority,
        file_count=tip.file_count,
        under=row.under,
        more=tuple(_record(each, row) for each in alike),
        elsewhere=tuple(_record(each, row) for each in others if each not in alike),
        apart_by=row.apart_by,
        apart_why=row.apart_why,
        news=tuple(row.news or ()),
        news_us=row.news_us,
    )


def _record(row: PlaceRow, shown: PlaceRow) -> Record:
    said = set(shown.reasons or ())
    return Record(
        tip=row.tip,
        state=row.state,
        owner=row.owner,
        outcome=row.outcome,
        priority=effective(row),
        says=tuple(reason for reason in row.reasons or () if reason not in said),
        since_us=row.since_us,
        has_news=len(row.news or ()) > 0,
        version=row.version or 0,
    )


def _urgent_first(row: PlaceRow) -> str:
    return order_of(effective(row), row.since_us, row.tip)
