"""What the own agency told NCMEC: the list, the lines, and the files as they were written."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.rights import agency_of
from graph.errors import ChangedError, NotFoundError
from graph.feedback.lines import FeedbackFormat, FeedbackLine, digest, written
from graph.queries.feedback import (
    LINES,
    MOST,
    MOST_LINES,
    SENT,
    FeedbackLineRow,
    FeedbackRangeParams,
    FeedbackRow,
)
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.feedback import feedback_there, head_of
from graph.store import ReadUnit, Store

MEDIA_TYPES = {FeedbackFormat.CSV: "text/csv", FeedbackFormat.JSON: "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPage:
    """A page of what was told, the newest first."""

    items: tuple[FeedbackRow, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView:
    """A feedback, and a page of its lines."""

    row: FeedbackRow
    lines: tuple[FeedbackLineRow, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFile:
    """A feedback's file, as it was written."""

    row: FeedbackRow
    data: bytes
    sha256: str
    media_type: str


def list_feedback(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = 50
) -> FeedbackPage:
    """Give a page of what the own agency told NCMEC, the newest first.

    Raises:
        RightsError: the caller does not work on tips.
    """
    size = max(1, min(limit, MOST))
    head = f"{part(agency_of(caller))}|"
    params = FeedbackRangeParams(after=head + after, end=f"{head}~", limit=size + 1)

    def work(unit: ReadUnit) -> Seen[FeedbackPage]:
        rows = unit.read(SENT, params)
        items = tuple(feedback_there(unit, caller, row.key) for row in rows[:size])
        more = rows[size - 1].place[len(head) :] if len(rows) > size else None
        return Seen(
            answer=FeedbackPage(items=items, next_after=more),
            outcome="listed",
            disclosed=tuple(item.key for item in items),
        )

    return look(caller, store, deed=Deed.FEEDBACK_READ, about=About(), reads=reads, work=work)


def show_feedback(
    caller: Caller, store: Store, *, key: str, reads: ReadLog, after: str = "", limit: int = 50
) -> FeedbackView:
    """Give a feedback of the own agency with a page of its lines.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency has no such feedback.
    """
    size = max(1, min(limit, MOST))

    def work(unit: ReadUnit) -> Seen[FeedbackView]:
        row = feedback_there(unit, caller, key)
        lines = _lines(unit, row, after=after, limit=size + 1)
        more = lines[size - 1].key.rpartition("|")[2] if len(lines) > size else None
        shown = tuple(lines[:size])
        return Seen(
            answer=FeedbackView(row=row, lines=shown, next_after=more),
            outcome="shown",
            disclosed=tuple(line.tip for line in shown),
        )

    about = About(object=named(key))
    return look(caller, store, deed=Deed.FEEDBACK_READ, about=about, reads=reads, work=work)


def feedback_file(
    caller: Caller, store: Store, *, key: str, kind: FeedbackFormat, reads: ReadLog
) -> FeedbackFile:
    """Give the file of a feedback: the bytes whose hash was kept when it was made.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency has no such feedback, or some of its lines were purged.
        ChangedError: what is stored is not what was written then.
    """

    def work(unit: ReadUnit) -> Seen[FeedbackFile]:
        row = feedback_there(unit, caller, key)
        if row.purged_lines is not None:
            raise NotFoundError(
                f"{row.purged_lines} of this feedback's lines were purged with their tips, so "
                "that its file cannot be written again. Its hashes stay with it: compare what was "
                "sent then."
            )
        rows = _lines(unit, row, after="", limit=MOST_LINES)
        lines = [FeedbackLine(**line.model_dump(exclude={"key"})) for line in rows]
        data = written(head_of(row), lines, kind)
        kept = row.csv_sha256 if kind is FeedbackFormat.CSV else row.json_sha256
        if digest(data) != kept:
            raise ChangedError("This feedback is not what was written then: its hash differs.")
        given = FeedbackFile(row=row, data=data, sha256=kept, media_type=MEDIA_TYPES[kind])
        return Seen(
            answer=given,
            outcome=f"feedback to NCMEC fetched: {kind.value} sha256:{kept}",
            disclosed=tuple(line.tip for line in lines),
        )

    about = About(object=named(key))
    return look(caller, store, deed=Deed.FEEDBACK_READ, about=about, reads=reads, work=work)


def _lines(unit: ReadUnit, row: FeedbackRow, *, after: str, limit: int) -> list[FeedbackLineRow]:
    params = FeedbackRangeParams(after=f"{row.key}|{after}", end=f"{row.key}}}", limit=limit)
    return unit.read(LINES, params)
