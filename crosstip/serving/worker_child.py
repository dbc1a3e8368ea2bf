"""The worker's process: `python -m crosstip.serving.worker_child LOG`, started by `up`.

It ends on SIGTERM, and when its standard input ends: that is the parent's, so that it goes
whatever way the parent does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from crosstip.serving.worker import serve_worker
from graph.errors import CrosstipError

_HARD_LIMIT_S = 15.0


def main(log: Path) -> int:
    """Run the timetable of the store that the environment describes; give the exit status."""
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    try:
        serve_worker(log=log)
    except CrosstipError as error:
        sys.stderr.write(f"crosstip: {error}\n")
        return 1
    return 0


def _end_with_parent() -> None:
    # Not sys.stdin: its lock, held by this thread, would break the end of the interpreter.
    while os.read(0, 64) != b"":
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_HARD_LIMIT_S)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
