"""The data directory of an embedded engine: made, checked, and its password."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from pathlib import Path

from pydantic import SecretStr

from graph.engines.faults import (
    directory_fault,
    disk_fault,
    missing_password,
    password_fault,
    system_fault,
)
from graph.engines.paths import EngineFiles

_PASSWORD = re.compile(r"[A-Za-z0-9_-]{32,128}")


def open_directory(data_dir: Path) -> EngineFiles:
    """Give the files of a data directory that is there, ours, and closed to others.

    A missing one is made with mode 0700, an empty one is set to it, any other is left as it is.

    Raises:
        EngineError: it cannot be made, is somebody else's, cannot be written or is too open.
    """
    root = data_dir.expanduser().resolve()
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = root.stat()
        is_empty = next(root.iterdir(), None) is None
        fault = directory_fault(
            root, mode=facts.st_mode, owner=facts.st_uid, user=os.geteuid(), is_empty=is_empty
        )
        if fault is not None:
            raise fault
        if is_empty and stat.S_IMODE(facts.st_mode) != 0o700:
            root.chmod(0o700)
        files = EngineFiles(root)
        files.leases.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise system_fault(error, path=root) from error
    return files


def check_room(files: EngineFiles) -> None:
    """Refuse to start on a full disk.

    Raises:
        EngineError: there is too little free space.
    """
    fault = disk_fault(files.root, free_bytes=shutil.disk_usage(files.root).free)
    if fault is not None:
        raise fault


def read_password(files: EngineFiles) -> SecretStr:
    """Give the password of a directory whose engine has started before.

    Raises:
        EngineError: it is missing, not a password, not ours or open to others.
    """
    try:
        descriptor = os.open(files.password, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise missing_password(files.password) from None
    except OSError as error:
        raise system_fault(error, path=files.password) from error
    with os.fdopen(descriptor, encoding="ascii", errors="replace") as source:
        facts = os.fstat(descriptor)
        fault = password_fault(
            files.password, mode=facts.st_mode, owner=facts.st_uid, user=os.geteuid()
        )
        if fault is not None:
            raise fault
        text = source.read(1024).strip()
    if _PASSWORD.fullmatch(text) is None:
        raise missing_password(files.password)
    return SecretStr(text)


def read_or_make_password(files: EngineFiles) -> SecretStr:
    """Give the password, making it when this directory never had an engine.

    Raises:
        EngineError: it is not to be trusted, missing though a database is there, or cannot be
            written.
    """
    if files.users.exists() or files.password.exists():
        return read_password(files)
    return _make_password(files)


def _make_password(files: EngineFiles) -> SecretStr:
    text = secrets.token_urlsafe(32)
    unready = files.root / f"password.{secrets.token_hex(4)}.new"
    try:
        descriptor = os.open(unready, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as target:
            target.write(f"{text}\n")
            target.flush()
            os.fsync(descriptor)
        unready.rename(files.password)
    except OSError as error:
        unready.unlink(missing_ok=True)
        raise system_fault(error, path=files.password) from error
    return SecretStr(text)
