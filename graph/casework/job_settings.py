"""How many jobs may wait."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class JobSettings(BaseSettings):
    """Settings of jobs. Environment variables start with `CROSSTIP_JOBS_`."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_JOBS_", extra="ignore", frozen=True)

    user_waiting: int = Field(
        default=50,
        gt=0,
        description="Jobs of one user that wait or run, uploads and exports together; whoever "
        "orders more gets 429.",
    )
    agency_waiting: int = Field(
        default=200,
        gt=0,
        description="Jobs of one agency that wait or run; whoever orders more gets 429.",
    )
