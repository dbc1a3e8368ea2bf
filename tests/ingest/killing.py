"""Rounds of ingest that are killed, and what must hold after each of them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from graph.settings import StoreSettings
from ingest.received import sha256_of
from ingest.spool import Spool
from tests.graph.services.test_recording import snapshot
from tests.ingest.kill_driver import BATCH, world_files
from tests.stores import RunningStore
from world.generate import write_world

TIPS = 300
_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 90.0


class Ingest:
    """A process that ingests a world, once it is told to."""

    def __init__(self, settings: StoreSettings, world: Path) -> None:
        """Start it; it waits for `go`."""
        store = {
            "CROSSTIP_DATA_DIR": str(settings.data_dir),
            "CROSSTIP_STORE": settings.store,
            "CROSSTIP_STORE_USER": settings.store_user,
            "CROSSTIP_RETRY_FOR_S": "3",
            # One key for all rounds: the HMAC that stands for a chat's content follows from it.
            "CROSSTIP_KEYS_DIR": str(world.parent / "keys"),
        }
        if settings.store_password is not None:
            store["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
        self._said: list[bytes] = []
        self._log = (world.parent / "ingests.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ingest.kill_driver", str(world)],
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

    def go(self, site: Path) -> None:
        """Wait until it is ready and let it begin."""
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        assert self._process.stdout.readline() == b"ready\n"
        self._process.stdin.write(f"{site}\n".encode())
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

    def follow(self, batches: int) -> None:
        """Come back when it has said so many times what is recorded, or has ended."""
        assert self._process.stdout is not None
        while len(self._said) < batches and (line := self._process.stdout.readline()) != b"":
            self._said.append(line)

    def recorded_files(self) -> int:
        """Give how many files it said were recorded; call it when it has ended."""
        assert self._process.stdout is not None
        said = (b"".join(self._said) + self._process.stdout.read()).split(b"\n")[:-1]
        return max((int(line.split()[1]) for line in said if line.startswith(b"done ")), default=0)


class Rounds:
    """Rounds on one store. Use it in a `with` statement: it keeps a process in waiting."""

    def __init__(
        self,
        directory: Path,
        world: Path,
        *,
        seed: int,
        opened: Callable[[], RunningStore],
        kill_engine: Callable[[], None],
    ) -> None:
        """Prepare rounds whose kills follow from `seed`.

        Args:
            directory: where spool, vault and quarantine of each round go.
            world: what is taken in.
            opened: gives the open store, opened anew when its engine was killed.
            kill_engine: kills the engine, and starts it when it does not come back by itself.
        """
        self._directory = directory
        self._world = world
        self._seed = seed
        self._dice = random.Random(seed)
        self._opened = opened
        self._kill_engine = kill_engine
        self._documents = [
            "" if path.suffix == ".csv" else sha256_of(path.read_bytes())
            for path in world_files(world)
        ]
        self._settings = opened().settings
        self._waiting = Ingest(self._settings, world)
        self._batches = 0
        self._wanted = self._undisturbed()

    def __enter__(self) -> Self:
        """Give the rounds themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind."""
        self._waiting.kill()

    def one(self, number: int, *, with_engine: bool = False, twice: bool = False) -> None:
        """Kill one ingest at a random moment, and what else is asked for; then finish and check."""
        what = f"seed {self._seed}, round {number}, engine {with_engine}, twice {twice}"
        self._opened().wipe(synthetic=True)
        site = self._site(f"round {number}")
        self._killed(site, with_engine=with_engine, what=what)
        if twice:
            self._killed(site, with_engine=False, what=what)
        with self._next() as run:
            run.go(site)
            assert run.wait() == 0, f"{what}: see {self._world.parent / 'ingests.log'}"
        for found, wanted in zip(snapshot(self._opened()), self._wanted, strict=True):
            assert found == wanted, f"{what}: {_difference(found, wanted)}"
        with Spool(site / "spool") as spool:
            assert list(spool.pending()) == [], what

    def _undisturbed(self) -> tuple[Sequence[object], Sequence[object]]:
        """Give the graph that a run makes which nobody disturbs."""
        self._opened().wipe(synthetic=True)
        with self._next() as run:
            run.go(self._site("undisturbed"))
            assert run.wait() == 0, f"see {self._world.parent / 'ingests.log'}"
            assert run.recorded_files() == len(self._documents)
        self._batches = len(self._documents) // BATCH
        return snapshot(self._opened())

    def _killed(self, site: Path, *, with_engine: bool, what: str) -> None:
        with self._next() as run:
            run.go(site)
            run.follow(self._dice.randint(0, self._batches))
            time.sleep(self._dice.expovariate(5.0))
            if with_engine:
                self._kill_engine()
                if self._dice.random() < 0.5:
                    run.wait()  # It ends by itself: its store is gone, or came back in time.
            run.kill()
            files = run.recorded_files()
        rows = self._opened().rows("MATCH (d:Document)<-[:STATED_IN]-(:TipVersion) RETURN d.key")
        there = {key for (key,) in rows}
        lost = [sha for sha in self._documents[:files] if sha != "" and sha not in there]
        assert lost == [], f"{what}: {len(lost)} of {files} recorded files are gone"

    def _next(self) -> Ingest:
        """Give the process in waiting, and begin another one: it takes a second to be ready."""
        found, self._waiting = self._waiting, Ingest(self._settings, self._world)
        return found

    def _site(self, name: str) -> Path:
        site = self._directory / name
        site.mkdir(mode=0o700)
        return site


def _difference(found: Sequence[object], wanted: Sequence[object]) -> str:
    known = {repr(item) for item in wanted}
    here = {repr(item) for item in found}
    return f"more: {sorted(here - known)[:3]}, less: {sorted(known - here)[:3]}"


def write_kill_world(directory: Path) -> Path:
    """Write the world that the rounds take in."""
    world = directory / "world"
    truth = write_world(world, seed=11, tips=TIPS)
    assert truth.documents > 450
    return world
