"""A delivery is asked about again before it leaves, and no two workers try it at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from crosstip.mailing import worker
from crosstip.mailing.worker import deliver
from graph.casework.vocabulary import UserRole, Visibility
from graph.clock import now_us
from graph.queries.webhook_outbox import PostRow
from graph.services import webhook_standing
from graph.services.callers import caller_of
from graph.services.claims import show_to_others
from graph.services.outbox import SECOND_US, Patience
from graph.services.purging import purge_claim
from graph.services.user_rules import NewUser
from graph.services.users import add_user
from graph.services.webhook_outbox import Posted, WebhookOutbox
from graph.services.webhooks import add_webhook, rotate_webhook, try_webhook
from tests.crosstip.webhooks.receiver import NAME, Receiver
from tests.crosstip.webhooks.test_delivery import fill, poster
from tests.crosstip.webhooks.test_poster import KEY, OPEN
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

LEASE_S = 60


def states(running: RunningStore, *, agency: str = "north") -> list[tuple[object, ...]]:
    """Give what became of an agency's deliveries, in the order in which they were written."""
    return running.rows(
        "MATCH (d:WebhookDelivery) MATCH (w:Webhook {key: d.webhook}) WHERE w.agency = $agency "
        "RETURN d.state, d.failure, d.attempts ORDER BY d.at_us, d.key LIMIT 100",
        agency=agency,
    )


def test_what_was_sealed_or_purged_meanwhile_is_not_sent(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, other, boss = (people[key] for key in ("lead.north", "lead.south", "boss.north"))
    with Receiver(host="127.0.0.2") as receiver:
        url = f"http://{NAME}:{receiver.port}/in"
        for agency in ("north", "south"):
            add_webhook(people[f"admin.{agency}"], store, url=url, key=KEY, settings=OPEN)
        refs: list[str] = []
        for name in ("sealed", "purged", "kept"):
            ours = case(lead, store, name)
            refs += claimed(lead, store, ours, draft(f"{name}@example.com"))
            claimed(other, store, case(other, store, name), draft(f"{name}@example.com"))
        show_to_others(
            boss,
            store,
            ref=refs[0],
            expected=1,
            visibility=Visibility.SEALED,
            sealed_to="boss.north",
        )
        purge_claim(boss, store, ref=refs[1], why="Entered by mistake.")
        box = WebhookOutbox(store=store, worker="a", actor="ops")
        assert deliver(box, poster()).failed == 0
        for agency in ("north", "south"):
            found = states(running_store, agency=agency)
            assert found.count(("withdrawn", webhook_standing.CLAIM, 0)) == 2
            assert found.count(("sent", None, 1)) == 1
            assert len(found) == 3
        assert len(receiver.came) == 2
        kept = running_store.rows(
            "MATCH (f:Conflict) WHERE f.first_case ENDS WITH 'kept' RETURN f.ref"
        )
        assert all(str(kept[0][0]).encode() in came.body for came in receiver.came)
    leaves = running_store.rows(
        "MATCH (e:AuditEntry {action: 'webhook.withdrawn'}) RETURN e.agency, e.actor, e.outcome"
    )
    assert sorted(leaves) == sorted(
        (agency, "ops", webhook_standing.CLAIM) for agency in ("north", "south") for _ in range(2)
    )


def test_a_webhook_whose_keeper_lost_the_right_sends_nothing(running_store: RunningStore) -> None:
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    with Receiver(host="127.0.0.2") as receiver:
        url = f"http://{NAME}:{receiver.port}/in"
        ref = add_webhook(admin, store, url=url, key=KEY, settings=OPEN).webhook.key
        second = NewUser(
            key="new.north", name="N", agency="north", roles=(UserRole.AGENCY_ADMINISTRATOR,)
        )
        add_user(admin, store, new=second)
        try_webhook(admin, store, ref=ref)
        running_store.rows("MATCH (u:User {key: 'admin.north'}) SET u.roles = ['analyst']")
        box = WebhookOutbox(store=store, worker="a")
        assert deliver(box, poster()).sent == 0
        assert states(running_store) == [("withdrawn", webhook_standing.KEEPER, 0)]
        assert receiver.came == []
        # Another administrator takes it over by changing it.
        taker = caller_of(store, "new.north")
        rotate_webhook(taker, store, ref=ref, expected=1, key=KEY)
        try_webhook(taker, store, ref=ref)
        assert deliver(box, poster()).sent == 1


def test_a_slow_round_sends_nothing_that_another_worker_sends(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try takes two thirds of a lease; meanwhile another worker takes what is due."""
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    url = f"https://{NAME}/in"
    ref = add_webhook(admin, store, url=url, key=KEY, settings=OPEN).webhook.key
    fill(running_store, ref, notices=6, streams=6)
    clock = now_us()
    monkeypatch.setattr(worker, "now_us", lambda: clock)
    patience = Patience(lease_us=LEASE_S * SECOND_US)
    slow, quick = (WebhookOutbox(store=store, worker=n, patience=patience) for n in "ab")
    came: list[tuple[str, str]] = []

    def post(who: str, mail: PostRow) -> Posted:
        came.append((who, mail.notice))
        return Posted(mail=mail, webhook=mail.webhook)

    class Quick:
        def send(
            self, mails: list[PostRow], begin: Callable[[PostRow], PostRow | None]
        ) -> Iterator[Posted]:
            for mail in mails:
                if begin(mail) is not None:
                    yield post("quick", mail)

    class Slow:
        def send(
            self, mails: list[PostRow], begin: Callable[[PostRow], PostRow | None]
        ) -> Iterator[Posted]:
            nonlocal clock
            for mail in mails:
                if begin(mail) is None:
                    continue
                clock += LEASE_S * SECOND_US * 2 // 3
                deliver(quick, Quick())
                yield post("slow", mail)

    deliver(slow, Slow())
    assert sorted(key for _, key in came) == [f"{number:032x}" for number in range(6)]
    # The second is begun while the lease of all still holds, the others by whoever is quicker.
    assert [who for who, _ in came] == ["slow", *["quick"] * 4, "slow"]
    assert states(running_store) == [("sent", None, 1)] * 6


def test_a_worker_that_is_killed_before_it_tries_costs_no_attempt(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    url = f"https://{NAME}/in"
    ref = add_webhook(admin, store, url=url, key=KEY, settings=OPEN).webhook.key
    fill(running_store, ref, notices=1, streams=1)
    at_us = now_us()
    lease_us = LEASE_S * SECOND_US
    for number in range(30):
        killed = WebhookOutbox(
            store=store, worker=f"{number}", patience=Patience(lease_us=lease_us)
        )
        (row,) = killed.take(at_us=at_us + number * lease_us)
        assert row.attempts == 0
    # Told to end before it begins: what it took is due at once, for the next worker.
    last, next_one = (WebhookOutbox(store=store, worker=name) for name in ("last", "next"))
    (row,) = last.take(at_us=at_us + 40 * lease_us)
    last.free([row], at_us=at_us)
    (row,) = next_one.take(at_us=at_us + 1)
    begun = next_one.begin(row, at_us=at_us + 2)
    assert begun is not None
    assert (row.attempts, begun.attempts) == (0, 1)
