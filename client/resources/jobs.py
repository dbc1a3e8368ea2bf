"""The API's jobs: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class DocumentFate(Part):
    """What became of one document out of a file with many: a row of a table, a member."""

    name: str
    outcome: str
    tip: str | None
    entry: str | None


class DocumentsResult(Part):
    """What became of documents. Each stands in one of the counts."""

    recorded: Mapping[str, int]
    quarantined: int
    companions: int
    uncounted: int
    left_out: int
    media: int
    unknown: int
    rejected_values: int
    tips: tuple[str, ...]
    quarantine: tuple[str, ...]
    parts: tuple[DocumentFate, ...]
    is_cut: bool


class ExportManifest(Part):
    """What an export holds."""

    list: str
    format: str
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str
    as_of_at: str
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    synthetic: bool
    proof: Mapping[str, Any] | None


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
    note: str | None


class JobLine(Part):
    """A job as lists show it."""

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


class JobPage(Answer):
    """Your jobs, the newest first."""

    items: tuple[JobLine, ...]
    next_after: str | None


class TableOfTips(Asked):
    """A table of tips and what its columns say."""

    table: str
    mapping: str
    name: str = "table"
    holder: str | None = None
    synthetic: bool = False


class TableToLookAt(Asked):
    """A table of which it is asked what its columns say. Its first rows suffice."""

    table: str
    mapping: str | None = None


class ColumnSays(Part):
    """What one column seems to say."""

    name: str
    field: str
    role: str | None
    why: str
    filled: int


class MappingProposal(Answer):
    """A mapping to check, change and keep."""

    mapping: str
    columns: tuple[ColumnSays, ...]
    rows: int
    would: Mapping[str, int]


class ExportThis(Asked):
    """Which list, in which format."""

    list: str
    format: str = "csv"
    tip: str | None = None
    originals: bool = False
    given_to: str | None = None


class ExtractThis(Asked):
    """Which tips, in which format, for what, and to whom they go."""

    tips: tuple[str, ...]
    format: str = "stix"
    purpose: str
    recipient: str
    linked: bool = True
    protected: bool = False
    claims: bool = False


class Jobs(Calls):
    """Calls about jobs."""

    def upload_documents(
        self,
        wanted: bytes,
        *,
        holder: str | None = None,
        synthetic: bool = False,
        report_number: str | None = None,
        provider: str | None = None,
        name: str | None = None,
        key: str | None = None,
    ) -> JobAnswer:
        """Hand documents in. Answered once they are received; a job records them."""
        return read(
            self._call(
                "POST",
                "documents",
                params={
                    "holder": holder,
                    "synthetic": synthetic,
                    "report_number": report_number,
                    "provider": provider,
                },
                body=wanted,
                media_type="application/octet-stream",
                name=name,
                key=once(key),
            ),
            JobAnswer,
        )

    def jobs(self, *, after: str = "", limit: int = 50) -> JobPage:
        """Your jobs, the newest first."""
        return read(self._call("GET", "jobs", params={"after": after, "limit": limit}), JobPage)

    def job(self, job: str) -> JobAnswer:
        """One of your jobs: how far it is, and what came of it."""
        return read(self._call("GET", f"jobs/{part(job)}"), JobAnswer)

    def cancel_one_job(self, job: str, *, key: str | None = None) -> JobAnswer:
        """Call a job off. What is recorded stays; one that runs ends after the batch at hand."""
        return read(self._call("POST", f"jobs/{part(job)}/cancel", key=once(key)), JobAnswer)

    def upload_table(self, wanted: TableOfTips, *, key: str | None = None) -> JobAnswer:
        """Hand in a table of tips with its mapping. A job records it, and says it row by row."""
        return read(self._call("POST", "documents/table", body=wanted, key=once(key)), JobAnswer)

    def propose_mapping(self, wanted: TableToLookAt) -> MappingProposal:
        """Propose what a table's columns say, and what that would give. Nothing is taken in."""
        return read(self._call("POST", "documents/table/proposal", body=wanted), MappingProposal)

    def make_export(self, wanted: ExportThis, *, key: str | None = None) -> JobAnswer:
        """Have a list written into a file, by a job."""
        return read(self._call("POST", "exports", body=wanted, key=once(key)), JobAnswer)

    def export_file(self, job: str) -> bytes:
        """The file of an export of yours, under the rights that you have now."""
        return self._call("GET", f"exports/{part(job)}/file").content

    def make_extract(self, wanted: ExtractThis, *, key: str | None = None) -> JobAnswer:
        """Have tips written for another tool, by a job whose file is fetched as an export's."""
        return read(self._call("POST", "extracts", body=wanted, key=once(key)), JobAnswer)
