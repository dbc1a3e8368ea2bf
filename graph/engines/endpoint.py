"""Where an engine listens and which process it is, as the engine itself writes it down."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

LOOPBACK = "127.0.0.1"


class EngineProcess(BaseModel):
    """The content of the lock file: one process, told from a later one with the same number."""

    model_config = ConfigDict(frozen=True)

    pid: int
    started_us: int
    """When the process started, microseconds since 1970 UTC as the system tells it."""


class Endpoint(BaseModel):
    """The content of the port file: written when the engine answers, removed before it ends."""

    model_config = ConfigDict(frozen=True)

    pid: int
    http_port: int
    bolt_port: int


def this_process() -> EngineProcess:
    """Give the calling process."""
    started = psutil.Process().create_time()
    return EngineProcess(pid=os.getpid(), started_us=round(started * 1_000_000))


def read_process(path: Path) -> EngineProcess | None:
    """Give the process that a lock file names, or None when it names none."""
    text = _read(path)
    try:
        return None if text is None else EngineProcess.model_validate_json(text)
    except ValidationError:
        return None


def read_endpoint(path: Path) -> Endpoint | None:
    """Give the ports that a port file names, or None when there are none."""
    text = _read(path)
    try:
        return None if text is None else Endpoint.model_validate_json(text)
    except ValidationError:
        return None


def write_endpoint(path: Path, endpoint: Endpoint) -> None:
    """Publish the ports in one step, so that no reader sees half of them.

    Raises:
        OSError: the file cannot be written.
    """
    unready = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(unready, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(endpoint.model_dump_json())
    unready.replace(path)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
