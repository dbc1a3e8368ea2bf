"""How many look-ups there are, when answers leave, and how long they are kept."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class CheckSettings(BaseSettings):
    """Settings of checks. Environment variables start with `CROSSTIP_`."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    check_bucket_ms: int = Field(
        default=250,
        gt=0,
        description="Answers of checks, and of claims that meet others', leave at full multiples "
        "of this, milliseconds after the request came, so that their time tells nothing.",
    )
    check_pad_bytes: int = Field(
        default=4096, gt=0, description="Answers of checks are filled to full multiples of this."
    )
    check_user_day: int = Field(
        default=200, ge=0, description="Typed look-ups of one user in a UTC day."
    )
    check_agency_day: int = Field(
        default=2000, ge=0, description="Typed look-ups of one agency in a UTC day."
    )
    check_burst: int = Field(
        default=50,
        gt=0,
        description="Typed look-ups that a user has at once; so many come back within an hour.",
    )
    check_list_lines: int = Field(
        default=50,
        gt=0,
        description="A list of more lines that are no own claims waits for a supervisor.",
    )
