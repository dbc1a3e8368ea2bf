"""One segment of the spool: a file of frames and, beside it, which of them are released."""

from __future__ import annotations

import errno
import os
import re
import secrets
import struct
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from ingest.durable_files import create_file, sync_directory, sync_file, write_at
from ingest.frames import FrameReader, Gap, encode_frame, marker_of
from ingest.held_files import HeldFile
from ingest.received import ReceivedDocument

_NAME = re.compile(r"([0-9]{10})-([0-9a-f]{32})\.spool\Z")
_RELEASED = struct.Struct(">QI")
_CHUNK = 1 << 20


class SegmentGoneError(Exception):
    """The segment was deleted, as everything in it was released. Never leaves the spool."""


def segment_names(directory: Path) -> list[str]:
    """Give the names of all segments, oldest first. Raises OSError."""
    return sorted(entry.stem for entry in directory.iterdir() if _NAME.match(entry.name))


def remove_strays(directory: Path) -> None:
    """Remove what a kill left between deleting a segment and its `.done` file. Raises OSError."""
    for done in directory.glob("*.done"):
        # A segment is made before and deleted before its `.done` file.
        if not done.with_suffix(".spool").exists():
            done.unlink(missing_ok=True)


class Segment:
    """A segment that this process holds. Not thread-safe but for `read`: the spool locks."""

    def __init__(self, held: HeldFile, *, own: bool) -> None:
        self.name = held.path.stem
        self.own = own
        """Written by this process, as against taken over from one that ended."""
        self.written = os.fstat(held.fd).st_size
        self.synced = 0 if own else self.written
        self.full = not own
        """Takes no more documents."""
        self.scanned = own
        """Whether `outstanding` knows every unreleased frame."""
        self.pinned = False
        """Holds bytes that could not be kept elsewhere: never deleted."""
        self.outstanding: set[int] = set()
        self._held = held
        self._marker = marker_of(self.name.partition("-")[2])
        self._released = set() if own else self._load_released()
        self._released_fd = -1
        self._reading = Lock()

    @classmethod
    def create(cls, directory: Path) -> Segment:
        """Make an empty segment behind all others, its name durable.

        Raises:
            OSError: it cannot be made; nothing is left behind.
        """
        while True:
            names = segment_names(directory)
            number = 1 + (int(names[-1].partition("-")[0]) if len(names) > 0 else 0)
            path = directory / f"{number:010d}-{secrets.token_hex(16)}.spool"
            held = HeldFile.create(path)
            if held is None:
                continue  # Another process took the new file for an abandoned one.
            try:
                sync_directory(directory)
                return cls(held, own=True)
            except BaseException:
                with suppress(OSError):
                    path.unlink()
                held.close()
                raise

    @classmethod
    def take_over(cls, path: Path) -> Segment | None:
        """Hold a segment whose process has ended; None when a living one holds it, or it is gone.

        Raises:
            OSError: it cannot be opened.
        """
        held = HeldFile.take(path)
        if held is None:
            return None
        try:
            return cls(held, own=False)
        except BaseException:
            held.close()
            raise

    @property
    def is_done(self) -> bool:
        """Whether everything in it is known and released."""
        return self.scanned and not self.pinned and len(self.outstanding) == 0

    @property
    def path(self) -> Path:
        """The file of frames."""
        return self._held.path

    @property
    def released_path(self) -> Path:
        """The file that names released frames: offset and CRC-32 each."""
        return self.path.with_suffix(".done")

    def append(self, document: ReceivedDocument) -> int:
        """Write a document's frame and give its offset; `sync` makes it durable.

        Raises:
            OSError: it was not written, and what was written of it is cut off again.
        """
        offset = self.written
        parts = encode_frame(document, marker=self._marker, offset=offset)
        fd = self._held.fd
        try:
            self.written = write_at(fd, parts, offset=offset)
        except BaseException:
            self.full = True
            os.ftruncate(fd, offset)
            self.full = False
            raise
        self.outstanding.add(offset)
        return offset

    def sync(self) -> None:
        """Return when all that was written is on the disk. Raises OSError."""
        sync_file(self._held.fd)

    def reader(self) -> FrameReader:
        """Give a reader over what is on the disk."""
        return FrameReader(self.read, marker=self._marker, size=self.synced)

    def read(self, offset: int, length: int) -> bytes:
        """Give exactly these bytes.

        Raises:
            SegmentGoneError: the segment was deleted meanwhile.
            OSError: the disk does not give them.
        """
        with self._reading:
            if not self._held.is_open:
                raise SegmentGoneError
            parts: list[bytes] = []
            while length > 0:
                part = os.pread(self._held.fd, length, offset)
                if len(part) == 0:
                    raise OSError(errno.EIO, "the file is shorter than it was")
                parts.append(part)
                offset, length = offset + len(part), length - len(part)
            return parts[0] if len(parts) == 1 else b"".join(parts)

    def is_released(self, offset: int) -> bool:
        """Whether a frame needs no more work."""
        if self.scanned:
            return offset not in self.outstanding
        return offset in self._released

    def finish_scan(self) -> None:
        """Note that every frame was seen."""
        self.scanned = True
        self._released = set()

    def cut(self, gap: Gap) -> None:
        """Cut off an unfinished end. Raises OSError."""
        os.ftruncate(self._held.fd, gap.offset)
        self.written = self.synced = gap.offset

    def copy_gap(self, gap: Gap, target: Path) -> None:
        """Copy the bytes of a gap to a file of their own, durable. Raises OSError."""
        if target.exists():
            return
        aside = target.with_suffix(".part")
        aside.unlink(missing_ok=True)  # Of a process that was killed; this one holds the segment.
        fd = create_file(aside)
        try:
            for start in range(gap.offset, gap.end, _CHUNK):
                chunk = self.read(start, min(_CHUNK, gap.end - start))
                write_at(fd, [chunk], offset=start - gap.offset)
            sync_file(fd)
            aside.rename(target)
            sync_directory(target.parent)
        except BaseException:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise
        finally:
            os.close(fd)

    def release(self, offsets: Iterable[int]) -> list[int]:
        """Note frames as released, in memory; gives those that were not yet."""
        fresh = [offset for offset in offsets if offset in self.outstanding]
        self.outstanding.difference_update(fresh)
        if not self.scanned:
            self._released.update(fresh)
        return fresh

    def persist_release(self, offsets: Iterable[int]) -> None:
        """Write released frames beside the segment, so that a kill does not bring them back.

        Not synced: after a power cut they may be offered again, which recording tolerates.

        Raises:
            OSError: nothing of it was written.
        """
        records = b"".join(_RELEASED.pack(offset, self._released_crc(offset)) for offset in offsets)
        if self._released_fd < 0:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            self._released_fd = os.open(self.released_path, flags, 0o600)
        size = os.fstat(self._released_fd).st_size
        size -= size % _RELEASED.size  # A kill may have cut the last record.
        try:
            write_at(self._released_fd, [records], offset=size)
        except BaseException:
            os.ftruncate(self._released_fd, size)
            raise

    def delete(self) -> None:
        """Remove the segment; a crash in between leaves at most a stray `.done` file.

        Raises:
            OSError: it is still there.
        """
        self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self.released_path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let go of the segment, so that another process may take it over."""
        with self._reading:
            self._held.close()
        fd, self._released_fd = self._released_fd, -1
        if fd >= 0:
            os.close(fd)

    def _released_crc(self, offset: int) -> int:
        return zlib.crc32(offset.to_bytes(8, "big"), zlib.crc32(self._marker))

    def _load_released(self) -> set[int]:
        """Give the released offsets; a broken record is left out, and its frame offered again."""
        try:
            content = self.released_path.read_bytes()
        except FileNotFoundError:
            return set()
        content = content[: len(content) - len(content) % _RELEASED.size]
        return {
            offset
            for offset, crc in _RELEASED.iter_unpack(content)
            if crc == self._released_crc(offset)
        }
