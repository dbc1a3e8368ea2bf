"""The result of a check as columns and sentences; what is not known is never called nothing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from client.resources.checks import BudgetLeft, CheckAnswer, CheckLine, CheckRequest, Pointer
from dashboard.components.csv_file import Columns
from dashboard.desk.asking import Asking
from dashboard.desk.times import is_older
from dashboard.wording import joined, visible

HIT, NOTHING, STALE, NOT_CHECKED = "hit", "nothing to show", "stale", "not checked"
_ORDER: Final = (HIT, NOT_CHECKED, STALE, NOTHING)
FRESH: Final = timedelta(hours=1)
"""A miss says nothing about what was claimed since; after this it is called stale (decision 18)."""
_STALE_WHY = "The answer is more than an hour old. Check it anew."
NOT_CHECKED_MEANS = (
    "Lines that were not checked are no misses: nothing is known about them. The column Why says "
    "what to do."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A question and what was answered."""

    asking: Asking
    answer: CheckAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """A file that was checked, as it came back."""

    asking: Asking
    name: str
    text: str
    at: str
    synthetic: bool


def outcome_now(outcome: str, *, as_of: str, at: datetime) -> str:
    """Give how an outcome is called at a time: a miss that is old is stale."""
    if outcome == NOTHING and is_older(as_of, than=FRESH, at=at):
        return STALE
    return outcome


def typed_of(result: Result, place: int) -> str:
    """Give a line as the asker typed it; of a tip or claims, what was looked up."""
    if result.asking.way == "lines" and place < len(result.asking.lines):
        return visible(result.asking.lines[place])
    return taken_for(result.answer.lines[place])


def taken_for(line: CheckLine) -> str:
    """Give what a line was looked up as, in its normal form."""
    return "; ".join(
        f"{item.kind} {visible(item.key)}" + ("" if item.note is None else f" ({item.note})")
        for item in line.read_as
    )


def counts(outcomes: Sequence[str]) -> str:
    """Give how many lines ended how, what matters first."""
    found = Counter(outcomes)
    names = [*_ORDER, *sorted(set(found) - set(_ORDER))]
    said = [f"{found[name]} {name}" for name in names if found[name] > 0]
    return f"{len(outcomes)} lines: {', '.join(said)}." if len(said) > 0 else "There was no line."


def outcomes_of(result: Result, *, at: datetime) -> list[str]:
    """Give each line's outcome as it is called now."""
    as_of = result.answer.as_of
    return [outcome_now(line.outcome, as_of=as_of, at=at) for line in result.answer.lines]


def result_columns(result: Result, *, at: datetime) -> Columns:
    """Give a row for each pointer, and one for each line without any, in the order of the lines."""
    outcomes = outcomes_of(result, at=at)
    rows: list[tuple[int, Pointer | None]] = []
    for place, line in enumerate(result.answer.lines):
        rows.extend((place, pointer) for pointer in line.pointers or (None,))
    lines = result.answer.lines
    return {
        "Line": [place + 1 for place, _ in rows],
        "As typed": [typed_of(result, place) for place, _ in rows],
        "Taken for": [taken_for(lines[place]) for place, _ in rows],
        "Result": [outcomes[place] for place, _ in rows],
        "Why": [_why(lines[place], outcomes[place]) for place, _ in rows],
        "Urgency": ["" if p is None else visible(p.urgency) for _, p in rows],
        "Agency": ["" if p is None else visible(p.agency_name) for _, p in rows],
        "Call": [_call(p) for _, p in rows],
        "Their investigation": ["" if p is None else visible(p.reference) for _, p in rows],
        "Met as": ["" if p is None else visible(p.kind) for _, p in rows],
        "Entered": ["" if p is None else (p.entered_at or "") for _, p in rows],
        "Status": [_status(p) for _, p in rows],
        "Says little because": ["" if p is None else visible(p.downgraded) for _, p in rows],
        "Shared": [_shared(p) for _, p in rows],
    }


def own_columns(result: Result) -> Columns:
    """Give matches with the own agency's claims, which are no hits."""
    rows = [(place, claim) for place, line in enumerate(result.answer.lines) for claim in line.own]
    return {
        "Line": [place + 1 for place, _ in rows],
        "As typed": [typed_of(result, place) for place, _ in rows],
        "Our investigation": [visible(claim.reference) for _, claim in rows],
        "Kind": [visible(claim.kind) for _, claim in rows],
        "Role": [visible(claim.role) for _, claim in rows],
        "Claim": [visible(claim.ref) for _, claim in rows],
    }


def file_rows(text: str) -> Columns:
    """Give a file that came back as columns; short rows are filled up, names made different."""
    lines = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    if len(lines) == 0:
        return {}
    header, *rows = lines
    names: list[str] = []
    for name in (visible(cell) for cell in header):
        names.append(name if name not in names else f"{name} ({len(names) + 1})")
    return {
        name: [visible(row[at]) if at < len(row) else "" for row in rows]
        for at, name in enumerate(names)
    }


def budget_columns(items: Sequence[BudgetLeft]) -> Columns:
    """Give the look-ups that are left."""
    return {
        "Whose": [visible(item.whose) for item in items],
        "Used today": [item.used for item in items],
        "Left now": [item.left for item in items],
        "In a day": [item.per_day for item in items],
    }


def request_columns(items: Sequence[CheckRequest]) -> Columns:
    """Give lists that wait for a supervisor, or were approved."""
    return {
        "Asked by": [visible(item.asker) for item in items],
        "Investigation": [visible(item.investigation) for item in items],
        "Purpose": [visible(item.purpose) for item in items],
        "Lines": [item.lines for item in items],
        "Kinds": [joined(item.kinds) for item in items],
        "Filed": [item.filed_at for item in items],
        "Until": [item.until_at for item in items],
        "Approved": [_approved(item) for item in items],
        "Request": [visible(item.key) for item in items],
    }


def _approved(item: CheckRequest) -> str:
    if item.approved_by is None:
        return "waits"
    return f"{item.approved_at} by {visible(item.approved_by)}"


def _why(line: CheckLine, outcome: str) -> str:
    if outcome == STALE and line.outcome != STALE:
        return _STALE_WHY
    return visible(line.reason)


def _call(pointer: Pointer | None) -> str:
    if pointer is None:
        return ""
    return "no contact entered" if pointer.contact is None else visible(pointer.contact)


def _status(pointer: Pointer | None) -> str:
    if pointer is None:
        return ""
    if pointer.is_historical:
        return "closed; nobody was told of this hit"
    return "open" if pointer.downgraded is None else "open; no conflict comes of it"


def _shared(pointer: Pointer | None) -> str:
    if pointer is None:
        return ""
    if pointer.shared is None:
        return "contact only"
    shared = pointer.shared
    said = (shared.title, shared.role, shared.reliability, shared.content, shared.handling)
    return "; ".join(visible(text) for text in said if text is not None)


def _delimiter(text: str) -> str:
    """Give what the fields of a file that came back are kept apart by."""
    first = text.partition("\n")[0]
    for mark in (",", ";", "\t"):
        if f"{mark}result{mark}note{mark}" in first:
            return mark
    return ","
