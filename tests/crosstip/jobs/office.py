"""An office whose uploads a worker of the test's own records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from crosstip.jobs.running import run_waiting
from crosstip.jobs.working import Working
from crosstip.main import app
from graph.clock import now_us
from graph.services.job_work import JobBoard
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.people import staff
from tests.stores import RunningStore

LEAD, BOSS, OTHER = "lead.alder", "boss.alder", "lead.birch"


def tip(number: int) -> str:
    """Give a tip in Crosstip's own format."""
    said = {
        "crosstip": "tip/1",
        "synthetic": True,
        "number": str(number),
        "provider": "Example",
        "identifiers": [{"kind": "Email", "value": f"u{number}@example.com", "role": "reported"}],
    }
    return json.dumps(said)


def tips(*numbers: int) -> bytes:
    """Give a file of tips, one a line."""
    return "".join(f"{tip(number)}\n" for number in numbers).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A running API, who is logged on there, and the folder that it shares with workers."""

    running: RunningStore
    data_dir: Path
    people: dict[str, httpx.Client]

    def working(self, name: str = "worker", *, lease_us: int = 60_000_000) -> Working:
        """Give what a worker works with."""
        settings = self.running.settings.model_copy(update={"data_dir": self.data_dir})
        board = JobBoard(store=self.running.store, holder=name, lease_us=lease_us)
        with opener_of(self.running.store)() as found:
            return Working(found=found, settings=settings, board=board)

    def worked(self, name: str = "worker") -> int:
        """Do what waits and give how many jobs were done."""
        return run_waiting(self.working(name))

    def handed(self, data: bytes, *, user: str = LEAD, **params: Any) -> str:
        """Upload something and give the job's key."""
        answer = self.people[user].post(
            "/v1/documents", content=data, params={"synthetic": True, **params}
        )
        assert answer.status_code == 202, answer.text
        key = str(answer.json()["key"])
        assert answer.headers["Location"] == f"/v1/jobs/{key}"
        return key

    def job(self, key: str, user: str = LEAD) -> Any:
        """Give a job as somebody sees it."""
        answer = self.people[user].get(f"/v1/jobs/{key}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def count(self) -> tuple[object, ...]:
        """Give how many tips and how many of their versions there are."""
        tips = self.running.rows("MATCH (t:Tip) RETURN count(t)")[0][0]
        return tips, self.running.rows("MATCH (v:TipVersion) RETURN count(v)")[0][0]


@contextmanager
def office(running: RunningStore, data_dir: Path) -> Iterator[Office]:
    """Give alder and birch with somebody logged on at each."""
    staff(running.store, "alder", "birch", at_us=now_us())
    data_dir.chmod(0o700)
    with (
        live_api(opener_of(running.store), data_dir=data_dir) as live,
        logged_on_as(live, running.store, LEAD) as lead,
        logged_on_as(live, running.store, BOSS) as boss,
        logged_on_as(live, running.store, OTHER) as other,
    ):
        people = {LEAD: lead, BOSS: boss, OTHER: other}
        yield Office(running=running, data_dir=data_dir, people=people)


def commanded(at: Office, user: str, *words: str, code: int = 0) -> str:
    """Give what `crosstip remote` says as somebody, while a worker works."""
    http = at.people[user]
    said: list[tuple[int, str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSTIP_URL", str(http.base_url))
        patch.setenv("CROSSTIP_KEY", http.headers["Authorization"].removeprefix("Bearer "))

        def ask() -> None:
            done = CliRunner().invoke(app, ["remote", *words])
            said.append((done.exit_code, done.output))

        asking = Thread(target=ask)
        asking.start()
        while asking.is_alive():
            at.worked()
            asking.join(0.1)
    ((ended, output),) = said
    assert ended == code, output
    return output
