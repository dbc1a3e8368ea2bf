"""Through which mail server notices leave. Environment variables start with `CROSSTIP_MAIL_`."""

from __future__ import annotations

import ipaddress
from enum import StrEnum

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """On this machine only."""


class MailSettings(BaseSettings):
    """The mail server. Nothing here has a secret default, and no command takes the password."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_MAIL_", extra="ignore", frozen=True)

    host: str | None = Field(
        default=None, description="Mail server (SMTP); without one notices are in Crosstip alone."
    )
    port: int = Field(default=587, ge=1, le=65_535, description="Its port.")
    security: Security = Field(
        default=Security.STARTTLS,
        description="`starttls`, `tls`, or on this machine only `none`.",
    )
    user: str | None = Field(default=None, description="User at the mail server.")
    password: SecretStr | None = Field(default=None, description="Password at the mail server.")
    sender: str = Field(default="crosstip@localhost", description="Address that notices come from.")
    timeout_s: float = Field(
        default=10.0, gt=0, description="How long the mail server may take to answer, seconds."
    )

    def require_host(self) -> str:
        """Give the mail server.

        Raises:
            SettingsError: none is named, or the way to it is open to others.
        """
        if self.host is None:
            raise SettingsError(
                "No mail server is named: set CROSSTIP_MAIL_HOST. Until then notices are in "
                "Crosstip alone (`crosstip notices list`), and those for mail wait."
            )
        if self.security is Security.NONE and not _is_here(self.host):
            raise SettingsError(
                f"CROSSTIP_MAIL_SECURITY is none, and {self.host} is another machine: what "
                "Crosstip writes would travel in the open. Use starttls or tls."
            )
        return self.host


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
