"""Settings of the dashboard. Environment variables start with `CROSSTIP_DASHBOARD_`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class DashboardSettings(BaseSettings):
    """Where the pages are served, and which API they ask. No secret: each person logs in."""

    model_config = SettingsConfigDict(
        env_prefix="CROSSTIP_DASHBOARD_", extra="ignore", frozen=True, populate_by_name=True
    )

    api_url: str = Field(
        default="http://127.0.0.1:8000",
        validation_alias="CROSSTIP_API_URL",
        description="Address of the API.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the dashboard listens on.")
    port: int = Field(default=0, ge=0, le=65535, description="Its port; 0 takes any free one.")
    allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost", "::1"),
        description="Host names that a request may be addressed to, as a JSON list.",
    )
