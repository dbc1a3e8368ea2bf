"""Tips as people look at them: the list, and one tip with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.clock import now_us
from graph.queries.investigations import TOUCHING, TouchedRow, TouchingParams
from graph.queries.tips import (
    ASSERTIONS,
    HELD_PAGE,
    REFERENCES,
    TIP,
    TIP_PAGE,
    TIPS,
    AssertionParams,
    AssertionRow,
    HeldPageParams,
    ReferenceRow,
    TipLine,
    TipPageParams,
    TipParams,
    TipRow,
    TipsParams,
)
from graph.queries.versions import FILES, VERSIONS, VersionLine
from graph.services.first_seen import FileView, file_views
from graph.services.tip_names import no_such_tip
from graph.statements import decode
from graph.store import ReadUnit, Store
from graph.triage.places import held_order, held_range

SHOWN_ASSERTIONS = 1000
MAX_PAGE = 200
MOST_ROWS = 1000
"""What the queries of files, references and investigations give at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text of the reporter, or another field that is no identifier, of a current version."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSummary:
    """A version and its document, without the stored statement."""

    key: str
    part: str
    issued_us: int
    current: bool
    superseded_by: str | None
    recorded_us: int
    number_source: str | None
    parser: str
    unknown: tuple[str, ...]
    rejected: tuple[str, ...]
    contents: tuple[str, ...]
    document: str
    document_name: str | None
    size: int | None
    channel: str | None
    receipts_us: tuple[int, ...]
    original: str | None
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TipView:
    """One tip with its versions, assertions, files, references and the investigations around it."""

    as_of_us: int
    tip: TipRow
    notes: tuple[Note, ...]
    details: tuple[Note, ...]
    assertions: tuple[AssertionRow, ...]
    files: tuple[FileView, ...]
    references: tuple[ReferenceRow, ...]
    investigations: tuple[TouchedRow, ...]
    versions: tuple[VersionSummary, ...]
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TipPage:
    """A page of tips and where the next one starts."""

    as_of_us: int
    tips: tuple[TipLine, ...]
    next_after: str | None
    """Pass it as `after`; None on the last page."""


def show_tip(store: Store, tip: str) -> TipView:
    """Give one tip.

    Raises:
        NotFoundError: there is no such tip.
        StoreError: the store could not answer.
    """
    return store.reading(lambda unit: _show(unit, tip), name="showing a tip")


def list_tips(store: Store, *, after: str = "", limit: int = 50) -> TipPage:
    """Give a page of tips: imminent danger and escalated first, then the newest."""
    size = max(1, min(limit, MAX_PAGE))
    return store.reading(lambda unit: _page(unit, after=after, size=size), name="listing tips")


def _page(unit: ReadUnit, *, after: str, size: int) -> TipPage:
    """Give a page. An agency's tips have an order of their own: who holds few reads no others.

    Both ways give what `tips.page` does, which a person can run; a test holds them alike.
    """
    if unit.scope.everything:
        rows = unit.read(TIP_PAGE, TipPageParams(after=after, limit=size + 1))
        lines, orders = rows[:size], [row.order_key for row in rows]
    else:
        begin, end = held_range(unit.scope.holder, after)
        held = unit.read(HELD_PAGE, HeldPageParams(after=begin, end=end, limit=size + 1))
        lines = unit.read(TIPS, TipsParams(tips=[row.tip for row in held[:size]]))
        orders = [held_order(row.place) for row in held]
    return TipPage(
        as_of_us=now_us(),
        tips=tuple(lines),
        next_after=orders[size - 1] if len(orders) > size else None,
    )


def _show(unit: ReadUnit, tip: str) -> TipView:
    params = TipParams(tip=tip)
    found = unit.read(TIP, params)
    if len(found) == 0:
        raise no_such_tip(tip)
    assertions = unit.read(ASSERTIONS, AssertionParams(tip=tip, limit=SHOWN_ASSERTIONS + 1))
    versions = unit.read(VERSIONS, params)
    cut_off: list[str] = []
    if len(assertions) > SHOWN_ASSERTIONS:
        cut_off.append(f"Only the first {SHOWN_ASSERTIONS} assertions are shown.")
    facts = [decode(v.statement).facts for v in versions if v.current]
    stated = [f for f in facts if f is not None]
    files = unit.read(FILES, params)
    references = unit.read(REFERENCES, params)
    investigations = unit.read(TOUCHING, TouchingParams(tip=params.tip))
    sizes = (("files", files), ("named tips", references), ("investigations", investigations))
    cut_off += [
        f"Only the first {MOST_ROWS} {what} are shown."
        for what, rows in sizes
        if len(rows) == MOST_ROWS
    ]
    views, uncounted = file_views(unit, tip, found[0].received_us, files)
    cut_off += uncounted
    return TipView(
        as_of_us=now_us(),
        tip=found[0],
        notes=tuple(Note(path=p, text=t) for f in stated for p, t in f.notes),
        details=tuple(Note(path=p, text=t) for f in stated for p, t in f.details),
        assertions=tuple(assertions[:SHOWN_ASSERTIONS]),
        files=views,
        references=tuple(references),
        investigations=tuple(investigations),
        versions=tuple(_summary(version) for version in versions),
        cut_off=tuple(cut_off),
    )


def _summary(row: VersionLine) -> VersionSummary:
    return VersionSummary(
        key=row.key,
        part=row.part,
        issued_us=row.issued_us,
        current=row.current,
        superseded_by=row.superseded_by,
        recorded_us=row.recorded_us,
        number_source=row.number_source,
        parser=row.parser,
        unknown=tuple(row.unknown or ()),
        rejected=tuple(row.rejected or ()),
        contents=tuple(row.contents or ()),
        document=row.document,
        document_name=row.document_name,
        size=row.size,
        channel=row.channel,
        receipts_us=tuple(sorted(int(at) for at in row.receipts)),
        original=row.original,
        media=tuple(row.media or ()),
    )
