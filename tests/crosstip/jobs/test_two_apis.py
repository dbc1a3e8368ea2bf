"""Two APIs and a worker on one store: one job for one key, called off and followed from either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.queries.jobs import JobRow
from graph.services.job_work import JobBoard, Progress
from tests.api.offices import Offices
from tests.api.test_two_apis import LEAD, together, two_apis
from tests.crosstip.jobs.office import Office, tips
from tests.stores import RunningStore

_ROUNDS = 3


def asked(offices: Offices, what: str, key: str, number: int) -> httpx.Response:
    """Hand the same upload in, or order the same export."""
    headers = {"Idempotency-Key": key}
    if what == "exports":
        return offices.people[LEAD].post("/v1/exports", json={"list": "tips"}, headers=headers)
    return offices.people[LEAD].post(
        "/v1/documents",
        content=tips(*range(number, number + 4)),
        params={"synthetic": True},
        headers=headers,
    )


def job(offices: Offices, key: str) -> Any:
    """Give a job as one API shows it."""
    answer = offices.people[LEAD].get(f"/v1/jobs/{key}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_two_apis_have_one_line_of_jobs(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSTIP_BATCH_TIPS", "1")
    tmp_path.chmod(0o700)
    with two_apis(running_store, data_dir=tmp_path) as (one, two):
        keys: list[str] = []
        for number in range(_ROUNDS):
            for what in ("documents", "exports"):
                name = f"{what}-number-{number}"
                first = 198000000 + 10 * number
                answers = together(
                    lambda: asked(one, what, name, first),  # noqa: B023 - done within the round
                    lambda: asked(two, what, name, first),  # noqa: B023
                )
                # The second one comes while the first is done, or after it.
                assert {answer.status_code for answer in answers} <= {202, 409}
                done = {answer.json()["key"] for answer in answers if answer.status_code == 202}
                again = {asked(at, what, name, first).json()["key"] for at in (one, two)}
                assert len(done) == 1, [answer.text for answer in answers]
                assert again == done
                keys += done
                assert [job(at, keys[-1])["state"] for at in (one, two)] == ["queued"] * 2
        for at in (one, two):
            listed = at.people[LEAD].get("/v1/jobs").json()["items"]
            assert [line["key"] for line in listed] == keys[::-1]
        received = {path.name for path in (tmp_path / "uploads").iterdir() if path.is_dir()}
        assert received == set(keys[::2]), "nothing was received twice"
        _worked(running_store, tmp_path, monkeypatch, one, two, keys)


def _worked(
    running: RunningStore,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    one: Offices,
    two: Offices,
    keys: list[str],
) -> None:
    """Follow the first upload at both, and call the second one off at the other API."""
    office = Office(running=running, data_dir=data_dir, people=one.people)
    seen: list[int] = []
    move = JobBoard.move

    def followed(board: JobBoard, row: JobRow, progress: Progress) -> bool:
        goes_on = move(board, row, progress)
        if row.key == keys[0]:
            # What is noted is seen at both at once.
            assert [job(at, row.key)["done"] for at in (one, two)] == [progress.done] * 2
            seen.append(progress.done)
        elif row.key == keys[2] and progress.done == 2:
            answer = two.people[LEAD].post(f"/v1/jobs/{row.key}/cancel")
            assert answer.json()["state"] == "running"
            assert job(one, row.key)["cancel_at"] is not None
        return goes_on

    monkeypatch.setattr(JobBoard, "move", followed)
    assert office.worked() == len(keys)
    assert seen == [1, 2, 3, 4]
    for at in (one, two):
        ended = [job(at, key) for key in keys]
        assert [each["state"] for each in ended] == ["done", "done", "cancelled", *["done"] * 3]
        assert (ended[2]["done"], ended[2]["documents"]["left_out"]) == (3, 1)
        assert at.people[LEAD].get(f"/v1/exports/{keys[1]}/file").status_code == 200
    assert office.count() == (4 + 3 + 4, 4 + 3 + 4)
