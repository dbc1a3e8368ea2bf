"""`python -m crosstip.local_neo4j fetch` brings Neo4j, `… run HOME` starts one until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from crosstip.local_neo4j import LocalNeo4jError, Neo4jServer, default_cache, fetch_neo4j
from crosstip.local_neo4j.artifacts import find_java

_USAGE = "usage: python -m crosstip.local_neo4j fetch | run HOME\n"


def _run(home: Path) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Neo4jServer(home) as server:
        sys.stdout.write(f"{server.uri} user {server.user}, password in {home / 'password'}\n")
        sys.stdout.flush()
        while server.is_running and not stop.wait(0.5):
            pass


def main(arguments: list[str]) -> int:
    """Do what the command line says; give the exit status (2: not understood)."""
    try:
        match arguments:
            case ["fetch"]:
                find_java()
                sys.stdout.write(f"{fetch_neo4j(default_cache())}\n")
            case ["run", home]:
                _run(Path(home))
            case _:
                sys.stderr.write(_USAGE)
                return 2
    except LocalNeo4jError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
