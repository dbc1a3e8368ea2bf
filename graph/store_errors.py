"""Driver errors in Crosstip's words. Branches on class and code, never on the server's text."""

from __future__ import annotations

import logging
import re

from graph.driver_errors import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)
from graph.errors import (
    StoreBusyError,
    StoreConflictError,
    StoreError,
    StoreRefusedError,
    StoreTimeoutError,
    StoreUnavailableError,
)

_LOG = logging.getLogger("crosstip.store")
_CODE = re.compile(r"Neo(?:\.[A-Za-z]{1,60}){3}")
_QUOTED = re.compile(r"['\"`\[{(<=:].*", re.DOTALL)
"""From the first sign that opens a value to the end: a value may hold the sign that closes it."""
_LETTERS = re.compile(r"[a-z]+|[^a-z\s]+")
_KNOWN = """
a already an and any are as assigned at be been but by cannot command connect connection could
database deadlock defunct detected disk does error exceeded exception exists expected failed
failure for found from has have id in index input invalid is it key label large limit lock
memory missing mode modified node not of on or parameter permission property read record
refused relationship request reset server size space store text the time timeout to too
transaction type unable unknown value was with write writing
"""
_WORDS = frozenset(_KNOWN.split())
"""The only words of a server that reach a log: a value that stands among them bare does not."""
_TIMEOUTS = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")
_BUSY = ("LockClientStopped", "DeadlockDetected", "LockAcquisitionTimeout")
_NO_WRITES = (
    "Neo.ClientError.Security.",
    "Neo.ClientError.Database.",
    "Neo.ClientError.Statement.AccessMode",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
)
"""Beginnings of codes that say what the store does with everybody (Neo4j status codes): missing
rights, a database that is read-only or not there."""


class _NoServerText(logging.Filter):
    """Masks errors in the driver's own log: it warns of each retry with the server's text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let warnings through, with what they say about errors made safe; nothing below them."""
        if record.levelno < logging.WARNING:
            return False
        if isinstance(record.args, tuple):
            record.args = tuple(
                _safely(arg) if isinstance(arg, BaseException) else arg for arg in record.args
            )
        return True


_FILTER = _NoServerText()
_DRIVER_LOGS = ("neo4j", "neo4j.session", "neo4j.pool", "neo4j.io", "neo4j.auth_management")


def guard_driver_logs() -> None:
    """Keep values out of the driver's own logs, which Python prints where nothing is set up.

    Below warnings the driver logs whole messages with their parameters, passwords' hashes and
    second factors among them: that stays off, whatever level somebody gives these loggers or the
    root afterwards. Repeating this changes nothing.
    """
    for name in _DRIVER_LOGS:
        logger = logging.getLogger(name)
        logger.addFilter(_FILTER)
        logger.setLevel(max(logger.level, logging.WARNING))


def translate(error: DriverError | Neo4jError, *, during: str) -> StoreError:
    """Give the Crosstip error for a driver error that ended the work called `during`.

    Of the server's own text the log has known words up to the first value, and nothing more.
    """
    code = _code(error)
    _LOG.warning("%s failed: %s", during, _safely(error))
    if isinstance(error, AuthError):
        return StoreUnavailableError(
            f"The store refused the log-on ({during}). Check CROSSTIP_STORE_USER and "
            "CROSSTIP_STORE_PASSWORD."
        )
    if code.startswith(_NO_WRITES):
        return StoreUnavailableError(
            f"The store does not let this user do {during} ({code}). Check the user's rights, and "
            "that the database of CROSSTIP_STORE is there and not read-only; then try again."
        )
    if code.endswith(_TIMEOUTS):
        return too_late(during)
    if code.endswith(_BUSY):
        return StoreBusyError(f"Other writers were in the way of {during}. Try again.")
    if isinstance(error, ConstraintError):
        return StoreConflictError(f"A unique key was taken during {during}. Try again.")
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return StoreUnavailableError(
            f"The store does not answer ({during}). Whether the last change was kept is checked "
            "when the work is repeated; look at the store's log and try again."
        )
    if isinstance(error, TransientError):
        return StoreBusyError(f"The store was too busy for {during}. Try again.")
    if isinstance(error, ClientError | ConfigurationError):
        return StoreRefusedError(
            f"The store refused {during} ({code}). This is a defect: report it."
        )
    return StoreUnavailableError(f"The store failed during {during} ({code}). Try again.")


def too_late(during: str) -> StoreTimeoutError:
    """Give the error for work that was rolled back because it took longer than its limit."""
    return StoreTimeoutError(
        f"The store needed too long for {during} and rolled it back. Try again, or raise the "
        "time limit (CROSSTIP_READ_TIMEOUT_S, CROSSTIP_WRITE_TIMEOUT_S)."
    )


def _code(error: BaseException) -> str:
    code = getattr(error, "code", None)
    if isinstance(code, str) and _CODE.fullmatch(code) is not None:
        return code
    return type(error).__name__


def _safely(error: BaseException) -> str:
    """Give an error's code and those of its words that cannot be a value."""
    told = getattr(error, "message", None)
    text = told if isinstance(told, str) else str(error)
    before = _QUOTED.sub("…", text[:500].lower())
    words = [word if word in _WORDS else "…" for word in _LETTERS.findall(before)]
    shown = " ".join(word for n, word in enumerate(words) if n == 0 or word != words[n - 1])
    return f"{_code(error)}: {shown}"
