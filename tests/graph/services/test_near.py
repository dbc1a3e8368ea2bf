"""Near PDQs: exact for the distance, hints only, never a link, never closed transitively."""

from __future__ import annotations

import random

import pytest

from graph.ddl.migrate import prepare
from graph.ddl.migrations import MIGRATIONS
from graph.errors import QuestionError
from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.meta import SET_VERSION, SetVersionParams
from graph.roles import Role
from graph.services.hash_lists import import_list
from graph.services.hash_states import index
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.services.near import near
from graph.services.recording import record
from graph.services.withdrawal import withdraw
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, says
from tests.graph.services.test_hash_lists import issue
from tests.linking import links_of
from tests.stores import RunningStore

DICE = random.Random(31)
BASE = DICE.getrandbits(256)


def key_of(value: int) -> str:
    """Give the key of a PDQ."""
    return f"pdq:{value:064x}"


def apart(value: int, bits: int, dice: random.Random = DICE) -> int:
    """Give a hash that differs in so many bits."""
    for place in dice.sample(range(256), bits):
        value ^= 1 << place
    return value


def picture(value: int, **more: object) -> Assertion:
    """Give what a tip says of a picture's PDQ, as intake puts it."""
    return says(
        IdentifierKind.FILE_HASH,
        key_of(value),
        role=Role.FILE,
        state="shared",
        state_reason="A hint.",
        **more,
    )


def keys(store: Store, value: int) -> dict[str, int]:
    """Give the near hashes with their distances."""
    return {hit.key: hit.distance for hit in near(store, key_of(value)).hits}


def test_every_distance_around_the_edge_is_as_by_brute_force(store: Store) -> None:
    dice = random.Random(4)
    values = {apart(BASE, bits, dice) for bits in range(41) for _ in range(3)}
    values |= {dice.getrandbits(256) for _ in range(300)}
    # Spread evenly: an index of parts that is too coarse for the distance would miss it.
    values.add(BASE ^ sum(0b11 << (16 * part) for part in range(15)) ^ (1 << 240))
    held, listed = sorted(values)[::40], [key_of(value) for value in values]
    record(store, [delivery(str(n), [picture(v)]) for n, v in enumerate(held)], actor="test")
    import_list(store, issue(), [(listed[:200], 0), (listed[200:], 0)], actor="test")
    for asked in (BASE, apart(BASE, 20, dice), dice.getrandbits(256)):
        wanted = {
            key_of(value): (asked ^ value).bit_count()
            for value in values
            if (asked ^ value).bit_count() <= 31
        }
        found = near(store, key_of(asked))
        assert [(hit.distance, hit.key) for hit in found.hits] == sorted(
            (distance, key) for key, distance in wanted.items()
        )
        assert found.cut_off == ()


def test_a_near_hash_tells_its_tips_and_calls_itself_a_hint(store: Store) -> None:
    other = apart(BASE, 12)
    record(
        store,
        [
            delivery("1", [picture(BASE, file_id="f")], received_us=MONDAY_US),
            delivery("2", [picture(other, event="upload", at_us=MONDAY_US)], urgency=0),
            delivery("3", [picture(other)]),
        ],
        actor="test",
    )
    found = near(store, f"{BASE:064X}")
    assert "not the same file" in found.hint
    assert "quality" in found.hint
    same, similar = found.hits
    assert (same.distance, [tip.tip for tip in same.tips]) == (0, ["ncmec:1"])
    assert "12 of 256 bits differ" in similar.same
    assert [(tip.tip, tip.provider, tip.role, tip.at_us) for tip in similar.tips] == [
        ("ncmec:2", "chatterbox", "file", MONDAY_US),
        ("ncmec:3", "chatterbox", "file", None),
    ]
    assert [hit.tip_total for hit in found.hits] == [1, 2]
    withdraw(store, "ncmec:1", why="test", actor="test")
    assert keys(store, BASE) == {key_of(other): 12}


def test_near_is_never_evidence_and_never_closed(store: Store) -> None:
    first = BASE
    second = first ^ ((1 << 25) - 1)
    third = second ^ (((1 << 25) - 1) << 100)
    record(
        store,
        [
            delivery("1", [picture(first)]),
            delivery("2", [picture(second)]),
            delivery("3", [picture(third)]),
            delivery("4", [picture(first)]),
        ],
        actor="test",
    )
    assert keys(store, first) == {key_of(first): 0, key_of(second): 25}
    assert keys(store, second) == {key_of(second): 0, key_of(first): 25, key_of(third): 25}
    assert keys(store, third) == {key_of(third): 0, key_of(second): 25}
    for tip in ("ncmec:1", "ncmec:2", "ncmec:3", "ncmec:4"):
        assert links_of(store, tip).links == ()


def test_a_listed_pdq_is_found_and_makes_no_link(store: Store) -> None:
    listed, held = apart(BASE, 5), apart(BASE, 7)
    import_list(store, issue(), [([key_of(listed), key_of(held)], 0)], actor="test")
    record(
        store,
        [delivery("1", [picture(held)]), delivery("2", [picture(held)])],
        actor="test",
    )
    hits = near(store, key_of(BASE)).hits
    assert [(hit.key, hit.tip_total, hit.state) for hit in hits] == [
        (key_of(listed), 0, None),
        (key_of(held), 2, "shared"),
    ]
    assert {hit.lists for hit in hits} == {("Hash list Series A (Example Source, 2026-11-01)",)}
    assert links_of(store, "ncmec:1").links == ()


def test_a_claimed_pdq_is_found(store: Store) -> None:
    enter_agencies(store, [AgencyFacts(key="alder", name="Alder", kind="task force")], actor="test")
    claim = ClaimFacts(
        agency="alder",
        reference="A-1",
        title=None,
        status="open",
        opened_us=None,
        contact=None,
        identifier=Identifier(
            kind=IdentifierKind.FILE_HASH, key=key_of(apart(BASE, 3)), display="x"
        ),
        role="suspect",
    )
    enter_claims(store, [claim], actor="test")
    (hit,) = near(store, key_of(BASE)).hits
    assert (hit.distance, hit.claim_total, hit.tip_total) == (3, 1, 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0" * 64, "flat"),
        ("f" * 64, "flat"),
        (f"{(1 << 40) - 1:064x}", "40 of 256 bits"),
        ("d41d8cd98f00b204e9800998ecf8427e", "no PDQ"),
        ("md5:d41d8cd98f00b204e9800998ecf8427e", "no PDQ"),
        ("someone@example.com", "no PDQ"),
        ("", "no PDQ"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    store: Store, text: str, why: str
) -> None:
    with pytest.raises(QuestionError, match=why):
        near(store, text)


def test_what_is_cut_off_is_said(store: Store) -> None:
    record(
        store,
        [delivery(str(n), [picture(BASE)]) for n in range(100, 125)]
        + [delivery(str(n), [picture(BASE ^ (1 << n))]) for n in range(200, 210)],
        actor="test",
    )
    found = near(store, key_of(BASE), limit=4)
    assert [hit.distance for hit in found.hits] == [0, 1, 1, 1]
    assert "Only the nearest 4 of 11 hashes are shown." in found.cut_off
    assert any(said.startswith("20 of 25 tips") for said in found.cut_off)


def test_an_older_store_is_indexed_and_a_cut_short_run_goes_on(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    values = [apart(BASE, bits) for bits in range(1, 12)]
    deliveries = [delivery(str(n), [picture(value)]) for n, value in enumerate(values, 100)]
    record(store, [*deliveries, delivery("99", [says(IdentifierKind.EMAIL, "pdq:x")])], actor="t")
    running_store.rows("MATCH (p:PdqPage) DELETE p")
    store.writing(lambda unit: index(unit, [key_of(values[4])]), name="what a kill left behind")
    older = SetVersionParams(version=2)
    store.writing(lambda unit: unit.run(SET_VERSION, older), name="an older store")
    assert len(keys(store, BASE)) == 1
    assert prepare(store, synthetic=None).schema_version == MIGRATIONS[-1].number
    assert sorted(keys(store, BASE).values()) == list(range(1, 12))
