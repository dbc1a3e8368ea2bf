"""A disk that runs full under API, worker and commands, and has room again.

A real small file system (tmpfs in a namespace of the child's own). Where the machine mounts none
it is skipped, and `tests/ingest/test_spool_processes.py` (a file size limit) stands for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import RunningStore

_ROOT = Path(__file__).parents[3]
_NO_MOUNT = 77
_SCRIPT = (
    'mount -t tmpfs -o size=1m,mode=700 tmpfs "$2" || exit 77; '
    'exec "$3" -m tests.crosstip.jobs.full_disk "$1" "$2"'
)
_OWN_SPACE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _SCRIPT, "sh")


@pytest.mark.parametrize("running_store", ["neo4j"], indirect=True)
def test_what_was_acknowledged_is_kept_and_goes_on_by_itself(
    running_store: RunningStore, tmp_path: Path
) -> None:
    settings = running_store.settings
    store = {
        "CROSSTIP_DATA_DIR": str(settings.data_dir),
        "CROSSTIP_STORE": settings.store,
        "CROSSTIP_STORE_USER": settings.store_user,
    }
    if settings.store_password is not None:
        store["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
    mount = tmp_path / "small"
    mount.mkdir(mode=0o700)
    words = [*_OWN_SPACE, running_store.engine, str(mount), sys.executable]
    try:
        done = subprocess.run(
            words,
            cwd=_ROOT,
            env={**os.environ, **store},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no unshare(1) here")
    if done.returncode == _NO_MOUNT or "unshare" in done.stderr:
        pytest.skip("no mount allowed here")
    assert done.stdout == "held\n", done.stdout + done.stderr
