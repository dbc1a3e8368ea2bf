"""Jobs and what came of them, as they go over the wire."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import Field, JsonValue

from api.schemas.common import Answer, PageAnswer, Part
from api.schemas.wire import Plain, fields
from graph.queries.jobs import JobRow
from graph.services.job_outcomes import DocumentsOutcome, ExportOutcome
from graph.services.jobs import JobState

_SECOND_US = 1_000_000


class DocumentFate(Part):
    """What became of one document out of a file with many: a row of a table, a member."""

    name: str = Field(description="The file, and where in it: `tips.csv, row 3`.")
    outcome: str = Field(description="new, version, duplicate, … or `quarantined`.")
    tip: str | None = Field(description="Where you may see it now.")
    entry: str | None = Field(description="In quarantine, with the reason.")


class DocumentsResult(Part):
    """What became of documents. Each stands in one of the counts."""

    recorded: Mapping[str, int] = Field(description="By outcome: new, version, duplicate, …")
    quarantined: int
    companions: int = Field(description="Submit responses: they give a number and are no tip.")
    uncounted: int = Field(
        description="Recorded or quarantined by a worker that was killed before it noted which."
    )
    left_out: int = Field(description="Not taken in, as the job was called off.")
    media: int = Field(description="Pieces of media that were cut out and never kept.")
    unknown: int = Field(description="Elements and values that this version does not know.")
    rejected_values: int = Field(description="Values that are no identifier of their kind.")
    tips: tuple[str, ...] = Field(
        description="Tips that are new or changed and that you may see now; the first thousand."
    )
    quarantine: tuple[str, ...] = Field(description="Entries in quarantine; the first thousand.")
    parts: tuple[DocumentFate, ...] = Field(
        description="Of files with many documents: each in its order, the first thousand."
    )
    is_cut: bool = Field(description="Whether there are more of these than are named.")


class ExportManifest(Part):
    """What an export holds."""

    list: str
    format: str
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str = Field(description="Of the file.")
    as_of_at: str
    left_out: tuple[str, ...] = Field(description="What is not in it, in sentences.")
    notes: tuple[str, ...] = Field(description="To be shown with it, always.")
    synthetic: bool
    proof: dict[str, JsonValue] | None = Field(
        description="Of `audit`: with the file, for `standalone_list.py`; null without a "
        "checkpoint. Of an extract: its manifest, with tips, counts and hashes."
    )


class JobLine(Part):
    """A job as lists show it."""

    key: str
    kind: str = Field(description="`documents`, `retry` or `export`.")
    state: str = Field(description="queued, running, done, failed or cancelled.")
    made_at: str
    started_at: str | None
    moved_at: str | None = Field(description="When its progress was last noted.")
    ended_at: str | None
    expires_at: str | None = Field(description="When it and what it gave are deleted.")
    total: int | None = Field(description="How much there is to do; null while nobody knows.")
    done: int
    rate: float | None = Field(description="Done in a second, since it was first begun.")
    cancel_at: str | None = Field(description="When it was called off.")
    problem: str | None = Field(description="Why it failed, or waits.")


class JobPage(PageAnswer[JobLine]):
    """Your jobs, the newest first."""


class JobAnswer(Answer):
    """A job and what came of it."""

    key: str
    kind: str
    state: str
    made_at: str
    started_at: str | None
    moved_at: str | None
    ended_at: str | None
    expires_at: str | None
    total: int | None
    done: int
    rate: float | None
    cancel_at: str | None
    problem: str | None
    documents: DocumentsResult | None
    export: ExportManifest | None
    note: str | None = Field(description="What keeps it from being begun, where something does.")


def line_of(row: JobRow) -> JobLine:
    """Give a job as lists show it."""
    return JobLine.model_validate({**fields(row), "rate": rate_of(row)})


def result_of(documents: DocumentsOutcome | None, export: ExportOutcome | None) -> dict[str, Plain]:
    """Give what came of a job."""
    said: dict[str, Plain] = {"documents": None, "export": None}
    if documents is not None:
        counts: dict[str, Plain] = dict(documents.recorded)
        bare = documents.model_copy(update={"recorded": ()})
        said["documents"] = {**fields(bare), "recorded": counts}
    if export is not None:
        proof: Plain = None if export.proof is None else json.loads(export.proof)
        said["export"] = {**fields(export), "proof": proof}
    return said


def rate_of(row: JobRow) -> float | None:
    """Give how much of a job was done in a second, None before anything was."""
    if row.started_us is None or row.moved_us is None or row.state == JobState.QUEUED:
        return None
    took_us = row.moved_us - row.started_us
    return round(row.done * _SECOND_US / took_us, 1) if took_us > 0 else None
