"""From the store to a receiver: at least once, in order for each conflict, whatever fails."""

from __future__ import annotations

import threading
import time

from client.webhooks import verify
from crosstip.mailing.worker import deliver
from crosstip.webhooks.poster import Poster
from graph.clock import now_us
from graph.rows import PropertyRow
from graph.services.audit_reads import ReadLog
from graph.services.outbox import SECOND_US, Patience
from graph.services.webhook_outbox import (
    WebhookOutbox,
    give_up,
    list_deliveries,
    redrive,
)
from graph.services.webhook_telling import Event, delivery_row
from graph.services.webhooks import add_webhook, resume_webhook, rotate_webhook
from tests.crosstip.webhooks.receiver import NAME, Came, Receiver, a_third_fails
from tests.crosstip.webhooks.test_poster import KEY, OPEN, Names
from tests.graph.services.people import staff
from tests.stores import RunningStore

PATIENCE = Patience(
    lease_us=60 * SECOND_US, first_us=SECOND_US // 20, longest_us=SECOND_US // 5, attempts=1000
)


def fill(running: RunningStore, webhook: str, *, notices: int, streams: int) -> None:
    """Put notices on their way to a webhook."""
    rows: list[PropertyRow] = [
        delivery_row(
            webhook,
            Event(
                agency="north",
                notice=f"{n:032x}",
                stream=f"stream {n % streams}",
                number=n // streams,
                kind="webhook.test",
                severity="normal",
                object=f"{n % streams:032x}",
            ),
            at_us=1,
        )
        for n in range(notices)
    ]
    running.store.writing(lambda unit: unit.insert_nodes("WebhookDelivery", rows), name="test")


def waiting(running: RunningStore) -> int:
    """Give how many deliveries have not left."""
    text = "MATCH (d:WebhookDelivery) WHERE d.state <> 'sent' RETURN count(d) AS n"
    return int(str(running.rows(text)[0][0]))


def poster() -> Poster:
    """Give what delivers to the stand-in for a public address."""
    return Poster(OPEN, lambda: KEY, resolve=Names(["127.0.0.2"]))


def require_order(came: list[Came], *, notices: int, streams: int) -> None:
    """Come back when all came, and the first ones of each conflict in its order."""
    first = list(dict.fromkeys(one.id for one in came))
    assert len(first) == notices
    for stream in range(streams):
        numbers = [int(key, 16) // streams for key in first if int(key, 16) % streams == stream]
        assert numbers == sorted(numbers)


def test_a_third_fails_and_everything_comes_in_order(running_store: RunningStore) -> None:
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    with Receiver(host="127.0.0.2", answer=a_third_fails()) as receiver:
        url = f"http://{NAME}:{receiver.port}/in"
        made = add_webhook(admin, store, url=url, key=KEY, settings=OPEN)
        fill(running_store, made.webhook.key, notices=40, streams=5)
        until = time.monotonic() + 120
        boxes = [WebhookOutbox(store=store, worker=name, patience=PATIENCE) for name in "ab"]
        while waiting(running_store) > 0 and time.monotonic() < until:
            threads = [threading.Thread(target=deliver, args=(box, poster())) for box in boxes]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=120)
        assert waiting(running_store) == 0
        require_order(receiver.came, notices=40, streams=5)
        # Some came again, and say by their id that they did; each one is signed anew.
        assert len(receiver.came) > 40
        for one in receiver.came:
            event = verify(one.body, one.headers, secrets=[made.secret.text], tolerance_s=3600)
            assert event.id == event.data.notice
    state = "MATCH (w:Webhook) RETURN w.failing_us IS NULL AS works, w.delivered_us > 0 AS did"
    assert running_store.rows(state) == [(True, True)]


def test_dead_letters_switching_off_and_on_again(running_store: RunningStore) -> None:
    """A receiver that fails for days: given up, told, mended, and nothing lost."""
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    reads = ReadLog(store)
    patience = Patience(attempts=1)
    box = WebhookOutbox(store=store, worker="a", patience=patience)
    with Receiver(host="127.0.0.2", answer=lambda _: 503) as receiver:
        url = f"http://{NAME}:{receiver.port}/in"
        ref = add_webhook(admin, store, url=url, key=KEY, settings=OPEN).webhook.key
        fill(running_store, ref, notices=3, streams=1)
        assert deliver(box, poster()).failed == 3
        dead = list_deliveries(admin, store, ref=ref, reads=reads, state="dead")
        assert [(row.failure, row.attempts) for row in dead] == [("HTTP 503", 1)] * 3
        fourth = now_us() + 4 * 86_400 * SECOND_US
        assert give_up(store, days=5, at_us=fourth, actor="ops") == 0
        sixth = now_us() + 6 * 86_400 * SECOND_US
        assert give_up(store, days=5, at_us=sixth, actor="ops") == 1
        assert give_up(store, days=5, at_us=sixth, actor="ops") == 0
        told = running_store.rows("MATCH (n:Notification) RETURN n.kind, n.recipients, n.text")
        ((kind, recipients, text),) = told
        assert kind == "webhook.off"
        assert "admin.north" in str(recipients)
        assert url not in str(text)
        row = resume_webhook(admin, store, ref=ref, expected=2)
        assert (row.state, row.version, row.failing_us) == ("on", 3, None)
        receiver.answer = lambda _: 200
        assert redrive(admin, store, ref=ref, notice=f"{1:032x}") == 1
        assert redrive(admin, store, ref=ref) == 2
        assert deliver(box, poster()).sent == 3
    assert len({one.id for one in receiver.came}) == 3


def test_two_secrets_hold_while_one_is_rotated(running_store: RunningStore) -> None:
    store = running_store.store
    admin = staff(store, "north", at_us=now_us())["admin.north"]
    box = WebhookOutbox(store=store, worker="a")
    with Receiver(host="127.0.0.2") as receiver:
        url = f"http://{NAME}:{receiver.port}/in"
        old = add_webhook(admin, store, url=url, key=KEY, settings=OPEN)
        ref = old.webhook.key
        new = rotate_webhook(admin, store, ref=ref, expected=1, key=KEY)
        fill(running_store, ref, notices=1, streams=1)
        assert deliver(box, poster()).sent == 1
        for secret in (old.secret.text, new.secret.text):
            verify(receiver.came[0].body, receiver.came[0].headers, secrets=[secret])
        assert receiver.came[0].headers["webhook-signature"].count("v1,") == 2
        cut = rotate_webhook(admin, store, ref=ref, expected=2, key=KEY, overlap_hours=0)
        row = "MATCH (d:WebhookDelivery) SET d.state = 'waiting', d.due_us = 1 RETURN d.key"
        running_store.rows(row)
        assert deliver(box, poster()).sent == 1
        assert receiver.came[1].headers["webhook-signature"].count("v1,") == 1
        verify(receiver.came[1].body, receiver.came[1].headers, secrets=[cut.secret.text])
