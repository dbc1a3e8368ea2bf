"""Settings of logging on. Environment variables start with `CROSSTIP_LOGON_`."""

from __future__ import annotations

import hashlib

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError

BANNER = (
    "You are about to use a restricted law enforcement system. It may be monitored, recorded and "
    "audited. Unauthorised use is prohibited and may be prosecuted. Going on means that you "
    "consent to monitoring and recording."
)
"""What CJIS AC-8 asks to be said before anybody logs on."""


class LogOnSettings(BaseSettings):
    """What a password costs, and what is said before log-on."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_LOGON_", extra="ignore", frozen=True)

    argon2_memory_kib: int = Field(
        default=65_536, ge=8, description="Memory of one password check, KiB (RFC 9106: 65,536)."
    )
    argon2_passes: int = Field(default=3, ge=1, description="Passes over it (RFC 9106: 3).")
    argon2_lanes: int = Field(default=4, ge=1, le=64, description="Lanes (RFC 9106: 4).")
    checks_at_once: int = Field(
        default=2, ge=1, description="Passwords checked at once in one process; others wait."
    )
    enrolment_hours: int = Field(
        default=24, ge=1, le=168, description="How long a code for enrolment is taken, hours."
    )
    banner: str = Field(default=BANNER, min_length=1, description="Said before log-on.")

    @model_validator(mode="after")
    def _fits(self) -> LogOnSettings:
        if self.argon2_memory_kib < 8 * self.argon2_lanes:
            raise SettingsError(
                "CROSSTIP_LOGON_ARGON2_MEMORY_KIB must be at least 8 for each lane (RFC 9106, 3.1)."
            )
        return self

    @property
    def banner_version(self) -> str:
        """What names the banner's text: log-on says which one was accepted."""
        return hashlib.sha256(self.banner.encode("utf-8")).hexdigest()[:12]
