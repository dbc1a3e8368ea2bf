"""Files that a command writes for whoever runs it: new, private, and whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from graph.errors import IntakeError


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file that only this user may read; it goes again when its block does not end.

    Raises:
        IntakeError: it is there already, or cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise IntakeError(
            f"{path} cannot be made ({error.strerror}); name another file."
        ) from error
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise IntakeError(
                f"{path} cannot be written ({error.strerror}): nothing is kept. Make room."
            ) from error
        raise
