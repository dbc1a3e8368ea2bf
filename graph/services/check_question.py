"""What is asked by whom for which investigation, and whether they may ask it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.purposes import CHECK, purpose_of
from graph.casework.vocabulary import Status
from graph.errors import RowError
from graph.queries.casework import CountedCaseRow
from graph.services.case_access import locked_case
from graph.services.check_reading import Asked
from graph.store import WriteUnit

MOST_LINES = 100_000
MOST_KEY = 200
"""Characters of an asker's own key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Lines to check, for an own open investigation and a purpose of the closed list."""

    investigation: str
    """Key of the investigation."""
    purpose: str
    lines: tuple[Asked, ...]
    key: str | None = None
    """The asker's own: the same question under it is answered with the same answer."""


def digest_of(question: Question, *, salt: str) -> str:
    """Give the digest by which a question is known again.

    The salt keeps the digests of two askers, or of two keys, from being compared.
    """
    said = [
        salt,
        question.investigation,
        question.purpose,
        [[list(line.keys), line.reason] for line in question.lines],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def open_case_of(unit: WriteUnit, caller: Caller, question: Question) -> CountedCaseRow:
    """Give the investigation that the caller asks for, after taking its lock.

    Raises:
        NotFoundError: there is none that the caller may see.
        RightsError: the caller neither works on it nor supervises: `duties.team`.
        RowError: it is closed, the purpose is none, or there is nothing to ask or too much.
    """
    row = locked_case(unit, caller, question.investigation, deed=Deed.CHECK_RUN)
    purpose_of(question.purpose, used_for=CHECK)
    if not 0 < len(question.lines) <= MOST_LINES:
        raise RowError(f"A check has 1 to {MOST_LINES:,} lines. Nothing was checked.")
    if question.key is not None and not 0 < len(question.key.strip()) <= MOST_KEY:
        raise RowError(f"A key has 1 to {MOST_KEY} characters. Nothing was checked.")
    if row.status != Status.OPEN:
        raise RowError(
            f"{row.reference} is {row.status}; checks are made for an open investigation. "
            "Nothing was checked."
        )
    return row
