"""An agency that held a tip once answers for its own part of the chain, and learns no more."""

from __future__ import annotations

import pytest

from graph.audit.keys import new_signer
from graph.clock import now_us
from graph.custody.page import FORMER
from graph.errors import NotFoundError
from graph.handoff.steps import HandoffStep
from graph.retention.classes import RecordClass
from graph.services.audit_reads import ReadLog
from graph.services.custody import show_custody
from graph.services.custody_bundles import BundleOrder, make_bundle
from graph.services.custody_ledger import list_custody_log
from graph.services.holders import hold_tips, release_tips
from graph.services.retention_purge import run_purge
from graph.services.triage_steps import take
from tests.graph.services.handing import county
from tests.graph.services.people import later, staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import closed, in_force, years_later
from tests.stores import RunningStore

NEW = "found.later@example.com"


def test_a_former_holder_is_told_its_own_part(running_store: RunningStore) -> None:
    at = county(running_store)
    store, boss, reads = at.store, at.people["boss.north"], ReadLog(at.store)
    tip = take_in(store, 1)
    take(at.people["lead.north"], store, tip=tip)
    held = show_custody(boss, store, tip=tip, reads=reads)
    assert (len(held.documents), held.held_until_us) == (1, None)
    row = at.step("boss.south", at.new(tip), HandoffStep.ACCEPT)
    assert at.held(tip) == ["south"]
    take_in(store, 1, holder="south", body="more", said=NEW)
    view = show_custody(boss, store, tip=tip, reads=reads)
    assert (view.documents, view.versions, view.withdrawn_us) == ((), (), None)
    assert (view.report_number, view.held_since_us) == (held.report_number, None)
    assert view.held_until_us is not None
    assert FORMER in view.says
    assert [move.move for move in view.moves][:1] == ["take"]
    assert [each.ref for each in view.handoffs] == [row.key]
    page = list_custody_log(later(boss, 1), store, tip=tip, reads=reads, limit=200)
    assert {"handoff.offer", "triage.work"} <= {entry.action for entry in page.items}
    order = BundleOrder(
        tip=tip, signer=new_signer(), synthetic=True, given_to="The defence of 26-001"
    )
    bundle = make_bundle(later(boss, 2), store, order=order, reads=reads)
    assert bundle.originals == 0
    for said in (repr(view), repr(page), bundle.data.decode("latin-1")):
        assert NEW not in said
        assert "lead.south" not in said
    with pytest.raises(NotFoundError):
        show_custody(at.people["boss.west"], store, tip=tip, reads=reads)


def test_whoever_holds_it_again_is_told_all_and_whoever_purged_it_nothing(
    running_store: RunningStore,
) -> None:
    store, reads = running_store.store, ReadLog(running_store.store)
    people = staff(store, "north", "south", at_us=now_us())
    tip = take_in(store, 1)
    take_in(store, 1, holder="south")
    boss = people["boss.north"]
    release_tips(boss, store, [tip], agency="north")
    assert show_custody(boss, store, tip=tip, reads=reads).versions == ()
    hold_tips(people["ops"], store, [tip], agency="north")
    again = show_custody(boss, store, tip=tip, reads=reads)
    assert (len(again.versions), again.held_until_us) == (1, None)
    closed(people["lead.north"], store, tip)
    in_force(people, store, "north", RecordClass.TIPS)
    assert run_purge(years_later(people["ops"]), store).purged == 1
    with pytest.raises(NotFoundError):
        show_custody(boss, store, tip=tip, reads=reads)
