"""Driver errors in Crosstip's words. Branches on class and code, never on the server's text."""

from __future__ import annotations

import logging
import re

from neo4j.exceptions import (
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
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|=\s*\S+")
_TIMEOUTS = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")
_BUSY = ("LockClientStopped", "DeadlockDetected", "LockAcquisitionTimeout")


def translate(error: DriverError | Neo4jError, *, during: str) -> StoreError:
    """Give the Crosstip error for a driver error that ended the work called `during`.

    The server's own text is logged without what stands in quotes, which may be an identifier.
    """
    code = getattr(error, "code", None) or type(error).__name__
    _LOG.warning("%s failed: %s: %s", during, code, _QUOTED.sub("…", str(error))[:500])
    if isinstance(error, AuthError):
        return StoreUnavailableError(
            f"The store refused the log-on ({during}). Check CROSSTIP_STORE_USER and "
            "CROSSTIP_STORE_PASSWORD."
        )
    if code.endswith(_TIMEOUTS):
        return StoreTimeoutError(
            f"The store needed too long for {during} and rolled it back. Try again, or raise the "
            "time limit (CROSSTIP_READ_TIMEOUT_S, CROSSTIP_WRITE_TIMEOUT_S)."
        )
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
