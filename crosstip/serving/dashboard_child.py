"""The dashboard's process: `python -m crosstip.serving.dashboard_child`, started by `up`.

It ends on SIGTERM, and when its standard input ends: that is the parent's, so that it goes
whatever way the parent does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from dashboard.serving import run
from dashboard.settings import DashboardSettings

_HARD_LIMIT_S = 5.0


def main() -> None:
    """Serve the pages that the environment describes."""
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    run(DashboardSettings())


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 64) != b"":
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    # An open browser tab must not keep it.
    threading.Event().wait(_HARD_LIMIT_S)
    os._exit(0)


if __name__ == "__main__":
    main()
