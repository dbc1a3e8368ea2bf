"""Settings of backups. Environment variables start with `CROSSTIP_BACKUP_`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class BackupSettings(BaseSettings):
    """Where the worker writes backups, and with which key they are sealed."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_BACKUP_", extra="ignore", frozen=True)

    dir: Path | None = Field(
        default=None,
        description="Directory to which the worker writes a backup each day, on another disk than "
        "the data; without it it writes none.",
    )
    key: Path | None = Field(
        default=None,
        description="File of the key that seals backups (`crosstip backup-key FILE` makes one); "
        "without it they are not sealed. Keep a copy apart from the backups.",
    )
    keep: int = Field(
        default=14, ge=1, description="So many of the worker's backups are kept, the newest."
    )
