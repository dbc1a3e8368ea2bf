"""Where jobs keep their files, below the data directory that API and worker share."""

from __future__ import annotations

from pathlib import Path

from ingest.uploads import Uploads


def uploads_in(data_dir: Path) -> Uploads:
    """Give the uploads that wait below a data directory."""
    return Uploads(data_dir / "uploads")


def exports_in(data_dir: Path) -> Path:
    """Give the folder of the files that exports made."""
    return data_dir / "exports"
