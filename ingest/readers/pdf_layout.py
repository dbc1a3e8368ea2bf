"""The lines of a PDF as sections, blocks and fields: who says what, before it means anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.pdf.text import PdfLine
from ingest.readers.pdf_labels import SECTION, Block, Label, heading, label, other_label

_FURNITURE = re.compile(
    r"(?:cybertipline report \d{1,15}(?: ?[|-] ?(?:page )?\d{1,5}(?: of \d{1,5})?)?"
    r"|page \d{1,5}(?: (?:of|/) \d{1,5})?|\d{1,4})$",
    re.IGNORECASE,
)
_INDENT = 3
"""Points by which a line must stand further right to belong to the field above."""
_WITH_LINES = frozenset({Label.NOTE, Label.CAPTURES, Label.METADATA, Label.CONTENT, Label.TEMPLATE})
"""Labels whose values are texts or small tables: a line in them may look like a label."""
_WITH_SPACES = frozenset({Label.NAME, Label.ADDRESS, Label.TIME_DESCRIPTION, Label.ESCALATION})
_FILE_NAMES = frozenset({Label.FILE_NAME, Label.ORIGINAL_NAME})
_LONG = 40
"""Characters from which on a file's name may have been broken at a space."""


@dataclass(slots=True, kw_only=True)
class Field:
    """A label and the lines of its value."""

    label: Label | None
    """None for a label that is not known."""
    words: str
    left: int
    bold: bool
    lines: list[tuple[str, PdfLine]]

    @property
    def place(self) -> str:
        """Where the label stands."""
        first = self.lines[0][1]
        return f"page {first.page}, line {first.number} ({self.words})"


@dataclass(slots=True, kw_only=True)
class BlockOfFields:
    """A heading and what stands below it."""

    kind: Block | None
    """None before the first heading of section A, and below one that is not known."""
    title: PdfLine | None
    fields: list[Field] = field(default_factory=list)
    loose: list[PdfLine] = field(default_factory=list)
    """Lines that no label claims."""


@dataclass(slots=True, kw_only=True)
class Layout:
    """The whole report."""

    head: list[PdfLine]
    """Everything before section A."""
    blocks: list[BlockOfFields]
    """Of section A."""
    further: dict[str, list[PdfLine]]
    """Lines of the sections B, C and D."""
    has_sections: bool


def laid_out(lines: Sequence[PdfLine]) -> Layout:
    """Give the sections of a report and the fields of section A."""
    kept = _without_furniture(lines)
    starts = _sections(kept)
    begin = starts.get("a")
    if begin is None:
        # Without sections everything is what was reported.
        return Layout(head=kept, blocks=_blocks(kept), further={}, has_sections=False)
    ends = sorted([*starts.values(), len(kept)])
    parts = {
        name: kept[at + 1 : next(end for end in ends if end > at)] for name, at in starts.items()
    }
    return Layout(
        head=kept[:begin],
        blocks=_blocks(parts["a"]),
        further={name: part for name, part in parts.items() if name != "a"},
        has_sections=True,
    )


def _without_furniture(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Leave out what is printed at the top and bottom of every page."""
    last = {line.page: line.number for line in lines}
    return [
        line
        for line in lines
        if not (
            _FURNITURE.match(line.text) is not None
            and (line.number == 1 or line.number == last[line.page])
            and not (line.page == 1 and line.number == 1)
        )
    ]


def _sections(lines: Sequence[PdfLine]) -> dict[str, int]:
    """Give where the sections begin; a table of contents names them without saying anything.

    A section that comes again, as the words of somebody's note may, does not begin again, and none
    begins before one that is further up in the alphabet.
    """
    named = [
        (found[1].lower(), at)
        for at, line in enumerate(lines)
        if (found := SECTION.match(line.text)) is not None
    ]
    starts: dict[str, int] = {}
    for n, (name, at) in enumerate(named):
        following = named[n + 1][1] if n + 1 < len(named) else len(lines)
        says_something = any(label(line.text) is not None for line in lines[at + 1 : following])
        is_first = name not in starts and all(name > other for other in starts)
        if is_first and (says_something or "a" in starts) and _is_heading(lines, at):
            starts[name] = at
    return starts if "a" in starts else {}


def _is_heading(lines: Sequence[PdfLine], at: int) -> bool:
    """Tell whether a line stands out, where headings do; in plain text every line may be one."""
    line = lines[at]
    body = _body_size(lines)
    if line.bold or line.size > body:
        return True
    return not any((one.bold or one.size > body) and heading(one.text) is not None for one in lines)


def _body_size(lines: Sequence[PdfLine]) -> int:
    """Give the size of most of the text: in a short report half of all lines may be headings."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return max(letters, key=lambda size: (letters[size], -size), default=0)


def _blocks(lines: Sequence[PdfLine]) -> list[BlockOfFields]:
    blocks = [BlockOfFields(kind=None, title=None)]
    body = _body_size(lines)
    distinct = any(
        heading(line.text) is not None and (line.bold or line.size > body) for line in lines
    )
    current: Field | None = None
    for line in lines:
        kind = heading(line.text)
        stands_out = line.bold or line.size > body
        is_deeper = current is not None and line.left > current.left + _INDENT
        if kind is not None and (stands_out if distinct else not is_deeper):
            blocks.append(BlockOfFields(kind=kind, title=line))
            current = None
            continue
        above = blocks[-1].kind
        is_odd = distinct and line.size > body and not is_deeper and _begun(line) is None
        if is_odd and above is not Block.NOTES:
            # A heading that nobody knows: what follows is not said of whoever stands above it,
            # but may still be a provider's boilerplate.
            is_template = above in (Block.PROVIDER, Block.TEMPLATE)
            kind = Block.TEMPLATE if is_template else None
            blocks.append(BlockOfFields(kind=kind, title=line, loose=[line]))
            current = None
            continue
        current = _into(blocks[-1], current, line)
    return blocks


def _into(block: BlockOfFields, current: Field | None, line: PdfLine) -> Field | None:
    """Put a line into its field; gives the field that a following line may continue."""
    if block.kind is Block.NOTES:
        block.loose.append(line)
        return None
    begun = None if _continues(current, line) else _begun(line)
    if begun is not None:
        block.fields.append(begun)
        return begun
    if current is None:
        block.loose.append(line)
        return None
    if _is_value(current, line):
        current.lines.append((line.text, line))
    else:
        block.loose.append(line)
    return current


def _is_value(current: Field, line: PdfLine) -> bool:
    """Tell whether a line without a label goes on with the value above, not with a remark."""
    if _continues(current, line) or current.label in _WITH_LINES | _WITH_SPACES:
        return True
    if current.label in _FILE_NAMES and len(current.lines[-1][0]) >= _LONG:
        return True
    return " " not in line.text and not line.text.startswith("(")


def _continues(current: Field | None, line: PdfLine) -> bool:
    """Tell whether a line belongs to the value above, whatever it looks like.

    What stands further right than the label does: else a provider's note that quotes `Email
    Address:` would be taken for a field of the report.
    """
    if current is None:
        return False
    if line.left > current.left + _INDENT:
        return True
    return current.label in _WITH_LINES and current.bold and not line.bold


def _begun(line: PdfLine) -> Field | None:
    known = label(line.text)
    if known is not None:
        name, words, value = known
        return Field(label=name, words=words, left=line.left, bold=line.bold, lines=[(value, line)])
    other = other_label(line.text)
    if other is None:
        return None
    words, value = other
    return Field(label=None, words=words, left=line.left, bold=line.bold, lines=[(value, line)])
