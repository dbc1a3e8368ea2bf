"""Whether a file is first seen here: its hash is on no list and in no earlier tip, as of now.

Never said of what cannot be known: no hash that is compared for equality, no name of an image or
video, a tip among its holders whose time of receipt is not stated, or a hash list in force whose
import is not finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.queries.core import NoParams
from graph.queries.hash_lists import LISTS
from graph.queries.seen import (
    CHUNK,
    FILE_HASHES,
    FIRST,
    MOST_HASHES,
    MOST_HOLDERS,
    OTHERS,
    FileHashRow,
    HashParams,
    OthersParams,
    OthersRow,
)
from graph.queries.tips import TIP, TipParams
from graph.queries.versions import FileRow
from graph.store import ReadUnit

COMPARED = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "md4", "ed2k"})
"""Hashes of a file's bytes: equal ones are the same file, as PDQ and PhotoDNA are not."""


class Seen(StrEnum):
    """Whether a file was here before."""

    FIRST = "first seen here"
    EARLIER = "in an earlier tip"
    LISTED = "on a hash list"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is known of one hash, or of one file by all its hashes, with the reason."""

    seen: Seen
    why: str
    hash: str = ""


class FileView(FileRow):
    """One file of a tip, and whether it was here before."""

    seen: str
    seen_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeen:
    """The tip in which a hash was first seen here, or why that is not known."""

    seen: str
    why: str
    tip: str | None
    received_us: int | None


def file_views(
    unit: ReadUnit, tip: str, received_us: int | None, files: Sequence[FileRow]
) -> tuple[tuple[FileView, ...], tuple[str, ...]]:
    """Give a tip's files, each with whether it was here before; and what was cut off."""
    found, cut_off = _sightings(unit, tip, received_us)
    views = []
    for file in files:
        said = _of_file(found.get(file.file_id, []), is_cut=len(cut_off) > 0)
        views.append(FileView(**file.model_dump(), seen=said.seen.value, seen_why=said.why))
    return tuple(views), cut_off


def first_seen(unit: ReadUnit, key: str) -> FirstSeen:
    """Give the tip in which a hash was first seen here, as of now."""
    rows = unit.read(FIRST, HashParams(key=key))
    if len(rows) == 0:
        return _unknown_first("No tip has it now.")
    if len(rows) > 1 and rows[0].received_us is None:
        return _unknown_first("A tip without a time of receipt has it, and others too.")
    tip = unit.read(TIP, TipParams(tip=rows[0].tip))[0]
    found, _ = _sightings(unit, tip.key, tip.received_us)
    of_hash = [item for items in found.values() for item in items if item.hash == key]
    if len(of_hash) == 0:
        return _unknown_first("The first tip that has it says of no file that it has it.")
    best = _of_file(of_hash, is_cut=False)
    is_first = best.seen is Seen.FIRST
    return FirstSeen(
        seen=best.seen.value,
        why=best.why,
        tip=tip.key if is_first else None,
        received_us=tip.received_us if is_first else None,
    )


def _unknown_first(why: str) -> FirstSeen:
    return FirstSeen(seen=Seen.UNKNOWN.value, why=why, tip=None, received_us=None)


def _sightings(
    unit: ReadUnit, tip: str, received_us: int | None
) -> tuple[dict[str, list[Sighting]], tuple[str, ...]]:
    """Give what is known of each hash of each file of a tip."""
    rows = unit.read(FILE_HASHES, TipParams(tip=tip))
    cut_off: tuple[str, ...] = ()
    if len(rows) > MOST_HASHES:
        rows = rows[:MOST_HASHES]
        cut_off = (f"Only {MOST_HASHES} hashes of its files were looked up.",)
    asked = sorted({row.hash for row in rows if _open_question(row) is None})
    others: dict[str, OthersRow] = {}
    for start in range(0, len(asked), CHUNK):
        params = OthersParams(
            tip=tip, received_us=received_us or 0, hashes=asked[start : start + CHUNK]
        )
        others |= {row.hash: row for row in unit.read(OTHERS, params)}
    unfinished = _unfinished_list(unit) if len(asked) > 0 else None
    found: dict[str, list[Sighting]] = {}
    for row in rows:
        said = _open_question(row) or _by_others(row, others.get(row.hash), received_us)
        if said.seen is Seen.FIRST and unfinished is not None:
            said = Sighting(seen=Seen.UNKNOWN, why=unfinished, hash=row.hash)
        found.setdefault(row.file_id, []).append(said)
    return found, cut_off


def _unfinished_list(unit: ReadUnit) -> str | None:
    """Say that a list in force is not whole, so that what no list has is not known."""
    for row in unit.read(LISTS, NoParams()):
        if row.withdrawn_us is None and row.unfinished is not None:
            return (
                f"The import of hash list {row.name} is under way or was cut short, so whether a "
                "list has it is not known. The same import finishes it."
            )
    return None


def _open_question(row: FileHashRow) -> Sighting | None:
    """Say what is known of a hash without a look at other tips; None when these decide."""
    name = row.hash.partition(":")[0]
    on_list = f"{row.listed[0]}." if row.listed is not None and len(row.listed) > 0 else None
    if name not in COMPARED:
        why = f"{_NOT_COMPARED.get(name, 'A hash of a kind that is not known')} {_NOT_TOLD}"
        if on_list is not None:
            why = f"{why} An equal one is on a list. {on_list}"
        return Sighting(seen=Seen.UNKNOWN, why=why, hash=row.hash)
    if on_list is not None:
        return Sighting(seen=Seen.LISTED, why=on_list, hash=row.hash)
    if row.state == "stopped":
        why = "Its hash is one that says nothing of a file."
        return Sighting(seen=Seen.UNKNOWN, why=why, hash=row.hash)
    if row.holders > MOST_HOLDERS:
        why = f"More than {MOST_HOLDERS} tips have it; which was first was not looked up."
        return Sighting(seen=Seen.UNKNOWN, why=why, hash=row.hash)
    return None


_NOT_COMPARED = {"pdq": "A PDQ hash", "photodna": "A PhotoDNA hash"}
_NOT_TOLD = "does not tell whether it is the same file."


def _by_others(row: FileHashRow, others: OthersRow | None, received_us: int | None) -> Sighting:
    name = row.hash.partition(":")[0].upper()
    if others is not None and others.earlier > 0 and received_us is not None:
        why = f"An earlier tip has its {name}."
        return Sighting(seen=Seen.EARLIER, why=why, hash=row.hash)
    if others is not None and (others.undated > 0 or received_us is None):
        why = f"Other tips have its {name}; when the tips were received is not stated for all."
        return Sighting(seen=Seen.UNKNOWN, why=why, hash=row.hash)
    if row.is_media is False:
        return Sighting(seen=Seen.UNKNOWN, why="It is no image or video.", hash=row.hash)
    why = f"No hash list and no earlier tip has its {name}, as of now."
    return Sighting(seen=Seen.FIRST, why=why, hash=row.hash)


_ORDER = (Seen.LISTED, Seen.EARLIER, Seen.FIRST, Seen.UNKNOWN)


def _of_file(sightings: Sequence[Sighting], *, is_cut: bool) -> Sighting:
    """Give what all hashes of a file together say.

    A list or an earlier tip decides by any of them. Where one that is compared cannot be placed,
    the file is not called first seen.
    """
    if len(sightings) == 0:
        why = "Its hashes were not all looked up." if is_cut else "No hash of it is stated."
        return Sighting(seen=Seen.UNKNOWN, why=why)
    placed = [s for s in sightings if s.hash.partition(":")[0] in COMPARED]
    if any(s.seen is Seen.UNKNOWN for s in placed):
        sightings = [s for s in sightings if s.seen is not Seen.FIRST]
    first = min(sightings, key=lambda s: (_ORDER.index(s.seen), s.hash))
    if first.seen is not Seen.FIRST:
        return first
    names = sorted({s.hash.partition(":")[0].upper() for s in sightings if s.seen is Seen.FIRST})
    why = f"No hash list and no earlier tip has its {' or '.join(names)}, as of now."
    return Sighting(seen=Seen.FIRST, why=why, hash=first.hash)
