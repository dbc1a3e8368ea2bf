"""Routing: what is proposed to whom, what a decision does, and what each side keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.casework.caller import Caller
from graph.casework.tip_scope import scope_of
from graph.clock import now_us
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.roles import Role
from graph.routing.site_files import RoutingFiles
from graph.services.audit_reads import ReadLog
from graph.services.notices import list_notices
from graph.services.routing_areas import list_areas, load_areas
from graph.services.routing_decisions import Routing, decide
from graph.services.routing_proposals import Routes, routes
from graph.services.routing_receipts import list_receipts
from graph.services.tips import show_tip
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.graph.routing.maps import write_maps
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import listed
from tests.graph.services.routing_world import AREAS, HEADER, add_desks, address, fixed, phone, take
from tests.stores import RunningStore

HOME = {"reported[0]/estimated location": "Mockville, CO, US (verified true)"}


@dataclass(frozen=True, slots=True)
class At:
    """A store with agencies and their areas, and the files of its site."""

    running: RunningStore
    store: Store
    files: RoutingFiles
    ops: Caller
    lead: Caller
    boss: Caller
    south: Caller

    def ask(self, tip: str, caller: Caller | None = None) -> Routes:
        """Give what is proposed, to whoever routes tips unless somebody else asks."""
        asker = self.ops if caller is None else caller
        return routes(asker, self.store, tip=tip, files=self.files, reads=ReadLog(self.store))

    def found(self, tip: str) -> dict[str, str]:
        """Give the confidence of each proposal."""
        return {
            p.proposed.candidate.key: p.proposed.confidence.value for p in self.ask(tip).proposals
        }


def test_routing(running_store: RunningStore, tmp_path: Path) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    add_desks(people["ops"], store)
    files = fixed(write_maps(tmp_path / "geolocation"))
    at = At(
        running_store,
        store,
        files,
        *(people[k] for k in ("ops", "lead.north", "boss.north", "lead.south")),
    )
    _proposed(at)
    _nothing_of_victims_and_shared_addresses(at)
    _seen_by_holders_only(at)
    _given(at)
    _moved(at)
    _warned(at)
    _areas(at)


def _proposed(at: At) -> None:
    store = at.store
    # An estimate that the provider calls verified, with an address that agrees.
    one = take(store, 1, address("240.1.2.3"), details=HOME)
    assert at.found(one) == {"north": "strong", "town": "strong"}
    # The same address a year before was in Ohio, by the file of that time: nobody's area there.
    old = take(store, 2, address("240.1.2.3", MONDAY_US - 399 * DAY_US))
    answer = at.ask(old)
    assert (answer.outcome, at.found(old)) == ("one", {"federal": "weak"})
    assert "Nobody nearer covers Ohio, US" in answer.proposals[0].proposed.against[0]
    # Two places that disagree: both, each with the other against it, and the federal desk.
    two = take(
        store,
        3,
        address("240.2.0.1"),
        details={"reported[0]/address": "1 Mock Ave, Mockville, CO, US"},
    )
    answer = at.ask(two)
    assert answer.outcome == "several"
    assert at.found(two) == {"federal": "weak", "north": "weak", "south": "weak", "town": "weak"}
    by = {p.proposed.candidate.key: p.proposed for p in answer.proposals}
    assert "An ip address points to Washington, US." in by["north"].against
    assert "unverified" in " ".join(by["south"].against)
    # A mobile carrier's address and a phone are weak; only the country is known of the carrier.
    weak = take(store, 4, address("198.18.0.77"), phone("+12065550142"))
    assert at.found(weak) == {"federal": "weak", "south": "weak"}
    assert at.found(take(store, 5, address("240.3.0.1"))) == {"abroad": "fair"}
    told = take(store, 6, details={"lawEnforcement/agencyName": "MOCKVILLE pd"})
    assert at.found(told) == {"town": "strong"}
    reason = by["south"].reasons[0]
    assert (reason.path, reason.at_us, reason.person) == (
        "captures/240.2.0.1",
        MONDAY_US,
        "reported[0]",
    )
    assert any(v.startswith("Synthetic-City of 2023-11-14") for v in answer.versions)
    assert "240.2.0.1" not in repr([p.proposed.against for p in answer.proposals])


def _nothing_of_victims_and_shared_addresses(at: At) -> None:
    store = at.store
    shared = take(
        store,
        7,
        address("240.2.9.9", role=Role.VICTIM),
        address("240.2.9.8", role=Role.ESP_CONTACT),
        address("240.2.9.7", possible_proxy="yes"),
        address("240.9.0.1"),
        address("240.2.9.6", state="shared"),
        details={"victim[0]/address": "2 Mock Ave, Mockville, CO, US"},
    )
    answer = at.ask(shared)
    # Where the child is counts only because nothing else is there, and the answer says so.
    assert [p.proposed.candidate.key for p in answer.proposals] == ["north", "town"]
    assert {p.proposed.confidence.value for p in answer.proposals} == {"weak"}
    assert "this is where a child is" in " ".join(answer.proposals[0].proposed.against)
    assert len(answer.left_out) == 3
    more = take(store, 8, phone("+12065550142"), details={"victim[0]/address": "Mockville, CO, US"})
    assert at.found(more) == {"south": "weak"}


def _seen_by_holders_only(at: At) -> None:
    store = at.store
    tip = take(store, 10, holder="north", details=HOME)
    take(store, 11, holder="south", details=HOME)
    own = at.ask(tip, at.lead)
    assert own.holders is None
    assert {p.proposed.candidate.key: p.holds for p in own.proposals} == {
        "north": True,
        "town": None,
    }
    for hidden in ("ncmec:11", "ncmec:1", "ncmec:99"):
        with pytest.raises(NotFoundError) as refused:
            at.ask(hidden, at.lead)
        assert str(refused.value).replace(hidden, "x") == (
            "There is no tip x in this store. Check the number."
        )
    assert at.ask(tip).holders == ("north",)
    with pytest.raises(RightsError):
        decide(at.boss, store, files=at.files, wanted=Routing(tip=tip, agency="south", why="x"))


def _given(at: At) -> None:
    store, found = at.store, at.ask("ncmec:1")
    done = decide(
        at.ops,
        store,
        files=at.files,
        wanted=Routing(tip="ncmec:1", agency="north", seen=found.seen),
    )
    assert (done.confidence, done.from_agency, done.acknowledged) == ("strong", None, None)
    assert "ncmec:1" in listed(at.lead, store)
    (receipt,) = list_receipts(at.lead, store, reads=ReadLog(store)).receipts
    assert (receipt.side, receipt.tip, receipt.ref) == ("given to", "ncmec:1", done.ref)
    assert "Mockville, Colorado, US" in " ".join(receipt.reasons or ())
    assert receipt.versions == list(found.versions)
    for wanted, said in (
        (Routing(tip="ncmec:1", agency="north"), "holds ncmec:1 already"),
        (Routing(tip="ncmec:1", agency="south", why="x", seen=found.seen), "has changed since"),
    ):
        with pytest.raises(ChangedError, match=said):
            decide(at.ops, store, files=at.files, wanted=wanted)
    with pytest.raises(RowError, match="for a reason"):
        decide(at.ops, store, files=at.files, wanted=Routing(tip="ncmec:2", agency="north"))


def _moved(at: At) -> None:
    store = at.store
    wrong = Routing(tip="ncmec:1", agency="south", from_agency="north", why="Moved to Washington.")
    next_day = later(at.ops, DAY_US)
    done = decide(next_day, store, files=at.files, wanted=wrong)
    assert "ncmec:1" not in listed(at.lead, store)
    assert "ncmec:1" in listed(at.south, store)
    with pytest.raises(NotFoundError):
        show_tip(store.seen_by(scope_of(at.lead)), "ncmec:1")
    assert show_tip(store.seen_by(scope_of(at.south)), "ncmec:1").tip.key == "ncmec:1"
    with pytest.raises(NotFoundError):
        at.ask("ncmec:1", at.lead)
    mine = list_receipts(at.lead, store, reads=ReadLog(store)).receipts
    assert [r.side for r in mine] == ["given to", "taken from"]
    # The old side is told where it went and why, and not what it points to now.
    assert (mine[1].other, mine[1].why, mine[1].reasons) == ("south", done.why, None)
    (theirs,) = list_receipts(at.south, store, reads=ReadLog(store)).receipts
    assert (theirs.side, theirs.other, theirs.ref) == ("given to", "north", done.ref)
    told = list_notices(at.boss, store, reads=ReadLog(store), with_seen=True)
    assert {n.subject for n in told if n.kind == "tip.routed"} == {
        "ncmec:1 was moved to south",
        "ncmec:1 was routed to your agency",
    }
    logged = at.running.rows(
        "MATCH (e:AuditEntry {action: 'tip.holder', object: 'ncmec:1'}) "
        "RETURN e.agency AS agency, e.outcome AS outcome ORDER BY agency, outcome"
    )
    assert logged == [("north", "held"), ("north", "held no longer"), ("south", "held")]
    again = Routing(tip="ncmec:1", agency="town", from_agency="north", why="Again.")
    with pytest.raises(ChangedError, match="north does not hold ncmec:1 now"):
        decide(at.ops, store, files=at.files, wanted=again)
    total = "MATCH (g:Agency) WHERE g.key IN ['north', 'south'] RETURN g.tip_total ORDER BY g.key"
    assert at.running.rows(total) == [(1,), (2,)]


def _warned(at: At) -> None:
    store = at.store
    wanted = Routing(tip="ncmec:5", agency="abroad")
    with pytest.raises(RowError, match=r"2258A\(g\).*counsel to confirm.*Acknowledge"):
        decide(at.ops, store, files=at.files, wanted=wanted)
    why = "Counsel, note of Monday."
    sent = Routing(tip="ncmec:5", agency="abroad", acknowledged=why)
    done = decide(at.ops, store, files=at.files, wanted=sent)
    assert (done.acknowledged, done.purpose) == (why, "foreign criminal law")


def _areas(at: At) -> None:
    store, name = at.store, "areas.csv"
    again = load_areas(at.ops, store, text=AREAS, name=name)
    assert (again.entered, again.changed, again.unchanged) == (0, 0, 5)
    ended = AREAS.replace("south,US,WA,,,2020-01-01,,no", "south,US,WA,,,2020-01-01,2021-01-01,yes")
    assert load_areas(at.ops, store, text=ended, name=name).changed == 1
    assert at.found("ncmec:8") == {"federal": "weak"}
    rows = {row.agency: row for row in list_areas(at.south, store, reads=ReadLog(store))}
    assert (rows["south"].version, rows["south"].verified) == (2, True)
    for line, said in (
        ("east,US,CO,,,2020-01-01,,no,x,2026-11-23", "no agency east"),
        ("north,US,XX,,,2020-01-01,,no,x,2026-11-23", "no postal code"),
        ("north,US,CO,,,2020-01-01,2019-01-01,no,x,2026-11-23", "ends before"),
        ("north,US,CO,,,2020-01-01,,no,,2026-11-23", "source"),
        ("north,US,CO", "line 2"),
    ):
        with pytest.raises(RowError, match=said):
            load_areas(at.ops, store, text=f"{HEADER}\n{line}\n", name=name)
    with pytest.raises(RightsError):
        load_areas(at.boss, store, text=AREAS, name=name)
