"""Where sealed originals lie: a local directory, or anything else that fsspec reaches."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

import fsspec
from fsspec.implementations.local import LocalFileSystem

from graph.errors import IntakeError, StorageFailedError
from ingest.durable_files import private_directory, storage_error, sync_path
from ingest.durable_group import DurableGroup
from ingest.held_files import HeldFile

_AGAIN = "take in the documents again that are not recorded yet (they are in the spool)"


class VaultObjects(Protocol):
    """Named objects that appear whole or not at all."""

    location: str

    def read(self, name: str) -> bytes | None:
        """Give an object, or None when there is none."""

    def exists(self, name: str) -> bool:
        """Whether there is an object of this name."""

    def write(self, name: str, data: bytes) -> None:
        """Write an object; it need not outlive a power cut before `sync`."""

    def move(self, name: str, to: str) -> None:
        """Give an object another name, replacing what has it; nothing where there is none."""

    def delete(self, name: str) -> None:
        """Delete an object; nothing where there is none."""

    def sync(self) -> int:
        """Make what was written durable; gives how many objects that were."""

    def close(self) -> None:
        """Let go of everything; what was not synced is gone."""


def open_objects(where: str | Path) -> VaultObjects:
    """Give the objects of a directory or of an fsspec address (`s3://bucket/vault`).

    Credentials and endpoints come from fsspec's own configuration, never from the address.

    Raises:
        IntakeError: the address names a file system that is not installed or not reachable.
        SettingsError: a local directory is open to other users.
    """
    try:
        file_system, root = fsspec.core.url_to_fs(str(where))
    except Exception as error:  # Each fsspec backend raises what its own library raises.
        raise IntakeError(
            f"the vault's file system cannot be opened ({type(error).__name__}); check its "
            "address and that fsspec's package for it is installed"
        ) from error
    if isinstance(file_system, LocalFileSystem):
        return LocalObjects(Path(root))
    return RemoteObjects(file_system, root)


class LocalObjects:
    """Objects as files, written aside and renamed once they are durable. Threads may share one."""

    def __init__(self, root: Path) -> None:
        """Open the directory, made with mode 0700 when missing.

        Raises:
            SettingsError: it is open to other users.
        """
        self._root = private_directory(root)
        self._aside = private_directory(root / "aside")
        self.location = str(root)
        self._lock = Lock()
        self._held: HeldFile | None = None
        self._group: DurableGroup | None = None
        try:
            _remove_leftovers(self._aside)
        except OSError as error:
            raise self._failed("clear unfinished files", error) from error

    def read(self, name: str) -> bytes | None:
        """Give an object, synced or not."""
        path = self._root / name
        # A staged file may get its name between the look and the opening: hence both.
        for candidate in (self._staged(path), path):
            if candidate is None:
                continue
            try:
                return candidate.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise self._failed(f"read {name}", error) from error
        return None

    def exists(self, name: str) -> bool:
        """Whether there is an object of this name, synced or not."""
        path = self._root / name
        try:
            return self._staged(path) is not None or path.exists()
        except OSError as error:
            raise self._failed(f"look for {name}", error) from error

    def write(self, name: str, data: bytes) -> None:
        """Write an object aside.

        Raises:
            StorageFullError: no room; what was written before stays.
        """
        with self._lock:
            try:
                self._writable().stage(self._root / name, [data])
            except OSError as error:
                raise self._failed(f"write {name}", error) from error

    def move(self, name: str, to: str) -> None:
        """Give an object another name, durably."""
        path, target = self._root / name, self._root / to
        try:
            private_directory(target.parent)
            path.replace(target)
            sync_path(target.parent)
            sync_path(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._failed(f"move {name}", error) from error

    def delete(self, name: str) -> None:
        """Delete an object, durably."""
        path = self._root / name
        try:
            path.unlink()
            sync_path(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._failed(f"delete {name}", error) from error

    def sync(self) -> int:
        """Give the written objects their names, durably.

        Raises:
            StorageFailedError: some of them may not be there.
        """
        with self._lock:
            if self._group is None:
                return 0
            try:
                return self._group.publish()
            except OSError as error:
                raise self._failed("make originals durable", error) from error

    def close(self) -> None:
        """Remove what was not synced and let go of the directory."""
        with self._lock, suppress(OSError):
            if self._group is not None:
                self._group.discard()
            self._group = None
            held, self._held = self._held, None
            if held is not None and held.is_open:
                _remove_aside(held)

    def _staged(self, path: Path) -> Path | None:
        with self._lock:
            return None if self._group is None else self._group.staged(path)

    def _failed(self, doing: str, error: OSError) -> IntakeError:
        return storage_error(error, doing=f"{doing} in the vault {self.location}", then=_AGAIN)

    def _writable(self) -> DurableGroup:
        """Give the group of this process; its directory is held by a lock beside it."""
        if self._held is not None and not self._held.is_open:
            raise StorageFailedError("a vault cannot be shared with a forked process; open it anew")
        while self._group is None:
            self._held = HeldFile.create(self._aside / f"{secrets.token_hex(16)}.lock")
            if self._held is not None:
                directory = self._held.path.with_suffix("")
                directory.mkdir(mode=0o700)
                self._group = DurableGroup(directory)
        return self._group


def _remove_leftovers(aside: Path) -> None:
    """Remove what processes that were killed had not synced."""
    for path in aside.glob("*.lock"):
        held = HeldFile.take(path)
        if held is not None:
            _remove_aside(held)


def _remove_aside(held: HeldFile) -> None:
    try:
        shutil.rmtree(held.path.with_suffix(""), ignore_errors=True)
        held.path.unlink()
    finally:
        held.close()


class RemoteObjects:
    """Objects in an object store, which shows an object whole and durable once it is written."""

    def __init__(self, file_system: fsspec.AbstractFileSystem, root: str) -> None:
        """Use a folder of an fsspec file system."""
        self._files = file_system
        self._root = root.rstrip("/")
        self.location = str(file_system.unstrip_protocol(root))

    def read(self, name: str) -> bytes | None:
        """Give an object."""
        try:
            return bytes(self._files.cat_file(f"{self._root}/{name}"))
        except FileNotFoundError:
            return None
        except Exception as error:  # As in open_objects.
            raise self._failed("read", name, error) from error

    def exists(self, name: str) -> bool:
        """Whether there is an object of this name."""
        try:
            return bool(self._files.exists(f"{self._root}/{name}"))
        except Exception as error:  # As in open_objects.
            raise self._failed("look for", name, error) from error

    def write(self, name: str, data: bytes) -> None:
        """Write an object; it is durable when this returns."""
        path = f"{self._root}/{name}"
        try:
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, data)
        except Exception as error:  # As in open_objects.
            raise self._failed("write", name, error) from error

    def move(self, name: str, to: str) -> None:
        """Give an object another name: written anew, then deleted."""
        data = self.read(name)
        if data is not None:
            self.write(to, data)
            self.delete(name)

    def delete(self, name: str) -> None:
        """Delete an object."""
        if not self.exists(name):
            return
        try:
            self._files.rm_file(f"{self._root}/{name}")
        except Exception as error:  # As in open_objects.
            raise self._failed("delete", name, error) from error

    def sync(self) -> int:
        """Nothing is left to do."""
        return 0

    def close(self) -> None:
        """Nothing is held."""

    def _failed(self, verb: str, name: str, error: Exception) -> StorageFailedError:
        return StorageFailedError(
            f"could not {verb} {name} in the vault {self.location} ({type(error).__name__}); check "
            f"that it can be reached, then {_AGAIN}"
        )
