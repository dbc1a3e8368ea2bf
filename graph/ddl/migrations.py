"""The numbered steps from an empty store to the schema of this version."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from graph.audit.records import OPERATOR, waiting_place
from graph.casework.terms import UNREVIEWED_US, default_visibility
from graph.clock import now_us
from graph.ddl.holding import keep_tips_apart
from graph.ddl.queueing import queue_held_tips
from graph.ddl.statements import embedded_types, portable
from graph.ddl.to_cases import fill_what_cases_need
from graph.ddl.to_tables import fill_what_tables_need
from graph.ddl.to_units import fill_what_units_need
from graph.ddl.to_views import fill_what_views_need
from graph.pdq import PREFIX
from graph.queries.audit import PAGE, RangeParams
from graph.queries.core import NoParams
from graph.queries.filling import (
    BARE_CLAIMS,
    FILL_CLAIMS,
    NAME_ALIASES,
    UNNAMED_ALIASES,
    AliasesParams,
    AliasItem,
    BareClaimRow,
    ClaimItem,
    ClaimsParams,
)
from graph.queries.hash_lists import LOCK
from graph.queries.leaves import PUT_IN_LOG, UNPLACED, PlaceItem, PlacesParams
from graph.queries.near import PDQS, AfterParams
from graph.schema import SCHEMA
from graph.scoring.traits import alias_of
from graph.services.hash_states import index
from graph.store import Store, WriteUnit

RunScript: TypeAlias = Callable[[Iterable[str]], object]
_LAST = "\U0010ffff"
"""After every key."""
ReadTypes: TypeAlias = Callable[[], dict[tuple[str, str], str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedSchema:
    """What only the embedded engine needs: typed properties before their indexes."""

    run_script: RunScript
    read_types: ReadTypes


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One numbered step; safe to repeat, since a kill may come before its number is stored."""

    number: int
    doc: str
    apply: Callable[[Store, EmbeddedSchema | None], None]
    """What it does to what is stored; all that the schema names is declared by then."""


def declare_everything(store: Store, embedded: EmbeddedSchema | None) -> None:
    """Make the types, constraints and indexes that are not there yet.

    Before the steps, once for all of them: it takes seconds on the embedded engine.
    """
    if embedded is not None:
        embedded.run_script(embedded_types(SCHEMA))
    store.declare(portable(SCHEMA))


def _nothing_more(_store: Store, _embedded: EmbeddedSchema | None) -> None:
    """For steps that only declare."""


def _name_aliases(store: Store, _embedded: EmbeddedSchema | None) -> None:
    while True:
        rows = store.read(UNNAMED_ALIASES, NoParams())
        items = [AliasItem(key=row.key, alias=alias_of(row.hints) or "") for row in rows]
        if len(items) == 0:
            return
        params = AliasesParams(rows=items)
        store.writing(
            lambda unit, p=params: unit.run(NAME_ALIASES, p),  # type: ignore[misc]
            name="naming aliases",
        )


def _page_pdqs(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Put the PDQs that are there on their pages, some at a time; doing it twice does no harm."""
    after = PREFIX
    while len(rows := store.read(PDQS, AfterParams(after=after))) > 0:
        keys = [row.key for row in rows]
        store.writing(lambda unit, k=keys: _page(unit, k), name="paging PDQs")  # type: ignore[misc]
        after = keys[-1]


def _page(unit: WriteUnit, keys: list[str]) -> None:
    unit.run(LOCK, NoParams())
    index(unit, keys)


def _put_leaves_in_logs(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Put the leaves that are there into the operator's log."""
    start, page = "", None
    while page is None or len(page) == PAGE:
        page = store.read(UNPLACED, RangeParams(start=start, end=_LAST, limit=PAGE))
        items = [
            PlaceItem(key=row.key, log=OPERATOR, place=waiting_place(OPERATOR, row.at_us, row.key))
            for row in page
            if row.place is None
        ]
        params = PlacesParams(rows=items)
        store.writing(
            lambda unit, p=params: unit.run(PUT_IN_LOG, p),  # type: ignore[misc]
            name="putting leaves in the log",
        )
        start = f"{page[-1].key}\0" if len(page) > 0 else start


def _fill_claims(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Give older claims what every claim has now."""
    at_us = now_us()
    while len(rows := store.read(BARE_CLAIMS, NoParams())) > 0:
        params = ClaimsParams(rows=[_claim_item(row, at_us) for row in rows])
        store.writing(
            lambda unit, p=params: unit.run(FILL_CLAIMS, p),  # type: ignore[misc]
            name="filling in claims",
        )


def _claim_item(row: BareClaimRow, at_us: int) -> ClaimItem:
    visibility, silent_until_us = default_visibility(row.role, at_us)
    return ClaimItem(
        key=row.key,
        ref=uuid.uuid4().hex,
        agency=row.agency,
        visibility=visibility.value,
        silent_until_us=silent_until_us,
        review_due_us=at_us + UNREVIEWED_US,
    )


MIGRATIONS: tuple[Migration, ...] = (
    Migration(number=1, doc="Constraints, indexes and types.", apply=_nothing_more),
    Migration(number=2, doc="Subnets, bands, traits and judgements.", apply=_nothing_more),
    Migration(number=3, doc="Screen names over all providers.", apply=_name_aliases),
    Migration(number=4, doc="States found or decided.", apply=_nothing_more),
    Migration(number=5, doc="Hash lists; pages of PDQs.", apply=_page_pdqs),
    Migration(number=6, doc="Leaves go to logs, and wait there.", apply=_put_leaves_in_logs),
    Migration(number=7, doc="People, agreements, casework; claims get terms.", apply=_fill_claims),
    Migration(number=8, doc="Conflicts, notices, holders.", apply=_nothing_more),
    Migration(number=9, doc="Checks and their budgets.", apply=_nothing_more),
    Migration(number=10, doc="Tips say who holds them.", apply=keep_tips_apart),
    Migration(number=11, doc="Who entered claims; sealed notices.", apply=_nothing_more),
    Migration(number=12, doc="The timetable and who runs it.", apply=_nothing_more),
    Migration(number=13, doc="Credentials, sessions, API keys.", apply=_nothing_more),
    Migration(number=14, doc="Requests that are done once.", apply=_nothing_more),
    Migration(number=15, doc="Webhooks.", apply=_nothing_more),
    Migration(number=16, doc="Jobs.", apply=_nothing_more),
    Migration(number=17, doc="Own log-ons changed; disuse.", apply=_nothing_more),
    Migration(number=18, doc="Tips stand in queues.", apply=queue_held_tips),
    Migration(number=19, doc="From tip to case.", apply=fill_what_cases_need),
    Migration(number=20, doc="A unit's week.", apply=fill_what_units_need),
    Migration(number=21, doc="Own tables of priority.", apply=fill_what_tables_need),
    Migration(number=22, doc="Kept views; what is held and due.", apply=fill_what_views_need),
)
