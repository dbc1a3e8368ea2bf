"""Documents as checksummed frames of a spool segment, and reading them back past any damage.

A frame is: marker (`CTS1` and the segment's random id), header length (4 bytes), payload length
(8), CRC-32 of these and of the frame's offset, header (JSON), payload, CRC-32 of header and
payload; integers big-endian. The marker is random per segment, so that no document can carry bytes
that pass for a frame, and the offset is checked, so that a misplaced copy of a frame is none.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.document_codec import document_from, encode_header
from ingest.json_fields import FieldError, Fields
from ingest.received import ReceivedDocument

_LENGTHS = struct.Struct(">IQ")
_OFFSET = struct.Struct(">Q")
_CRC = struct.Struct(">I")
MARKER_BYTES = 20
_PREFIX = MARKER_BYTES + _LENGTHS.size + _CRC.size
_CHUNK = 1 << 20


class GapKind(StrEnum):
    """Why a stretch of a segment holds no document."""

    TORN = "torn"
    """The end of a file that was being written when its process was killed."""
    DAMAGED = "damaged"
    """Bytes that were written and are not what was written."""
    UNREADABLE = "unreadable"
    """The disk does not give the bytes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A valid frame."""

    offset: int
    end: int
    document: ReceivedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch without a valid frame, up to the next valid one."""

    offset: int
    end: int
    kind: GapKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extent:
    """Where a frame with an intact prefix lies."""

    header: int
    payload: int
    end: int


def marker_of(segment: str) -> bytes:
    """Give the marker of a segment's frames from its random id (32 hexadecimal digits)."""
    return b"CTS1" + bytes.fromhex(segment)


def encode_frame(document: ReceivedDocument, *, marker: bytes, offset: int) -> tuple[bytes, ...]:
    """Give the parts of a document's frame at an offset; the payload is not copied."""
    header = encode_header(document)
    prefix = marker + _LENGTHS.pack(len(header), len(document.data))
    prefix_crc = zlib.crc32(_OFFSET.pack(offset), zlib.crc32(prefix))
    body_crc = zlib.crc32(document.data, zlib.crc32(header))
    return (prefix, _CRC.pack(prefix_crc), header, document.data, _CRC.pack(body_crc))


class FrameReader:
    """Reads the frames of one segment in order, one in memory at a time."""

    def __init__(self, read: Callable[[int, int], bytes], *, marker: bytes, size: int) -> None:
        """Read through `read(offset, length)`, up to `size` bytes."""
        self._read = read
        self._marker = marker
        self._size = size

    def scan(self, skip: Callable[[int], bool] = lambda _: False) -> Iterator[Frame | Gap]:
        """Give frames and gaps; together with the skipped frames they cover the segment.

        Args:
            skip: whether the frame at an offset is to be passed over without reading it.

        Raises:
            NewerFormatError: a frame was written by a newer version.
            OSError: the disk does not give the bytes back.
        """
        offset = 0
        while offset < self._size:
            extent = self._extent_at(offset)
            if isinstance(extent, _Extent) and skip(offset):
                offset = extent.end
                continue
            found = extent if isinstance(extent, Gap) else self._frame_at(offset, extent)
            if isinstance(found, Gap):
                found = self._widen(found)
            yield found
            offset = found.end

    def _extent_at(self, offset: int) -> _Extent | Gap:
        prefix = self._read(offset, min(_PREFIX, self._size - offset))
        if len(prefix) < _PREFIX:
            if prefix[:MARKER_BYTES] == self._marker[: len(prefix)]:
                return self._torn(offset, f"it ends {len(prefix)} bytes into a document's frame")
            return self._damaged(offset, "no document starts here")
        (crc,) = _CRC.unpack_from(prefix, _PREFIX - _CRC.size)
        if prefix[:MARKER_BYTES] != self._marker:
            return self._damaged(offset, "no document starts here")
        if crc != zlib.crc32(_OFFSET.pack(offset), zlib.crc32(prefix[: -_CRC.size])):
            return self._damaged(offset, "the lengths of a document do not match their checksum")
        header, payload = _LENGTHS.unpack_from(prefix, MARKER_BYTES)
        end = offset + _PREFIX + header + payload + _CRC.size
        if end > self._size:
            kept = self._size - offset
            return self._torn(offset, f"it ends after {kept} of a document's {end - offset} bytes")
        return _Extent(header=header, payload=payload, end=end)

    def _frame_at(self, offset: int, extent: _Extent) -> Frame | Gap:
        body = self._read(offset + _PREFIX, extent.end - offset - _PREFIX)
        header, payload = body[: extent.header], body[extent.header : -_CRC.size]
        (crc,) = _CRC.unpack_from(body, len(body) - _CRC.size)
        if crc != zlib.crc32(payload, zlib.crc32(header)):
            return self._damaged(offset, "a document does not match its checksum")
        try:
            document = document_from(Fields.decode(header), payload)
        except FieldError as error:
            return self._damaged(offset, str(error))
        return Frame(offset=offset, end=extent.end, document=document)

    def _widen(self, gap: Gap) -> Gap:
        """Give the gap up to the next valid frame, or to the end."""
        after = self._next_valid(gap.offset + 1)
        if after is not None:
            # Something valid follows, so that nothing was cut off here, whatever it looks like.
            return self._damaged(gap.offset, gap.reason, end=after)
        if gap.kind is GapKind.DAMAGED and self._is_blank(gap.offset):
            return self._torn(
                gap.offset, "it ends in zeros, as file systems leave it on power loss"
            )
        return gap

    def _next_valid(self, start: int) -> int | None:
        """Give the offset of the next intact frame."""
        base = start
        while base < self._size:
            chunk = self._read(base, min(_CHUNK + MARKER_BYTES, self._size - base))
            at = chunk.find(self._marker)
            while at >= 0:
                extent = self._extent_at(base + at)
                if isinstance(extent, _Extent):
                    found = self._frame_at(base + at, extent)
                    if isinstance(found, Frame):
                        return found.offset
                at = chunk.find(self._marker, at + 1)
            base += _CHUNK
        return None

    def _is_blank(self, start: int) -> bool:
        for base in range(start, self._size, _CHUNK):
            chunk = self._read(base, min(_CHUNK, self._size - base))
            if chunk.count(0) != len(chunk):
                return False
        return True

    def _torn(self, offset: int, reason: str) -> Gap:
        return Gap(offset=offset, end=self._size, kind=GapKind.TORN, reason=reason)

    def _damaged(self, offset: int, reason: str, *, end: int | None = None) -> Gap:
        end = self._size if end is None else end
        return Gap(offset=offset, end=end, kind=GapKind.DAMAGED, reason=reason)
