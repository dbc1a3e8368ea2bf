"""What can be wrong with a log, a checkpoint or a key."""

from __future__ import annotations

from graph.errors import CrosstipError, SettingsError


class AuditError(CrosstipError):
    """The log cannot do what was asked, or something that belongs to it is damaged."""


class SignatureError(AuditError):
    """A note is not signed by the key that it should be signed by."""


class AuditKeyError(SettingsError):
    """A key of the log is missing, damaged, open to others, or there already."""
