"""Cases 2 and 8 in a queue: what a newer version says is told; one incident is one row."""

from __future__ import annotations

from graph.clock import now_us
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips
from graph.services.notices import list_notices
from graph.services.queue_reading import Filter, list_queue, show_queued
from graph.services.tips import show_tip
from graph.services.triage_steps import move, take
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.deliveries import HOUR_US, MONDAY_US
from tests.graph.services.people import DAY_US, staff
from tests.ingest.cases.documents import ids_tip, report
from tests.ingest.desk import Desk

_MD5 = "0123456789abcdef0123456789abcdef"
_FILE = f'{{"filename": "a.jpg", "submittalId": "s-1", "verificationHash": "{_MD5}"%s}}'
_ALONE, _BUNDLE, _OTHER = "ncmec:100000001", "ncmec:100000010", "ncmec:100000003"


def _user(account: str) -> str:
    return f'{{"espUserId": "{account}"}}'


def test_case_08_one_incident_in_a_bundle_and_alone_is_one_row_of_the_queue(desk: Desk) -> None:
    people = staff(desk.store, "north", "south", at_us=now_us() - DAY_US)
    lead = people["lead.north"]
    start = '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>'
    one = "<personOrUserReported><espIdentifier>u-1</espIdentifier></personOrUserReported>"
    desk.take(report(one, start=start), number="100000010", provider="Example Social")
    users = ", ".join(_user(f"u-{n}") for n in (1, 2, 3))
    desk.take(ids_tip("100000010", people=users, files=_FILE % ""))
    desk.take(ids_tip("100000001", people=_user("u-2"), files=_FILE % ""))
    # The same file and instant, of a user who is in no bundle with them: another incident.
    desk.take(ids_tip("100000003", people=_user("u-9"), files=_FILE % ""))
    hold_tips(people["ops"], desk.store, [_ALONE, _BUNDLE, _OTHER], agency="north")
    hold_tips(people["ops"], desk.store, [_BUNDLE], agency="south")

    lines = list_queue(lead, desk.store, reads=ReadLog(desk.store)).lines
    rows = {frozenset({line.tip, *(more.tip for more in line.more)}) for line in lines}
    assert rows == {frozenset({_ALONE, _BUNDLE}), frozenset({_OTHER})}
    (south,) = list_queue(people["lead.south"], desk.store, reads=ReadLog(desk.store)).lines
    assert (south.tip, south.more, south.elsewhere) == (_BUNDLE, (), ())
    # Both stay as sources, and whoever takes one has both.
    assert take(lead, desk.store, tip=_BUNDLE).also == (_ALONE,)
    for tip in (_ALONE, _BUNDLE):
        assert show_tip(desk.store, tip).tip.withdrawn_us is None
        place = show_queued(lead, desk.store, tip=tip, reads=ReadLog(desk.store))
        assert [(m.move, m.made_by) for m in place.moves] == [("take", "lead.north")]


def test_case_02_whoever_closed_a_tip_is_told_what_changed(desk: Desk) -> None:
    people = staff(desk.store, "north", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    desk.take(ids_tip("100000001", people=_user("u-2"), files=_FILE % ""))
    hold_tips(people["ops"], desk.store, [_ALONE], agency="north")
    take(lead, desk.store, tip=_ALONE)
    close = Wanted(move=Move.CLOSE, outcome=Outcome.NOT_ENOUGH, why="Nothing to go by.")
    move(lead, desk.store, tip=_ALONE, expected=1, wanted=close)
    newer = '{"espUserId": "u-2", "emails": {"emails": [{"value": "sam@example.com"}]}}'
    desk.take(
        ids_tip("100000001", people=newer, files=_FILE % ', "viewedByEsp": true'),
        at_us=MONDAY_US + HOUR_US,
    )

    line = show_queued(lead, desk.store, tip=_ALONE, reads=ReadLog(desk.store)).line
    assert (line.state, line.outcome) == ("closed", "not enough to act on")
    (said,) = line.news
    assert "1 identifier more (Email 1)" in said
    assert "viewed by the provider: not stated before, yes now (1 file)" in said
    changed = Filter(news=True)
    (found,) = list_queue(boss, desk.store, reads=ReadLog(desk.store), wanted=changed).lines
    assert found.tip == _ALONE
    for caller in (lead, boss):
        notices = list_notices(caller, desk.store, reads=ReadLog(desk.store))
        (told,) = [notice for notice in notices if notice.kind == "tip.changed"]
        assert _ALONE in told.text
        assert "sam@example.com" not in told.text
    # Which facts are new and which were ended stands on the tip's page, version by version.
    tip = show_tip(desk.store, _ALONE)
    assert [version.current for version in tip.versions] == [True, False]
    assert {row.identifier: row.ended_us for row in tip.assertions if row.kind == "Email"} == {
        "sam@example.com": None
    }
