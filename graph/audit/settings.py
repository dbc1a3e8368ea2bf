"""Where the log's keys and checkpoints are, and when checkpoints are published."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.audit.keys import KeyFiles


class AuditSettings(BaseSettings):
    """Settings of the log. Environment variables start with `CROSSTIP_`."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default=Path("data"), description="As for the store; keys and checkpoints default to it."
    )
    keys_dir: Path | None = Field(
        default=None,
        description="As for intake: the log's keys are in the same directory. Not in the database, "
        "and not in its backup.",
    )
    checkpoints_dir: Path | None = Field(
        default=None,
        description="Directory of published checkpoints, for others to read; `checkpoints` in the "
        "data directory when not set.",
    )
    checkpoint_every_s: int = Field(
        default=3600, gt=0, description="Checkpoints are published so often, at full multiples."
    )

    @property
    def keys(self) -> KeyFiles:
        """The files of the keys."""
        return KeyFiles(self.keys_dir if self.keys_dir is not None else self.data_dir / "keys")

    @property
    def published(self) -> Path:
        """The directory of published checkpoints."""
        return (
            self.checkpoints_dir
            if self.checkpoints_dir is not None
            else self.data_dir / "checkpoints"
        )
