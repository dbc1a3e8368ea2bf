"""Notices leave at least once, in order within their stream, whatever fails or is killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from crosstip.mailing.mailer import Mailer
from crosstip.mailing.settings import MailSettings, Security
from crosstip.mailing.worker import deliver
from graph.clock import now_us
from graph.errors import SettingsError
from graph.rows import PropertyRow
from graph.services.outbox import SECOND_US, Outbox, Patience, Tried, dead_letters, retry_dead
from tests.crosstip.mailing.kill_driver import PATIENCE
from tests.crosstip.mailing.receiver import Receiver
from tests.stores import RunningStore

_ROOT = Path(__file__).parents[3]


def fill(running: RunningStore, *, notices: int, streams: int) -> list[tuple[str, int]]:
    """Write notices that are due, and give the stream and number of each by its key."""
    rows: list[PropertyRow] = [
        {
            "key": f"{n:032x}",
            "stream": f"stream {n % streams}",
            "number": n // streams,
            "kind": "conflict.message",
            "agency": "north",
            "recipients": ["lead@example.com"],
            "object": "x",
            "severity": "normal",
            "subject": "s",
            "text": "t",
            "at_us": 1,
            "mail": "waiting",
            "mail_to": ["lead@example.com"],
            "due_us": 1,
            "attempts": 0,
        }
        for n in range(notices)
    ]
    running.store.writing(lambda unit: unit.insert_nodes("Notification", rows), name="test")
    return [(str(row["stream"]), int(str(row["number"]))) for row in rows]


def to(receiver: Receiver) -> Mailer:
    """Give a mailer to a receiver."""
    return Mailer(
        MailSettings(host="127.0.0.1", port=receiver.port, security=Security.NONE, timeout_s=60)
    )


def require_order(keys: Sequence[str], places: Sequence[tuple[str, int]]) -> None:
    """Come back when every notice came, and first arrivals of a stream came in its order."""
    first = list(dict.fromkeys(keys))
    assert len(first) == len(places)
    by_stream: dict[str, list[int]] = {}
    for key in first:
        stream, number = places[int(key, 16)]
        by_stream.setdefault(stream, []).append(number)
    assert all(numbers == sorted(numbers) for numbers in by_stream.values())


def waiting(running: RunningStore) -> int:
    """Give how many notices have not left."""
    text = "MATCH (n:Notification) WHERE n.mail <> 'sent' RETURN count(n) AS n"
    return int(str(running.rows(text)[0][0]))


def test_a_third_fails_and_everything_comes_in_order(running_store: RunningStore) -> None:
    places = fill(running_store, notices=60, streams=6)
    with Receiver(failing=1 / 3) as receiver:
        until = time.monotonic() + 200
        outboxes = [
            Outbox(store=running_store.store, worker=name, patience=PATIENCE) for name in "ab"
        ]
        while waiting(running_store) > 0 and time.monotonic() < until:
            threads = [
                threading.Thread(target=deliver, args=(outbox, to(receiver))) for outbox in outboxes
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=200)
        require_order(receiver.keys, places)
        assert len(receiver.keys) > len(places)
        assert all(b"Message-ID: <" in mail for mail in receiver.mails)


def test_a_worker_that_went_away_loses_nothing(running_store: RunningStore) -> None:
    fill(running_store, notices=3, streams=1)
    patience = Patience(lease_us=5 * SECOND_US, attempts=1, first_us=10 * SECOND_US)
    gone, next_one = (
        Outbox(store=running_store.store, worker=n, patience=patience, jitter=random.Random(1))
        for n in "ab"
    )
    at_us = now_us()
    mine = gone.take(at_us=at_us)
    assert [mail.key[-1] for mail in mine] == ["0"]
    assert next_one.take(at_us=at_us + 4 * SECOND_US) == []
    again = next_one.take(at_us=at_us + 5 * SECOND_US)
    assert [mail.key for mail in again] == [mail.key for mail in mine]
    # Whoever lost its lease begins nothing and settles nothing; what was not begun is no try.
    assert gone.begin(mine[0], at_us=at_us + 4 * SECOND_US) is None
    gone.settle([Tried(mail=mine[0])], at_us=at_us)
    assert waiting(running_store) == 3
    begun = next_one.begin(again[0], at_us=at_us + 5 * SECOND_US)
    assert begun is not None
    assert (again[0].attempts, begun.attempts) == (0, 1)
    next_one.settle([Tried(mail=begun, failure="SMTPDataError 451")], at_us=at_us)
    dead = running_store.store.reading(dead_letters, name="test")
    assert [(row.key[-1], row.failure, row.attempts) for row in dead] == [
        ("0", "SMTPDataError 451", 1)
    ]
    # A dead letter holds up nobody, and comes back when a person says so.
    assert [mail.key[-1] for mail in next_one.take(at_us=at_us)] == ["1"]
    retried = running_store.store.writing(
        lambda unit: retry_dead(unit, at_us=at_us, agency="north"), name="test"
    )
    assert retried == 1
    assert [mail.key[-1] for mail in gone.take(at_us=at_us)] == ["0"]


def test_a_backlog_of_one_stream_starves_no_other(running_store: RunningStore) -> None:
    fill(running_store, notices=5200, streams=1)
    running_store.rows(
        "MATCH (n:Notification) WHERE n.number = 5199 SET n.stream = 'late', n.number = 1, "
        "n.due_us = n.due_us + 1 RETURN count(n) AS n"
    )
    outbox = Outbox(store=running_store.store, worker="a", patience=PATIENCE)
    assert [mail.key[-4:] for mail in outbox.take(at_us=now_us())] == ["0000", f"{5199:x}"]
    assert outbox.take(at_us=now_us()) == []


def test_what_is_refused_for_good_is_dead_at_once(running_store: RunningStore) -> None:
    fill(running_store, notices=1, streams=1)
    with Receiver() as receiver:
        receiver.refused_for_good = True
        lapsed = Outbox(store=running_store.store, worker="b")
        assert deliver(lapsed, to(receiver), watch=True, until_us=now_us()).failed == 0
        done = deliver(Outbox(store=running_store.store, worker="a"), to(receiver))
    assert (done.sent, done.failed) == (0, 1)
    assert len(running_store.store.reading(dead_letters, name="test")) == 1


def killed(running: RunningStore, *, notices: int, kills: int, within_s: float) -> None:
    """Kill the worker again and again, and see that every notice comes all the same."""
    places = fill(running, notices=notices, streams=max(1, notices // 10))
    settings = running.settings
    with Receiver(failing=1 / 3) as receiver:
        environment = {
            **os.environ,
            "CROSSTIP_DATA_DIR": str(settings.data_dir),
            "CROSSTIP_STORE": settings.store,
            "CROSSTIP_STORE_USER": settings.store_user,
            "CROSSTIP_MAIL_HOST": "127.0.0.1",
            "CROSSTIP_MAIL_PORT": str(receiver.port),
            "CROSSTIP_MAIL_SECURITY": "none",
        }
        if settings.store_password is not None:
            environment["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
        chance = random.Random(11)
        for number in range(kills + 1):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.crosstip.mailing.kill_driver", f"worker {number}"],
                cwd=_ROOT,
                env=environment,
                stdout=subprocess.PIPE,
            )
            try:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
                until = time.monotonic() + (within_s if number == kills else chance.random() * 2)
                while time.monotonic() < until and waiting(running) > 0:
                    time.sleep(0.2)
            finally:
                process.kill()
                process.wait()
                if process.stdout is not None:
                    process.stdout.close()
        require_order(receiver.keys, places)
        assert waiting(running) == 0


@pytest.mark.long
def test_killed_twice_nothing_is_lost(running_store: RunningStore) -> None:
    killed(running_store, notices=120, kills=2, within_s=240)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_killed_20_times_under_10_000_notices(running_store: RunningStore) -> None:
    killed(running_store, notices=10_000, kills=20, within_s=1500)


def test_a_mail_server_elsewhere_is_spoken_to_in_private() -> None:
    with pytest.raises(SettingsError, match="No mail server"):
        Mailer(MailSettings(host=None))
    with pytest.raises(SettingsError, match="in the open"):
        Mailer(MailSettings(host="mail.example.com", security=Security.NONE))
