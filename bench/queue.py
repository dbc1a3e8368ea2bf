"""How long a page of an agency's queue takes, at its beginning, middle and end, by each filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from bench.links.speed import Times, milliseconds, times_of
from bench.progress import Progress
from bench.stores import empty_store
from bench.whole import ACTOR
from graph.casework.caller import Caller
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.clock import now_us
from graph.deliveries import Delivery, DocumentFacts
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.agencies import NewAgency, add_agency
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.queue_reading import Filter, list_queue
from graph.services.recording import record
from graph.services.triage_steps import take
from graph.services.user_rules import NewUser
from graph.services.users import add_user, first_operator
from graph.statements import Assertion, Statement, TipFacts
from graph.store import Store
from graph.triage.moves import State
from graph.triage.places import order_of
from graph.triage.priority import Priority

_BATCH: Final = 250
_AGENCY: Final = "bench"
_ANNOTATIONS: Final = ((), ("sextortion",), ("csamSolicitation",), ("spam",))
_ASKED: Final = 12
"""Pages of one kind that are timed, after one that is not."""
_TAKEN: Final = 200
"""Tips that one person has."""
_RECORDS: Final = 4
"""Records of each incident that is in a row of several; every other group of so many is one."""
PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueTimes:
    """What one kind of page took."""

    engine: str
    tips: int
    filtered: str
    depth: str
    lines: int
    """Tips on the page."""
    page: Times


def measure_queue(engine: str, folder: Path, *, tips: int, progress: Progress) -> list[QueueTimes]:
    """Fill a queue by intake's own path, then read pages of it as its supervisor.

    Raises:
        StoreError: the store failed.
    """
    with empty_store(engine, folder / "store") as into:
        boss = _supervisor(into.store)
        for start in range(0, tips, _BATCH):
            batch = [_tip(number) for number in range(start, min(start + _BATCH, tips))]
            record(into.store, batch, actor=ACTOR, at_us=boss.as_of_us + start)
            progress("filling the queue", start + len(batch), tips)
        for number in range(min(tips, _TAKEN)):
            # Whoever takes one takes all: of a row, what is taken already is passed over.
            if number % _RECORDS == 0 or not _is_folded(number):
                take(boss, into.store, tip=f"ncmec:{900_000_000 + number}")
        depths = _depths(boss, tips)
        return [
            _timed(engine, into.store, boss, tips=tips, name=name, wanted=wanted, depth=depth)
            for name, wanted in _filters(boss).items()
            for depth in depths.items()
        ]


def _filters(boss: Caller) -> Mapping[str, Filter]:
    return {
        "none": Filter(),
        "state": Filter(state=State.NEW),
        "owner": Filter(owner=boss.user),
        "owner and state": Filter(owner=boss.user, state=State.IN_REVIEW),
        "unassigned": Filter(unassigned=True),
        "unassigned and state": Filter(unassigned=True, state=State.NEW),
        "class": Filter(priority=Priority.THIS_WEEK),
        "older than": Filter(before_us=boss.as_of_us + 10 * 365 * 86_400_000_000),
        "changed": Filter(news=True),
    }


def _depths(boss: Caller, tips: int) -> Mapping[str, str]:
    """Give where pages begin: by the orders of places, without reading the pages before them."""
    middle = order_of(Priority.THIS_WEEK, boss.as_of_us + tips // 2, "")
    last = order_of(Priority.NO_ACTION, boss.as_of_us + tips - _BATCH - 1, "")
    return {"first": "", "middle": middle, "last": last}


def _timed(
    engine: str,
    store: Store,
    boss: Caller,
    *,
    tips: int,
    name: str,
    wanted: Filter,
    depth: tuple[str, str],
) -> QueueTimes:
    reads = ReadLog(store)
    ask = partial(
        list_queue,
        replace(boss, as_of_us=now_us(), until_us=None),
        store,
        reads=reads,
        wanted=wanted,
        after=depth[1],
        limit=PAGE,
    )
    lines = len(ask().lines)
    taken: Sequence[float] = [milliseconds(ask) for _ in range(_ASKED)]
    return QueueTimes(
        engine=engine, tips=tips, filtered=name, depth=depth[0], lines=lines, page=times_of(taken)
    )


def _supervisor(store: Store) -> Caller:
    at_us = now_us()
    first_operator(store, key="ops", name="Ops", actor=ACTOR, at_us=at_us)
    ops = caller_of(store, "ops", at_us=at_us)
    add_agency(ops, store, new=NewAgency(key=_AGENCY, name=_AGENCY, kind=AgencyKind.TASK_FORCE))
    people = (("admin", UserRole.AGENCY_ADMINISTRATOR), ("boss", UserRole.SUPERVISOR))
    by = ops
    for name, role in people:
        key = f"{name}.{_AGENCY}"
        add_user(by, store, new=NewUser(key=key, name=name, agency=_AGENCY, roles=(role,)))
        by = caller_of(store, key, at_us=at_us)
    return by


def _tip(number: int) -> Delivery:
    digest = f"{number:064x}"
    incident = number // _RECORDS
    said = Assertion(
        kind=IdentifierKind.EMAIL,
        identifier=f"{number // 3}@example.com",
        state="normal",
        role=Role.REPORTED,
        linking=True,
        path="reported[0]/email",
    )
    return Delivery(
        source="ncmec",
        report_number=str(900_000_000 + number),
        number_source="document",
        part="ids-json",
        issued_us=1_750_000_000_000_000 + number,
        document=DocumentFacts(
            sha256=digest,
            stored_sha256=digest,
            size=0,
            name="tip.json",
            channel="file",
            received_us=1_750_000_000_000_000,
            original="vault",
        ),
        statement=Statement(
            facts=TipFacts(
                provider="chatterbox",
                annotations=_ANNOTATIONS[number % len(_ANNOTATIONS)],
                incident_us=1_740_000_000_000_000 + incident,
            ),
            assertions=(said, *_incident(incident)) if _is_folded(number) else (said,),
        ),
        parser="bench/1",
        holder=_AGENCY,
    )


def _is_folded(number: int) -> bool:
    """Say whether a tip is one of several records of an incident: half of them all are."""
    return number // _RECORDS % 2 == 0


def _incident(number: int) -> tuple[Assertion, Assertion]:
    account = Assertion(
        kind=IdentifierKind.ACCOUNT,
        identifier=f"chatterbox||u-{number}",
        state="normal",
        role=Role.REPORTED,
        linking=True,
        path="reported[0]/account",
    )
    file = Assertion(
        kind=IdentifierKind.FILE_HASH,
        identifier=f"sha1:{number:040x}",
        state="normal",
        role=Role.FILE,
        linking=True,
        path="files[0]/hash",
    )
    return account, file
