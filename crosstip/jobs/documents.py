"""Jobs that take documents in: what was uploaded, and what is tried again out of quarantine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from crosstip.jobs.places import uploads_in
from crosstip.jobs.working import CalledOffError, HeldError, NotHereError, Working
from graph.errors import IntakeError, NotFoundError
from graph.queries.jobs import JobRow
from graph.services.job_outcomes import DocumentPart, DocumentsOutcome
from graph.services.job_work import Progress
from graph.services.jobs import JobKind, JobState
from ingest.pipeline import Intake
from ingest.settings import IntakeSettings
from ingest.site import open_site
from ingest.spool import Spool
from ingest.summary import MAX_TIPS, PartFate, Summary


@contextmanager
def kept_apart(work: Working, key: str, kind: JobKind) -> Iterator[Spool]:
    """Hold the spool of a job, before it is taken: no other process of this machine does it.

    Raises:
        NotHereError: it is not on this machine.
        HeldError: another process holds it.
    """
    uploads = uploads_in(work.settings.data_dir)
    if kind is JobKind.RETRY:
        uploads.make_empty(key)
    if not uploads.has(key):
        raise NotHereError(
            "What was received for it is not on the worker's machine: API and worker must share "
            "CROSSTIP_DATA_DIR."
        )
    with uploads.taken(key) as spool:
        if spool is None:
            raise HeldError(f"Another process does job {key}.")
        yield spool


def take_in(work: Working, job: JobRow, spool: Spool) -> None:
    """Record what a job's spool holds, batch by batch, and end the job.

    Raises:
        CrosstipError: it could not go on; what is recorded stays, and the rest is in the spool.
    """
    before = outcome_of(job)
    total = job.total if job.total is not None else 0
    found = Summary()

    def moved(_files: int, summary: Summary) -> None:
        nonlocal found
        found = summary
        now = _joined(before, summary)
        if not work.board.move(job, _progress(now, total)):
            raise CalledOffError("It was called off.")
        work.go_on()

    try:
        found = _run(work, job, spool, moved)
    except CalledOffError:
        now = _joined(before, found)
        left = sum(1 for _ in spool.pending())
        lost = max(total - now.counted - left, 0)
        now = now.model_copy(update={"left_out": left, "uncounted": lost})
        why = "It was called off: what was recorded until then stays, the rest was let go of."
        work.board.end(job, JobState.CANCELLED, _progress(now, total - left, why, of=total))
        return
    now = _joined(before, found)
    now = now.model_copy(update={"uncounted": max(total - now.counted, 0)})
    work.board.end(job, JobState.DONE, _progress(now, total, done=total))


def outcome_of(job: JobRow) -> DocumentsOutcome:
    """Give what a job came to until now."""
    if job.outcome is None:
        return DocumentsOutcome()
    return DocumentsOutcome.model_validate_json(job.outcome)


def _run(
    work: Working, job: JobRow, spool: Spool, moved: Callable[[int, Summary], None]
) -> Summary:
    settings = IntakeSettings()
    with open_site(work.settings.data_dir, settings) as site:
        intake = Intake(
            work.found.store,
            replace(site, spool=spool),
            synthetic=work.found.info.synthetic,
            actor=job.user,
            batch_tips=settings.batch_tips,
        )
        if job.cancel_us is not None:
            raise CalledOffError("It was called off.")
        summary = intake.recover(moved if job.kind != JobKind.RETRY.value else None)
        # What a killed worker left of a retry is tried once more: its entry is still there.
        return _tried_again(intake, job) if job.kind == JobKind.RETRY.value else summary


def _tried_again(intake: Intake, job: JobRow) -> Summary:
    """Try the one document again; one that is gone went in before a worker was killed."""
    try:
        return intake.retry([str(json.loads(job.wanted)["entry"])])
    except NotFoundError:
        return Summary()
    except IntakeError as error:
        if type(error) is not IntakeError:
            raise
        # A person dismissed it since: there is nothing to try.
        return Summary()


def _joined(before: DocumentsOutcome, summary: Summary) -> DocumentsOutcome:
    recorded = Counter(before.recorded)
    recorded.update({outcome.value: count for outcome, count in summary.recorded.items()})
    tips = dict.fromkeys((*before.tips, *summary.tips))
    entries = dict.fromkeys((*before.quarantine, *summary.entries))
    parts = (*before.parts, *(_part(part) for part in summary.parts))
    return DocumentsOutcome(
        recorded=dict(sorted(recorded.items())),
        quarantined=before.quarantined + summary.quarantined,
        companions=before.companions + summary.companions,
        media=before.media + summary.media,
        unknown=before.unknown + sum(summary.unknown.values()),
        rejected_values=before.rejected_values + summary.rejected_values,
        tips=tuple(tips)[:MAX_TIPS],
        quarantine=tuple(entries)[:MAX_TIPS],
        parts=parts[:MAX_TIPS],
        is_cut=before.is_cut or max(len(tips), len(entries), len(parts)) > MAX_TIPS,
    )


def _part(part: PartFate) -> DocumentPart:
    return DocumentPart(name=part.name, outcome=part.outcome, tip=part.tip, entry=part.entry)


def _progress(
    now: DocumentsOutcome,
    total: int,
    problem: str | None = None,
    *,
    done: int | None = None,
    of: int | None = None,
) -> Progress:
    return Progress(
        done=done if done is not None else min(now.counted, total),
        total=of if of is not None else total,
        outcome=now.text(),
        problem=problem,
    )
