"""The validation queue, and reminders 60, 30 and 7 days before a claim lapses."""

from __future__ import annotations

from graph.casework.vocabulary import Visibility
from graph.clock import now_us
from graph.retention.classes import DAY_US
from graph.services.audit_reads import ReadLog
from graph.services.claim_reviews import ReviewLine, remind_due, review_queue
from graph.services.claims import validate_claim
from graph.services.purging import purge_claim
from tests.graph.services.casework import LOOKED_AT, case, claimed, draft
from tests.graph.services.people import later, staff
from tests.stores import RunningStore


def _told(running: RunningStore) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in running.rows(
            "MATCH (n:Notification {kind: 'claim.review_due'}) "
            "RETURN n.number, n.recipients, n.subject ORDER BY n.at_us, n.key"
        )
    ]


def test_each_claim_is_validated_or_let_go_and_the_queue_says_how_many_days_are_left(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, boss, south = people["lead.north"], people["boss.north"], people["lead.south"]
    key = case(lead, store)
    due_us = lead.as_of_us + 90 * DAY_US
    drafts = [draft(f"{n}@example.com", review_due_us=due_us + n * DAY_US) for n in range(3)]
    refs = claimed(lead, store, key, *drafts)
    sealed = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    hidden = draft("sealed@example.com", review_due_us=due_us, **sealed)
    claimed(people["chief.north"], store, case(people["chief.north"], store, "B-1"), hidden)
    reads = ReadLog(store)
    assert review_queue(lead, store, days=60, reads=reads).lines == ()
    found: list[ReviewLine] = []
    after: tuple[int, str] | None = None
    while True:
        page = review_queue(lead, store, days=95, reads=reads, after=after, limit=1)
        found += page.lines
        after = page.next_after
        if after is None:
            break
    assert [line.ref for line in found] == list(refs)
    assert [line.days_left for line in found] == [90, 91, 92]
    assert review_queue(south, store, days=95, reads=reads).lines == ()
    mine = review_queue(people["chief.north"], store, days=95, reads=reads)
    assert len(mine.lines) == 4
    validate_claim(lead, store, ref=refs[0], expected=1, looked_at=LOOKED_AT)
    purge_claim(boss, store, ref=refs[1], why="Nothing suspected any more")
    left = review_queue(lead, store, days=95, reads=reads)
    assert [line.ref for line in left.lines] == [refs[2]]


def test_reminders_come_once_for_each_step_and_sealed_ones_reach_one_supervisor(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, chief = people["lead.north"], people["chief.north"]
    due_us = lead.as_of_us + 90 * DAY_US
    claimed(
        lead,
        store,
        case(lead, store),
        *(draft(f"{n}@example.com", review_due_us=due_us) for n in range(2)),
    )

    def after_days(days: int) -> int:
        return remind_due(store, at_us=later(lead, days * DAY_US).as_of_us, actor="ops")

    assert [after_days(days) for days in (29, 30, 31, 59, 60, 61, 82, 83, 84, 90, 91)] == [
        *(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0)
    ]
    (first, second, last) = _told(running_store)
    assert [row[0] for row in (first, second, last)] == [1, 2, 3]
    assert first[1] == ["lead.north"]
    assert "*supervisors" in list(last[1])  # type: ignore[call-overload]
    assert str(first[2]).startswith("2 claims are to be reviewed by ")
    sealed = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    hidden = draft("sealed@example.com", review_due_us=due_us + DAY_US, **sealed)
    claimed(chief, store, case(chief, store, "B-1"), hidden)
    assert after_days(84) == 1
    assert [row[1] for row in _told(running_store)][-1] == ["chief.north"]
