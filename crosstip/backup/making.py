"""Makes a backup: spool, store, vault, checkpoints, in the order in which nothing falls between.

A document goes from the spool to the vault and the store, and leaves the spool then. So the spool
is copied before the store: what is recorded meanwhile is in both, and is known again. The vault is
copied after the store, which names nothing that is not there by then. Keys are never in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import SecretStr

from crosstip.backup.archive import Archive, writing
from crosstip.backup.errors import BackupError
from crosstip.backup.heads import StoreState, key_lines, newest_published, state_before
from crosstip.backup.keys import BackupKey
from crosstip.backup.manifest import EMBEDDED, NEO4J, STORE_FILES, Manifest
from crosstip.local_neo4j import Neo4jServer
from crosstip.local_neo4j.dumps import dump
from crosstip.session import actor
from graph.audit.settings import AuditSettings
from graph.basis import NETWORKS_FOLDER
from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.engines.copies import copied
from graph.engines.embedded import attach
from graph.opening import open_store
from graph.services.audit_leaves import Leaf, add_leaves
from graph.settings import StoreSettings
from ingest.settings import IntakeSettings

OUTSIDE = (
    "CROSSTIP_STORE names a Neo4j that Crosstip did not start. Community is dumped while it is "
    "stopped: end API and worker, stop Neo4j, run `neo4j-admin database dump neo4j --to-path=DIR`, "
    "`crosstip backup FILE --neo4j-dump DIR/neo4j.dump`, and only then start them: what is "
    "recorded between dump and backup would be in neither. So it is with Enterprise and "
    "`neo4j-admin database backup`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is backed up."""

    settings: StoreSettings
    neo4j_home: Path | None = None
    """Folder of a Neo4j that Crosstip runs itself, which nobody uses now."""
    neo4j_dump: Path | None = None
    """A dump that was made of a Neo4j outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made."""

    path: Path
    manifest: Manifest
    bytes: int
    is_sealed: bool


def make_backup(source: Source, path: Path, *, key: BackupKey | None) -> Made:
    """Write a backup to a new file.

    Raises:
        BackupError: the store is one that cannot be copied from here, or the file not written.
        AuditError: a log is damaged.
        StoreError: the store could not be read.
    """
    with ExitStack() as stack:
        archive = stack.enter_context(writing(path, key))
        data = source.settings.data_dir
        for name in ("spool", "uploads", "quarantine"):
            archive.add_tree(data / name, name)
        state = _add_store(source, archive)
        left_out = list(state.notes) if state is not None else []
        left_out += _add_vault(archive, data)
        published = AuditSettings().published
        archive.add_tree(published, "checkpoints")
        archive.add_tree(data / NETWORKS_FOLDER, NETWORKS_FOLDER)
        manifest = _manifest(source, archive, state, published, left_out)
        archive.close(manifest)
    size = path.stat().st_size
    return Made(path=path, manifest=manifest, bytes=size, is_sealed=key is not None)


def copy_keys(path: Path, *, key: BackupKey | None) -> int:
    """Write the keys to a file of their own, to be kept apart from the backup; give how many.

    Raises:
        BackupError: there are none, or the file cannot be written.
    """
    directory = keys_directory()
    with writing(path, key) as archive:
        added = archive.add_tree(directory, "keys")
        if added == 0:
            raise BackupError(f"There is no key in {directory}.")
        made_us = now_us()
        archive.close(
            Manifest(
                crosstip=_version(),
                made_us=made_us,
                engine="keys",
                synthetic=None,
                schema_version=None,
                heads=None,
                checkpoint=None,
                keys=key_lines(directory),
                files=tuple(archive.files),
                left_out=("everything but the keys",),
            )
        )
    return added


def keys_directory() -> Path:
    """Give the directory of the keys."""
    return AuditSettings().keys.root


def _add_store(source: Source, archive: Archive) -> StoreState | None:
    if source.neo4j_dump is not None:
        _add_copy(archive, source.neo4j_dump, NEO4J)
        return None
    if source.neo4j_home is not None:
        with _own_dump(source.neo4j_home, source.settings) as (state, file):
            _add_copy(archive, file, NEO4J)
        return state
    if not source.settings.is_embedded:
        raise BackupError(OUTSIDE)
    with open_store(source.settings) as opened:
        state = state_before(opened.store)
        with attach(source.settings.data_dir / "engine") as engine, copied(engine) as file:
            _add_copy(archive, file, EMBEDDED)
    return state


def _add_copy(archive: Archive, file: Path, engine: str) -> None:
    """Add the copy of the store, without which there is no backup."""
    if not archive.add(file, STORE_FILES[engine]):
        raise BackupError(f"There is no file {file}. Nothing was backed up.")


@contextmanager
def _own_dump(home: Path, settings: StoreSettings) -> Iterator[tuple[StoreState, Path]]:
    if not home.is_dir():
        raise BackupError(f"There is no folder {home} of a Neo4j. Nothing was backed up.")
    with Neo4jServer(home) as server:
        its = settings.model_copy(
            update={
                "store": server.uri,
                "store_user": server.user,
                "store_password": SecretStr(server.password),
            }
        )
        with open_store(its) as opened:
            leaf = Leaf(action=Deed.BACKUP_MAKE.value, object="store", outcome="begun")
            opened.store.writing(
                lambda unit: add_leaves(unit, [leaf], actor=actor(), at_us=now_us()),
                name="logging a backup",
            )
            state = state_before(opened.store)
    # Stopped here, and used by nobody: the folder was held by this process all the time before.
    scratch = Path(tempfile.mkdtemp(prefix="dump-", dir=home))
    try:
        yield state, dump(home, scratch)
    finally:
        shutil.rmtree(scratch)


def _add_vault(archive: Archive, data: Path) -> list[str]:
    where = IntakeSettings().vault
    if where is None:
        archive.add_tree(data / "vault", "vault")
        return []
    if "://" in where:
        return [f"the vault at {where}: it is backed up where it lies"]
    if not Path(where).is_dir():
        # Nothing was ever kept, or its disk is not mounted: from here both look alike.
        return [f"the vault at {where}: there is no such directory"]
    archive.add_tree(Path(where), "vault")
    return []


def _manifest(
    source: Source,
    archive: Archive,
    state: StoreState | None,
    published: Path,
    left_out: list[str],
) -> Manifest:
    is_embedded = source.neo4j_home is None and source.neo4j_dump is None
    return Manifest(
        crosstip=_version(),
        made_us=now_us(),
        engine=EMBEDDED if is_embedded else NEO4J,
        synthetic=None if state is None else state.info.synthetic,
        schema_version=None if state is None else state.info.schema_version,
        heads=None if state is None else state.heads,
        checkpoint=newest_published(published) if state is None else state.checkpoint,
        keys=key_lines(keys_directory()),
        files=tuple(archive.files),
        left_out=(*left_out, "the keys, which are kept apart"),
    )


def _version() -> str:
    try:
        return version("crosstip")
    except PackageNotFoundError:
        return "not installed"
