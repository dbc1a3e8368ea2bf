"""What is in a backup, as the backup itself says: every file with its hash, and the log's heads."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

FORMAT = 1
NAME = "manifest.json"
"""The last member of the archive."""
EMBEDDED, NEO4J = "embedded", "neo4j"
STORE_FILES = {EMBEDDED: "store/database.zip", NEO4J: "store/neo4j.dump"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileLine(_Part):
    """One file."""

    name: str
    size: int
    sha256: str


class KeyLine(_Part):
    """A key that the installation has and that is not in the backup."""

    name: str
    public: str | None = None
    """What may be known of it: a public key."""


class HeadLine(_Part):
    """How long a log was, and its root, before the store was copied."""

    log: str
    size: int
    root: str


class Manifest(_Part):
    """Everything that a restored installation is compared with."""

    format: int = FORMAT
    crosstip: str
    made_us: int
    engine: str
    """`embedded` or `neo4j`: a backup goes back to the engine that it comes from."""
    synthetic: bool | None
    """None where the store could not be asked: it was stopped for its dump."""
    schema_version: int | None
    heads: tuple[HeadLine, ...] | None
    checkpoint: str | None
    """The newest checkpoint, a signed note."""
    keys: tuple[KeyLine, ...]
    files: tuple[FileLine, ...]
    left_out: tuple[str, ...]
    """What belongs to the installation and is not here, in sentences."""
