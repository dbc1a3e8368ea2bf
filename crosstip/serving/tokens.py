"""The API's access token while `crosstip up` runs: random, and in a file of its owner's only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from crosstip.serving.errors import ServingError

_BYTES = 32


class Served(BaseModel):
    """What runs for a data directory: addresses, the process, and the token."""

    model_config = ConfigDict(frozen=True)

    pid: int
    api: str
    dashboard: str
    token: str


def make_token() -> SecretStr:
    """Give a token of 256 random bits."""
    return SecretStr(secrets.token_urlsafe(_BYTES))


def run_directory(data_dir: Path) -> Path:
    """Give the directory of what runs, made with mode 0700.

    Raises:
        ServingError: it cannot be made, or others may look into it.
    """
    root = data_dir.expanduser().resolve()
    path = root / "run"
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
        facts = path.lstat()
    except OSError as error:
        raise ServingError(f"{path} cannot be made: {error.strerror}.") from error
    if not path.is_dir() or facts.st_uid != os.geteuid() or facts.st_mode & 0o077 != 0:
        raise ServingError(
            f"{path} holds the access token and must be a directory of this account's that nobody "
            f"else may open. Set it right with `chmod 700 {path}`, or remove it."
        )
    return path


def write_served(directory: Path, served: Served) -> None:
    """Write down what runs, in one step, readable by this account only.

    Raises:
        ServingError: the disk does not take it.
    """
    path = directory / "served.json"
    unready = directory / f"served.{secrets.token_hex(4)}.new"
    try:
        descriptor = os.open(unready, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as target:
            target.write(served.model_dump_json())
        unready.replace(path)
    except OSError as error:
        raise ServingError(f"{path} cannot be written: {error.strerror}.") from error


def read_served(directory: Path) -> Served | None:
    """Give what runs, or None when nothing does."""
    try:
        text = (directory / "served.json").read_text(encoding="utf-8")
        return Served.model_validate_json(text)
    except (FileNotFoundError, ValidationError):
        return None


def forget_served(directory: Path) -> None:
    """Remove the file with the token."""
    (directory / "served.json").unlink(missing_ok=True)
