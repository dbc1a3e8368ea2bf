"""A worker in a process of its own that stops in its third batch, to be killed there.

Run as `python -m tests.crosstip.jobs.stopping_worker DATA_DIR`, with the store in the environment.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from crosstip.jobs.running import run_waiting
from crosstip.jobs.working import Working
from graph.opening import open_store
from graph.queries.jobs import JobRow
from graph.services.job_work import JobBoard, Progress
from graph.settings import StoreSettings

_NOTED = 2


@dataclass(frozen=True, kw_only=True)
class Stopping(JobBoard):
    """Notes two batches, and stops before the third is noted."""

    def move(self, job: JobRow, progress: Progress) -> bool:
        """Note how far a job is, or stop for good."""
        if progress.done > _NOTED:
            sys.stdout.write("stopped\n")
            sys.stdout.flush()
            threading.Event().wait()
        return super().move(job, progress)


def main(data_dir: Path) -> None:
    """Do the jobs that wait."""
    settings = StoreSettings()
    with open_store(settings) as found:
        board = Stopping(store=found.store, holder="stopping", lease_us=1_000_000)
        here = settings.model_copy(update={"data_dir": data_dir})
        run_waiting(Working(found=found, settings=here, board=board))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
