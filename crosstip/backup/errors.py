"""What can go wrong with a backup."""

from __future__ import annotations

from graph.errors import CrosstipError


class BackupError(CrosstipError):
    """A backup could not be made, read or restored; says what to do next."""


class DamagedBackupError(BackupError):
    """A backup is not what was written, or was sealed with another key."""
