"""What is asserted of a file, who says so, and what a person verified: two things, kept apart.

What providers and NCMEC put beside a file (industry classification, annotations, viewed or not)
and what hash lists say is automated or hearsay: it stays labelled as asserted until a person who
saw the file, outside Crosstip, verifies or refutes it. Neither ever overwrites the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.queries.evidence import VerificationRow
from graph.statements import FileStatement
from graph.tip_state import Version
from graph.triage.gate import NOT_STATED

ASSERTED = "asserted, not verified"


class Verdict(StrEnum):
    """What a person says of an assertion."""

    VERIFIED = "verified"
    REFUTED = "refuted"


class SeenAs(StrEnum):
    """What a person saw; the closed list."""

    A1 = "prepubescent child, sexual act"
    A2 = "prepubescent child, lascivious exhibition"
    B1 = "pubescent child, sexual act"
    B2 = "pubescent child, lascivious exhibition"
    OTHER = "child, neither of these"
    AGE = "age cannot be told"
    ADULT = "adult"
    DRAWN = "drawn or animated"
    GENERATED = "made by generative AI"
    NOTHING = "nothing sexual"
    CANNOT = "cannot be opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one version says of whether the provider viewed a file."""

    viewed: str
    said_by: str
    version: str
    issued_us: int
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """Something that is asserted of a file, and how it stands."""

    what: str
    said_by: str
    version: str | None
    """Key of the version that says so; None of a hash list."""
    is_current: bool
    standing: str
    """`asserted, not verified`, `verified` or `refuted`: a person's, the last one counts."""
    verified_by: str | None
    verified_us: int | None
    seen_as: str | None


def statements_of(
    file_id: str, versions: Sequence[tuple[Version, bool]], *, provider: str
) -> list[Statement]:
    """Give what versions say of viewing, the newest first; with whether each is current."""
    return [
        Statement(
            viewed=file.viewed_by_esp or NOT_STATED,
            said_by=said_by(version, provider),
            version=version.key,
            issued_us=version.issued_us,
            is_current=is_current,
        )
        for version, is_current, file in _mentions(file_id, versions)
    ]


def asserted_of(
    file_id: str,
    versions: Sequence[tuple[Version, bool]],
    *,
    provider: str,
    listed: Iterable[str],
    records: Sequence[VerificationRow],
) -> list[Asserted]:
    """Give everything that is or was asserted of a file, and what persons made of it.

    `records` are those of the own agency, the last first.
    """
    found: dict[str, _Said] = {}
    for version, is_current, file in _mentions(file_id, versions):
        for what in _claimed(file):
            who = said_by(version, provider)
            found.setdefault(what, _Said(who=who, version=version.key, is_current=is_current))
    for sentence in listed:
        found.setdefault(f"hash list: {sentence}", _Said(who="a hash list"))
    last: dict[str, VerificationRow] = {}
    for row in records:
        if row.file_id == file_id:
            last.setdefault(row.about, row)
    return [
        _asserted(what, found[what], last.get(what))
        for what in sorted(found, key=lambda name: (not found[name].is_current, name))
    ]


def said_by(version: Version, provider: str) -> str:
    """Give who says what a version says: whom it names, else the tip's provider."""
    facts = version.statement.facts
    named = None if facts is None else (facts.provider_name or facts.provider)
    return named or version.declared_provider or provider


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    who: str
    version: str | None = None
    is_current: bool = True


def _asserted(what: str, said: _Said, row: VerificationRow | None) -> Asserted:
    return Asserted(
        what=what,
        said_by=said.who,
        version=said.version,
        is_current=said.is_current,
        standing=ASSERTED if row is None else row.verdict,
        verified_by=None if row is None else row.verified_by,
        verified_us=None if row is None else row.at_us,
        seen_as=None if row is None else row.seen_as,
    )


def _mentions(
    file_id: str, versions: Sequence[tuple[Version, bool]]
) -> list[tuple[Version, bool, FileStatement]]:
    ordered = sorted(versions, key=lambda pair: pair[0].order, reverse=True)
    return [
        (version, is_current, file)
        for version, is_current in ordered
        for file in version.statement.files
        if file.file_id == file_id
    ]


def _claimed(file: FileStatement) -> list[str]:
    classes = [] if file.classification is None else [f"classification {file.classification}"]
    return [*classes, *(f"annotation {name}" for name in file.annotations)]
