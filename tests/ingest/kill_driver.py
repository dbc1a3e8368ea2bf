"""Ingests a world in a process of its own, to be killed; says what is recorded as it goes.

Run as `python -m tests.ingest.kill_driver WORLD`, with the store in the environment. It prints
`ready`, waits on standard input for the folder of spool, vault and quarantine, and then prints
`done N` whenever the first N files are recorded, and `end` at the end.
"""

from __future__ import annotations

import sys
from pathlib import Path

from graph.opening import open_store
from graph.settings import StoreSettings
from ingest.pipeline import Intake
from ingest.receiving import Declared
from ingest.settings import IntakeSettings
from ingest.site import open_site
from ingest.sources import find_files
from ingest.summary import Summary

BATCH = 40


def world_files(world: Path) -> list[Path]:
    """Give the files of a world in the order in which they are taken in."""
    return find_files([world / "agencies.csv", world / "claims.csv", world / "tips"])


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _done(files: int, _summary: Summary) -> None:
    _say(f"done {files}")


def main(world: Path) -> None:
    """Recover, then ingest."""
    paths = world_files(world)
    _say("ready")
    site_dir = Path(sys.stdin.readline().removesuffix("\n"))
    with (
        open_store(StoreSettings(), synthetic=True) as found,
        open_site(site_dir, IntakeSettings()) as site,
    ):
        intake = Intake(found.store, site, synthetic=True, actor="test", batch_tips=BATCH)
        intake.recover()
        intake.ingest(paths, declared=Declared(synthetic=True), progress=_done)
    _say("end")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
