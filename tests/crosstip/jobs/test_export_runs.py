"""Runs of exports: each with a file of its own, each row asked about again when it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crosstip.jobs import exports
from crosstip.jobs.working import Working
from graph.queries.jobs import JobRow
from graph.services.job_work import JobBoard, JobTakenError, Progress
from graph.services.jobs import JobState
from tests.api.offices import STATED
from tests.crosstip.jobs.office import LEAD, OTHER, Office, office
from tests.crosstip.jobs.test_exports import fetched, ordered
from tests.stores import RunningStore

MET = ("met0@example.com", "met1@example.com")
LISTS = ("claims", "conflicts", "notices")


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """Two offices that meet in two investigations of the first."""
    with office(running_store, tmp_path) as found:
        for user, cases in ((LEAD, ("A-0", "A-1")), (OTHER, ("B-0", "B-0"))):
            for case in dict.fromkeys(cases):
                body = {"reference": case, "purpose": "cybertip"}
                assert found.people[user].post("/v1/investigations", json=body).status_code == 201
            for case, value in zip(cases, MET, strict=True):
                claimed = found.people[user].post(
                    f"/v1/investigations/{case}/claims",
                    json={"claims": [{"value": value, **STATED}]},
                )
                assert claimed.json()["lines"][0]["outcome"] == "claimed"
        yield found


def end_rights(at: Office) -> None:
    """End the lead's right to one claim, one conflict and one notice."""
    at.running.rows(
        "MATCH (c:Claim {agency: 'alder'}) WITH c ORDER BY c.ref LIMIT 1 "
        "SET c.visibility = 'sealed', c.sealed_to = 'boss.alder', c.entered_by = 'boss.alder'"
    )
    at.running.rows(
        "MATCH (f:Conflict) WITH f ORDER BY f.ref LIMIT 1 "
        "SET f.first_told = 'supervisor', f.second_told = 'supervisor'"
    )
    at.running.rows(
        "MATCH (n:Notification {agency: 'alder'}) WITH n ORDER BY n.key LIMIT 1 "
        "SET n.recipients = ['boss.alder']"
    )


def test_a_right_that_ends_while_an_export_is_made_leaves_no_row(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [ordered(at, list=name) for name in LISTS]
    part = [ordered(at, list=name) for name in LISTS]
    late = ordered(at, list="claims", format="ndjson")
    go_on = exports._go_on
    ended: list[str] = []

    def ending(work: Working, job: JobRow, rows: int) -> None:
        """Between the reading of a page and the writing of its rows."""
        go_on(work, job, rows)
        if job.key == part[0] and len(ended) == 0:
            ended.append(job.key)
            end_rights(at)

    with monkeypatch.context() as patch:
        patch.setattr(exports, "_go_on", ending)
        at.worked()
    before, after = ([at.job(key)["export"]["rows"] for key in keys] for keys in (whole, part))
    assert before[:2] == [2, 2]
    assert after == [count - 1 for count in before]
    assert [fetched(at, key).status_code for key in part] == [200] * 3
    # Made before, and each record is asked about again: it is not given any more.
    assert [fetched(at, key).status_code for key in whole] == [409] * 3
    assert at.job(late)["export"]["rows"] == 1

    # The last right ends when the row is in the file: the file is made anew without it.
    again, changed = ordered(at, list="claims"), ordered(at, list="claims")
    sync = os.fsync

    def too_late(descriptor: int) -> None:
        sync(descriptor)
        at.running.rows("MATCH (c:Claim {agency: 'alder'}) SET c.review_due_us = 1")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", too_late)
        at.worked()
    assert "it is made anew" in at.job(again)["problem"]
    assert [path for path in (at.data_dir / "exports").iterdir() if again in path.name] == []
    at.running.rows("MATCH (j:Job {key: $key}) SET j.until_us = 0", key=again)
    assert at.worked() == 1
    assert [at.job(key)["export"]["rows"] for key in (again, changed)] == [0, 0]


def test_roles_that_change_while_an_export_is_made_end_it(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ordered(at, list="claims")
    go_on = exports._go_on

    def ending(work: Working, job: JobRow, rows: int) -> None:
        go_on(work, job, rows)
        at.running.rows(
            "MATCH (u:User {key: $user}) SET u.roles = u.roles + ['auditor']", user=LEAD
        )

    monkeypatch.setattr(exports, "_go_on", ending)
    at.worked()
    rows = at.running.rows("MATCH (j:Job {key: $key}) RETURN j.state, j.problem", key=key)
    assert rows == [("failed", "Your roles changed while this was made. Have it made anew.")]
    assert list((at.data_dir / "exports").iterdir()) == []


def test_a_worker_that_lost_its_lease_leaves_no_file(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ordered(at, list="claims")
    end = JobBoard.end
    folder = at.data_dir / "exports"
    seen: list[set[str]] = []

    def lost(board: JobBoard, job: JobRow, state: JobState, progress: Progress) -> None:
        """Right before it is ended another worker has it, and is done with it."""
        seen.append({path.name for path in folder.iterdir()})
        if job.fence == 1:
            at.running.rows("MATCH (j:Job {key: $key}) SET j.until_us = 0", key=key)
            assert at.worked("quicker") == 1
            (folder / f"{key}.1").write_bytes(b"of a worker that lost it")
        end(board, job, state, progress)

    with monkeypatch.context() as patch:
        patch.setattr(JobBoard, "end", lost)
        assert at.worked("slower") == 0
    one, two = ({f"{key}.{fence}", f"{key}.{fence}.records"} for fence in (1, 2))
    assert seen == [one, one | two], "neither writes what the other does"
    assert {path.name for path in folder.iterdir()} == two
    assert len(fetched(at, key).text.splitlines()) == 3

    # The answer to its end is lost, and the repetition finds it ended: the file is the one.
    key = ordered(at, list="claims")

    def unheard(board: JobBoard, job: JobRow, state: JobState, progress: Progress) -> None:
        end(board, job, state, progress)
        raise JobTakenError("It has ended.")

    with monkeypatch.context() as patch:
        patch.setattr(JobBoard, "end", unheard)
        at.worked()
    assert fetched(at, key).status_code == 200
