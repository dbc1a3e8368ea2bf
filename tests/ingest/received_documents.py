"""Made-up received documents for the tests of spool, vault and quarantine."""

from __future__ import annotations

from ingest.received import Channel, MediaNote, ReceivedDocument, sha256_of
from ingest.records import NumberSource


def received(
    number: int, *, data: bytes | None = None, received_us: int | None = None
) -> ReceivedDocument:
    """Give a screened document whose content, name and times follow from a number."""
    content = f'{{"reportId": {number}}}'.encode() * (1 + number % 7) if data is None else data
    digest = sha256_of(content)
    return ReceivedDocument(
        data=content,
        sha256=digest,
        stored_sha256=digest,
        size=len(content),
        name=f"tip {number}.json",
        channel=Channel.FILE,
        received_us=1_700_000_000_000_000 + number if received_us is None else received_us,
        report_number=str(number),
        number_source=NumberSource.DOCUMENT,
        declared_synthetic=True,
    )


def screened(number: int) -> ReceivedDocument:
    """Give a member of an archive from which a picture was left out, with every field set."""
    data = f"<report><n>{number}</n></report>".encode()
    return ReceivedDocument(
        data=data,
        sha256=sha256_of(b"before screening %d" % number),
        stored_sha256=sha256_of(data),
        size=12_345,
        name="odd \udcff name\u2028=1+1.xml",
        channel=Channel.API,
        received_us=1_700_000_000_000_000 + number,
        source="ncmec",
        position=number,
        offset=77,
        container_sha256=sha256_of(b"container"),
        issued_us=1_600_000_000_000_000,
        report_number="190000001",
        number_source=NumberSource.FILE_NAME,
        provider="Example Chat",
        declared_synthetic=False,
        media=(
            MediaNote(
                name="fileName", size=9, sha256=sha256_of(b"picture"), media_type="image/jpeg"
            ),
        ),
    )
