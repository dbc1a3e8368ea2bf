"""Settings of the worker. Environment variables start with `CROSSTIP_WORKER_`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WorkerSettings(BaseSettings):
    """How a worker holds the timetable."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_WORKER_", extra="ignore", frozen=True)

    lease_s: float = Field(
        default=60.0,
        ge=1.0,
        le=3600.0,
        description="How long a worker that was killed keeps the timetable from the next one, "
        "seconds. More than the clocks of machines that run workers differ.",
    )
    stop_within_s: float = Field(
        default=10.0,
        gt=0,
        description="How long a worker that is told to end waits for the duties that it runs, "
        "seconds. What is cut short is run again.",
    )
