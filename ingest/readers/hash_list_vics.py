"""Hash lists as Project VIC JSON (VICS, OData): MD5 and SHA-1 of media in chosen categories.

What a category means depends on the context that the file names (`…/2.0.xml/US/$metadata#Media`):
1 under one is not 1 under another, and some hold what is no offence at all. So nothing is taken
without categories that a person chose, and issues of one list share one context.
Source: public writers and readers of VICS 2.0 and 1.3 (`domain.md` 5).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]  # it has no stubs

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from ingest.readers.encoding import first_byte
from ingest.readers.hash_list_csv import HashLine
from ingest.screening.wide import wide_encoding

_CONTEXT_KEYS = frozenset(
    f"{holder}{key}"
    for holder in ("", "value.item.", "value.item.Media.item.")
    for key in ("@odata.context", "odata.metadata", "odata.context")
)
_CONTEXT = re.compile(r"([A-Za-z0-9._/-]{1,200}?)/?\$metadata(?:#(\w{1,40}))?", re.ASCII)
_MEDIA = ("value.item.Media.item", "value.item")
_HASHES = ("MD5", "SHA1", "SHA256")
_CATEGORY_KEY = "Category"
_CASE = frozenset({"CaseID", "Media"})
_MOST_STATED = 10
"""Values of one hash of one entry that are read."""
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


class _Recoded:
    """A file of another encoding, read as UTF-8."""

    def __init__(self, file: BinaryIO, codec: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(codec)()

    def read(self, size: int) -> bytes:
        """Give some bytes; none only at the end, where half a character is an error."""
        text = ""
        while text == "" and size > 0:
            data = self._file.read(size)
            text = self._decoder.decode(data, final=data == b"")
            if data == b"":
                break
        return text.encode("utf-8", "replace")


@dataclass(slots=True)
class _Entry:
    """One medium, or a case around media."""

    values: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    is_case: bool = False


@dataclass(slots=True)
class _State:
    contexts: list[str] = field(default_factory=list)
    open: dict[str, _Entry] = field(default_factory=dict)
    """Entries that are being read, by place in the document."""
    number: int = 0


def is_vics(path: Path) -> bool:
    """Tell whether a file is JSON, which no other hash list is."""
    with path.open("rb") as file:
        return first_byte(file.read(64)) in (b"{", b"[")


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
    if len(state.contexts) == 0:
        raise UnreadableDocumentError(
            "it is JSON, but no VICS list: it names no context (`@odata.context`), and without one "
            "nobody knows what its categories mean"
        )
    return VicsContents(
        context=state.contexts[0], media=state.number, by_category=dict(sorted(counts.items()))
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
        stated = entry.values.get(_CATEGORY_KEY, [])
        if _category(entry) in wanted:
            yield _line(entry, state.number)
        elif len(stated) > 1 and not wanted.isdisjoint(stated):
            # Nobody knows which of them is meant.
            yield HashLine(line=state.number, hashes=(), problems=tuple(entry.problems))


def _line(entry: _Entry, number: int) -> HashLine:
    hashes: list[str] = []
    problems = list(entry.problems)
    for name in _HASHES:
        for value in entry.values.get(name, ()):
            raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=value, subtype=name)
            found = clean(raw, Policy())
            if isinstance(found, Identifier):
                hashes.append(found.key)
            else:
                problems.append(f"{name}: {found.reason}")
    if len(hashes) + len(problems) == 0:
        problems.append("no MD5, SHA-1 or SHA-256")
    return HashLine(line=number, hashes=tuple(hashes), problems=tuple(problems))


def _category(entry: _Entry) -> str:
    """Give the one category of an entry; `none` when it states no number, or two."""
    stated = entry.values.get(_CATEGORY_KEY, [])
    return stated[0] if len(stated) == 1 and _CATEGORY.match(stated[0]) is not None else "none"


def _entries(path: Path, state: _State) -> Iterator[_Entry]:
    """Give media one by one; nothing of the file but one entry is in memory."""
    try:
        with path.open("rb") as file:
            for prefix, event, value in ijson.parse(_utf8(file), multiple_values=False):
                entry = _ended(state, prefix, event, value)
                if entry is not None:
                    state.number += 1
                    yield entry
    except (ijson.JSONError, UnicodeError, ValueError) as error:
        raise UnreadableDocumentError(
            f"it is no valid JSON after {state.number:,} media ({type(error).__name__}); ask for "
            "a complete copy"
        ) from None


def _utf8(file: BinaryIO) -> BinaryIO | _Recoded:
    """Give a file's text as UTF-8 without a mark, also of a tool that writes UTF-16."""
    head = file.read(64)
    wide = wide_encoding(head)
    codec, mark = wide if wide is not None else ("utf-8", b"")
    if wide is None and head.startswith(codecs.BOM_UTF8):
        mark = codecs.BOM_UTF8
    file.seek(len(mark))
    return file if wide is None else _Recoded(file, codec)


def _ended(state: _State, prefix: str, event: str, value: Any) -> _Entry | None:
    """Take one piece of JSON in; gives the medium that it ends."""
    if prefix in _CONTEXT_KEYS and event == "string":
        _take_context(state, str(value))
    elif event == "start_map" and prefix in _MEDIA:
        state.open[prefix] = _Entry()
    elif event == "end_map" and prefix in _MEDIA:
        entry = state.open.pop(prefix)
        is_frame = entry.is_case and prefix == _MEDIA[1]
        return None if is_frame and not set(_HASHES) & set(entry.values) else entry
    else:
        holder, _, name = prefix.rpartition(".")
        if holder in state.open:
            _take_field(state.open[holder], name, event, value)
    return None


def _take_field(entry: _Entry, name: str, event: str, value: Any) -> None:
    if name in _CASE:
        entry.is_case = True
    elif name == _CATEGORY_KEY and event in ("string", "number"):
        _put(entry, name, str(value)[:200])
    elif name in _HASHES and event == "string":
        _put(entry, name, value.strip()[:200])
    elif name in _HASHES and event in ("number", "boolean", "start_map", "start_array"):
        entry.problems.append(f"{name}: it is no text")


def _put(entry: _Entry, name: str, value: str) -> None:
    before = entry.values.setdefault(name, [])
    if value == "" or value in before:
        return
    if len(before) > 0:
        entry.problems.append(f"{name} is stated twice, as different values")
    if len(before) < _MOST_STATED:
        before.append(value)


def _take_context(state: _State, text: str) -> None:
    """Note what categories mean.

    Raises:
        UnreadableDocumentError: the file names another context too.
    """
    context = _context(text)
    if context is None or context in state.contexts:
        return
    state.contexts.append(context)
    if len(state.contexts) > 1:
        raise UnreadableDocumentError(
            f"it names two contexts, {' and '.join(state.contexts)}, and a category does not mean "
            "the same in both; ask for one file of each"
        )


def _context(text: str) -> str | None:
    """Give what tells contexts apart: the end of the address, without the host."""
    found = _CONTEXT.search(text.partition("://")[2] or text)
    if found is None:
        return None
    parts = found[1].split("/")
    return "/".join(parts[-4:])
