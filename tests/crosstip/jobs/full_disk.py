"""An office whose data directory is a small disk of its own, which runs full and has room again.

Run as `python -m tests.crosstip.jobs.full_disk ENGINE DIRECTORY`, with the store in the
environment, in a mount namespace where DIRECTORY is a tmpfs of 1 MiB. Says `held` at its end.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final

import httpx
from typer.testing import CliRunner

from crosstip.main import app
from graph.settings import StoreSettings
from tests.crosstip.jobs.office import BOSS, LEAD, Office, office, tips
from tests.stores import RunningStore, running

BROKEN: Final = b'{"crosstip": "tip/1", "number": tru}'
KEY: Final = {"Idempotency-Key": "a-delivery-on-a-full-disk"}
NO_ROOM: Final = "No room is left on the worker's disk. It is tried again by itself."
COMMANDS: Final = (
    ("audit", "key", "new"),
    ("ingest", "--synthetic", "--as", LEAD, "more.jsonl"),
)
_PIECE = 4096


def fill(disk: Path) -> Path:
    """Take every free block of the disk, and give the file that does."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * _PIECE)
    assert disk_usage(disk).free == 0
    return ballast


def refused(answer: httpx.Response) -> None:
    """Come back when it says that there is no room, to a program and to a person."""
    assert answer.status_code == 507, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    said = answer.json()
    assert said["code"] == "storage-full"
    assert "no room" in said["detail"]
    assert "/" not in said["detail"], "no place on the machine"


def upload(at: Office, numbers: range) -> httpx.Response:
    """Hand tips in under a key, as a program does that tries again."""
    return at.people[LEAD].post(
        "/v1/documents", content=tips(*numbers), params={"synthetic": True}, headers=KEY
    )


def dismissed(at: Office, entry: str) -> httpx.Response:
    """Dismiss a document in quarantine."""
    return at.people[BOSS].post(f"/v1/quarantine/{entry}/dismiss", json={"why": "Torn."})


def while_full(at: Office, waiting: tuple[str, str], entry: str) -> None:
    """Ask for everything that needs room, and for what needs none."""
    before = sorted(path.name for path in (at.data_dir / "uploads").iterdir())
    refused(upload(at, range(198000020, 198000220)))
    assert sorted(path.name for path in (at.data_dir / "uploads").iterdir()) == before
    refused(dismissed(at, entry))
    ready = at.people[LEAD].get("/v1/ready").json()
    assert (ready["is_ready"], ready["disk"]) == (True, "full")
    assert any("Without room nothing is received" in warning for warning in ready["warnings"])
    assert at.worked() == 0
    for key in waiting:
        job = at.job(key)
        assert job["state"] == "running", job
        assert job["problem"] == NO_ROOM
    # What needs no room is answered as ever.
    assert at.people[LEAD].get("/v1/tips/ncmec:198000001").status_code == 200
    assert at.people[BOSS].get(f"/v1/quarantine/{entry}").json()["state"] == "waiting"
    assert at.people[LEAD].get("/v1/jobs").status_code == 200
    for words in COMMANDS:
        done = CliRunner().invoke(app, [*words])
        assert done.exit_code == 1, (words, done.output)
        assert "no room to" in done.output.casefold(), (words, done.output)


def with_room(at: Office, waiting: tuple[str, str], entry: str) -> None:
    """Find everything done that was acknowledged, and what was refused taken, without a restart."""
    at.running.rows("MATCH (j:Job) WHERE j.ended_us IS NULL SET j.until_us = 0")
    again = upload(at, range(198000020, 198000220))
    assert again.status_code == 202, again.text
    assert at.worked() == 3
    first, export = (at.job(key) for key in waiting)
    assert (first["state"], first["documents"]["recorded"]) == ("done", {"new tip": 8})
    assert first["documents"]["quarantined"] == 1
    file = at.people[LEAD].get(f"/v1/exports/{export['key']}/file")
    assert (file.status_code, len(file.content)) == (200, export["export"]["bytes"])
    late = at.job(again.json()["key"])
    assert late["documents"]["recorded"] == {"new tip": 200}
    assert at.count() == (209, 209)
    assert dismissed(at, entry).json()["state"] == "dismissed"
    assert at.people[LEAD].get("/v1/ready").json()["disk"] != "full"
    assert list((at.data_dir / "exports").glob("*.part")) == []


def play(store: RunningStore, disk: Path) -> None:
    """Let the disk run full between receipt and recording."""
    with office(store, disk) as at:
        at.handed(tips(198000001) + BROKEN)
        assert at.worked() == 1
        (line,) = at.people[BOSS].get("/v1/quarantine").json()["items"]
        more = tips(*range(198000002, 198000010)) + b'{"crosstip": "tip/1", "number": fal}'
        made = at.people[LEAD].post("/v1/exports", json={"list": "tips"})
        waiting = (at.handed(more), str(made.json()["key"]))
        os.chdir(disk)
        Path("more.jsonl").write_bytes(tips(*range(198000300, 198000310)))
        ballast = fill(disk)
        while_full(at, waiting, line["id"])
        ballast.unlink()
        with_room(at, waiting, line["id"])


def main(engine: str, disk: Path) -> None:
    """Open the store of the environment, and let everything else lie on the disk."""
    settings = StoreSettings()
    with running(engine, settings) as store:
        os.environ["CROSSTIP_DATA_DIR"] = str(disk)
        play(store, disk)
    sys.stdout.write("held\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
