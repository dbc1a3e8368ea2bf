"""What tips that came in are connected to is computed at once."""

from __future__ import annotations

from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from graph.services.arrivals import arrivals_of
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.services.recording import record
from graph.services.walking import SMALL_WALK_LIMIT
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, email
from tests.linking import BASIS


def claim(store: Store, value: str, *, status: str) -> None:
    agency = AgencyFacts(key="oh", name="Ohio", kind="task force")
    found = clean(RawIdentifier(kind=IdentifierKind.EMAIL, value=value), Policy(synthetic=True))
    assert isinstance(found, Identifier)
    enter_agencies(store, [agency], actor="test")
    facts = ClaimFacts(
        agency="oh",
        reference=f"R-{status}",
        title=None,
        status=status,
        opened_us=MONDAY_US,
        contact=None,
        identifier=found,
        role="suspect",
    )
    enter_claims(store, [facts], actor="test")


def test_arrivals_tell_the_best_link_and_the_open_investigations(store: Store) -> None:
    claim(store, "x@example.com", status="open")
    claim(store, "y@example.com", status="closed")
    record(
        store,
        [
            delivery("1", [email("x@example.com")]),
            delivery("2", [email("x@example.com")], urgency=0),
            delivery("3", [email("y@example.com")]),
        ],
        actor="test",
    )
    found = arrivals_of(store, ["ncmec:1", "ncmec:2", "ncmec:3"], basis=BASIS)
    assert (found.tips, found.strong, found.moderate) == (3, 2, 0)
    assert [(t.tip.key, t.investigations) for t in found.touching] == [
        ("ncmec:2", ("oh|R-open",)),
        ("ncmec:1", ("oh|R-open",)),
    ]


def test_what_very_many_tips_mention_is_no_meeting(store: Store) -> None:
    claim(store, "all@example.com", status="open")
    numbers = [str(n) for n in range(SMALL_WALK_LIMIT + 1)]
    record(store, [delivery(n, [email("all@example.com")]) for n in numbers], actor="test")
    found = arrivals_of(store, ["ncmec:0"], basis=BASIS)
    assert found.touching == ()
    (only,) = found.only_hubs
    assert (only.tip.key, only.investigations, only.through_hubs) == (
        "ncmec:0",
        (),
        ("oh|R-open",),
    )


def test_nothing_came_and_nothing_is_told(store: Store) -> None:
    found = arrivals_of(store, [], basis=BASIS)
    assert (found.tips, found.touching) == (0, ())
