"""What a feedback to NCMEC would tell: looked at before it is written, and nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.feedback.lines import FeedbackLine, LineKind
from graph.services.acting import About, Seen, look
from graph.services.audit_reads import ReadLog
from graph.services.feedback import NewFeedback, require_over, untold
from graph.store import ReadUnit, Store

SHOWN = 200
"""Lines that a trial shows; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTrial:
    """What would be told of a time as of now."""

    line_total: int
    corrections: int
    """Lines that correct or retract what was told before."""
    lines: tuple[FeedbackLine, ...]
    """The first of them, by tip."""
    left_out: tuple[str, ...]


def try_feedback(
    caller: Caller, store: Store, *, new: NewFeedback, reads: ReadLog
) -> FeedbackTrial:
    """Give what a feedback of a time would tell if it were written now.

    Raises:
        RightsError: the caller does not read feedback.
        RowError: the time is none, or not over.
        StoreError: the store could not answer, or its log could not be written.
    """

    def work(unit: ReadUnit) -> Seen[FeedbackTrial]:
        require_over(caller, new)
        found = untold(unit, caller, new)
        shown = found.lines[:SHOWN]
        trial = FeedbackTrial(
            line_total=len(found.lines),
            corrections=sum(line.kind != LineKind.FIRST for line in found.lines),
            lines=shown,
            left_out=found.left_out,
        )
        return Seen(
            answer=trial,
            outcome=f"dry run of {len(found.lines)} lines, nothing written",
            disclosed=tuple(line.tip for line in shown),
        )

    return look(caller, store, deed=Deed.FEEDBACK_READ, about=About(), reads=reads, work=work)
