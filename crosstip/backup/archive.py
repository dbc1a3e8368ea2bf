"""The file of a backup: a tar archive, its manifest last; sealed where there is a key.

Written to a file aside and renamed when it is on the disk, so that a backup is whole or not there.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from pydantic import ValidationError

from crosstip.backup.errors import BackupError, DamagedBackupError
from crosstip.backup.keys import BackupKey
from crosstip.backup.manifest import FORMAT, NAME, FileLine, Manifest
from crosstip.backup.sealing import MAGIC, SealedReader, SealedWriter
from ingest.durable_files import GroupSync, sync_directory

_PIECE = 1 << 20
_MOST_MANIFEST = 1 << 30


class Archive:
    """A backup that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        """Take the open archive."""
        self._tar = tar
        self.files: list[FileLine] = []

    def add(self, path: Path, name: str) -> bool:
        """Copy a file as far as it is now; False when it is gone, as work goes on meanwhile.

        Raises:
            OSError: it cannot be read, or the archive cannot be written.
        """
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return False
        with source:
            size = os.fstat(source.fileno()).st_size
            reader = _Hashing(source, size)
            self._tar.addfile(_member(name, size), cast("IO[bytes]", reader))
        self.files.append(FileLine(name=name, size=size, sha256=reader.digest))
        return True

    def add_tree(self, root: Path, name: str) -> int:
        """Copy the regular files below a directory, and give how many; none where it is not there.

        Raises:
            OSError: as for `add`.
        """
        added = 0
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            try:
                is_file = stat.S_ISREG(path.lstat().st_mode)
            except FileNotFoundError:
                continue
            if is_file:
                added += self.add(path, f"{name}/{path.relative_to(root).as_posix()}")
        return added

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, the last member."""
        text = manifest.model_dump_json(indent=1).encode()
        self._tar.addfile(_member(NAME, len(text)), io.BytesIO(text))


class _Hashing:
    """Gives exactly so many bytes of a file and their hash."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source = source
        self._left = size
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._source.read(wanted)
        self._left -= len(data)
        self._hash.update(data)
        return data


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o600
    return member


@contextmanager
def writing(path: Path, key: BackupKey | None) -> Iterator[Archive]:
    """Give a new backup to fill; it has its name when the block ends well, and is gone else.

    Raises:
        BackupError: there is such a file, or the disk does not take it.
    """
    if path.exists():
        raise BackupError(f"{path} is there already: name a new file. Nothing was backed up.")
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        opened = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(opened, "wb") as target:
            sealed = SealedWriter(target, key) if key is not None else None
            sink = cast("IO[bytes]", sealed if sealed is not None else target)
            with tarfile.open(mode="w|", fileobj=sink, format=tarfile.PAX_FORMAT) as tar:
                yield Archive(tar)
            if sealed is not None:
                sealed.finish()
            target.flush()
            os.fsync(opened)
        aside.rename(path)
        sync_directory(path.parent)
    except OSError as error:
        raise BackupError(
            f"The backup {path} could not be written ({error.strerror}). Nothing was kept of it."
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def unpack(path: Path, key: BackupKey | None, into: Path | None) -> Manifest:
    """Read a backup to its end, write its files below a directory, and give its manifest.

    Without a directory it is only checked.

    Raises:
        DamagedBackupError: it is not what was written, or the key is another one.
        BackupError: it cannot be read, is sealed and no key was named, or the disk is full.
    """
    # Before anything is written: only then a lost write is reported.
    group = GroupSync(into) if into is not None else None
    try:
        with path.open("rb") as source:
            stream = _opened(source, path, key)
            with tarfile.open(mode="r|", fileobj=cast("IO[bytes]", stream)) as tar:
                manifest = _unpacked(tar, into)
        if group is not None and into is not None:
            group.sync([into, *into.rglob("*")])
    except tarfile.TarError as error:
        raise DamagedBackupError(
            f"{path} is no whole backup. Nothing was restored; take another copy."
        ) from error
    except OSError as error:
        raise BackupError(f"{path} could not be unpacked ({error.strerror}).") from error
    else:
        return manifest
    finally:
        if group is not None:
            group.close()


def _opened(source: BinaryIO, path: Path, key: BackupKey | None) -> BinaryIO | SealedReader:
    is_sealed = source.read(len(MAGIC)) == MAGIC
    source.seek(0)
    if is_sealed and key is None:
        raise BackupError(f"{path} is sealed: set CROSSTIP_BACKUP_KEY to the file of its key.")
    return SealedReader(source, key) if is_sealed and key is not None else source


def _unpacked(tar: tarfile.TarFile, into: Path | None) -> Manifest:
    found: dict[str, FileLine] = {}
    manifest: Manifest | None = None
    for member in tar:
        content = tar.extractfile(member)
        if manifest is not None or content is None or not member.isreg():
            raise DamagedBackupError("The backup holds what no backup holds. Nothing was restored.")
        if member.name == NAME:
            manifest = _manifest(content.read(_MOST_MANIFEST))
        else:
            found[member.name] = _copied(content, member.name, into)
    if manifest is None:
        raise DamagedBackupError("The backup ends before its manifest. Take another copy.")
    stated = {line.name: line for line in manifest.files}
    wrong = sorted(
        name for name in stated.keys() | found.keys() if stated.get(name) != found.get(name)
    )
    if len(wrong) > 0:
        raise DamagedBackupError(
            f"{len(wrong)} files of the backup are not those of its manifest, the first is "
            f"{wrong[0]}. Nothing was restored; take another copy."
        )
    return manifest


def _manifest(text: bytes) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise DamagedBackupError("The manifest of the backup cannot be read.") from error
    if manifest.format != FORMAT:
        raise BackupError(
            f"The backup has format {manifest.format}, this Crosstip reads {FORMAT}. Use the "
            "Crosstip that wrote it."
        )
    return manifest


def _copied(content: IO[bytes], name: str, into: Path | None) -> FileLine:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or len(parts.parts) < 2:
        raise DamagedBackupError("The backup names a file outside of it. Nothing was restored.")
    digest, size = hashlib.sha256(), 0
    target: BinaryIO | None = None
    if into is not None:
        path = into / parts
        _make_private(path.parent)
        target = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb"
        )
    try:
        while len(data := content.read(_PIECE)) > 0:
            digest.update(data)
            size += len(data)
            if target is not None:
                target.write(data)
    finally:
        if target is not None:
            target.close()
    return FileLine(name=name, size=size, sha256=digest.hexdigest())


def _make_private(directory: Path) -> None:
    """Make a directory and those above it with mode 0700: `parents=True` leaves these open."""
    if not directory.is_dir():
        _make_private(directory.parent)
        directory.mkdir(mode=0o700)
