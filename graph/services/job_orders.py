"""Jobs as they are ordered: what is wanted, the right to it, and what is received for it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of, require
from graph.errors import CrosstipError
from graph.queries.jobs import JobRow
from graph.services.acting import About, act, leaf, note, refusal
from graph.services.audit_reads import ReadLog
from graph.services.holders import require_routing
from graph.services.job_limits import require_room, require_room_under_lock
from graph.services.jobs import JobKind, JobState, places_of
from graph.store import ReadUnit, Store, WriteUnit

Wanted: TypeAlias = "Mapping[str, str | bool | None]"
_LATEST_US = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done."""

    key: str
    kind: JobKind
    deed: Deed
    wanted: Wanted
    total: int | None = None
    """How much there is to do, where that is known."""


def fresh_key() -> str:
    """Give the key of a new job."""
    return uuid.uuid4().hex


def order_documents(
    caller: Caller,
    store: Store,
    *,
    holder: str | None,
    wanted: Wanted,
    receive: Callable[[str, str | None], int],
    reads: ReadLog,
) -> JobRow:
    """Have documents taken in that are in a spool when `receive` has come back.

    It is given the job's key and the holder that is meant (the caller's agency where none is
    named), and gives how many documents there are.

    Raises:
        RightsError: the caller takes in no tips, or may not say that this agency holds them;
            nothing was received.
        TooManyJobsError: as many jobs wait as may; nothing was received.
        IntakeError: they could not be received.
        StoreError: the store could not; what was received without a job is deleted in a day.
    """
    try:
        require(caller, Deed.TIP_TAKE_IN)
        meant = holder if holder is not None else caller.agency
        if meant is not None:
            require_routing(caller, meant)
        # Asked again with the order; here so that nothing is received in vain.
        store.reading(lambda unit: require_room(unit, caller), name="counting jobs")
        key = fresh_key()
        total = receive(key, meant)
    except CrosstipError as error:
        reads.note([refusal(caller, Deed.TIP_TAKE_IN, About(), error)], actor=caller.user)
        raise
    return _ordered(
        caller,
        store,
        Order(
            key=key,
            kind=JobKind.DOCUMENTS,
            deed=Deed.TIP_TAKE_IN,
            wanted={**wanted, "holder": meant},
            total=total,
        ),
    )


def order_retry(caller: Caller, store: Store, *, entry: str) -> JobRow:
    """Have a quarantined document tried again, which the caller may see (asked before).

    Raises:
        RightsError: the caller settles no quarantine.
        TooManyJobsError: as many jobs wait as may.
        StoreError: the store could not; nothing was ordered.
    """
    order = Order(
        key=fresh_key(),
        kind=JobKind.RETRY,
        deed=Deed.QUARANTINE_SETTLE,
        wanted={"entry": entry},
        total=1,
    )
    return _ordered(caller, store, order)


def order_export(
    caller: Caller,
    store: Store,
    *,
    deed: Deed,
    wanted: Wanted,
    first: Callable[[ReadUnit], None] | None = None,
) -> JobRow:
    """Have a list written into a file; `deed` is what reading it needs.

    `first` looks whether what it names is there for the caller, and raises where it is not.

    Raises:
        RightsError: the caller takes no lists out, or may not read this one.
        TooManyJobsError: as many jobs wait as may.
        StoreError: the store could not; nothing was ordered.
    """
    order = Order(key=fresh_key(), kind=JobKind.EXPORT, deed=Deed.EXPORT_MAKE, wanted=wanted)
    return _ordered(caller, store, order, also=deed, first=first)


def _ordered(
    caller: Caller,
    store: Store,
    order: Order,
    *,
    also: Deed | None = None,
    first: Callable[[ReadUnit], None] | None = None,
) -> JobRow:
    at_us = caller.as_of_us
    about = About(object=order.key)
    row = JobRow(
        key=order.key,
        agency=agency_of(caller),
        user=caller.user,
        place=f"{places_of(caller)[0]}{_LATEST_US - at_us:020d}|{order.key}",
        kind=order.kind.value,
        wanted=json.dumps(order.wanted, ensure_ascii=True, sort_keys=True),
        state=JobState.QUEUED.value,
        made_us=at_us,
        started_us=None,
        moved_us=None,
        ended_us=None,
        expires_us=None,
        total=order.total,
        done=0,
        outcome=None,
        problem=None,
        cancel_us=None,
        fence=0,
        until_us=0,
        request=caller.request,
        tries=0,
    )

    def work(unit: WriteUnit) -> JobRow:
        if also is not None:
            require(caller, also)
        if first is not None:
            first(unit)
        require_room_under_lock(unit, caller)
        unit.insert_nodes("Job", [{**row.model_dump(), "open_us": at_us}])
        outcome = f"ordered: {order.kind.value}"
        note(unit, caller, [leaf(caller, order.deed, about, outcome=outcome)])
        return row

    return act(caller, store, deed=order.deed, about=about, work=work)
