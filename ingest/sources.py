"""Where documents come from: files, folders and standard input, one in memory at a time."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import IntakeError
from ingest.received import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file as it was found; `data` is None when it is too large to be looked at."""

    name: str
    channel: Channel
    data: bytes | None = field(repr=False)
    size: int
    sha256: str
    modified_us: int | None
    """Its time of modification, which dates the delivery; microseconds since 1970 UTC."""
    path: Path | None = None


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Give the files of files and folders: agencies first, then claims, then by name.

    Claims need their agencies; everything else may come in any order. Hidden files of a folder are
    left out, see `hidden_among`.

    Raises:
        IntakeError: a path does not exist or cannot be read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(
                p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path))
            )
        elif path.is_file():
            found.append(path)
        else:
            raise IntakeError(f"{path} does not exist. Check the path.")
    return sorted(found, key=lambda p: (_rank(p), p.as_posix()))


def hidden_among(paths: Iterable[Path]) -> int:
    """Give how many files of folders `find_files` leaves out because their names begin with a dot.

    Programs keep their own there: indexes of file managers, histories, half-written copies.
    """
    return sum(
        found.is_file() and _is_hidden(found.relative_to(path))
        for path in paths
        if path.is_dir()
        for found in path.rglob("*")
    )


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _rank(path: Path) -> int:
    if path.suffix.lower() != ".csv":
        return 2
    return 0 if "agenc" in path.name.lower() else 1


def read_file(path: Path, *, max_bytes: int) -> SourceFile:
    """Give a file with its bytes, or with its hash alone when it is larger than `max_bytes`.

    Raises:
        IntakeError: it cannot be read.
    """
    try:
        stat = path.stat()
        if stat.st_size > max_bytes:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            data = None
        else:
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
    except OSError as error:
        raise IntakeError(
            f"{path} cannot be read ({error.strerror}). Nothing of it was taken in."
        ) from error
    return SourceFile(
        name=path.name,
        channel=Channel.FILE,
        data=data,
        size=stat.st_size,
        sha256=digest,
        modified_us=stat.st_mtime_ns // 1000,
        path=path,
    )


def read_stdin(*, max_bytes: int) -> SourceFile:
    """Give what stands on standard input.

    Raises:
        IntakeError: there is more than `max_bytes`.
    """
    data = sys.stdin.buffer.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise IntakeError(
            f"Standard input has more than {max_bytes:,} bytes. Give it as files instead."
        )
    return SourceFile(
        name="standard input",
        channel=Channel.STDIN,
        data=data,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        modified_us=None,
    )
