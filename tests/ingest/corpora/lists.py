"""Hash lists as text, and what comes of reading one: keys, or why not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.limits import DEFAULT_LIMITS
from ingest.readers.hash_list_csv import HashLine, columns_of, layout_of, read_hash_lines
from ingest.readers.hash_list_vics import chosen, contents_of, is_vics, read_vics

A, B, C = (digit * 3 + "0123456789abcdef0123456789abc" for digit in "abc")
"""MD5s."""
S, T = (digit * 3 + "0123456789abcdef0123456789abcdef01234" for digit in "de")
"""SHA-1s."""
P, Q = (digit * 3 + "0123456789abcdef" * 3 + "0123456789abc" for digit in "fa")
"""PDQs, or SHA-256s."""
ICSE_HEAD = (
    "MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;"
    "Number of submissions;File Available;Media Type;Baseline"
)
HOST = "http://vics.example/ProjectVic/DataModels"
US, DEFAULT, CUSTOM = (
    f"{HOST}/2.0.xml/{name}/$metadata#Media" for name in ("US", "Default", "CUSTOM")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list says."""

    reading: str
    lines: tuple[HashLine, ...]

    @property
    def keys(self) -> list[str]:
        """Hashes that would be taken, as `m:…`, in the order of the file."""
        return [key for line in self.lines for key in line.hashes]

    @property
    def told(self) -> list[str]:
        """Why something was not taken, as `line: reason`."""
        return [f"{line.line}: {why}" for line in self.lines for why in line.problems]


def read_list(
    folder: Path, data: bytes, *, columns: Sequence[str] = (), categories: Sequence[str] = ("1",)
) -> Listed:
    """Read a list as `take_list` does, without a store.

    Raises:
        UnreadableDocumentError: nothing of it can be taken.
    """
    path = folder / "list"
    path.write_bytes(data)
    if is_vics(path):
        reading = chosen(contents_of(path), categories)
        return Listed(reading=reading, lines=tuple(read_vics(path, categories)))
    layout = layout_of(path, columns_of(columns), DEFAULT_LIMITS)
    lines = tuple(read_hash_lines(path, layout, DEFAULT_LIMITS))
    return Listed(reading=layout.words, lines=lines)


def vics(*media: object, context: object = US, key: str = "@odata.context", **top: object) -> bytes:
    """Give a VICS list of media."""
    return json.dumps({key: context, "value": list(media), **top}).encode()


def medium(md5: object = A, category: object = 1, **more: object) -> dict[str, Any]:
    """Give an entry; `md5=None` leaves it null."""
    return {"MediaID": 1, "Category": category, "MD5": md5, **more}


def icse(*rows: str, head: str = ICSE_HEAD, end: str = "\r\n") -> bytes:
    """Give a list of ICSE; a row is what stands before the columns that are not read."""
    return end.join(
        [head, *(f"{row};AAAA;17;true;false;false;A series;3;true;Image;true" for row in rows), ""]
    ).encode()
