"""Showing, listing, searching and drawing tips."""

from __future__ import annotations

import pytest

from graph.casework.tip_scope import TipScope
from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.queries.tips import TIP_PAGE, TipLine, TipPageParams
from graph.services.neighbourhood import neighbourhood
from graph.services.recording import record
from graph.services.search import search
from graph.services.snapshot import take_snapshot
from graph.services.tips import list_tips, show_tip
from graph.services.withdrawal import withdraw
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, says
from tests.graph.services.people import staff
from tests.linking import BASIS


def test_a_tip_is_shown_with_everything_its_current_versions_say(store: Store) -> None:
    file = FileStatement(file_id="f1", name="a.jpg", viewed_by_esp="not stated")
    record(
        store,
        [
            delivery(
                "100",
                [email("x@example.com")],
                files=[file],
                references=[("prior", "ncmec:50")],
                notes=(("incidentDateTimeDescription", "synthetic note"),),
            )
        ],
        actor="test",
    )
    view = show_tip(store, "ncmec:100")
    assert [n.text for n in view.notes] == ["synthetic note"]
    assert [f.viewed_by_esp for f in view.files] == ["not stated"]
    assert [(r.tip, r.stub) for r in view.references] == [("ncmec:50", True)]
    assert [(a.identifier, a.ended_us) for a in view.assertions] == [("x@example.com", None)]
    assert [v.receipts_us for v in view.versions] == [(MONDAY_US,)]
    with pytest.raises(NotFoundError):
        show_tip(store, "ncmec:101")


def test_lists_are_paged_in_one_order_without_gaps(store: Store) -> None:
    record(
        store,
        [
            delivery(str(n), urgency=n % 3, received_us=MONDAY_US + n * HOUR_US)
            for n in range(100, 125)
        ],
        actor="test",
    )
    seen: list[str] = []
    urgencies: list[int] = []
    after = ""
    while True:
        page = list_tips(store, after=after, limit=7)
        seen += [line.key for line in page.tips]
        urgencies += [line.urgency for line in page.tips]
        if page.next_after is None:
            break
        after = page.next_after
    assert len(seen) == len(set(seen)) == 25
    assert urgencies == sorted(urgencies)


def test_an_agencys_list_is_what_the_named_query_gives(store: Store) -> None:
    """The list is read from an index of its own; an answer names the query that is offered."""
    staff(store, "north", "south", at_us=MONDAY_US)
    for number in range(100, 118):
        holder = ("north", "south", None)[number % 3]
        said = delivery(str(number), urgency=number % 4, holder=holder)
        record(store, [said], actor="test")
    withdraw(store, "ncmec:103", why="Sent in error.", actor="test")
    seen = store.seen_by(TipScope(holder="south"))
    listed: list[TipLine] = []
    after: str | None = ""
    while after is not None:
        page = list_tips(seen, after=after, limit=2)
        listed += page.tips
        after = page.next_after
    assert len(listed) == 6
    assert listed == seen.read(TIP_PAGE, TipPageParams(after="", limit=50))


def test_search_normalises_as_intake_does_and_says_what_it_took_it_for(store: Store) -> None:
    record(store, [delivery("100", [email("someone@gmail.com")])], actor="test")
    answer = search(store, "  Some.One+tag@GoogleMail.com ")
    assert next((i.kind, i.key) for i in answer.taken_for) == (
        IdentifierKind.EMAIL,
        "someone@gmail.com",
    )
    assert [line.key for line in answer.found[0].tips] == ["ncmec:100"]


def test_search_finds_a_tip_by_number_and_by_its_beginning(store: Store) -> None:
    record(store, [delivery("910000001"), delivery("910000002")], actor="test")
    assert [t.key for t in search(store, "910000001").tips] == ["ncmec:910000001"]
    assert len(search(store, "91000").tips) == 2
    assert search(store, "92000").tips == ()


def test_the_picture_is_bounded_opaque_and_folds_hubs(store: Store) -> None:
    hub = says(IdentifierKind.IP_ADDRESS, "10.0.0.1", state="shared", state_reason="private")
    everybody = [email(f"{n}@example.com") for n in range(6)]
    record(
        store,
        [
            delivery("100", [*everybody, hub]),
            *(delivery(str(n), [everybody[n % 6], hub]) for n in range(101, 160)),
        ],
        actor="test",
    )
    take_snapshot(store, actor="test")
    picture = neighbourhood(store, "ncmec:100", basis=BASIS)
    ids = {node.id for node in picture.nodes}
    assert all(edge.start in ids and edge.end in ids for edge in picture.edges)
    assert all("@" not in node.id for node in picture.nodes)
    assert len([n for n in picture.nodes if n.kind == "Tip"]) == 41
    assert [n.kind for n in picture.nodes if "10.0.0.1" in n.key] == ["Bundle"]
    assert picture.cut_off == ("19 further links are not shown.",)
    assert neighbourhood(store, "ncmec:100", basis=BASIS).nodes == picture.nodes
