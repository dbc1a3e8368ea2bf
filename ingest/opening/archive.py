"""Looks into ZIP archives in memory, within bounds: nothing is unpacked, no name is a path.

Sources of the bounds: OWASP File Upload Cheat Sheet (count, sizes, nesting), David Fifield, "A
better zip bomb" (2019): the declared sizes prove nothing, so what comes out is counted.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from ingest.limits import MEBIBYTE
from ingest.screening.signatures import media_type_of_document

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_CHUNK = 1 << 20
_HEAD = 4096
_ENCRYPTED = 0x1
_MANAGERS = frozenset({"__MACOSX", ".DS_Store", ".Spotlight-V100", ".Trashes", ".fseventsd"})
_RESOURCE_FORK = "._"
_ARCHIVES = frozenset(
    {
        "application/zip",
        "application/gzip",
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/x-bzip2",
        "application/x-xz",
        "application/zstd",
        "application/x-lz4",
        "application/vnd.ms-cab-compressed",
        "application/x-tar",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What one archive may hold."""

    members: int = 10_000
    directory_bytes: int = 8 * MEBIBYTE
    """Of the list of members at its end."""
    member_bytes: int = 64 * MEBIBYTE
    """Of one document in it; larger media are hashed and left out."""
    media_bytes: int = 4096 * MEBIBYTE
    """Of one picture or video that is hashed on the way past."""
    total_bytes: int = 8192 * MEBIBYTE
    """Of everything that comes out, media too."""
    ratio: int = 200
    """How many bytes one compressed byte may become; text of tips becomes about ten."""


DEFAULT_ARCHIVE_LIMITS = ArchiveLimits()


class ArchiveError(Exception):
    """Why an archive or a member of it is not opened, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """One member: its bytes, or that it is media, or why it was not opened."""

    name: str
    """The last part of its name; for display only."""
    data: bytes = b""
    size: int = 0
    sha256: str = ""
    media_type: str | None = None
    """It is media: hashed, and no byte of it kept."""
    problem: str | None = None


def members(data: bytes, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS) -> Iterator[ArchiveMember]:
    """Give the members one after the other, one in memory at a time.

    Raises:
        ArchiveError: it cannot be opened at all, or holds too much from here on.
    """
    archive = _opened(data, limits)
    infos = [info for info in archive.infolist() if not _is_furniture(info)]
    if len(infos) > limits.members:
        raise ArchiveError(
            f"it holds {len(infos):,} members, more than {limits.members:,}; split it"
        )
    total = 0
    with archive:
        for info in infos:
            member = _member(archive, info, limits)
            total += member.size
            yield member
            if total > limits.total_bytes:
                raise ArchiveError(
                    f"more than {limits.total_bytes:,} bytes came out of it before its end; the "
                    "members after that were not taken in: split it"
                )


def _opened(data: bytes, limits: ArchiveLimits) -> zipfile.ZipFile:
    _check_directory(data, limits)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError) as error:
        raise ArchiveError(
            f"it is a broken ZIP archive ({type(error).__name__}); send it again"
        ) from None


def office_kind(data: bytes, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS) -> str | None:
    """Give `workbook` or `document` for the archives in which Office writes, else None.

    Raises:
        ArchiveError: it cannot be opened.
    """
    with _opened(data, limits) as archive:
        names = set(archive.namelist())
    if "[Content_Types].xml" not in names:
        return None
    return "workbook" if any(name.startswith("xl/workbook") for name in names) else "document"


def _check_directory(data: bytes, limits: ArchiveLimits) -> None:
    """Refuse a huge list of members before it is read."""
    at = data.rfind(_END_MARK, max(0, len(data) - 65_557 - _END.size))
    if at < 0 or len(data) - at < _END.size:
        raise ArchiveError("it is a broken ZIP archive (it has no end); send it again")
    size = _END.unpack_from(data, at)[5]
    if size > limits.directory_bytes and size != 0xFFFFFFFF:
        raise ArchiveError("its list of members is too long; split it")


def _is_furniture(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is a folder, or what file managers add; a hidden document is none."""
    parts = info.filename.replace("\\", "/").split("/")
    return info.is_dir() or not _MANAGERS.isdisjoint(parts) or parts[-1].startswith(_RESOURCE_FORK)


def plain_name(filename: str) -> str:
    """Give the last part of a member's name; what is before it is no place on this machine."""
    return filename.replace("\\", "/").rstrip("/").rpartition("/")[2] or "a member without a name"


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ArchiveLimits
) -> ArchiveMember:
    name = plain_name(info.filename)
    if info.flag_bits & _ENCRYPTED:
        return ArchiveMember(name=name, problem="it is locked with a password; send it without one")
    try:
        with archive.open(info) as stream:
            return _read(name, stream, info, limits)
    except ArchiveError as error:
        return ArchiveMember(name=name, problem=str(error))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        return ArchiveMember(
            name=name,
            problem=f"it is broken in its archive ({type(error).__name__}); send it again",
        )


def _read(
    name: str, stream: IO[bytes], info: zipfile.ZipInfo, limits: ArchiveLimits
) -> ArchiveMember:
    head = stream.read(_HEAD)
    kind = media_type_of_document(head)
    digest = hashlib.sha256()
    parts: list[bytes] = []
    size = 0
    is_kept = kind is None or kind == "application/pdf" or kind in _ARCHIVES
    most = limits.member_bytes if is_kept else limits.media_bytes
    allowed = limits.ratio * max(info.compress_size, 1) + MEBIBYTE
    part = head
    while part:
        size += len(part)
        if size > allowed:
            raise ArchiveError(
                f"more than {limits.ratio} bytes come out of each compressed one, as in a bomb"
            )
        if size > most:
            raise ArchiveError(f"it has more than {most:,} bytes; ingest it by itself")
        digest.update(part)
        if is_kept:
            parts.append(part)
        part = stream.read(_CHUNK)
    return ArchiveMember(
        name=name,
        data=b"".join(parts),
        size=size,
        sha256=digest.hexdigest(),
        media_type=None if is_kept else kind,
    )


def is_nested(data: bytes) -> bool:
    """Tell whether a member is an archive itself."""
    return media_type_of_document(data[:_HEAD]) in _ARCHIVES
