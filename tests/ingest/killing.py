"""Rounds of ingest that are killed, and what must hold after each of them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from graph.settings import StoreSettings
from ingest.received import sha256_of
from ingest.spool import Spool
from tests.graph.services.test_recording import snapshot
from tests.ingest.kill_driver import world_files
from tests.stores import RunningStore
from world.generate import write_world

TIPS = 300
_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 90.0


class Ingest:
    """A process that ingests a world, once it is told to."""

    def __init__(self, settings: StoreSettings, site: Path, world: Path) -> None:
        """Start it; it waits for `go`."""
        store = {
            "CROSSTIP_DATA_DIR": str(settings.data_dir),
            "CROSSTIP_STORE": settings.store,
            "CROSSTIP_STORE_USER": settings.store_user,
            "CROSSTIP_RETRY_FOR_S": "3",
        }
        if settings.store_password is not None:
            store["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
        self._log = (site.parent / f"{site.name}.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ingest.kill_driver", str(site), str(world)],
            cwd=_ROOT,
            env={**os.environ, **store},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )

    def __enter__(self) -> Self:
        """Give the process itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind."""
        self.kill()

    def go(self) -> None:
        """Wait until it is ready and let it begin."""
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        assert self._process.stdout.readline() == b"ready\n"
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """Kill it at once; nothing when it has ended."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def wait(self) -> int:
        """Give its exit code when it has ended by itself."""
        return self._process.wait(_PATIENCE_S)

    def recorded_files(self) -> int:
        """Give how many files it said were recorded; call it when it has ended."""
        assert self._process.stdout is not None
        said = self._process.stdout.read().split(b"\n")[:-1]
        return max((int(line.split()[1]) for line in said if line.startswith(b"done ")), default=0)


@dataclass(slots=True, kw_only=True)
class Rounds:
    """Everything that the rounds on one store share."""

    directory: Path
    world: Path
    seed: int
    opened: Callable[[], RunningStore]
    """Gives the open store, opened anew when its engine was killed."""
    kill_engine: Callable[[], None]
    """Kills the engine and starts it again when it does not come back by itself."""
    dice: random.Random = field(init=False)
    wanted: tuple[list[object], list[object]] = field(init=False)
    seconds: float = field(init=False)
    """How long a run takes that nobody disturbs."""
    documents: list[str] = field(init=False)
    """Hash of each file, empty for tables, in the order in which they are taken in."""

    def __post_init__(self) -> None:
        """Ingest once undisturbed."""
        self.dice = random.Random(self.seed)
        self.documents = [
            "" if path.suffix == ".csv" else sha256_of(path.read_bytes())
            for path in world_files(self.world)
        ]
        self.opened().wipe(synthetic=True)
        with self._ingest(self.directory / "undisturbed") as run:
            run.go()
            began = time.monotonic()
            assert run.wait() == 0
        self.seconds = time.monotonic() - began
        self.wanted = snapshot(self.opened())

    def one(self, number: int, *, with_engine: bool = False, twice: bool = False) -> None:
        """Kill one ingest at a random moment, and what else is asked for; then finish and check."""
        self.opened().wipe(synthetic=True)
        site = self.directory / f"round {number}"
        what = f"seed {self.seed}, round {number}, engine {with_engine}, twice {twice}"
        self._killed(site, with_engine=with_engine, what=what)
        if twice:
            self._killed(site, with_engine=False, what=what)
        with self._ingest(site) as run:
            run.go()
            assert run.wait() == 0, f"{what}: {site}.log"
        found = snapshot(self.opened())
        for one, wanted in zip(found, self.wanted, strict=True):
            assert one == wanted, f"{what}: {_difference(one, wanted)}"
        with Spool(site / "spool") as spool:
            assert list(spool.pending()) == [], what

    def _killed(self, site: Path, *, with_engine: bool, what: str) -> None:
        with self._ingest(site) as run:
            run.go()
            time.sleep(self.dice.uniform(0.0, self.seconds))
            if with_engine:
                self.kill_engine()
                if self.dice.random() < 0.5:
                    run.wait()  # It ends by itself: its store is gone, or came back in time.
            run.kill()
            files = run.recorded_files()
        rows = self.opened().rows("MATCH (d:Document)<-[:STATED_IN]-(:TipVersion) RETURN d.key")
        there = {key for (key,) in rows}
        lost = [sha for sha in self.documents[:files] if sha != "" and sha not in there]
        assert lost == [], f"{what}: {len(lost)} of {files} recorded files are gone"

    def _ingest(self, site: Path) -> Ingest:
        site.mkdir(mode=0o700, exist_ok=True)
        return Ingest(self.opened().settings, site, self.world)


def _difference(found: list[object], wanted: list[object]) -> str:
    known = {repr(item) for item in wanted}
    here = {repr(item) for item in found}
    return f"more: {sorted(here - known)[:3]}, less: {sorted(known - here)[:3]}"


def write_kill_world(directory: Path) -> Path:
    """Write the world that the rounds take in."""
    world = directory / "world"
    truth = write_world(world, seed=11, tips=TIPS)
    assert truth.documents > 450
    return world
