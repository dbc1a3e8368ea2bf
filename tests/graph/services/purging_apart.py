"""Runs a purge in a process of its own, which a test kills: `python -m … <settings> <time>`."""

from __future__ import annotations

import json
import sys

from graph.opening import open_store
from graph.services.callers import caller_of
from graph.services.retention_purge import run_purge
from graph.settings import StoreSettings
from tests.graph.services.people import later


def _say() -> None:
    sys.stdout.write("on\n")
    sys.stdout.flush()


def main(settings: str, later_us: int) -> None:
    """Purge, saying so before each record."""
    with open_store(StoreSettings(**json.loads(settings))) as opened:
        caller = later(caller_of(opened.store, "ops"), later_us)
        run_purge(caller, opened.store, go_on=_say)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
