"""Fills the API's port for uploads with intake: received into a spool of the job's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.ports import ColumnGuess, Handed, Proposal, Waiting
from crosstip.jobs.export_files import file_of, records_of
from crosstip.jobs.places import uploads_in
from graph.errors import NotFoundError, UnreadableDocumentError
from graph.settings import StoreSettings
from ingest.limits import DEFAULT_LIMITS
from ingest.opening.table_trial import try_table
from ingest.opening.tables import TableError
from ingest.quarantine_entry import EntryState, QuarantineEntry
from ingest.readers.table_mapping import read_mapping
from ingest.receiving import Declared
from ingest.records import NumberSource
from ingest.settings import IntakeSettings
from ingest.site import open_site

_LOOKED_AT = 2000
"""Rows of a table that a proposal is made from."""


@dataclass(frozen=True, slots=True)
class IntakeUploads:
    """Receives uploads below a data directory, that of the settings where none is given."""

    data_dir: Path | None = None

    def receive(self, key: str, data: bytes, handed: Handed) -> int:
        """Keep an upload for a job, media cut out first; give how many documents it is.

        Raises:
            IntakeError: it cannot be kept; nothing of it was received.
        """
        numbered = handed.report_number is not None
        declared = Declared(
            synthetic=handed.synthetic,
            report_number=handed.report_number,
            number_source=NumberSource.COMMAND_LINE if numbered else None,
            provider=handed.provider,
            holder=handed.holder,
            mapping=None if handed.mapping is None else read_mapping(_coded(handed.mapping)),
        )
        return uploads_in(self._data_dir).receive(key, data, name=handed.name, declared=declared)

    def propose(self, data: bytes, *, mapping: str | None) -> Proposal:
        """Propose what the columns of a table say, and try it or the mapping given; keeps nothing.

        Raises:
            UnreadableDocumentError: it is no table, or the mapping is none or another one's.
        """
        given = None if mapping is None else read_mapping(_coded(mapping))
        try:
            trial = try_table(data, DEFAULT_LIMITS, mapping=given, first=_LOOKED_AT)
        except TableError as error:
            raise UnreadableDocumentError(f"The table cannot be read: {error}.") from None
        columns = [
            ColumnGuess(
                name=one.name,
                field=one.column.field.value,
                role=None if one.column.role is None else one.column.role.value,
                why=one.why,
                filled=one.filled,
            )
            for one in trial.columns
        ]
        return Proposal(mapping=trial.mapping, columns=columns, rows=trial.rows, would=trial.would)

    def export(self, key: str, fence: int) -> Path:
        """Give the file that a run of an export made.

        Raises:
            NotFoundError: it is not on this machine, or has expired.
        """
        path = file_of(self._data_dir, key, fence)
        if not path.is_file():
            raise NotFoundError("This export's file is not here. Have it made anew.")
        return path

    def records_of_export(self, key: str, fence: int) -> Sequence[str] | None:
        """Give the records that are in the file of a run of an export; none without a file.

        Raises:
            IntakeError: the disk does not give it back.
        """
        return records_of(self._data_dir, key, fence)

    def quarantine(self) -> Sequence[Waiting]:
        """Give what could not be taken in, waiting ones first, the oldest first.

        Raises:
            IntakeError: the disk does not give it back.
        """
        if not (self._data_dir / "quarantine").is_dir():
            return ()
        with open_site(self._data_dir, IntakeSettings()) as site:
            return [_waiting(entry) for entry in site.quarantine.list()]

    def dismiss(self, entry: str, *, by: str, why: str) -> Waiting:
        """Decide that a document is not taken in: its bytes go, who, when and why stay.

        Raises:
            NotFoundError: there is no such entry.
            IntakeError: it is dismissed already, or the disk failed.
        """
        with open_site(self._data_dir, IntakeSettings()) as site:
            return _waiting(site.quarantine.dismiss(entry, by=by, reason=why))

    @property
    def _data_dir(self) -> Path:
        return self.data_dir if self.data_dir is not None else StoreSettings().data_dir


def _coded(mapping: str) -> bytes:
    return mapping.encode("utf-8", "replace")


def _waiting(entry: QuarantineEntry) -> Waiting:
    last = entry.dismissals[-1] if entry.state is EntryState.DISMISSED else None
    return Waiting(
        id=entry.id,
        state=entry.state.value,
        reason=entry.reason,
        where=entry.where,
        name=entry.name,
        size=entry.size,
        sha256=entry.sha256,
        position=entry.position,
        report_number=entry.report_number,
        holder=entry.holder,
        provider=entry.provider,
        channel=entry.channel.value,
        attempts=entry.attempts,
        deliveries=entry.deliveries,
        first_us=entry.first_us,
        last_us=entry.last_us,
        dismissed_by=None if last is None else last.by,
        dismissed_why=None if last is None else last.reason,
        dismissed_us=None if last is None else last.at_us,
    )
