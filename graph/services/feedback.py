"""Feedback to NCMEC: outcomes of the own agency's closed tips, written once and remembered.

What was told is never told twice: a later feedback holds what is new, what is another outcome since
(a correction), and what does not stand any more (a retraction). Sending it is a person's.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.errors import NotFoundError, RowError
from graph.feedback.lines import (
    SOURCE,
    Before,
    FeedbackFormat,
    FeedbackHead,
    FeedbackLine,
    LineKind,
    Standing,
    digest,
    line_of,
    written,
)
from graph.feedback.table import shipped_table
from graph.queries.audit import KeysParams
from graph.queries.caseload_rows import MADE_ROWS, MOST_ROWS, RowsParams
from graph.queries.feedback import LAST, MOST_LINES, ONE, FeedbackKeyParams, FeedbackRow
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.triage import PLACES, PlaceKeysParams
from graph.rows import PropertyRow
from graph.services.acting import About, act, leaf, note
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.moves import Move
from graph.triage.places import triage_key

_LATEST_US = 1 << 62
_TOGETHER = 500
"""Tips that one entry of the log names."""
_MOST_MOVES = 2000
"""Closings that are looked at, and as many reopenings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeedback:
    """Of which time the outcomes are told."""

    from_us: int
    until_us: int
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """What is to be told of a time, and what is not in it, in sentences."""

    lines: tuple[FeedbackLine, ...]
    left_out: tuple[str, ...]


def make_feedback(caller: Caller, store: Store, *, new: NewFeedback) -> FeedbackRow:
    """Write what NCMEC is to be told of tips that were closed or reopened in a time.

    Raises:
        RightsError: the caller is no supervisor.
        RowError: the time is none, or not over; or there is nothing to tell.
        StoreError: the store could not; nothing was written.
    """
    ref = uuid.uuid4().hex
    about = About(object=ref)

    def work(unit: WriteUnit) -> FeedbackRow:
        require_over(caller, new)
        # Of two at once the second one finds told what the first one told.
        unit.run(LOCK_AGENCIES, BareKeysParams(keys=[agency_of(caller)]))
        found = untold(unit, caller, new)
        if len(found.lines) == 0:
            told = " ".join(found.left_out)
            raise RowError(f"There is nothing new to tell of that time. {told}".strip())
        row = _written(unit, caller, ref, new, found)
        _note(unit, caller, about, row, found.lines)
        return row

    return act(caller, store, deed=Deed.FEEDBACK_MAKE, about=about, work=work)


def require_over(caller: Caller, new: NewFeedback) -> None:
    """Come back when feedback can be of a time.

    Raises:
        RowError: it is none, or not over.
    """
    if not 0 <= new.from_us < new.until_us <= caller.as_of_us:
        raise RowError("Feedback is of a time that begins before it ends, and has ended.")


def feedback_there(unit: ReadUnit, caller: Caller, key: str) -> FeedbackRow:
    """Give a feedback of the caller's agency; query and policies both see to that.

    Raises:
        NotFoundError: there is none.
    """
    rows = unit.read(ONE, FeedbackKeyParams(key=key, agency=agency_of(caller)))
    if len(rows) == 0 or not confirms(
        caller, Deed.FEEDBACK_READ, resource=Resource(owner=rows[0].agency)
    ):
        raise NotFoundError("There is no such feedback of your agency's.")
    return rows[0]


def head_of(row: FeedbackRow) -> FeedbackHead:
    """Give what holds for all lines of a feedback."""
    return FeedbackHead(
        ref=row.key,
        agency=row.agency,
        from_us=row.from_us,
        until_us=row.until_us,
        made_us=row.made_us,
        made_by=row.made_by,
        table=row.words,
        synthetic=row.synthetic,
        left_out=tuple(row.left_out),
    )


def untold(unit: ReadUnit, caller: Caller, new: NewFeedback) -> Untold:
    """Give the lines, by tip, and what is not in them."""
    agency = agency_of(caller)
    tips: dict[str, None] = {}
    table, lines, why = shipped_table(), list[FeedbackLine](), Counter[str]()
    for move in (Move.CLOSE, Move.REOPEN):
        moved = list(_moved(unit, agency, move, new))
        tips |= dict.fromkeys(tip for tip in moved if tip is not None)
        if None in moved:
            why["closings are of tips that the agency holds no longer"] += moved.count(None)
        if len(moved) == _MOST_MOVES:
            why["moves were looked at, and there are more: name a shorter time"] += len(moved)
    known = sorted(tips)
    keys = [triage_key(agency, tip) for tip in known]
    places = unit.read(PLACES, PlaceKeysParams(keys=keys)) if len(keys) > 0 else []
    last = {row.key: row for row in unit.read(LAST, KeysParams(keys=keys))} if keys else {}
    for place in sorted(places, key=lambda each: each.tip):
        before = last.get(place.key)
        line = line_of(
            Standing(
                tip=place.tip, state=place.state, outcome=place.outcome, stood_us=place.stood_us
            ),
            None
            if before is None
            else Before(feedback=before.feedback, kind=before.kind, outcome=before.outcome),
            table,
        )
        if line is not None and len(lines) < MOST_LINES:
            lines.append(line)
        elif line is not None:
            why[f"are more than the {MOST_LINES:,} of one feedback: make another one"] += 1
        elif not place.tip.startswith(f"{SOURCE}:") or "sha256" in place.tip:
            why["have no number at NCMEC"] += 1
        elif before is not None:
            why["were told already, and nothing is otherwise since"] += 1
        else:
            why["are worked again, and were never told"] += 1
    return Untold(
        lines=tuple(lines),
        left_out=tuple(f"{count} {reason}." for reason, count in sorted(why.items())),
    )


def _moved(unit: ReadUnit, agency: str, move: Move, new: NewFeedback) -> Iterator[str | None]:
    """Give the tips of an agency's moves of one kind in a time; None for one that it holds not."""
    head = f"{part(agency)}|{move.value}"
    after, end = f"{head}|{new.from_us:019d}|", f"{head}|{new.until_us:019d}|"
    for _ in range(_MOST_MOVES // (MOST_ROWS - 1)):
        rows = unit.read(MADE_ROWS, RowsParams(after=after, end=end, limit=MOST_ROWS - 1))
        yield from (row.tip for row in rows)
        if len(rows) < MOST_ROWS - 1:
            return
        after = rows[-1].place


def _written(
    unit: WriteUnit, caller: Caller, ref: str, new: NewFeedback, found: Untold
) -> FeedbackRow:
    agency, at_us = agency_of(caller), caller.as_of_us
    bare = FeedbackRow(
        key=ref,
        agency=agency,
        place=f"{part(agency)}|{_LATEST_US - at_us:020d}|{ref}",
        from_us=new.from_us,
        until_us=new.until_us,
        made_us=at_us,
        made_by=caller.user,
        words=shipped_table().name,
        synthetic=new.synthetic,
        line_total=len(found.lines),
        corrections=sum(line.kind != LineKind.FIRST for line in found.lines),
        left_out=list(found.left_out),
        csv_sha256="",
        json_sha256="",
    )
    digests = {
        f"{kind.value}_sha256": digest(written(head_of(bare), found.lines, kind))
        for kind in FeedbackFormat
    }
    row = bare.model_copy(update=digests)
    unit.insert_nodes("Feedback", [row.model_dump()])
    lines: list[PropertyRow] = [
        {"key": f"{ref}|{number:06d}", **asdict(line)} for number, line in enumerate(found.lines)
    ]
    unit.insert_nodes("FeedbackLine", lines)
    last: list[PropertyRow] = [
        {
            "key": triage_key(agency, line.tip),
            "feedback": ref,
            "kind": line.kind,
            "outcome": line.outcome,
        }
        for line in found.lines
    ]
    unit.insert_nodes("FeedbackLast", last)
    unit.update_nodes("FeedbackLast", last)
    return row


def _note(
    unit: WriteUnit,
    caller: Caller,
    about: About,
    row: FeedbackRow,
    lines: Sequence[FeedbackLine],
) -> None:
    """Write the entries: each tip that is told of is named in one, so that its ledger finds it."""
    outcome = f"feedback to NCMEC, {row.line_total} lines; json sha256:{row.json_sha256}"
    tips = [line.tip for line in lines]
    entries = [
        leaf(
            caller,
            Deed.FEEDBACK_MAKE,
            about,
            outcome=outcome,
            disclosed=tuple(tips[start : start + _TOGETHER]),
        )
        for start in range(0, len(tips), _TOGETHER)
    ]
    note(unit, caller, entries)
