"""An agency in Denver, tips that state when they were submitted, and requests to providers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from graph.casework.caller import Caller
from graph.clock import now_us, to_us
from graph.desk.providers import ProviderKind, ProviderStep
from graph.queries.providers import ProviderRow
from graph.services.agencies import AgencyChange, change_agency
from graph.services.audit_reads import ReadLog
from graph.services.desk_subjects import Subject
from graph.services.provider_reading import EndLine, list_ends
from graph.services.providers import (
    NewProviderRequest,
    ProviderChange,
    enter_request,
    step_request,
)
from graph.services.recording import record
from graph.store import Store
from tests.deliveries import delivery, email
from tests.graph.services.people import DAY_US, staff

WHY = "Because of the test."
LETTER = ProviderKind.LETTER
SENT = date(2027, 12, 15)
"""90 days on it is 14 March 2028: over a leap day and a change of the hour."""


def denver_us(text: str) -> int:
    """Give a time of day in Denver."""
    return to_us(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Denver")))


def at_time(caller: Caller, text: str) -> Caller:
    """Give a caller at a time of day in Denver."""
    return replace(caller, as_of_us=denver_us(text), until_us=None)


def in_denver(store: Store) -> dict[str, Caller]:
    """Enter north, whose days are Denver's, and south."""
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    zone = AgencyChange(zone="America/Denver")
    change_agency(people["admin.north"], store, key="north", expected=1, change=zone)
    return people


def stated(store: Store, number: int, text: str, *, holder: str = "north") -> str:
    """Record a tip that states when NCMEC received it."""
    bare = delivery(str(number), [email("somebody@example.com")], holder=holder)
    assert bare.statement.facts is not None
    facts = replace(bare.statement.facts, received_us=denver_us(text))
    record(store, [replace(bare, statement=replace(bare.statement, facts=facts))], actor="test")
    return f"ncmec:{number}"


def sent(
    caller: Caller, store: Store, tip: str, kind: ProviderKind = LETTER, **more: object
) -> ProviderRow:
    """Enter a request about a tip."""
    wanted: dict[str, object] = {"sent_on": SENT, "provider": "Chatterbox", "reference": "L-1"}
    new = NewProviderRequest(subject=Subject(tip=tip), kind=kind, **{**wanted, **more})  # type: ignore[arg-type]
    return enter_request(caller, store, new=new)


def stepped(
    caller: Caller, store: Store, row: ProviderRow, step: ProviderStep, **more: object
) -> ProviderRow:
    """Take a step from the version of a row."""
    change = ProviderChange(step=step, **more)  # type: ignore[arg-type]
    return step_request(caller, store, key=row.key, expected=row.version or 0, change=change)


def all_ends(caller: Caller, store: Store) -> Iterator[EndLine]:
    """Give what runs out, page by page of one."""
    after = ""
    while True:
        page = list_ends(caller, store, reads=ReadLog(store), after=after, limit=1)
        yield from page.items
        if page.next_after is None:
            return
        after = page.next_after
