"""Hash lists: any order of arrival gives the same graph, and nothing stronger is overwritten."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable

import pytest

from graph.errors import HashListError, NotFoundError
from graph.identifiers.core import Identifier, IdentifierKind
from graph.services.hash_list_entries import list_key
from graph.services.hash_lists import Issue, hash_list, import_list, withdraw_list
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.services.recording import record
from graph.services.states import set_state
from graph.services.withdrawal import withdraw
from graph.store import Store
from tests.deliveries import delivery, file_hash
from tests.linking import links_of
from tests.stores import RunningStore

EMPTY_FILE = "md5:d41d8cd98f00b204e9800998ecf8427e"
DAY_US = 86_400_000_000
NOV_1_US = 1_793_491_200_000_000


def md5(text: str) -> str:
    """Give the key of a made-up hash."""
    return f"md5:{hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}"


def issue(name: str = "Series A", *, day: int = 1, file: str = "file") -> Issue:
    """Give an issue of November 2026."""
    return Issue(
        name=name,
        source="Example Source",
        dated=f"2026-11-{day:02d}",
        dated_us=NOV_1_US + (day - 1) * DAY_US,
        file_sha256=hashlib.sha256(file.encode()).hexdigest(),
        reading="md5",
    )


def put(store: Store, hashes: list[str], name: str = "Series A", *, day: int = 1) -> None:
    """Import an issue with these hashes."""
    import_list(store, issue(name, day=day, file=",".join(hashes)), [(hashes, 0)], actor="test")


def states(running: RunningStore) -> list[tuple[object, ...]]:
    """Give everything that stands on hashes, lists and entries, but who did it when."""
    return [
        *running.rows(
            "MATCH (x:FileHash) RETURN x.key, x.state, x.state_reason, x.state_since_us, "
            "x.state_by, x.listed, x.tip_count, x.claim_count ORDER BY x.key"
        ),
        *running.rows("MATCH (e:ListedHash) RETURN e.key, e.hash, e.list, e.issue ORDER BY e.key"),
        *running.rows(
            "MATCH (l:HashList) RETURN l.key, l.name, l.source, l.dated, l.issue, l.entry_count, "
            "l.unfinished, l.withdrawn_us IS NULL ORDER BY l.key"
        ),
        *running.rows("MATCH (s:StoreInfo) RETURN s.hash_lists, s.tip_total"),
    ]


def state_of(running: RunningStore, key: str) -> tuple[object, ...]:
    """Give state, reason, since and by whom."""
    (row,) = running.rows(
        "MATCH (x:FileHash {key: $key}) "
        "RETURN x.state, x.state_reason, x.state_since_us, x.state_by",
        key=key,
    )
    return row


def test_a_listed_hash_is_of_a_known_series_with_source_and_date(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    record(store, [delivery("1", [file_hash(md5("a")), file_hash(md5("b"))])], actor="test")
    put(store, [md5("a"), md5("c")])
    record(store, [delivery("2", [file_hash(md5("c"))])], actor="test")
    known = (
        "known series",
        "Hash list Series A (Example Source, 2026-11-01).",
        NOV_1_US,
        "hash list Series A",
    )
    assert state_of(running_store, md5("a")) == known
    assert state_of(running_store, md5("c")) == known
    assert state_of(running_store, md5("b")) == ("normal", None, None, None)
    put(store, [md5("a")], "series b", day=2)
    assert state_of(running_store, md5("a"))[1] == (
        "Hash list Series A (Example Source, 2026-11-01), and 1 more."
    )


def _claim() -> ClaimFacts:
    return ClaimFacts(
        agency="alder",
        reference="A-1",
        title=None,
        status="open",
        opened_us=None,
        contact=None,
        identifier=Identifier(kind=IdentifierKind.FILE_HASH, key=md5("c"), display="c"),
        role="suspect",
    )


def test_any_order_of_arrival_gives_the_same_graph(running_store: RunningStore) -> None:
    store = running_store.store
    agencies = [AgencyFacts(key="alder", name="Alder", kind="task force")]
    steps: list[Callable[[], object]] = [
        lambda: put(store, [md5("a"), md5("c"), EMPTY_FILE]),
        lambda: put(store, [md5("a"), md5("b")], "Series B", day=3),
        lambda: record(store, [delivery("1", [file_hash(md5("a"))])], actor="test"),
        lambda: record(
            store, [delivery("2", [file_hash(md5("b")), file_hash(md5("d"))])], actor="test"
        ),
        lambda: enter_claims(store, [_claim()], actor="test"),
    ]
    orders = list(itertools.permutations(range(len(steps))))
    seen: list[list[tuple[object, ...]]] = []
    for order in [orders[0], *random.Random(2).sample(orders, 2), orders[-1]]:
        running_store.wipe(synthetic=True)
        enter_agencies(store, agencies, actor="test")
        for at in order:
            steps[at]()
        seen.append(states(running_store))
    assert all(one == seen[0] for one in seen)
    assert sum("known series" in row for row in seen[0]) == 3


def test_the_same_issue_again_changes_nothing(running_store: RunningStore) -> None:
    record(running_store.store, [delivery("1", [file_hash(md5("a"))])], actor="test")
    put(running_store.store, [md5("a"), md5("b")])
    before = states(running_store)
    done = import_list(
        running_store.store,
        issue(file=f"{md5('a')},{md5('b')}"),
        [([md5("a")], 0), ([md5("b"), md5("a")], 0)],
        actor="other",
    )
    assert (done.entries, done.added, done.dropped) == (2, 0, 0)
    assert states(running_store) == before


def test_a_newer_issue_replaces_the_older_and_an_older_one_is_refused(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    record(store, [delivery("1", [file_hash(md5("a")), file_hash(md5("b"))])], actor="test")
    put(store, [md5("a")], day=1)
    put(store, [md5("b")], "  SERIES  a ", day=5)
    assert state_of(running_store, md5("a"))[0] == "normal"
    assert state_of(running_store, md5("b"))[:2] == (
        "known series",
        "Hash list SERIES a (Example Source, 2026-11-05).",
    )
    before = states(running_store)
    with pytest.raises(HashListError, match="newer than 2026-11-01"):
        put(store, [md5("a")], day=1)
    assert states(running_store) == before


def test_a_withdrawn_list_counts_for_nothing_and_may_come_again(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    empty = file_hash(EMPTY_FILE, state="stopped", state_reason="The hash of an empty file.")
    record(store, [delivery("1", [file_hash(md5("a")), empty])], actor="test")
    before = states(running_store)[:2]
    put(store, [md5("a"), md5("b"), EMPTY_FILE])
    with pytest.raises(HashListError, match="reason"):
        withdraw_list(store, "Series A", why=" ", actor="test")
    assert withdraw_list(store, "series a", why="mistaken", actor="test") == 3
    assert states(running_store)[:2] == before
    assert running_store.rows("MATCH (e:ListedHash) RETURN count(e)") == [(0,)]
    with pytest.raises(HashListError, match="before"):
        withdraw_list(store, "Series A", why="again", actor="test")
    with pytest.raises(NotFoundError):
        withdraw_list(store, "Series Z", why="x", actor="test")
    record(store, [delivery("2", [file_hash(md5("b"))])], actor="test")
    assert state_of(running_store, md5("b"))[0] == "normal"
    put(store, [md5("b")])
    assert state_of(running_store, md5("b"))[0] == "known series"
    assert hash_list(store, "Series A").withdrawn_us is None


def test_nothing_stronger_is_overwritten(running_store: RunningStore) -> None:
    store = running_store.store
    record(
        store,
        [delivery("1", [file_hash(EMPTY_FILE, state="stopped", state_reason="Empty.")])],
        actor="test",
    )
    record(store, [delivery("2", [file_hash(md5("a"))])], actor="test")
    set_state(
        store,
        IdentifierKind.FILE_HASH,
        md5("a"),
        state="normal",
        why="Looked at.",
        actor="A. Example",
    )
    put(store, [EMPTY_FILE, md5("a")])
    assert state_of(running_store, EMPTY_FILE)[0] == "stopped"
    decided = state_of(running_store, md5("a"))
    assert (decided[0], decided[1], decided[3]) == ("normal", "Looked at.", "A. Example")
    withdraw_list(store, "Series A", why="mistaken", actor="test")
    assert state_of(running_store, EMPTY_FILE)[0] == "stopped"
    assert state_of(running_store, md5("a")) == decided


def test_a_known_series_still_links_and_weighs_less(store: Store) -> None:
    record(
        store,
        [delivery(str(n), [file_hash(md5("a"))]) for n in (1, 2)]
        + [delivery(str(n)) for n in range(100, 200)],
        actor="test",
    )
    (plain,) = links_of(store, "ncmec:1").links
    put(store, [md5("a")])
    (listed,) = links_of(store, "ncmec:1").links
    assert listed.tip.key == "ncmec:2"
    assert listed.score < plain.score


def test_a_withdrawn_tip_keeps_the_state_of_its_hashes(running_store: RunningStore) -> None:
    store = running_store.store
    put(store, [md5("a")])
    record(store, [delivery("1", [file_hash(md5("a"))])], actor="test")
    withdraw(store, "ncmec:1", why="test", actor="test")
    assert state_of(running_store, md5("a"))[0] == "known series"


def test_the_log_says_what_was_imported_and_names_no_hash(running_store: RunningStore) -> None:
    put(running_store.store, [md5("a")])
    withdraw_list(running_store.store, "Series A", why="mistaken", actor="test")
    rows = running_store.rows(
        "MATCH (a:AuditEntry) RETURN a.action, a.object, a.outcome ORDER BY a.at_us, a.action"
    )
    assert {row[0] for row in rows} == {
        "hash_list.import",
        "hash_list.imported",
        "hash_list.withdrawn",
        "hash_list.emptied",
    }
    assert {row[1] for row in rows} == {"series a"}
    assert md5("a")[4:] not in str(rows)


def test_names_of_lists_never_collide() -> None:
    assert list_key(" Series\tA ") == "series a"
    assert len({list_key("a|b"), list_key("a%7cb"), list_key("a"), list_key("a b")}) == 4
