"""What screening gives: the document without media, and a line about each thing removed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFinding:
    """One piece of media that was recognised and removed. Never the media."""

    offset: int
    """Bytes from the start of the document as received, up to the removed run. In UTF-16 and
    UTF-32 documents: bytes of the same text in UTF-8."""
    name: str
    """Nearest JSON key or XML element before it; `whole document` when nothing else was there."""
    size: int
    """Decoded bytes."""
    sha256: str
    """Of the decoded bytes, lower-case hex."""
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A document that may touch the disk."""

    data: bytes
    """The document with each run of media replaced by a marker; empty when all of it is media."""
    media: tuple[MediaFinding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the whole document was media, an archive or other binary data."""
        return len(self.data) == 0 and len(self.media) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of a document's bytes that holds media."""

    start: int
    end: int
    content: bytes
    """The media, decoded."""
    media_type: str
    bare: bool = False
    """It stands outside any JSON string, so that the marker needs quotes of its own."""
    prefix: bytes = b""
    """Goes before the marker, to keep the JSON around it well-formed."""


def finding(span: Span, name: str) -> MediaFinding:
    """Give the finding of a span."""
    return MediaFinding(
        offset=span.start,
        name=name,
        size=len(span.content),
        sha256=hashlib.sha256(span.content).hexdigest(),
        media_type=span.media_type,
    )


def marker(found: MediaFinding) -> bytes:
    """Give the text that stands where media stood: safe inside JSON strings and XML text."""
    return (
        f"[media removed by Crosstip: {found.size} bytes {found.media_type} sha256 {found.sha256}]"
    ).encode("ascii")
