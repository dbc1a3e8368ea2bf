"""First seen here: on no list and in no earlier tip, as of the answer; never said of an unknown."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from graph.deliveries import Delivery
from graph.errors import HashListError
from graph.identifiers.core import IdentifierKind
from graph.services import first_seen
from graph.services.hash_lists import import_list
from graph.services.history import history_of
from graph.services.recording import record
from graph.services.tips import show_tip
from graph.services.withdrawal import withdraw
from graph.statements import FileStatement, TipFacts
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, file_hash
from tests.graph.services.test_hash_lists import EMPTY_FILE, issue, md5, put
from tests.stores import RunningStore

PHOTO_DNA = "photodna:" + "0a" * 144


def tip(number: str, *hashes: str, hour: int | None = 0, is_media: bool | None = True) -> Delivery:
    """Give a tip with one file that has these hashes, received by NCMEC at an hour, or unknown."""
    said = [file_hash(key, file_id="f") for key in hashes]
    files = [FileStatement(file_id="f", name="a.jpg", is_media=is_media)]
    return received(delivery(number, said, files=files), hour)


def received(item: Delivery, hour: int | None) -> Delivery:
    """Give a delivery whose facts say when NCMEC received the tip."""
    at_us = None if hour is None else MONDAY_US + hour * HOUR_US
    facts = replace(item.statement.facts or TipFacts(), received_us=at_us)
    return replace(item, statement=replace(item.statement, facts=facts))


def seen(store: Store, number: str) -> str:
    """Give what is said of the tip's only file."""
    (file,) = show_tip(store, f"ncmec:{number}").files
    return file.seen


def first(store: Store, key: str) -> tuple[str, str | None]:
    """Give what the history of a hash says."""
    found = history_of(store, IdentifierKind.FILE_HASH, key).first_seen
    assert found is not None
    return found.seen, found.tip


def test_any_order_of_arrival_says_the_same(running_store: RunningStore) -> None:
    store = running_store.store
    steps: list[Callable[[], object]] = [
        lambda: record(store, [tip("1", md5("a"), hour=2)], actor="test"),
        lambda: record(store, [tip("2", md5("a"), hour=1)], actor="test"),
        lambda: record(store, [tip("3", md5("a"), md5("b"), hour=3)], actor="test"),
        lambda: record(store, [tip("4", md5("c"), hour=4)], actor="test"),
        lambda: put(store, [md5("c")]),
    ]
    said = []
    orders = list(itertools.permutations(range(len(steps))))
    for order in [orders[0], *random.Random(3).sample(orders, 2), orders[-1]]:
        running_store.wipe(synthetic=True)
        for at in order:
            steps[at]()
        said.append(
            (
                [seen(store, number) for number in "1234"],
                [first(store, md5(name)) for name in "abc"],
            )
        )
    assert said[0] == (
        ["in an earlier tip", "first seen here", "in an earlier tip", "on a hash list"],
        [
            ("first seen here", "ncmec:2"),
            ("first seen here", "ncmec:3"),
            ("on a hash list", None),
        ],
    )
    assert all(one == said[0] for one in said)


def test_it_is_as_of_the_answer(store: Store) -> None:
    record(store, [tip("2", md5("a"), hour=2)], actor="test")
    assert seen(store, "2") == "first seen here"
    record(store, [tip("1", md5("a"), hour=1)], actor="test")
    assert (seen(store, "1"), seen(store, "2")) == ("first seen here", "in an earlier tip")
    # A file was here, even if the tip that brought it was withdrawn.
    withdraw(store, "ncmec:1", why="test", actor="test")
    assert seen(store, "2") == "in an earlier tip"
    put(store, [md5("a")])
    assert seen(store, "2") == "on a hash list"


def test_tips_of_one_instant_are_told_apart_by_key(store: Store) -> None:
    record(store, [tip("11", md5("a")), tip("10", md5("a"))], actor="test")
    assert (seen(store, "10"), seen(store, "11")) == ("first seen here", "in an earlier tip")
    assert first(store, md5("a")) == ("first seen here", "ncmec:10")


def test_a_corrected_hash_was_never_there(store: Store) -> None:
    record(store, [tip("1", md5("a"))], actor="test")
    newer = replace(tip("1", md5("b")), issued_us=MONDAY_US + HOUR_US)
    record(store, [newer, tip("2", md5("a"), hour=5)], actor="test")
    assert seen(store, "2") == "first seen here"


@pytest.mark.parametrize(
    "item",
    [
        tip("1"),
        tip("1", PHOTO_DNA),
        tip("1", f"pdq:{5 << 100:064x}"),
        tip("1", "other:ssdeep:3:abc"),
        tip("1", md5("a"), is_media=False),
        received(
            delivery(
                "1",
                [file_hash(EMPTY_FILE, file_id="f", state="stopped", state_reason="Empty.")],
                files=[FileStatement(file_id="f")],
            ),
            0,
        ),
    ],
    ids=["no hash", "PhotoDNA", "PDQ", "unknown kind", "no media", "empty file"],
)
def test_an_unknown_is_never_called_first_seen(store: Store, item: Delivery) -> None:
    record(store, [item], actor="test")
    assert seen(store, "1") == "not known"


def test_an_equal_pdq_on_a_list_is_not_the_same_file(store: Store) -> None:
    pdq = f"pdq:{5 << 100:064x}"
    put(store, [pdq])
    record(store, [tip("1", pdq)], actor="test")
    (file,) = show_tip(store, "ncmec:1").files
    assert file.seen == "not known"
    assert "Hash list Series A" in file.seen_why


def test_a_name_that_tells_nothing_may_be_media(store: Store) -> None:
    record(store, [tip("1", md5("a"), is_media=None)], actor="test")
    assert seen(store, "1") == "first seen here"


def test_a_list_that_is_not_whole_leaves_it_open(store: Store) -> None:
    record(store, [tip("1", md5("b")), tip("2", md5("a"), hour=2)], actor="test")
    record(store, [tip("3", md5("b"), hour=3)], actor="test")

    def batches() -> Iterator[tuple[list[str], int]]:
        yield [md5("a")], 0
        raise HashListError("cut short")

    with pytest.raises(HashListError, match="cut short"):
        import_list(store, issue("Series B"), batches(), actor="test")
    assert [seen(store, n) for n in "123"] == ["not known", "on a hash list", "in an earlier tip"]
    (file,) = show_tip(store, "ncmec:1").files
    assert "hash list Series B is under way or was cut short" in file.seen_why
    assert first(store, md5("b")) == ("not known", None)
    import_list(store, issue("Series B"), [([md5("a")], 0)], actor="test")
    assert seen(store, "1") == "first seen here"


def test_a_tip_without_a_time_leaves_it_open(store: Store) -> None:
    record(store, [tip("1", md5("a"), hour=None)], actor="test")
    assert seen(store, "1") == "first seen here"
    record(store, [tip("2", md5("a"), hour=9)], actor="test")
    assert (seen(store, "1"), seen(store, "2")) == ("not known", "not known")
    assert first(store, md5("a")) == ("not known", None)
    record(store, [tip("3", md5("a"), hour=10)], actor="test")
    assert seen(store, "3") == "in an earlier tip"


def test_a_hash_in_very_many_tips_is_not_looked_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_seen, "MOST_HOLDERS", 2)
    record(store, [tip(str(n), md5("a"), hour=n) for n in range(4)], actor="test")
    (file,) = show_tip(store, "ncmec:0").files
    assert file.seen == "not known"
    assert "More than 2 tips" in file.seen_why


def test_one_open_hash_leaves_the_file_open(store: Store) -> None:
    sha1 = "sha1:" + "5" * 39 + "a"
    record(store, [tip("1", sha1, hour=None), tip("2", md5("a"), sha1, hour=1)], actor="test")
    assert seen(store, "2") == "not known"


def test_only_hashes_have_a_first_sight(store: Store) -> None:
    record(store, [delivery("1", [email("x@example.com")])], actor="test")
    assert history_of(store, IdentifierKind.EMAIL, "x@example.com").first_seen is None
