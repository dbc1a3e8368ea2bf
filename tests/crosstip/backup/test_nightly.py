"""The worker's backup: what it says, and which it keeps."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from crosstip.backup.nightly import make_nightly
from crosstip.upkeep.table import At, DutyFailedError
from crosstip.upkeep.who import resolver
from graph.opening import open_store
from tests.stores import RunningStore


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_the_workers_backup_says_what_is_not_in_it_and_keeps_the_newest(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "backups"
    monkeypatch.delenv("CROSSTIP_BACKUP_KEY", raising=False)
    for name, value in (
        ("DATA_DIR", str(running_store.settings.data_dir)),
        ("BACKUP_DIR", str(directory)),
        ("BACKUP_KEEP", "1"),
        ("VAULT", str(tmp_path / "unmounted")),
    ):
        monkeypatch.setenv(f"CROSSTIP_{name}", value)
    with open_store(running_store.settings) as found:
        caller = resolver(None)(running_store.store)
        at = At(
            found=found,
            caller=caller,
            settings=running_store.settings,
            worker="test",
            stop=threading.Event(),
        )
        with pytest.raises(DutyFailedError, match="is not there"):
            make_nightly(at)
        directory.mkdir()
        other = directory / "kept by hand"
        other.touch()
        killed, running = (directory / f"crosstip-1.backup.{n}.part" for n in ("ab", "cd"))
        for path, seconds in ((killed, 90_000), (running, 3_600)):
            path.touch()
            os.utime(path, (caller.as_of_us / 1e6 - seconds,) * 2)
        make_nightly(at)
        assert (killed.exists(), running.exists()) == (False, True)
        (first,) = directory.glob("*.backup")
        later = replace(caller, as_of_us=caller.as_of_us + 1_000_000)
        said = make_nightly(replace(at, caller=later)).outcome
    (second,) = directory.glob("*.backup")
    assert second.name > first.name
    assert other.exists()
    assert "NOT sealed, 1 old ones removed; not in it: " in said
    assert "unmounted: there is no such directory" in said
