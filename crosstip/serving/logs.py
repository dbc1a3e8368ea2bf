"""Where what is served writes its log: routes, statuses and defects, never what was asked."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

_NAMES = ("crosstip", "uvicorn")
_MAX_BYTES = 5_000_000


@contextmanager
def logging_to(path: Path | None) -> Iterator[None]:
    """Write the log to a file of 5 MB and one older of the same size; to stderr without a path."""
    handler: logging.Handler
    if path is None:
        handler = logging.StreamHandler()
    else:
        # Made here, so that nobody else may read it whatever the umask is.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600))
        handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8")
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    loggers = [logging.getLogger(name) for name in _NAMES]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        for logger, level in before:
            logger.removeHandler(handler)
            logger.setLevel(level)
        handler.close()
