"""Proposes what the columns of a table say, from their names and from what stands in them.

A proposal is for a person to check: nothing is taken in by it, and who reports is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from graph.roles import Role
from ingest.readers.table_mapping import FORMAT, OF_A_PERSON, Column, ColumnField, ReporterRole

_WORDS = re.compile(r"[a-z0-9]+")
_SAMPLE = 200
_ROLES: tuple[tuple[frozenset[str], Role], ...] = (
    (frozenset({"reporter", "complainant", "your", "my", "submitter", "caller"}), Role.REPORTER),
    (frozenset({"victim", "child", "minor", "cv"}), Role.VICTIM),
    (frozenset({"parent", "guardian", "mother", "father"}), Role.PARENT_GUARDIAN),
    (frozenset({"recipient"}), Role.INTENDED_RECIPIENT),
    (frozenset({"officer", "detective", "police"}), Role.LAW_ENFORCEMENT),
    (
        frozenset({"suspect", "offender", "reported", "perpetrator", "their", "accused"}),
        Role.REPORTED,
    ),
)
_NAMES: tuple[tuple[str, ColumnField], ...] = (
    (
        r"(?:tip|report|case|reference|ticket|submission) ?(?:no|nr|number|id)|number|no",
        ColumnField.NUMBER,
    ),
    (r".*\b(?:reporter|submitter|your) (?:role|type|relationship|is).*", ColumnField.REPORTER_ROLE),
    (r".*\b(?:received|submitted|created|timestamp)\b.*", ColumnField.RECEIVED),
    (r".*\bip (?:date|time).*|.*login (?:date|time).*", ColumnField.IP_TIME),
    (r".*\bport\b.*", ColumnField.IP_PORT),
    (r".*\b(?:incident|offen[cs]e|event) ?(?:date|time).*|date|when.*", ColumnField.INCIDENT_TIME),
    (r".*\b(?:incident|offen[cs]e) type\b.*|category", ColumnField.INCIDENT_TYPE),
    (r".*\be ?mail.*", ColumnField.EMAIL),
    (r".*\b(?:phone|mobile|cell|telephone)\b.*", ColumnField.PHONE),
    (r".*\bip\b.*", ColumnField.IP),
    (
        r".*\b(?:screen|user|profile|account) ?name\b.*|.*\b(?:handle|username|nickname)\b.*",
        ColumnField.SCREEN_NAME,
    ),
    (r".*\b(?:user|account|esp user) ?id\b.*", ColumnField.ACCOUNT),
    (r".*\b(?:url|link|website|web page|profile)\b.*", ColumnField.URL),
    (r".*\b(?:md5|sha ?1|sha ?256|pdq|hash)\b.*", ColumnField.HASH),
    (r".*\b(?:imei|device)\b.*", ColumnField.DEVICE),
    (r".*\bfile ?name\b.*", ColumnField.FILE_NAME),
    (r".*\b(?:dob|birth|born)\b.*", ColumnField.BIRTH),
    (r".*\bage\b.*", ColumnField.AGE),
    (r".*\bfirst name\b.*", ColumnField.FIRST_NAME),
    (r".*\b(?:last name|surname)\b.*", ColumnField.LAST_NAME),
    (r".*\bcountry\b.*", ColumnField.COUNTRY),
    (r".*\b(?:address|street|city)\b.*", ColumnField.ADDRESS),
    (r".*\bname\b.*", ColumnField.NAME),
    (r".*\b(?:platform|app|service|site)\b.*", ColumnField.PLATFORM),
    (r".*\b(?:chat|message|transcript)s?\b.*", ColumnField.CONTENT),
    (
        r".*\b(?:what|description|details|note|notes|narrative|comment|comments|remarks|summary)\b.*",
        ColumnField.NOTE,
    ),
    (r".*\bpriority\b.*", ColumnField.PRIORITY),
)
_PATTERNS = tuple((re.compile(pattern), field) for pattern, field in _NAMES)
_HASHES = ("md5", "sha1", "sha256", "pdq")
_BY_CONTENT: tuple[tuple[ColumnField, IdentifierKind, re.Pattern[str]], ...] = (
    (ColumnField.EMAIL, IdentifierKind.EMAIL, re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")),
    (ColumnField.URL, IdentifierKind.URL, re.compile(r"https?://\S+$")),
    (ColumnField.IP, IdentifierKind.IP_ADDRESS, re.compile(r"[0-9a-fA-F:.]{7,45}$")),
    (ColumnField.PHONE, IdentifierKind.PHONE, re.compile(r"\+[0-9][0-9 ().\-]{6,20}$")),
    (ColumnField.HASH, IdentifierKind.FILE_HASH, re.compile(r"[0-9a-fA-F]{32,64}$")),
)
_SINGLE = frozenset({ColumnField.NUMBER, ColumnField.REPORTER_ROLE, ColumnField.RECEIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What one column seems to say."""

    name: str
    column: Column
    why: str
    filled: int
    """Rows in which it holds something."""


def guesses(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """Give a guess for each column that has a name."""
    found: list[Guess] = []
    taken: set[ColumnField] = set()
    for at, name in enumerate(columns):
        if name == "":
            continue
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip() != ""]
        column, why = _guess(name, cells[:_SAMPLE])
        if column.field in _SINGLE and column.field in taken:
            column, why = Column(field=ColumnField.DETAIL), "another column says that already"
        taken.add(column.field)
        found.append(Guess(name=name, column=column, why=why, filled=len(cells)))
    return found


def _guess(name: str, cells: Sequence[str]) -> tuple[Column, str]:
    words = _WORDS.findall(name.casefold())
    plain = " ".join(words)[:200]
    role = next((role for some, role in _ROLES if not some.isdisjoint(words)), None)
    by_content = _by_content(cells)
    for pattern, field in _PATTERNS:
        if pattern.fullmatch(plain) is None:
            continue
        if by_content is not None and field in OF_A_PERSON and field is not by_content:
            break
        return _column(field, role, plain), "its name"
    if by_content is not None:
        return _column(by_content, role, plain), "what stands in it"
    if any(len(cell) > 60 for cell in cells):
        return Column(field=ColumnField.NOTE), "it holds long texts"
    return Column(field=ColumnField.DETAIL), "nothing says more; it is kept for people to read"


def _column(field: ColumnField, role: Role | None, plain: str) -> Column:
    if field in OF_A_PERSON:
        # Whose it is must be said; mentioned is what claims least.
        return Column(field=field, role=role or Role.MENTIONED)
    if field is ColumnField.HASH:
        joined = plain.replace(" ", "")
        kind = next((kind.upper() for kind in _HASHES if kind in joined), None)
        return Column(field=field, subtype=kind)
    return Column(field=field)


def _by_content(cells: Sequence[str]) -> ColumnField | None:
    if len(cells) == 0:
        return None
    for field, kind, pattern in _BY_CONTENT:
        fitting = [cell for cell in cells if pattern.match(cell) is not None]
        if len(fitting) * 10 < len(cells) * 8:
            continue
        policy = Policy(synthetic=True)
        good = [
            cell
            for cell in fitting
            if isinstance(clean(RawIdentifier(kind=kind, value=cell), policy), Identifier)
        ]
        if len(good) * 10 >= len(cells) * 8:
            return field
    return None


def as_toml(found: Sequence[Guess], *, source: str = "webform") -> str:
    """Give the proposal as a mapping to check, change and keep."""
    lines = [
        f'format = "{FORMAT}"',
        "# Part of the tips' keys: who issues them.",
        f'source = "{source}"',
        *_reporter(found),
        '# Zone of times that state none, such as "-05:00"; leave it out when it is not known.',
        '# zone = "UTC"',
        "# Order of dates such as 01/02/2026: MDY or DMY.",
        '# dates = "MDY"',
        "",
        "[columns]",
    ]
    lines += [f"{_quoted(one.name)} = {_value(one.column)}  # {one.why}" for one in found]
    return "\n".join(lines) + "\n"


def _reporter(found: Sequence[Guess]) -> list[str]:
    if any(one.column.field is ColumnField.REPORTER_ROLE for one in found):
        return []
    return [
        f"# Who reports, for all tips: {', '.join(ReporterRole)}. Nothing is taken in without it.",
        'reporter_role = "?"',
    ]


def _value(column: Column) -> str:
    if column.subtype is not None:
        return f'{{ field = "{column.field}", subtype = "{column.subtype}" }}'
    return _quoted(column.field if column.role is None else f"{column.role} {column.field}")


def _quoted(text: str) -> str:
    """Give a TOML basic string (TOML 1.0, section String)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = "".join(c if c.isprintable() else _spelt(ord(c)) for c in escaped)
    return f'"{shown}"'


def _spelt(sign: int) -> str:
    return f"\\u{sign:04X}" if sign <= 0xFFFF else f"\\U{sign:08X}"
