"""Takes a file in as far as the spool and reads it, without an engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.limits import DEFAULT_LIMITS
from ingest.readers.documents import Outcome, read_document
from ingest.readers.table_mapping import Mapping
from ingest.received import Channel, ReceivedDocument, sha256_of
from ingest.receiving import Declared, Receiver, refusal
from ingest.records import TipRecord
from ingest.sources import SourceFile
from ingest.spool import Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A document that reached the spool, and what it says or why it says nothing."""

    document: ReceivedDocument
    outcome: Outcome | str

    @property
    def tip(self) -> TipRecord:
        """The tip; fails when there is none."""
        assert isinstance(self.outcome, TipRecord), str(self.outcome)
        return self.outcome

    @property
    def problem(self) -> str:
        """The reason; fails when there is none."""
        assert not isinstance(self.outcome, TipRecord), self.outcome
        return str(self.outcome)


def take(
    data: bytes, folder: Path, *, name: str = "given.bin", mapping: Mapping | None = None
) -> list[Taken]:
    """Give every document that a file comes to."""
    found: list[Taken] = []
    with Spool(folder / "spool") as spool:
        receiver = Receiver(spool, limits=DEFAULT_LIMITS)
        source = SourceFile(
            name=name,
            channel=Channel.FILE,
            data=data,
            size=len(data),
            sha256=sha256_of(data),
            modified_us=0,
        )
        for receipt in receiver.receive(source, Declared(synthetic=True, mapping=mapping)):
            document = receipt.document
            refused = refusal(document)
            if refused is not None:
                found.append(Taken(document=document, outcome=refused))
                continue
            found += [
                Taken(document=document, outcome=item.outcome)
                for item in read_document(
                    document.data,
                    name=document.name,
                    report_number=document.report_number,
                    number_source=document.number_source,
                )
            ]
    return found
