"""Settings of intake. Environment variables start with `CROSSTIP_`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class IntakeSettings(BaseSettings):
    """Where intake keeps what it holds, and how much it takes at a time."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    vault: str | None = Field(
        default=None,
        description="Where originals lie: a directory or an fsspec address (`s3://bucket/vault`); "
        "`vault` in the data directory when not set.",
    )
    keys_dir: Path | None = Field(
        default=None,
        description="Directory of the keys; put it on another disk than the vault. `keys` in the "
        "data directory when not set.",
    )
    batch_tips: int = Field(
        default=500, gt=0, le=5000, description="Documents recorded in one transaction."
    )
