"""What an agency's own log says of a tip, in order of time and in pages.

A tip may have been looked at ten thousand times: each page is a range of two indexes, by log,
record and time. Entries of other agencies' logs are in other ranges and are never read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.audit.records import log_of, number_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.custody.page import CustodyEntry, kind_of
from graph.deliveries import provisional_key
from graph.queries.audit import KeysParams
from graph.queries.custody import ABOUT, HANDED, PAGE, SHOWN, HandedParams, LedgerParams
from graph.queries.handoffs import VERSIONS, StatedParams
from graph.queries.holders import HOLDERS, WHOSE
from graph.queries.leaves import ENTRIES_BY_KEY, EntryRow
from graph.queries.recording import TipKeysParams
from graph.queries.tips import TIP, TipParams, TipRow
from graph.services.acting import About, Seen, look, named
from graph.services.audit_leaves import ledger_prefix
from graph.services.audit_ledger import SHOWN as SHOWN_WITH
from graph.services.audit_ledger import SUBJECT
from graph.services.audit_reads import ReadLog
from graph.services.received_leaves import RECEIVED
from graph.services.tip_names import no_such_tip
from graph.store import ReadUnit, Store

_MOST_NAMES = 50
"""Former names of a tip that the log is searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InCustody:
    """A tip of which an agency may be told what stands behind it."""

    tip: str
    row: TipRow | None
    """None: the agency held it once."""
    until_us: int | None
    """When that holding ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Keys under which the log tells of a tip: its own, former ones, hand-offs of it."""

    keys: tuple[str, ...]
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyLogPage:
    """A page of what the own log says of a tip."""

    items: tuple[CustodyEntry, ...]
    until_us: int
    """Entries from then on are not in this list, whatever page: reading a page writes one."""
    next_after: str | None


def list_custody_log(
    caller: Caller,
    store: Store,
    *,
    tip: str,
    reads: ReadLog,
    after: str = "",
    until_us: int | None = None,
    limit: int = 50,
) -> CustodyLogPage:
    """Give a page of what the own agency's log says of a tip, the oldest first.

    `after` and `until_us` are those of the page before: a list ends where it began to be read.

    Raises:
        RightsError: the caller answers no questions about custody.
        NotFoundError: the agency holds no such tip.
    """
    size = max(1, min(limit, PAGE))
    until = caller.as_of_us if until_us is None else min(until_us, caller.as_of_us)

    def work(unit: ReadUnit) -> Seen[CustodyLogPage]:
        there = tip_in_custody(unit, caller, tip)
        agency = agency_of(caller)
        keys = records_of(unit, agency, there).keys
        rows, more = entries_of(unit, agency, keys, after=after, until_us=until, limit=size)
        found = CustodyLogPage(
            items=tuple(entry_of(row, tip) for row in rows),
            until_us=until,
            next_after=more,
        )
        return Seen(answer=found, outcome=f"{len(rows)} entries of its log shown")

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.CUSTODY_READ, about=about, reads=reads, work=work)


def tip_in_custody(
    unit: ReadUnit, caller: Caller, tip: str, *, deed: Deed = Deed.CUSTODY_READ
) -> InCustody:
    """Give a tip whose custody the caller may be told of: query and policies both see to that.

    An agency that held it once is told what its own records and its own log say, and nothing of
    the tip: that is its holders' now.

    Raises:
        NotFoundError: the agency holds no such tip and never did, or purged it.
    """
    rows = unit.read(TIP, TipParams(tip=tip))
    whose = unit.read(WHOSE, TipKeysParams(keys=[tip]))
    holders = frozenset(whose[0].holders) if len(whose) > 0 else frozenset()
    record = Resource(owner=caller.agency, holders=holders)
    if len(rows) > 0 and confirms(caller, deed, resource=record):
        return InCustody(tip=tip, row=rows[0], until_us=None)
    until_us = _held_until(unit, agency_of(caller), tip)
    if until_us is None or not confirms(caller, deed, resource=Resource(owner=caller.agency)):
        raise no_such_tip(tip)
    return InCustody(tip=tip, row=None, until_us=until_us)


def _held_until(unit: ReadUnit, agency: str, tip: str) -> int | None:
    """Give when an agency's holding of a tip ended; None where it holds it or never did."""
    rows = unit.read(HOLDERS, TipKeysParams(keys=[tip]))
    return next((row.until_us for row in rows if row.agency == agency), None)


def records_of(unit: ReadUnit, agency: str, there: InCustody) -> Records:
    """Give the keys under which an agency's log tells of a tip."""
    tip = there.tip
    if there.row is None:
        handed = [row.key for row in unit.read(HANDED, HandedParams(tip=tip, agency=agency))]
        return Records(keys=(tip, *handed), cut_off=())
    source = tip.partition(":")[0]
    former = {
        provisional_key(source, row.key.rpartition("#")[2])
        for row in unit.read(VERSIONS, StatedParams(tip=tip))
    } - {tip}
    handed = [row.key for row in unit.read(HANDED, HandedParams(tip=tip, agency=agency))]
    return Records(
        keys=(tip, *sorted(former)[:_MOST_NAMES], *handed),
        cut_off=(f"The log was searched for {_MOST_NAMES} of {len(former)} documents only.",)
        if len(former) > _MOST_NAMES
        else (),
    )


def entries_of(
    unit: ReadUnit,
    agency: str,
    records: Sequence[str],
    *,
    after: str,
    until_us: int | None,
    limit: int,
) -> tuple[list[EntryRow], str | None]:
    """Give entries of an agency's log that concern records, by time, and where the next page is.

    `after` is what a place ends with: time and key.
    """
    places: dict[str, str] = {}
    end = "~" if until_us is None else f"{until_us:020d}|"
    for record in records:
        prefix = ledger_prefix(log_of(agency), record)
        params = LedgerParams(after=prefix + after, end=prefix + end, limit=limit + 1)
        for query in (ABOUT, SHOWN):
            places |= {row.entry: row.place[len(prefix) :] for row in unit.read(query, params)}
    ordered = sorted(places, key=places.__getitem__)
    wanted = ordered[:limit]
    if len(wanted) == 0:
        return [], None
    rows = {row.key: row for row in unit.read(ENTRIES_BY_KEY, KeysParams(keys=wanted))}
    # The record says whose log it is in; a place only finds it.
    found = [rows[key] for key in wanted if key in rows and rows[key].log == log_of(agency)]
    return found, places[wanted[-1]] if len(ordered) > limit else None


def entry_of(row: EntryRow, tip: str) -> CustodyEntry:
    """Give an entry as the page of custody shows it."""
    return CustodyEntry(
        entry=row.key,
        log=row.log,
        number=number_of(row.place),
        at_us=row.at_us,
        actor=row.actor,
        kind=kind_of(row.action, row.outcome, row.decision).value,
        action=row.action,
        capacity=SUBJECT if row.object == tip else SHOWN_WITH,
        outcome=row.outcome,
        decision=row.decision,
        policies=tuple(row.policies or ()),
        purpose=row.purpose,
        investigation=row.investigation,
        request=row.request,
    )


def receivers(
    unit: ReadUnit, agency: str, tip: str, recorded: Collection[tuple[str, int]]
) -> dict[str, tuple[str, ...]]:
    """Give who handed documents in for an agency when they were recorded first, by document.

    Nobody where its log does not say: before schema 20, or another agency handed it in.
    """
    source = tip.partition(":")[0]
    found: dict[str, set[str]] = {}
    for document, at_us in sorted(recorded, key=lambda pair: pair[1])[:_MOST_NAMES]:
        for name in (tip, provisional_key(source, document)):
            prefix = ledger_prefix(log_of(agency), name)
            places = LedgerParams(
                after=f"{prefix}{at_us:020d}|", end=f"{prefix}{at_us:020d}}}", limit=PAGE
            )
            keys = [row.entry for row in unit.read(ABOUT, places)]
            rows = unit.read(ENTRIES_BY_KEY, KeysParams(keys=keys)) if len(keys) > 0 else []
            for row in rows:
                if row.action == RECEIVED and row.outcome.endswith(document):
                    found.setdefault(document, set()).add(row.actor)
    return {document: tuple(sorted(actors)) for document, actors in found.items()}
