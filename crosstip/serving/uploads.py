"""Fills the API's port for uploads with intake: received into a spool of the job's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.ports import Handed
from crosstip.jobs.places import uploads_in
from graph.settings import StoreSettings
from ingest.receiving import Declared
from ingest.records import NumberSource


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
        )
        return uploads_in(self._data_dir).receive(key, data, name=handed.name, declared=declared)

    @property
    def _data_dir(self) -> Path:
        return self.data_dir if self.data_dir is not None else StoreSettings().data_dir
