"""The machine that is measured on."""

from __future__ import annotations

import os
import platform
import sys

from bench.figures import Machine


def machine(load_before: float | None = None) -> Machine:
    """Give the machine as it is now; `load_before` is its load when the measurement began."""
    now = os.getloadavg()[0]
    return Machine(
        system=f"{platform.system()} {platform.machine()}",
        python=sys.version.split()[0],
        processors=os.cpu_count() or 1,
        load_before=now if load_before is None else load_before,
        load_after=now,
    )
