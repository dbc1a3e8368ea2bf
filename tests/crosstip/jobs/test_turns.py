"""Whose job comes next: caps, lanes, turns of agencies, and jobs that end by a defect."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crosstip.jobs import running
from crosstip.jobs.exports import write_export
from crosstip.jobs.running import run_waiting
from crosstip.jobs.working import Working
from graph.queries.jobs import JobRow
from graph.services.job_work import MOST_TRIES
from graph.services.jobs import JobLane
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, office, tips
from tests.stores import RunningStore


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """An office."""
    with office(running_store, tmp_path) as found:
        yield found


def ordered(at: Office, user: str = LEAD) -> str:
    """Order an export and give the job's key."""
    answer = at.people[user].post("/v1/exports", json={"list": "notices"})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["key"])


def test_no_line_of_jobs_makes_another_ones_longer(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSTIP_JOBS_USER_WAITING", "4")
    monkeypatch.setenv("CROSSTIP_JOBS_AGENCY_WAITING", "5")
    first = [ordered(at) for _ in range(4)]
    for path in ("exports", "documents"):
        refused = at.people[LEAD].post(f"/v1/{path}", json={"list": "notices"})
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-jobs")
        assert refused.headers["Retry-After"] == "30"
        assert refused.json()["detail"].startswith("4 jobs of yours wait or run, as many as may.")
    assert not (at.data_dir / "uploads").exists(), "nothing was received in vain"
    boss = ordered(at, BOSS)
    refused = at.people[BOSS].post("/v1/exports", json={"list": "notices"})
    assert (refused.status_code, "of your agency" in refused.text) == (429, True)
    upload, other = at.handed(tips(198000001), user=OTHER), ordered(at, OTHER)

    # An export that takes for ever holds up no upload, and of each agency one job comes next.
    working = at.working()
    assert working.board.waiting(JobLane.EXPORTS) == [first[0], other]
    assert working.board.waiting(JobLane.INTAKE) == [upload]
    assert run_waiting(working, JobLane.INTAKE) == 1
    assert at.job(first[0])["state"] == "queued"
    came: list[str] = []
    do = running._do

    def noted(work: Working, key: str) -> int:
        came.append(key)
        return do(work, key)

    monkeypatch.setattr(running, "_do", noted)
    assert run_waiting(working, JobLane.EXPORTS) == 6
    assert came == [first[0], other, *first[1:], boss]
    assert ordered(at) != "", "those that ended count no more"


def test_a_job_that_ends_by_a_defect_is_tried_for_a_while_and_holds_up_nobody(
    at: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = ordered(at), ordered(at)
    write = write_export
    errors = [MemoryError("u1@example.com"), OSError("disk"), ValueError("u1@example.com")]
    raised = 0

    def odd(work: Working, job: JobRow) -> None:
        nonlocal raised
        if job.key == bad:
            raised += 1
            raise errors[raised % 3]
        write(work, job)

    monkeypatch.setattr(running, "write_export", odd)
    waits: list[int] = []
    with caplog.at_level(logging.ERROR, "crosstip.worker"):
        for number in range(1, MOST_TRIES + 1):
            at.worked()
            assert raised == number
            assert at.worked() == 0, "not again before its time"
            assert at.job(good)["state"] == "done"
            waits += _wait(at, bad)
            at.running.rows("MATCH (j:Job {key: $key}) SET j.until_us = 0", key=bad)
        assert at.worked() == 0
    assert raised == MOST_TRIES
    assert waits == sorted(waits)
    assert waits[-1] > 30 * waits[0]
    job = at.job(bad)
    assert job["state"] == "failed"
    assert f"ended {MOST_TRIES} times by a defect" in job["problem"]
    (reference,) = re.findall(r"reference ([0-9a-f]{8})", job["problem"])
    assert f"reference {reference}" in caplog.records[-1].getMessage()
    assert "example.com" not in caplog.text, "what an error says may be a value"


def test_a_job_whose_workers_do_not_come_back_is_given_up(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when it takes more memory than there is, and the process is killed each time."""
    key = ordered(at)
    for number in range(MOST_TRIES + 1):
        assert at.working(f"killed {number}").board.take(key) is not None
        at.running.rows("MATCH (j:Job {key: $key}) SET j.until_us = 0", key=key)
    monkeypatch.setattr(running, "write_export", None)
    assert at.worked() == 1
    assert at.job(key)["state"] == "failed"


def _wait(at: Office, key: str) -> list[int]:
    """Give for how long a job waits, where it does."""
    rows = at.running.rows(
        "MATCH (j:Job {key: $key}) WHERE j.open_us > 0 RETURN j.until_us - j.moved_us", key=key
    )
    return [int(str(row[0])) for row in rows]
