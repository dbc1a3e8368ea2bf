"""Hash lists as Project VIC JSON (VICS, OData): MD5 and SHA-1 of media in chosen categories.

What a category means depends on the context that the file names (`…/2.0.xml/US/$metadata#Media`):
1 under one is not 1 under another, and some hold what is no offence at all. So nothing is taken
without categories that a person chose, and issues of one list share one context.
Source: public writers and readers of VICS 2.0 and 1.3 (`domain.md` 5).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ijson  # type: ignore[import-untyped]  # it has no stubs

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from ingest.readers.hash_list_csv import HashLine

_CONTEXT_KEYS = ("@odata.context", "odata.metadata", "odata.context")
_CONTEXT = re.compile(r"([A-Za-z0-9._/-]{1,200}?)/?\$metadata(?:#(\w{1,40}))?", re.ASCII)
_MEDIA = ("value.item.Media.item", "value.item")
_HASHES = ("MD5", "SHA1", "SHA256")
_CATEGORY = re.compile(r"[0-9]{1,4}$")
_READING = re.compile(r"vics context=(\S+) ")
_MOST_CATEGORIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class VicsContents:
    """What a file holds, before any of it is taken."""

    context: str
    """What its categories mean: `ProjectVic/DataModels/2.0.xml/US`."""
    media: int
    by_category: dict[str, int]


@dataclass(slots=True)
class _State:
    context: str | None = None
    entry: dict[str, str] = field(default_factory=dict)
    number: int = 0


def is_vics(path: Path) -> bool:
    """Tell whether a file is JSON, which no other hash list is."""
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def contents_of(path: Path) -> VicsContents:
    """Read a whole file and give what it holds.

    Raises:
        UnreadableDocumentError: it is broken, or names no context.
    """
    state = _State()
    counts: Counter[str] = Counter()
    for entry in _entries(path, state):
        category = _category(entry)
        if category in counts or len(counts) < _MOST_CATEGORIES:
            counts[category] += 1
    if state.context is None:
        raise UnreadableDocumentError(
            "it is JSON, but no VICS list: it names no context (`@odata.context`), and without one "
            "nobody knows what its categories mean"
        )
    return VicsContents(
        context=state.context, media=state.number, by_category=dict(sorted(counts.items()))
    )


def chosen(contents: VicsContents, categories: Sequence[str]) -> str:
    """Give how the file is read, as words that tell this reading from every other.

    Raises:
        UnreadableDocumentError: no category was chosen, or one that the file does not have.
    """
    there = ", ".join(f"{name} ({count:,})" for name, count in contents.by_category.items())
    if len(categories) == 0:
        raise UnreadableDocumentError(
            f"its categories are those of {contents.context}: {there}. Say with --category which "
            "of them make a file known; what a number means differs from context to context"
        )
    missing = [name for name in categories if name not in contents.by_category]
    if len(missing) > 0:
        raise UnreadableDocumentError(f"it has no category {', '.join(missing)}; it has {there}")
    return f"vics context={contents.context} categories={','.join(sorted(set(categories)))}"


def context_of(reading: str) -> str | None:
    """Give the context in the words of a reading, None when it is not of VICS."""
    found = _READING.match(reading)
    return None if found is None else found[1]


def read_vics(path: Path, categories: Sequence[str]) -> Iterator[HashLine]:
    """Give the hashes of media in the chosen categories; a bad entry stops no other.

    Raises:
        UnreadableDocumentError: it is broken.
    """
    state = _State()
    wanted = frozenset(categories)
    for entry in _entries(path, state):
        if _category(entry) in wanted:
            yield _line(entry, state.number)


def _line(entry: dict[str, str], number: int) -> HashLine:
    hashes: list[str] = []
    problems: list[str] = []
    for name in _HASHES:
        value = entry.get(name, "").strip()
        if value == "":
            continue
        raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=value, subtype=name)
        found = clean(raw, Policy())
        if isinstance(found, Identifier):
            hashes.append(found.key)
        else:
            problems.append(f"{name}: {found.reason}")
    if len(hashes) + len(problems) == 0:
        problems.append("no MD5, SHA-1 or SHA-256")
    return HashLine(line=number, hashes=tuple(hashes), problems=tuple(problems))


def _category(entry: dict[str, str]) -> str:
    text = entry.get("Category", "")
    return text if _CATEGORY.match(text) is not None else "none"


def _entries(path: Path, state: _State) -> Iterator[dict[str, str]]:
    """Give media one by one; nothing of the file but one entry is in memory."""
    try:
        with path.open("rb") as file:
            head = file.read(3)
            file.seek(3 if head == b"\xef\xbb\xbf" else 0)
            for prefix, event, value in ijson.parse(file, multiple_values=False):
                if _reads(state, prefix, event, value):
                    state.number += 1
                    yield state.entry
                    state.entry = {}
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableDocumentError(
            f"it is no valid JSON after {state.number:,} media ({type(error).__name__}); ask for "
            "a complete copy"
        ) from None


def _reads(state: _State, prefix: str, event: str, value: Any) -> bool:
    """Take one piece of JSON in; tells whether it ends an entry."""
    if prefix in _CONTEXT_KEYS and event == "string":
        state.context = _context(str(value))
        return False
    if event == "end_map" and prefix in _MEDIA:
        return prefix == _MEDIA[0] or any(name in state.entry for name in _HASHES)
    holder, _, name = prefix.rpartition(".")
    if holder in _MEDIA and event in ("string", "number") and name in (*_HASHES, "Category"):
        state.entry[name] = str(value)[:200]
    return False


def _context(text: str) -> str | None:
    """Give what tells contexts apart: the end of the address, without the host."""
    found = _CONTEXT.search(text.partition("://")[2] or text)
    if found is None:
        return None
    parts = found[1].split("/")
    return "/".join(parts[-4:])
