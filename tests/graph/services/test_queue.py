"""The queue: what stands where, in which order, and for whom."""

from __future__ import annotations

from graph.clock import now_us
from graph.services.audit_reads import ReadLog
from graph.services.queue_reading import list_queue, show_queued
from graph.services.triage_steps import take
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore


def test_first(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead = people["lead.north"]
    take_in(store, 1)
    take_in(store, 2, annotations=("sextortion",))
    take_in(store, 3, urgency=0)
    take_in(store, 4, annotations=("spam",))
    take_in(store, 5, holder="south", urgency=0)
    reads = ReadLog(store)
    page = list_queue(lead, store, reads=reads)
    assert [line.tip for line in page.lines] == ["ncmec:3", "ncmec:2", "ncmec:1", "ncmec:4"]
    print(page.lines[0])
    print(take(lead, store, tip="ncmec:1"))
    one = list_queue(lead, store, reads=reads, limit=2)
    two = list_queue(lead, store, reads=reads, limit=2, after=one.next_after or "")
    assert [x.tip for x in (*one.lines, *two.lines)] == ["ncmec:3", "ncmec:2", "ncmec:1", "ncmec:4"]
    assert two.next_after is None
    print(show_queued(lead, store, tip="ncmec:1", reads=reads))
