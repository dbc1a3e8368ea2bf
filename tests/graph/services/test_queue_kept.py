"""What is kept of the queue equals a full recount, and passes from tip to tip."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.casework.vocabulary import Visibility
from graph.clock import now_us
from graph.ddl.queueing import queue_held_tips
from graph.errors import CrosstipError
from graph.identifiers.core import IdentifierKind
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases, own_key
from graph.services.cases import close_case, reopen_case
from graph.services.claim_access import list_claims
from graph.services.claim_entry import claim
from graph.services.holders import hold_tips, release_tips
from graph.services.purging import purge_claim
from graph.services.queue_reading import list_queue, show_queued
from graph.services.recording import record
from graph.services.states import set_state
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.services.withdrawal import withdraw
from graph.statements import FileStatement
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from graph.triage.priority import Priority
from tests.deliveries import MONDAY_US, delivery, email, file_hash, says
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import kept, listed, take_in
from tests.stores import RunningStore

WHY = "Because of the test."
HISTORIES = 3
"""How many random histories there are on each engine."""


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "record",
                "record",
                "hold",
                "release",
                "withdraw",
                "claim",
                "claim",
                "close",
                "reopen",
                "move",
                "state",
            ]
        ),
        st.integers(1, 4),
        st.sampled_from(["north", "south"]),
        st.sampled_from(list(Move)),
        st.sampled_from(["sextortion", "spam", "informational"]),
    ),
    min_size=6,
    max_size=14,
)


def test_what_is_kept_equals_a_full_recount(running_store: RunningStore) -> None:
    store = running_store.store

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_STEPS)
    def histories(steps: list[tuple[str, int, str, Move, str]]) -> None:
        running_store.wipe(synthetic=True)
        people = staff(store, "north", "south", at_us=now_us())
        for at, (kind, number, agency, wanted, annotation) in enumerate(steps):
            _do(store, people, at, kind, number, agency, wanted, annotation)
        before = kept(running_store)
        queue_held_tips(store, None)
        recount(store, actor="test", at_us=now_us())
        assert kept(running_store) == before
        for row in before:
            assert row[1] == row[2], "a place hangs on its tip"
        moves = running_store.rows(
            "MATCH (q:Triage)-[:HAS_MOVE]->(m:TriageMove) "
            "WITH q.key AS key, q.moves AS said, m.number AS number ORDER BY number "
            "RETURN key, said, collect(number) ORDER BY key"
        )
        assert all(numbers == list(range(1, int(str(said)) + 1)) for _, said, numbers in moves)
        assert len(moves) == sum(row[-2] != 0 for row in before)

    histories()


def _do(
    store: Store,
    people: dict[str, Caller],
    at: int,
    kind: str,
    number: int,
    agency: str,
    wanted: Move,
    annotation: str,
) -> None:
    tip, boss = f"ncmec:{number}", replace(people[f"boss.{agency}"], as_of_us=now_us())
    try:
        if kind == "record":
            said = [email(f"{number}@example.com"), email(f"{at % 2}@example.org")]
            # Several tips have the same of accounts, hashes and times: records of one incident.
            said += [says(IdentifierKind.ACCOUNT, f"chatterbox||u-{n}") for n in {1, number % 3}]
            said += [file_hash(f"sha1:{(number + at) % 3:040d}", file_id="1")]
            files = (FileStatement(file_id="1", classification="A1"),)
            one = delivery(
                str(number),
                said,
                body=str(at),
                holder=agency,
                files=files,
                annotations=(annotation,),
                issued_us=at,
                incident_us=MONDAY_US + at % 2,
            )
            record(store, [one], actor="test")
        elif kind == "hold":
            hold_tips(people["ops"], store, [tip], agency=agency)
        elif kind == "release":
            release_tips(boss, store, [tip], agency=agency)
        elif kind in {"claim", "close", "reopen"}:
            _work(store, people, kind, number, agency)
        elif kind == "state":
            state = ("shared", "normal")[at % 2]
            shared = f"{number % 2}@example.org"
            set_state(store, IdentifierKind.EMAIL, shared, state=state, why=WHY, actor="test")
        elif kind == "withdraw":
            withdraw(store, tip, why=WHY, actor="test")
        else:
            _move(store, boss, tip, wanted)
    except CrosstipError:
        return


def _work(store: Store, people: dict[str, Caller], kind: str, number: int, agency: str) -> None:
    """Claim what a tip states, close or open again; a second claim is purged."""
    boss = replace(people[f"boss.{agency}"], as_of_us=now_us())
    key = own_key(boss, "26-001")
    row = next(iter(list_cases(boss, store, reads=ReadLog(store))), None)
    if row is None:
        case(boss, store)
        row = next(iter(list_cases(boss, store, reads=ReadLog(store))))
    version = row.version or 0
    if kind == "close":
        close_case(boss, store, key=key, expected=version, why=WHY)
    elif kind == "reopen":
        reopen_case(boss, store, key=key, expected=version, why=WHY)
    else:
        there = list_claims(boss, store, investigation=key, reads=ReadLog(store))
        claim(boss, store, investigation=key, drafts=[draft(f"{number}@example.com")])
        if len(there) > 1:
            purge_claim(boss, store, ref=there[0].ref, why=WHY)


def _move(store: Store, boss: Caller, tip: str, wanted: Move) -> None:
    version = show_queued(boss, store, tip=tip, reads=ReadLog(store)).line.version
    given = Wanted(
        move=wanted,
        why=WHY,
        outcome=Outcome.SPAM if wanted is Move.CLOSE else None,
        assignee=boss.user if wanted is Move.ASSIGN else None,
        recipient="Desk" if wanted is Move.REFER else None,
        priority=Priority.TODAY if wanted is Move.PRIORITISE else None,
    )
    move(boss, store, tip=tip, expected=version, wanted=given)


def test_a_provisional_tips_place_passes_to_the_tip_that_replaces_it(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, south = people["lead.north"], people["lead.south"]
    for agency in ("north", "south"):
        bare = delivery(None, [email("a@example.com")], body="x", holder=agency)
        record(store, [bare], actor="test")
    (provisional,) = listed(lead, store)
    take(lead, store, tip=provisional)
    # South has the numbered tip beforehand and moved neither; north moved the provisional one.
    take_in(store, 8, holder="south")
    numbered = delivery("8", [email("a@example.com")], body="x", holder="north")
    record(store, [numbered], actor="test")
    assert (listed(lead, store), listed(south, store)) == (["ncmec:8"], ["ncmec:8"])
    shown = show_queued(lead, store, tip="ncmec:8", reads=ReadLog(store))
    assert (shown.line.state, shown.line.owner) == ("in review", "lead.north")
    assert [m.made_by for m in shown.moves] == ["lead.north"]
    before = kept(running_store)
    assert [(row[1], row[2]) for row in before] == [("ncmec:8", "ncmec:8")] * 2
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before


def test_a_migration_gives_held_tips_their_places(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    take_in(store, 1, annotations=("sextortion",))
    take_in(store, 2, holder=None)
    take_in(store, 3, holder="south", urgency=0)
    before = kept(running_store)
    running_store.rows("MATCH (q:Triage) DETACH DELETE q")
    running_store.rows("MATCH (t:Tip) REMOVE t.signals")
    for _ in range(2):
        queue_held_tips(store, None)
        assert kept(running_store) == before
    assert listed(people["lead.north"], store) == ["ncmec:1"]


def test_what_an_own_open_investigation_claims_is_not_put_off(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us())
    boss, south = people["boss.north"], people["lead.south"]
    for number, holder in ((1, "north"), (1, "south"), (2, "north")):
        take_in(store, number, holder=holder, annotations=("spam",), said=f"{number}@example.com")

    def classes(caller: Caller) -> list[str]:
        page = list_queue(caller, store, reads=ReadLog(store))
        return [f"{line.tip} {line.priority}" for line in page.lines]

    key = case(boss, store)
    put_off = ["ncmec:1 not for action", "ncmec:2 not for action"]
    sealed = {"visibility": Visibility.SEALED, "sealed_to": boss.user}
    claimed(boss, store, key, draft("2@example.com", **sealed))
    assert classes(boss) == put_off
    (ref,) = claimed(boss, store, key, draft("1@example.com"))
    # One agency's work moves nothing in another one's queue, and a sealed claim nothing at all.
    assert classes(boss) == ["ncmec:1 today", "ncmec:2 not for action"]
    assert classes(south) == put_off[:1]
    close_case(boss, store, key=key, expected=1, why=WHY)
    assert classes(boss) == put_off
    reopen_case(boss, store, key=key, expected=2, why=WHY)
    assert classes(boss)[0] == "ncmec:1 today"
    purge_claim(boss, store, ref=ref, why=WHY)
    assert classes(boss) == put_off
    # What lapses by the calendar alone is mended by the recount.
    claimed(boss, store, key, draft("1@example.com"))
    assert classes(boss)[0] == "ncmec:1 today"
    recount(store, actor="test", at_us=now_us() + 4000 * DAY_US)
    assert classes(boss) == put_off
