"""Which kinds of file are opened before they are read: by their first bytes, not their names."""

from __future__ import annotations

from enum import StrEnum


class Container(StrEnum):
    """A file whose text is not its bytes."""

    PDF = "PDF"
    ZIP = "ZIP"
    """Also a workbook (XLSX), which is one."""


_PDF = b"%PDF-"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def container_of(data: bytes) -> Container | None:
    """Give the kind of a file that has to be opened; None for text and everything else."""
    if data.startswith(_PDF):
        return Container.PDF
    return Container.ZIP if data.startswith(_ZIP) else None
