"""What stands in a queue because of what else its agency holds: the place's, not the tip's."""

from __future__ import annotations

from typing import Any

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import list_queue
from graph.services.recording import record
from graph.services.states import set_state, undo_state
from graph.services.triage_places import recount
from graph.services.withdrawal import withdraw
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import delivery, email, file_hash, says
from tests.graph.services.people import staff
from tests.graph.services.queueing import kept
from tests.stores import RunningStore

WHY = "Because of the test."
SUBJECT = "same@example.com"
REPEAT = "Another tip that your agency holds names the same account, address or number."
FIRST = "None of its files is in another tip that your agency holds, and one is put into"


def _tip(store: Store, number: int, *said: Any, holder: str | None = "north", **facts: Any) -> None:
    one = delivery(str(number), list(said), holder=holder, **facts)
    record(store, [one], actor="test")


def _marked(caller: Caller, store: Store, sentence: str) -> list[str]:
    page = list_queue(caller, store, reads=ReadLog(store))
    return sorted(
        line.tip.removeprefix("ncmec:")
        for line in page.lines
        if any(reason.startswith(sentence) for reason in line.reasons)
    )


def test_a_subject_that_is_named_again_is_said_to_each_holder(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    boss, south, ops = people["boss.north"], people["lead.south"], people["ops"]
    _tip(store, 1, email(SUBJECT))
    _tip(store, 2, email(SUBJECT), holder="south")
    _tip(store, 3, email(SUBJECT, role=Role.VICTIM))
    _tip(store, 4, email(SUBJECT), batched_reason="VIRAL")
    _tip(store, 5, says(IdentifierKind.IP_ADDRESS, "198.18.0.1"))
    _tip(store, 6, says(IdentifierKind.IP_ADDRESS, "198.18.0.1"))
    # Another agency's tip, a victim, a viral bundle and a shared address repeat no subject.
    assert _marked(boss, store, REPEAT) == _marked(south, store, REPEAT) == []
    _tip(store, 7, email(SUBJECT))
    assert _marked(boss, store, REPEAT) == ["1", "7"]
    assert _marked(south, store, REPEAT) == []
    hold_tips(ops, store, ["ncmec:2"], agency="north")
    assert _marked(boss, store, REPEAT) == ["1", "2", "7"]
    assert _marked(south, store, REPEAT) == []
    release_tips(boss, store, ["ncmec:2"], agency="north")
    withdraw(store, "ncmec:7", why=WHY, actor="boss.north")
    assert _marked(boss, store, REPEAT) == []
    # A later version that names somebody else repeats nobody, and says so to whom it did.
    _tip(store, 8, email(SUBJECT), body="one", issued_us=1)
    assert _marked(boss, store, REPEAT) == ["1", "8"]
    _tip(store, 8, email("another@example.com"), body="two", issued_us=2)
    assert _marked(boss, store, REPEAT) == []
    _tip(store, 9, email(SUBJECT))
    made = set_state(
        store, IdentifierKind.EMAIL, SUBJECT, state="shared", why=WHY, actor="boss.north"
    )
    assert _marked(boss, store, REPEAT) == []
    undo_state(store, made.key, why=WHY, actor="boss.north")
    assert _marked(boss, store, REPEAT) == ["1", "9"]
    before = kept(running_store)
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before


def test_files_that_are_first_seen_here_are_said_to_each_holder(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    boss, south = people["boss.north"], people["lead.south"]

    def with_file(number: int, *hashes: str, holder: str = "north", **more: Any) -> None:
        one = FileStatement(file_id="1", classification="A1", **more)
        said = [file_hash(f"sha1:{key * 40}", file_id="1") for key in hashes]
        _tip(store, number, *said, holder=holder, files=(one,))

    with_file(1, "a", "b")
    with_file(2, "b", holder="south")
    with_file(3, "c", relevance="Supplemental Reported")
    with_file(4, "d", is_media=False)
    assert _marked(boss, store, FIRST) == ["1"]
    assert _marked(south, store, FIRST) == ["2"]
    with_file(5, "b", "e")
    assert _marked(boss, store, FIRST) == []
    # What stands for no file is passed over: nothing follows from it.
    stopped = file_hash(f"sha1:{'f' * 40}", file_id="1", state="stopped")
    for number in (6, 7):
        files = (FileStatement(file_id="1", classification="A1"),)
        _tip(store, number, stopped, files=files)
    assert _marked(boss, store, FIRST) == []
    release_tips(boss, store, ["ncmec:1"], agency="north")
    assert _marked(boss, store, FIRST) == ["5"]
    before = kept(running_store)
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before
