"""Settings of webhooks. Environment variables start with `CROSSTIP_WEBHOOK_`."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WebhookSettings(BaseSettings):
    """Where webhooks may lead, and how long a receiver may take or fail."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_WEBHOOK_", extra="ignore", frozen=True)

    http: bool = Field(
        default=False,
        description="For development: `http://` addresses are taken as well. What is delivered "
        "travels in the open then.",
    )
    networks: tuple[str, ...] = Field(
        default=(),
        description="Networks that are not public and hold receivers all the same, as a JSON "
        "list. An address in none of them that is private, of this machine or of this link is "
        "never connected to.",
    )
    ca_file: Path | None = Field(
        default=None,
        description="Certificates of authorities that receivers' certificates are checked with, "
        "in the place of the machine's own.",
    )
    timeout_s: float = Field(
        default=10.0,
        gt=0,
        le=60,
        description="How long one delivery may take in all, from the look-up of the name to the "
        "answer, seconds.",
    )
    give_up_days: float = Field(
        default=5.0,
        gt=0,
        description="A webhook that took nothing for so many days is switched off, and its "
        "agency's administrators are told.",
    )

    @field_validator("networks")
    @classmethod
    def _are_networks(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ipaddress.ip_network(text)) for text in texts)
