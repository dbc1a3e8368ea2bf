"""Agencies that hand tips to each other, and people who do things in the same instant."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.clock import now_us
from graph.errors import ChangedError
from graph.handoff.steps import HandoffStep, Kind
from graph.queries.handoffs import HandoffRow
from graph.services.agencies import NewAgency, add_agency
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import HandoffView, ReceiptView, show_handoff, show_receipts
from graph.services.handoff_steps import take_step
from graph.services.notices import list_notices
from graph.services.user_rules import NewUser
from graph.services.users import add_user
from graph.store import Store
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore

WHY = "Because of the test."


@dataclass(frozen=True, slots=True)
class County:
    """Three agencies and a prosecutor's office."""

    running: RunningStore
    store: Store
    people: dict[str, Caller]

    def new(self, tip: str, to: str = "south", **more: object) -> HandoffRow:
        """Offer a tip of north's."""
        wanted: dict[str, object] = {"kind": Kind.TRANSFER, "why": WHY, **more}
        return offer(
            self.people["boss.north"],
            self.store,
            new=NewOffer(tip=tip, to=to, **wanted),  # type: ignore[arg-type]
        )

    def step(
        self, user: str, row: HandoffRow, step: HandoffStep, why: str | None = WHY
    ) -> HandoffRow:
        """Take a step from the version of a row."""
        return take_step(
            self.people[user],
            self.store,
            key=row.key,
            step=step,
            expected=row.version or 0,
            why=why,
        )

    def shown(self, user: str, row: HandoffRow) -> HandoffView:
        """Give a hand-off as somebody sees it."""
        return show_handoff(self.people[user], self.store, key=row.key, reads=ReadLog(self.store))

    def receipts(self, user: str, row: HandoffRow) -> tuple[ReceiptView, ...]:
        """Give somebody's side's receipts."""
        return show_receipts(self.people[user], self.store, key=row.key, reads=ReadLog(self.store))

    def held(self, tip: str) -> list[str]:
        """Give who holds a tip."""
        (found,) = self.running.rows("MATCH (t:Tip {key: '" + tip + "'}) RETURN t.holders")
        assert isinstance(found[0], list)
        return sorted(found[0])

    def told(self, user: str) -> list[str]:
        """Give what somebody was told."""
        rows = list_notices(
            self.people[user], self.store, reads=ReadLog(self.store), with_seen=True
        )
        return [row.kind for row in rows]


def county(running: RunningStore) -> County:
    """Enter north, south, west, and a prosecutor's office."""
    store, at_us = running.store, now_us() - DAY_US
    people = staff(store, "north", "south", "west", at_us=at_us)
    office = NewAgency(key="office", name="District", kind=AgencyKind.PROSECUTOR)
    add_agency(people["ops"], store, new=office)
    for name, role in (
        ("admin.office", UserRole.AGENCY_ADMINISTRATOR),
        ("pros.office", UserRole.PROSECUTOR),
    ):
        by = people["ops"] if role is UserRole.AGENCY_ADMINISTRATOR else people["admin.office"]
        add_user(by, store, new=NewUser(key=name, name=name, agency="office", roles=(role,)))
        people[name] = caller_of(store, name, at_us=at_us)
    return County(running, store, people)


def at_once(works: dict[str, Callable[[], object]]) -> tuple[dict[str, object], dict[str, str]]:
    """Do things in threads that begin together; give what each got, and what each was told."""
    barrier = threading.Barrier(len(works))
    got: dict[str, object] = {}
    told: dict[str, str] = {}

    def run(name: str, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            got[name] = work()
        except ChangedError as error:
            told[name] = str(error)

    threads = [threading.Thread(target=run, args=item) for item in works.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return got, told
