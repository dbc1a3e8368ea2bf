"""To whom a report's contents may go: 18 U.S.C. 2258A(g) as a table, every line for counsel.

The table says what the statute seems to say of kinds of agency and purposes. It decides nothing: a
line that is not a plain "permitted" is a warning that a person acknowledges with a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from graph.casework.vocabulary import AgencyKind
from graph.identifiers.tables import DataFileError, Line, parse_table

FILE = "permitted_recipients.csv"
TO_CONFIRM = "counsel to confirm"
"""The status of every line, until a site's counsel has read it."""


class Purpose(StrEnum):
    """What a report is passed on for."""

    STATE_LAW = "state criminal law"
    FEDERAL_LAW = "federal criminal law"
    FOREIGN_LAW = "foreign criminal law"
    ASSISTANCE = "assistance"


class Answer(StrEnum):
    """What the table says."""

    PERMITTED = "permitted"
    COUNSEL = "counsel to confirm"
    NOT = "not"


USUAL: Mapping[AgencyKind, Purpose] = MappingProxyType(
    {
        AgencyKind.TASK_FORCE: Purpose.STATE_LAW,
        AgencyKind.AFFILIATE: Purpose.STATE_LAW,
        AgencyKind.PROSECUTOR: Purpose.STATE_LAW,
        AgencyKind.FEDERAL: Purpose.FEDERAL_LAW,
        AgencyKind.FOREIGN: Purpose.FOREIGN_LAW,
        AgencyKind.MILITARY: Purpose.FEDERAL_LAW,
    }
)
"""What a kind of agency gets a report for, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A line of the table."""

    kind: AgencyKind
    purpose: Purpose
    answer: Answer
    paragraph: str
    says: str
    status: str

    @property
    def is_warning(self) -> bool:
        """Whether somebody has to acknowledge it, with a reason, before the report goes."""
        return self.answer is not Answer.PERMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """The table."""

    version: str
    lines: Mapping[tuple[AgencyKind, Purpose], Permit]

    def permit(self, kind: AgencyKind, purpose: Purpose | None = None) -> Permit:
        """Give the line for a kind of agency and a purpose, by default its usual one."""
        return self.lines[(kind, USUAL[kind] if purpose is None else purpose)]


@cache
def shipped_recipients() -> Recipients:
    """Give the table that comes with Crosstip.

    Raises:
        DataFileError: it is malformed, or says nothing of a kind and a purpose.
    """
    text = files("graph").joinpath("data", FILE).read_text(encoding="utf-8")
    columns = ("kind", "purpose", "answer", "paragraph", "says", "status")
    rows = parse_table(FILE, text, columns=columns, build=_permit)
    lines = {(row.kind, row.purpose): row for row in rows}
    if len(lines) != len(rows) or len(lines) != len(AgencyKind) * len(Purpose):
        raise DataFileError(
            f"graph/data/{FILE} needs one line for each kind of agency and purpose. Restore the "
            "file that came with this version."
        )
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Recipients(version=f"{FILE} ({digest})", lines=MappingProxyType(lines))


def _permit(line: Line) -> Permit:
    if line.text("status") != TO_CONFIRM:
        raise ValueError(f"column `status` must be `{TO_CONFIRM}`")
    return Permit(
        kind=AgencyKind(line.text("kind")),
        purpose=Purpose(line.text("purpose")),
        answer=Answer(line.text("answer")),
        paragraph=line.text("paragraph"),
        says=line.text("says"),
        status=TO_CONFIRM,
    )
