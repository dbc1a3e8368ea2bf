"""Settings of security keys (WebAuthn). Environment variables start with `CROSSTIP_WEBAUTHN_`."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError

_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\Z")
_LOCAL = "localhost"


class KeySettings(BaseSettings):
    """For which site security keys answer. Off while no site is named: there is no safe default."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_WEBAUTHN_", extra="ignore", frozen=True)

    rp_id: str | None = Field(
        default=None,
        max_length=253,
        description="Host name that keys are made for (relying party); another one later makes "
        "every key worthless.",
    )
    origins: tuple[str, ...] = Field(
        default=(),
        description="Pages that may ask for a key, as a JSON list: `https://` and a host that is "
        "the one above or below it, with a port where it is not 443.",
    )

    @property
    def is_on(self) -> bool:
        """Whether security keys are taken here."""
        return self.rp_id is not None

    @model_validator(mode="after")
    def _fits(self) -> KeySettings:
        if self.rp_id is None:
            if len(self.origins) > 0:
                raise SettingsError("CROSSTIP_WEBAUTHN_ORIGINS needs CROSSTIP_WEBAUTHN_RP_ID.")
            return self
        if _HOST.match(self.rp_id) is None or _is_address(self.rp_id):
            raise SettingsError(
                "CROSSTIP_WEBAUTHN_RP_ID is a host name in small letters, without scheme or port, "
                "and no address: browsers make no keys for those (WebAuthn, 5.1.2)."
            )
        if self.rp_id != _LOCAL and "." not in self.rp_id:
            raise SettingsError(
                "CROSSTIP_WEBAUTHN_RP_ID has a dot: with a whole top-level domain every site "
                "below it could ask for these keys."
            )
        if len(self.origins) == 0:
            raise SettingsError("CROSSTIP_WEBAUTHN_RP_ID needs CROSSTIP_WEBAUTHN_ORIGINS.")
        for origin in self.origins:
            _check_origin(origin, self.rp_id)
        return self


def _check_origin(origin: str, rp_id: str) -> None:
    """Come back when a page of this origin may ask for keys of the site.

    Raises:
        SettingsError: it is none as browsers write them, not by TLS, or of another site.
    """
    try:
        parts = urlsplit(origin)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    written = f"{parts.scheme}://{host}" + ("" if port in (None, usual) else f":{port}")
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host == _LOCAL)
    is_ours = host == rp_id or host.endswith(f".{rp_id}")
    if written != origin or not is_safe or not is_ours or _HOST.match(host) is None:
        raise SettingsError(
            f"CROSSTIP_WEBAUTHN_ORIGINS: {origin!r} is not `https://` and {rp_id} or a host below "
            "it, as a browser writes it: small letters, no path, no port 443. `http://` is taken "
            "of localhost alone."
        )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
