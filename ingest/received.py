"""A document as it came in: its screened bytes, what it was before, and by which way it came."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.records import NumberSource

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class Channel(StrEnum):
    """The way by which a document reached Crosstip."""

    FILE = "file"
    STDIN = "stdin"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaNote:
    """A piece of media that screening left out. The media itself is never kept."""

    name: str = field(repr=False)
    """As received; for display."""
    size: int
    """Bytes."""
    sha256: str
    media_type: str
    """As recognised from the bytes (`image/jpeg`), not as claimed."""

    def __post_init__(self) -> None:
        require_sha256(self.sha256, what="a media note's hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedDocument:
    """One document, screened: everything that intake knows before it reads it.

    The text representation leaves out content and names, so that it may be logged.

    Raises:
        ValueError: a hash is malformed, or `stored_sha256` is not the hash of `data`.
    """

    data: bytes = field(repr=False)
    """Screened bytes: media is already left out."""
    sha256: str
    """Of what was received, before screening; lower-case hexadecimal."""
    stored_sha256: str
    """Of `data`."""
    size: int
    """Bytes as received, before screening."""
    name: str = field(repr=False)
    """As received, for display only; never used as a file name."""
    channel: Channel
    received_us: int
    """Microseconds since 1970 UTC."""
    source: str = "ncmec"
    """Who issues the documents: part of a tip's key."""
    position: int | None = None
    """Index of the member in its container (archive, array), when it came in one."""
    offset: int | None = None
    """Byte at which the member starts in its container; it is `size` bytes long there."""
    container_sha256: str | None = None
    issued_us: int | None = None
    """When the source issued it, where that is known; microseconds since 1970 UTC."""
    report_number: str | None = None
    number_source: NumberSource | None = None
    provider: str | None = None
    """Reporting provider as whoever handed it in said, for documents that name none."""
    declared_synthetic: bool = False
    holder: str | None = None
    """Key of the agency that the tip belongs to, as whoever handed it in said."""
    media: tuple[MediaNote, ...] = ()

    def __post_init__(self) -> None:
        require_sha256(self.sha256, what="the hash of what was received")
        if self.container_sha256 is not None:
            require_sha256(self.container_sha256, what="the container's hash")
        # A wrong hash found only when the spool is read back would make a received document
        # unreadable; here the caller still has it. 5 kB cost about 10 microseconds.
        if sha256_of(self.data) != self.stored_sha256:
            raise ValueError("stored_sha256 is not the SHA-256 of the screened bytes")

    @property
    def is_whole(self) -> bool:
        """Whether screening left the document as it was received."""
        return self.sha256 == self.stored_sha256


def sha256_of(data: bytes) -> str:
    """Give the SHA-256 of bytes in lower-case hexadecimal (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def require_sha256(value: str, *, what: str) -> None:
    """Refuse what is not 64 lower-case hexadecimal digits.

    Raises:
        ValueError: it is not; the message names `what`, not the value.
    """
    if _SHA256.match(value) is None:
        raise ValueError(f"{what} is not a SHA-256 in lower-case hexadecimal")
