"""A consistent copy of the embedded engine's database while it works, and back.

The engine writes the copy below its own directory; whoever asks moves it elsewhere. It holds every
transaction that was committed before it began, and none by half (`engines.md`, "Running it").
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from graph.engines.admin import DATABASE
from graph.engines.embedded import EmbeddedEngine
from graph.errors import EngineError

_RESTORE = "com.arcadedb.integration.restore.Restore"
_LIMIT_S = 6 * 3600.0


@contextmanager
def copied(engine: EmbeddedEngine) -> Iterator[Path]:
    """Give a file with a copy of the database; it is removed at the end.

    Raises:
        EngineError: the engine could not write it, as on a full disk.
    """
    rows = engine.sql("BACKUP DATABASE", timeout_s=_LIMIT_S)
    name = rows[0].get("backupFile") if len(rows) > 0 else None
    if not isinstance(name, str) or "/" in name:
        raise EngineError(f"The engine of {engine.data_dir} did not say where its copy is.")
    path = engine.data_dir / "backups" / DATABASE / name
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def restored(copy: Path, data_dir: Path) -> None:
    """Make the database of a new engine directory out of a copy; no engine may run there.

    Raises:
        EngineError: the copy is damaged, or the disk is full.
    """
    target = data_dir / "databases" / DATABASE
    if target.exists():
        raise EngineError(f"{data_dir} holds a database already: restore into a new directory.")
    target.parent.mkdir(mode=0o700, parents=True)
    package = _package()
    # The engine's tool takes no absolute path.
    root = Path(os.path.commonpath([copy.resolve(), target.resolve()]))
    done = subprocess.run(
        [
            str(package / "jre" / "bin" / "java"),
            "-cp",
            f"{package / 'jars'}/*",
            _RESTORE,
            "-f",
            str(copy.resolve().relative_to(root)),
            "-d",
            str(target.resolve().relative_to(root)),
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LIMIT_S,
    )
    if done.returncode != 0 or not (target / "schema.json").is_file():
        lines = [line for line in done.stderr.splitlines() if "Exception" in line]
        raise EngineError(
            f"The engine's copy could not be restored to {target}: "
            f"{lines[-1] if len(lines) > 0 else 'its tool did not say why'}"
        )


def _package() -> Path:
    spec = find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        raise EngineError("The embedded engine is not installed here: nothing can be restored.")
    return Path(spec.origin).parent
