"""Uploads: received, recorded by one worker once, called off, gone on with, seen by their owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crosstip.jobs.places import uploads_in
from crosstip.jobs.running import forget
from graph.clock import now_us
from graph.queries.jobs import JobRow
from graph.services.job_work import JobBoard, Progress
from graph.services.jobs import KEPT_US
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, office, tips
from tests.ingest.media_samples import sample
from tests.stores import RunningStore

_ROOT = Path(__file__).parents[3]
_LIMIT_S = 60.0


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office, each batch of one document."""
    monkeypatch.setenv("CROSSTIP_BATCH_TIPS", "1")
    with office(running_store, tmp_path) as found:
        yield found


def test_what_is_uploaded_is_recorded_once_and_its_owner_sees_what_came_of_it(at: Office) -> None:
    key = at.handed(tips(198000001, 198000002) + b'{"crosstip": "tip/1", broken\n')
    queued = at.job(key)
    assert (queued["state"], queued["total"], queued["done"]) == ("queued", 3, 0)
    assert "No worker has looked" in queued["note"]
    assert at.count() == (0, 0)

    assert (at.worked(), at.worked("another")) == (1, 0)
    job = at.job(key)
    assert (job["state"], job["done"], job["note"]) == ("done", 3, None)
    assert job["documents"]["recorded"] == {"new tip": 2}
    assert job["documents"]["tips"] == ["ncmec:198000001", "ncmec:198000002"]
    assert (job["documents"]["quarantined"], len(job["documents"]["quarantine"])) == (1, 1)
    assert at.count() == (2, 2)
    assert at.people[LEAD].get("/v1/tips/ncmec:198000001").status_code == 200
    assert at.people[OTHER].get("/v1/tips/ncmec:198000001").status_code == 404
    assert list((at.data_dir / "uploads").iterdir()) == []

    # Nobody else has it: not the own supervisor, not another agency.
    for user in (BOSS, OTHER):
        assert at.people[user].get(f"/v1/jobs/{key}").status_code == 404
        assert at.people[user].post(f"/v1/jobs/{key}/cancel").status_code == 404
        assert at.people[user].get("/v1/jobs").json()["items"] == []
    (line,) = at.people[LEAD].get("/v1/jobs").json()["items"]
    assert (line["key"], line["state"]) == (key, "done")
    refused = at.people[LEAD].post(f"/v1/jobs/{key}/cancel")
    assert (refused.status_code, "ended already" in refused.text) == (422, True)

    # A tip that the agency does not hold any more is not named any more.
    at.running.rows("MATCH (t:Tip {key: 'ncmec:198000001'}) SET t.holders = []")
    assert at.job(key)["documents"]["tips"] == ["ncmec:198000002"]

    work = at.working()
    assert forget(work, at_us=now_us()) == 0
    assert forget(work, at_us=now_us() + KEPT_US) == 1
    assert at.people[LEAD].get(f"/v1/jobs/{key}").status_code == 404


def test_the_same_key_hands_in_once_and_media_and_tables_are_kept_out(at: Office) -> None:
    headers = {"Idempotency-Key": "the-first-delivery"}
    body = tips(198000001)
    for _ in range(2):
        answer = at.people[LEAD].post(
            "/v1/documents", content=body, params={"synthetic": True}, headers=headers
        )
        assert answer.status_code == 202
    assert len(at.people[LEAD].get("/v1/jobs").json()["items"]) == 1
    picture = at.handed(sample("image/jpeg"))
    assert not any(sample("image/jpeg")[:40] in path.read_bytes() for path in _files(at))
    table = at.handed(b"agency,name,kind\nzz,Zed,federal\n", name="agencies.csv")
    assert at.worked() == 3
    for key in (picture, table):
        assert at.job(key)["documents"]["quarantined"] == 1, key
    assert at.running.rows("MATCH (a:Agency {key: 'zz'}) RETURN count(a)") == [(0,)]
    foreign = at.people[LEAD].post(
        "/v1/documents", content=body, params={"synthetic": True, "holder": "birch"}
    )
    assert foreign.status_code == 403
    assert list((at.data_dir / "uploads").iterdir()) == []


def test_a_job_that_is_called_off_keeps_what_is_in(at: Office) -> None:
    lost = at.handed(tips(198000002))
    uploads_in(at.data_dir).drop(lost)
    early = at.handed(tips(198000001))
    assert at.people[LEAD].post(f"/v1/jobs/{early}/cancel").json()["state"] == "cancelled"
    assert at.worked() == 0
    waits = at.job(lost)
    assert (waits["state"], waits["problem"].split(":")[0]) == (
        "running",
        "What was received for it is not on the worker's machine",
    )

    late = at.handed(tips(*range(198000010, 198000020)))
    moved = 0
    move = JobBoard.move

    def called_off(board: JobBoard, job: JobRow, progress: Progress) -> bool:
        nonlocal moved
        moved += 1
        if moved == 3:
            assert at.people[LEAD].post(f"/v1/jobs/{late}/cancel").json()["state"] == "running"
        return move(board, job, progress)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JobBoard, "move", called_off)
        assert at.worked() == 1
    job = at.job(late)
    assert (job["state"], job["done"], job["total"]) == ("cancelled", 3, 10)
    assert (job["documents"]["recorded"], job["documents"]["left_out"]) == ({"new tip": 3}, 7)
    assert "recorded until then stays" in job["problem"]
    assert at.count() == (3, 3)


def test_two_workers_never_do_one_job_twice(at: Office) -> None:
    keys = [at.handed(tips(198000000 + number)) for number in range(6)]
    done: list[int] = []
    threads = [
        threading.Thread(target=lambda name=name: done.append(at.worked(name)))
        for name in ("one", "two", "three")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_LIMIT_S)
    assert sum(done) == len(keys)
    assert {at.job(key)["state"] for key in keys} == {"done"}
    assert at.count() == (6, 6)
    fences = at.running.rows("MATCH (j:Job) RETURN DISTINCT j.fence")
    assert fences == [(1,)], "each was taken once"


def test_a_worker_that_is_killed_is_gone_on_from(at: Office) -> None:
    key = at.handed(tips(*range(198000010, 198000022)))
    with _worker_that_stops(at) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"stopped\n"
        process.send_signal(signal.SIGKILL)
        process.wait(_LIMIT_S)
    left = at.job(key)
    assert (left["state"], left["done"]) == ("running", 2)
    assert at.count() == (3, 3), "one more than was noted"
    deadline = time.monotonic() + _LIMIT_S
    while at.worked("another") == 0:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    job = at.job(key)
    assert (job["state"], job["done"], job["total"]) == ("done", 12, 12)
    assert (job["documents"]["recorded"], job["documents"]["uncounted"]) == ({"new tip": 11}, 1)
    assert at.count() == (12, 12)


def _worker_that_stops(at: Office) -> subprocess.Popen[bytes]:
    """Start a worker that stops for good after its third document, before it notes that one."""
    settings = at.running.settings
    store = {
        "CROSSTIP_DATA_DIR": str(settings.data_dir),
        "CROSSTIP_STORE": settings.store,
        "CROSSTIP_STORE_USER": settings.store_user,
    }
    if settings.store_password is not None:
        store["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crosstip.jobs.stopping_worker", str(at.data_dir)],
        cwd=_ROOT,
        env={**os.environ, **store},
        stdout=subprocess.PIPE,
    )


def _files(at: Office) -> list[Path]:
    return [path for path in at.data_dir.rglob("*") if path.is_file()]
