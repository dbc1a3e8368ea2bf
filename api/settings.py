"""Settings of the HTTP API. Environment variables start with `CROSSTIP_API_`."""

from __future__ import annotations

import ipaddress
import re

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{32,256}")
"""The characters of a bearer token (RFC 6750, 2.1); 32 of them hold more than 128 random bits."""


class ApiSettings(BaseSettings):
    """Where the API listens, for whom, and how much it takes. There is no default token."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_API_", extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address that the API listens on.")
    port: int = Field(default=0, ge=0, le=65535, description="Its port; 0 takes any free one.")
    token: SecretStr | None = Field(
        default=None,
        description="Bearer token that every request carries, 32 to 256 characters. "
        "Required when `host` is not this machine's own address (127.0.0.1, ::1).",
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=LOOPBACK_NAMES,
        description="Host names that a request may be addressed to, as a JSON list.",
    )
    max_body_bytes: int = Field(
        default=65_536, gt=0, description="Largest request body that is taken, bytes."
    )
    max_file_bytes: int = Field(
        default=8_388_608, gt=0, description="Largest file of claims or checks, bytes."
    )
    max_upload_bytes: int = Field(
        default=67_108_864,
        gt=0,
        description="Largest upload of documents, bytes. One in the making takes as much memory.",
    )
    max_uploads_at_once: int = Field(
        default=2, gt=0, description="Uploads of documents at once, in one process; more get 503."
    )
    max_at_once: int = Field(
        default=48,
        gt=0,
        description="Requests that are in at once, half of them at most worked on; more get 503, "
        "and more than a quarter of them with one token 429.",
    )
    user_minute: int = Field(
        default=600, gt=0, description="Requests of one user in a minute, by one process."
    )
    agency_minute: int = Field(
        default=3000, gt=0, description="Requests of one agency in a minute, by one process."
    )
    docs: bool = Field(
        default=False,
        description="Serve the description as a page, /v1/docs, to whoever asks. `crosstip up` "
        "does; it holds nothing of the store.",
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(),
        description="Addresses or networks of proxies whose X-Forwarded-For is believed, as a "
        "JSON list.",
    )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the address."""
        return is_loopback(self.host)

    def require_token(self) -> SecretStr:
        """Give the token.

        Raises:
            SettingsError: there is none, or it is too short or has other characters.
        """
        if self.token is None:
            raise SettingsError(
                f"The API on {self.host} needs a token: set CROSSTIP_API_TOKEN to 32 or more "
                "random characters. Crosstip has no default token."
            )
        if _TOKEN.fullmatch(self.token.get_secret_value()) is None:
            raise SettingsError(
                "CROSSTIP_API_TOKEN must have 32 to 256 characters out of A-Z, a-z, 0-9 and "
                "-._~+/=. Make a random one, for example with `openssl rand -hex 32`."
            )
        return self.token


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine's own. A name other than `localhost` is not."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
