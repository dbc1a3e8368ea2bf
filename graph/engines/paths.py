"""The files of an embedded engine's data directory, by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EngineFiles:
    """Where each file of one data directory is. Knows names only, touches nothing."""

    root: Path

    @property
    def password(self) -> Path:
        """The password of the engine's one user, mode 0600."""
        return self.root / "password"

    @property
    def users(self) -> Path:
        """The engine's own list of users; it holds the password's hash."""
        return self.root / "config" / "server-users.jsonl"

    @property
    def lock(self) -> Path:
        """Locked by the engine process for as long as it lives; names that process."""
        return self.root / "engine.lock"

    @property
    def gate(self) -> Path:
        """Locked by whoever attaches, so that one process at a time looks and starts."""
        return self.root / "attach.lock"

    @property
    def endpoint(self) -> Path:
        """The ports; exists only while the engine answers and takes new holders."""
        return self.root / "engine.json"

    @property
    def leases(self) -> Path:
        """One locked file for each process that uses the engine."""
        return self.root / "leases"

    @property
    def log(self) -> Path:
        """What the engine process itself prints; start and stop, and the reason of a failure."""
        return self.root / "engine.log"

    @property
    def server_log(self) -> Path:
        """What the database server inside it logs, in two files of limited size."""
        return self.root / "log" / "arcadedb.log.0"

    @property
    def log_settings(self) -> Path:
        """The settings of the server's log."""
        return self.root / "config" / "logging.properties"

    @property
    def temporary(self) -> Path:
        """Java's directory for temporary files."""
        return self.root / "tmp"
