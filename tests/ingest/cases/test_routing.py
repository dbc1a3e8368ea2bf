"""Cases 35 and 36: where a tip belongs, and what becomes of one that was routed wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.casework.caller import Caller
from graph.casework.tip_scope import scope_of
from graph.clock import now_us
from graph.errors import NotFoundError
from graph.routing.site_files import RoutingFiles
from graph.services.audit_reads import ReadLog
from graph.services.links import links_of
from graph.services.notices import list_notices
from graph.services.routing_decisions import Routing, decide
from graph.services.routing_proposals import Routes, routes
from graph.services.tips import show_tip
from tests.graph.routing.maps import write_maps
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import listed
from tests.graph.services.routing_world import add_desks, fixed
from tests.ingest.cases.documents import capture, ids_tip, report
from tests.ingest.desk import Desk
from tests.linking import BASIS

_HOME = (
    "<estimatedLocation verified='true'><city>Mockville</city><region>CO</region>"
    "<countryCode>US</countryCode></estimatedLocation>"
)


def _ask(caller: Caller, desk: Desk, files: RoutingFiles, tip: str) -> Routes:
    return routes(caller, desk.store, tip=tip, files=files, reads=ReadLog(desk.store))


def test_case_35_routes_are_proposed_with_reasons_and_a_person_assigns(
    desk: Desk, tmp_path: Path
) -> None:
    people = staff(desk.store, "north", "south", at_us=now_us() - DAY_US)
    ops = people["ops"]
    add_desks(ops, desk.store)
    files = fixed(write_maps(tmp_path / "geolocation"))
    # Estimated in Colorado; one address in Washington at the time; a child at school in England.
    event = (
        "<ipCaptureEvent><ipAddress>240.2.0.1</ipAddress><eventName>Login</eventName>"
        "<dateTime>2023-11-14T22:00:00Z</dateTime></ipCaptureEvent>"
    )
    desk.take(
        report(
            f"<personOrUserReported>{event}{_HOME}</personOrUserReported>"
            "<victim><victimPerson><address><city>London</city><country>GB</country></address>"
            "</victimPerson><schoolName>Sample School, London, GB</schoolName></victim>"
        ),
        number="100000001",
    )
    found = _ask(ops, desk, files, "ncmec:100000001")
    said = {p.proposed.candidate.key: p.proposed for p in found.proposals}
    assert found.outcome == "several"
    assert {key: p.confidence.value for key, p in said.items()} == {
        "north": "strong",
        "town": "strong",
        "south": "weak",
        "federal": "weak",
    }
    (reason,) = said["north"].reasons
    assert (reason.points_to, reason.person) == ("Mockville, Colorado, US", "reported[0]")
    assert "estimated location" in reason.path
    assert "points to Washington" in " ".join(said["north"].against)
    assert "abroad" not in said
    assert (found.holders, listed(people["lead.north"], desk.store)) == ((), [])

    # Several hold it once a person says so.
    for number, agency in enumerate(("north", "south")):
        wanted = Routing(tip="ncmec:100000001", agency=agency)
        decide(later(ops, number), desk.store, files=files, wanted=wanted)
    assert _ask(ops, desk, files, "ncmec:100000001").holders == ("north", "south")

    _unknown(desk, ops, files)


def _unknown(desk: Desk, ops: Caller, files: RoutingFiles) -> None:
    # Nothing is stated: unknown is an answer, with what would help.
    desk.take(ids_tip("100000002", people='{"espUserId": "sam-1"}'))
    nothing = _ask(ops, desk, files, "ncmec:100000002")
    assert (nothing.outcome, nothing.proposals) == ("unknown", ())
    assert "ask the provider for its log-ins" in " ".join(nothing.helps)

    # Only a victim's place: weak, and said so.
    desk.take(
        report(
            "<personOrUserReported><espIdentifier>sam-1</espIdentifier></personOrUserReported>"
            "<victim><victimPerson><address><city>London</city><country>GB</country></address>"
            "</victimPerson></victim>"
        ),
        number="100000003",
    )
    (only,) = _ask(ops, desk, files, "ncmec:100000003").proposals
    assert (only.proposed.candidate.key, only.proposed.confidence.value) == ("abroad", "weak")
    assert "where a child is" in " ".join(only.proposed.against)


def test_case_36_the_old_agencys_access_ends_and_its_notices_and_log_stay(
    desk: Desk, tmp_path: Path
) -> None:
    people = staff(desk.store, "north", "south", at_us=now_us() - DAY_US)
    ops, north, south = (people[key] for key in ("ops", "lead.north", "lead.south"))
    files = fixed(write_maps(tmp_path / "geolocation"))
    sam = f'{{"espUserId": "sam-1", {capture("240.2.0.1", at="2023-11-14T22:00:00Z")}}}'
    one, two = "ncmec:100000001", "ncmec:100000002"
    for number in ("100000001", "100000002"):
        desk.take(ids_tip(number, people=sam))
    for at, tip in enumerate((one, two)):
        wanted = Routing(tip=tip, agency="north", why="Nothing better is known.")
        decide(later(ops, at), desk.store, files=files, wanted=wanted)

    def linked(caller: Caller, tip: str) -> list[str]:
        seen = desk.store.seen_by(scope_of(caller))
        return [link.tip.key for link in links_of(seen, tip, basis=BASIS).links]

    assert linked(north, one) == [two]
    told = list_notices(people["boss.north"], desk.store, reads=ReadLog(desk.store), with_seen=True)

    wrong = Routing(tip=two, agency="south", from_agency="north", why="The wrong state.")
    decide(later(ops, DAY_US), desk.store, files=files, wanted=wrong)
    assert linked(north, one) == []
    assert (listed(north, desk.store), listed(south, desk.store)) == ([one], [two])
    for asks in (
        lambda: show_tip(desk.store.seen_by(scope_of(north)), two),
        lambda: linked(north, two),
        lambda: _ask(north, desk, files, two),
    ):
        with pytest.raises(NotFoundError):
            asks()
    assert show_tip(desk.store.seen_by(scope_of(south)), two).tip.key == two
    # What the old side was told and logged stays, and one notice says what became of it.
    after = list_notices(
        people["boss.north"], desk.store, reads=ReadLog(desk.store), with_seen=True
    )
    assert {notice.key for notice in told} < {notice.key for notice in after}
    assert [n.subject for n in after if n not in told] == [f"{two} was moved to south"]
    logged = desk.running.rows(
        "MATCH (e:AuditEntry {action: 'tip.holder', object: $tip}) "
        "RETURN e.agency AS agency, e.outcome AS outcome ORDER BY agency, outcome",
        tip=two,
    )
    assert logged == [("north", "held"), ("north", "held no longer"), ("south", "held")]
