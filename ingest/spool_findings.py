"""What the spool could not read back: said, counted, and its bytes kept for a person."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from graph.errors import CrosstipError
from ingest.durable_files import private_directory
from ingest.frames import Gap, GapKind
from ingest.spool_segments import Segment

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolFinding:
    """A stretch of a segment that holds no readable document."""

    segment: str
    offset: int
    length: int
    kind: GapKind
    reason: str
    preserved_as: Path | None
    """Where its bytes are kept; None for an end that was cut off, or where keeping failed."""


class SpoolFindings:
    """The findings of one spool. Bytes that were once synced are kept in `damaged/`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._found: dict[tuple[str, int], SpoolFinding] = {}
        self._lock = Lock()

    def all(self) -> tuple[SpoolFinding, ...]:
        """Give the findings in the order in which they were found."""
        with self._lock:
            return tuple(self._found.values())

    def add_gap(self, segment: Segment, gap: Gap) -> None:
        """Note a gap: keep its bytes, but for those of an unfinished end; cut off any bad end.

        Raises:
            OSError: the end could not be cut off.
        """
        is_end = gap.end == segment.written and not segment.own
        preserved_as: Path | None = None
        if gap.kind is not GapKind.TORN or not is_end:
            preserved_as = self._preserve(segment, gap)
        if is_end and not segment.pinned:
            segment.cut(gap)
        self._add(
            SpoolFinding(
                segment=segment.name,
                offset=gap.offset,
                length=gap.end - gap.offset,
                kind=gap.kind,
                reason=gap.reason,
                preserved_as=preserved_as,
            )
        )

    def add_unreadable(self, name: str, error: OSError, *, length: int) -> None:
        """Note a segment that the disk does not give back; it is left as it is."""
        self._add(
            SpoolFinding(
                segment=name,
                offset=0,
                length=length,
                kind=GapKind.UNREADABLE,
                reason=f"the disk does not give it back ({error.strerror})",
                preserved_as=None,
            )
        )

    def _preserve(self, segment: Segment, gap: Gap) -> Path | None:
        """Keep the bytes of a gap, here or, failing that, by never deleting the segment."""
        try:
            directory = private_directory(self._directory / "damaged")
            target = directory / f"{segment.name}-{gap.offset}.bytes"
            segment.copy_gap(gap, target)
        except (OSError, CrosstipError) as error:
            segment.pinned = True
            _LOG.warning("spool segment %s stays whole: %s", segment.name, error)
            return None
        return target

    def _add(self, finding: SpoolFinding) -> None:
        with self._lock:
            if (finding.segment, finding.offset) in self._found:
                return
            self._found[(finding.segment, finding.offset)] = finding
        _LOG.warning(
            "spool segment %s, byte %d: %s, %d bytes: %s",
            finding.segment,
            finding.offset,
            finding.kind.value,
            finding.length,
            finding.reason,
        )
