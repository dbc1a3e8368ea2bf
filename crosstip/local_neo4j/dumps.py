"""A dump of a local Neo4j, and back. Community dumps and loads only while the server is stopped."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from crosstip.local_neo4j.artifacts import default_cache, fetch_neo4j, find_java
from crosstip.local_neo4j.errors import LocalNeo4jError
from crosstip.local_neo4j.home import OPENED, Neo4jHome

DUMP = "neo4j.dump"
_ADMIN = "org.neo4j.cli.AdminTool"
_LIMIT_S = 6 * 3600


def dump(home: Path, to: Path, *, cache: Path | None = None) -> Path:
    """Write the database of a stopped server to a directory and give the file.

    Raises:
        LocalNeo4jError: the server runs, or Neo4j's tool failed.
    """
    _admin(home, ["database", "dump", "neo4j", f"--to-path={to}"], cache)
    return to / DUMP


def load(home: Path, source: Path, *, cache: Path | None = None) -> None:
    """Make the database of a new folder out of the dump in a directory.

    Raises:
        LocalNeo4jError: the folder is in use, or Neo4j's tool failed.
    """
    arguments = ["database", "load", "neo4j", f"--from-path={source}"]
    _admin(home, [*arguments, "--overwrite-destination=true"], cache)


def _admin(path: Path, arguments: list[str], cache: Path | None) -> None:
    java = find_java()
    lib = fetch_neo4j(cache if cache is not None else default_cache())
    home = Neo4jHome(path.resolve())
    held = home.hold()
    try:
        home.settings.mkdir(exist_ok=True)
        (home.settings / "neo4j.conf").touch()
        done = subprocess.run(
            [str(java), *OPENED, "-cp", f"{lib}/*", _ADMIN, *arguments],
            env={**os.environ, "NEO4J_HOME": str(home.path), "NEO4J_CONF": str(home.settings)},
            capture_output=True,
            text=True,
            check=False,
            timeout=_LIMIT_S,
        )
    finally:
        os.close(held)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-500:]
        raise LocalNeo4jError(
            f"Neo4j's tool could not do `{' '.join(arguments[:2])}` for {path}: {said}"
        )
