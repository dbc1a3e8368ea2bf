"""Leaves get their numbers once each and without a gap, whoever numbers and whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.audit.records import numbered_place
from graph.opening import open_store
from graph.services.audit_sequencer import sequence
from graph.services.audit_verify import verify
from graph.store import Store
from tests.graph.services.logbook import note, places
from tests.stores import RunningStore

ROOT = Path(__file__).parents[3]


def numbers(count: int, log: str = "operator") -> list[str]:
    """Give the places of a log without a gap."""
    return [numbered_place(log, number) for number in range(count)]


def test_each_log_is_numbered_by_itself(running_store: RunningStore) -> None:
    note(running_store.store, 7)
    note(running_store.store, 3, agency="a")
    note(running_store.store, 2, agency="a|b")
    done = sequence(running_store.store, batch=2)
    assert [(s.log, s.added, s.size) for s in done] == [
        ("agency:a", 3, 3),
        ("agency:a%7Cb", 2, 2),
        ("operator", 7, 7),
    ]
    assert places(running_store) == numbers(7)
    assert places(running_store, "agency:a") == numbers(3, "agency:a")
    assert sequence(running_store.store) == ()
    note(running_store.store, 300, start=7)
    assert [(s.added, s.size) for s in sequence(running_store.store)] == [(300, 307)]
    assert places(running_store) == numbers(307)
    report = verify(running_store.store)
    assert report.is_good
    assert [(r.log, r.records, r.waiting) for r in report.logs] == [
        ("agency:a", 3, 0),
        ("agency:a%7Cb", 2, 0),
        ("operator", 307, 0),
    ]


def unlocked(running: RunningStore) -> Store:
    """Give another store over the same driver without the embedded engine's lock for writers."""
    store = Store.__new__(Store)
    store.__dict__.update(running.store.__dict__)
    store._writer_lock = None
    return store


def test_four_that_number_while_others_write(running_store: RunningStore) -> None:
    """Without the lock for writers: the write to the log's node alone keeps them apart."""
    failures: list[Exception] = []
    barrier = threading.Barrier(6)

    def work(number: int) -> None:
        barrier.wait()
        try:
            for step in range(6):
                if number < 2:
                    note(running_store.store, 25, start=1000 * number + 25 * step, name=str(number))
                else:
                    sequence(unlocked(running_store), batch=10)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    sequence(running_store.store)
    assert places(running_store) == numbers(300)
    assert verify(running_store.store).is_good


CHILD = """
import sys, time
from graph.opening import open_store
from graph.services import audit_sequencer
from graph.settings import StoreSettings

real = audit_sequencer._number

def numbered_and_then(unit, log, batch):
    done = real(unit, log, batch)
    print("numbered", flush=True)
    time.sleep(60)
    return done

audit_sequencer._number = numbered_and_then
with open_store(StoreSettings()) as opened:
    audit_sequencer.sequence(opened.store)
"""


@pytest.mark.timeout(120)
def test_a_kill_between_numbering_and_commit_loses_and_doubles_nothing(
    running_store: RunningStore,
) -> None:
    note(running_store.store, 20)
    sequence(running_store.store)
    note(running_store.store, 15, start=20)
    settings = running_store.settings
    env = os.environ | {
        "CROSSTIP_DATA_DIR": str(settings.data_dir),
        "CROSSTIP_STORE": settings.store,
        "CROSSTIP_STORE_USER": settings.store_user,
    }
    if settings.store_password is not None:
        env["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], cwd=ROOT, env=env, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"numbered\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert places(running_store)[:20] == numbers(20)
    assert len([place for place in places(running_store) if place.startswith("waiting|")]) == 15
    with open_store(settings) as opened:
        assert [(s.added, s.size) for s in sequence(opened.store)] == [(15, 35)]
    assert places(running_store) == numbers(35)
    assert verify(running_store.store).is_good


def test_a_damaged_tree_is_not_built_upon(running_store: RunningStore) -> None:
    note(running_store.store, 3)
    sequence(running_store.store)
    running_store.rows("MATCH (t:AuditTile) DETACH DELETE t")
    note(running_store.store, 1, start=3)
    with pytest.raises(Exception, match="damaged"):
        sequence(running_store.store)
    assert len([place for place in places(running_store) if place.startswith("waiting|")]) == 1
