"""Restores a backup to a directory that is not there yet.

Everything is put beside its place (`….restoring`), compared with the manifest and the log's roots,
and renamed only then: what does not hold is never opened for work.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from crosstip.backup.archive import unpack
from crosstip.backup.errors import BackupError
from crosstip.backup.heads import check_restored
from crosstip.backup.keys import BackupKey
from crosstip.backup.manifest import NEO4J, STORE_FILES, Manifest
from crosstip.local_neo4j import Neo4jServer
from crosstip.local_neo4j.dumps import DUMP, load
from crosstip.session import actor
from graph.clock import iso, now_us
from graph.engines import copies
from graph.engines.locks import holder_of
from graph.engines.paths import EngineFiles
from graph.opening import open_store, open_untouched
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_verify import Verification
from graph.settings import StoreSettings
from ingest.durable_files import GroupSync, sync_directory

_ENGINE_ENDS_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a backup goes."""

    data_dir: Path
    neo4j_home: Path | None = None
    """Folder of a new Neo4j that Crosstip runs itself."""
    neo4j_dump_to: Path | None = None
    """Directory for the dump, to be loaded into a Neo4j outside by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore came to."""

    manifest: Manifest
    verified: Verification | None
    """None: the dump is to be loaded by hand, and then compared by a second step."""


def restore(backup: Path, target: Target, *, key: BackupKey | None) -> Restored:
    """Restore a backup, or, for a Neo4j outside, everything but its database.

    Raises:
        DamagedBackupError: it is not what was written.
        BackupError: there is something at its place already, it is for the other engine, or what
            was restored is not what was backed up: then it stays beside, and nothing is opened.
        StoreError: the restored store does not start.
    """
    if target.neo4j_dump_to is not None and (target.neo4j_dump_to / DUMP).exists():
        raise BackupError(f"{target.neo4j_dump_to / DUMP} is there already: name another place.")
    staged = _beside(target.data_dir)
    staged.mkdir(mode=0o700, parents=True)
    try:
        manifest = unpack(backup, key, staged)
        _refuse_other_engine(manifest, target)
        store_file = staged / STORE_FILES[manifest.engine]
        if target.neo4j_dump_to is not None:
            target.neo4j_dump_to.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(store_file, target.neo4j_dump_to / DUMP)
            shutil.rmtree(store_file.parent)
            return Restored(manifest=manifest, verified=None)
    except BaseException:
        shutil.rmtree(staged)
        raise
    if target.neo4j_home is not None:
        verified = _into_own_neo4j(target, target.neo4j_home, staged, manifest)
    else:
        verified = _into_embedded(target, staged, store_file, manifest)
    return Restored(manifest=manifest, verified=verified)


def finish_outside(backup: Path, target: Target, *, key: BackupKey | None) -> Restored:
    """Compare a Neo4j outside, into which the dump was loaded, and put the files in their place.

    The Neo4j is the one that CROSSTIP_STORE names.

    Raises:
        BackupError: the first step was not done, or the store is not what was backed up.
        DamagedBackupError, StoreError: as for `restore`.
    """
    staged = _name_beside(target.data_dir)
    if not staged.is_dir():
        raise BackupError(f"{staged} is not there: run the first step (--neo4j-dump-to) before.")
    if StoreSettings().is_embedded:
        raise BackupError(
            "CROSSTIP_STORE names no Neo4j: set it to the one into which the dump was loaded."
        )
    manifest = unpack(backup, key, None)
    settings = StoreSettings().model_copy(update={"data_dir": staged})
    with open_untouched(settings) as store:
        verified = check_restored(store, manifest)
    _into_place(staged, target.data_dir)
    _note(settings.model_copy(update={"data_dir": target.data_dir}), manifest)
    return Restored(manifest=manifest, verified=verified)


def _into_embedded(
    target: Target, staged: Path, store_file: Path, manifest: Manifest
) -> Verification:
    engine = staged / "engine"
    engine.mkdir(mode=0o700)
    copies.restored(store_file, engine)
    shutil.rmtree(store_file.parent)
    settings = StoreSettings(data_dir=staged, store="embedded")
    with open_untouched(settings) as store:
        verified = check_restored(store, manifest)
        _note(settings, manifest)
    _await_end(engine)
    _into_place(staged, target.data_dir)
    return verified


def _into_own_neo4j(target: Target, home: Path, staged: Path, manifest: Manifest) -> Verification:
    staged_home = _beside(home)
    load(staged_home, (staged / STORE_FILES[NEO4J]).parent)
    shutil.rmtree(staged / "store")
    with Neo4jServer(staged_home) as server:
        settings = StoreSettings(
            data_dir=staged,
            store=server.uri,
            store_user=server.user,
            store_password=SecretStr(server.password),
        )
        with open_untouched(settings) as store:
            verified = check_restored(store, manifest)
        _note(settings, manifest)
    _into_place(staged_home, home)
    _into_place(staged, target.data_dir)
    return verified


def _note(settings: StoreSettings, manifest: Manifest) -> None:
    """Write into the log that a restore took place: what came after the backup is not there."""
    leaf = Leaf(
        action="backup.restored",
        object="store",
        outcome=f"the backup of {iso(manifest.made_us)}",
    )
    with open_store(settings) as opened:
        opened.store.writing(
            lambda unit: add_leaves(unit, [leaf], actor=actor(), at_us=now_us()),
            name="logging a restore",
        )


def _refuse_other_engine(manifest: Manifest, target: Target) -> None:
    is_neo4j = target.neo4j_home is not None or target.neo4j_dump_to is not None
    if manifest.engine not in STORE_FILES:
        raise BackupError("This file holds keys and no store; unpack it with --keys-to.")
    if (manifest.engine == NEO4J) is not is_neo4j:
        wanted = (
            "name --neo4j-home, or --neo4j-dump-to for one that runs elsewhere"
            if manifest.engine == NEO4J
            else "leave --neo4j-… out"
        )
        raise BackupError(f"The backup is of the engine {manifest.engine}: {wanted}.")


def _name_beside(path: Path) -> Path:
    whole = path.expanduser().resolve()
    return whole.with_name(f"{whole.name}.restoring")


def _beside(path: Path) -> Path:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise BackupError(f"{path} is there already: name one that is not. Nothing was restored.")
    beside = _name_beside(path)
    if beside.exists():
        raise BackupError(
            f"{beside} is left from a restore that was not finished: look at it, remove it, and "
            "run this again."
        )
    return beside


def _await_end(engine: Path) -> None:
    """Wait until the engine that was asked has ended: its directory is renamed then."""
    deadline = time.monotonic() + _ENGINE_ENDS_S
    lock = EngineFiles(engine).lock
    while holder_of(lock) is not None:
        if time.monotonic() > deadline:
            raise BackupError(
                f"The engine in {engine} does not end. End it, and rename it by hand."
            )
        time.sleep(0.1)


def _into_place(staged: Path, path: Path) -> None:
    whole = path.expanduser().resolve()
    if whole.is_dir():
        whole.rmdir()
    group = GroupSync(staged)
    try:
        # What the engine's own tool wrote as well.
        group.sync([staged, *staged.rglob("*")])
    finally:
        group.close()
    staged.rename(whole)
    sync_directory(whole.parent)


def restore_keys(backup: Path, directory: Path, *, key: BackupKey | None) -> int:
    """Unpack a file of keys into a new directory and give how many there are.

    Raises:
        BackupError: the directory is there, or the file holds no keys.
        DamagedBackupError: it is not what was written.
    """
    staged = _beside(directory)
    staged.mkdir(mode=0o700, parents=True)
    try:
        manifest = unpack(backup, key, staged)
        if manifest.engine != "keys":
            raise BackupError("This file holds no keys: it is a backup of an installation.")
        _into_place(staged / "keys", directory)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return len(manifest.files)
